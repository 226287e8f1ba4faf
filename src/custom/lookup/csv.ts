import { CsvError, parse } from 'csv-parse/sync'

/** The lines of a CSV text as cells, without empty lines: RFC 4180, with commas, or with semicolons or tabs if the first line
 *  has those and no comma. Spaces around cells are ignored. Throws an Error whose message is the rest of a sentence. */
export function csvLines(text: string): readonly (readonly string[])[] {
  const [head = ''] = text.trimStart().split(/[\r\n]/, 1)
  const delimiter = [',', ';', '\t'].find(one => head.includes(one)) ?? ','
  const lines = { record_delimiter: ['\r\n', '\n', '\r'], skip_empty_lines: true, relax_column_count: true }
  try {
    return parse(text, { bom: true, delimiter, trim: true, ...lines })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new Error(explain(error))
  }
}

function explain({ code, lines, message }: CsvError): string {
  switch (code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return 'has a quoted cell that is never closed; end it with ", and write "" for a quote inside it'
    case 'INVALID_OPENING_QUOTE':
      return `has a quote inside a cell on line ${lines}; put the whole cell in quotes, and write "" for a quote inside it`
    case 'CSV_INVALID_CLOSING_QUOTE':
      return `has text after a closing quote on line ${lines}; write "" for a quote inside a cell`
    default:
      return `cannot be read: ${message.replace(/^[A-Z][\w ]*: /, '')}`
  }
}
