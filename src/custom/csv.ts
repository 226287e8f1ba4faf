import { CsvError, parse } from 'csv-parse/sync'

/** The lines of a CSV text as cells, empty lines left out: RFC 4180, with commas, or with semicolons or tabs where the first
 *  line holds these and no comma. Blanks around cells do not count. Throws an Error whose message is the rest of a sentence. */
export function csvLines(text: string): readonly (readonly string[])[] {
  const [head = ''] = text.split('\n', 1)
  const delimiter = [',', ';', '\t'].find(one => head.includes(one)) ?? ','
  try {
    return parse(text, {
      bom: true,
      delimiter,
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
    })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new Error(`cannot be read: ${error.message.replace(/^[A-Z][\w ]*: /, '')}`)
  }
}
