import { CsvError, parse } from 'csv-parse/sync'

/** The lines of a CSV text as cells, empty lines left out: RFC 4180, with commas, or with semicolons or tabs where the first
 *  line holds these and no comma. Blanks around cells do not count. Throws an Error whose message is the rest of a sentence. */
export function csvLines(text: string): readonly (readonly string[])[] {
  const [head = ''] = text.trimStart().split(/[\r\n]/, 1)
  const delimiter = [',', ';', '\t'].find(one => head.includes(one)) ?? ','
  try {
    return parse(text, {
      bom: true,
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
    })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new Error(mistakeOf(error))
  }
}

function mistakeOf({ code, lines, message }: CsvError): string {
  switch (code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return 'has quotes that never close; end the cell with ", and write "" for a quote inside of it'
    case 'INVALID_OPENING_QUOTE':
      return `has a quote within a cell in line ${lines}; put the whole cell in quotes, and write "" for one inside of it`
    case 'CSV_INVALID_CLOSING_QUOTE':
      return `has text after a closing quote in line ${lines}; write "" for a quote inside of a cell`
    default:
      return `cannot be read: ${message.replace(/^[A-Z][\w ]*: /, '')}`
  }
}
