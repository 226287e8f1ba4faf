import type { Json, JsonObject } from '../../../src/json.ts'

const MOST_COLUMNS = 60
const LONGEST_CELL = 120

/** Records as a table, with as many columns as anyone could read. */
export function RecordTable({ records }: { readonly records: readonly JsonObject[] }) {
  if (records.length === 0)
    return <p class="hint">No record came back. Look at the raw response, the dates and the filters.</p>
  const names = [...new Set(records.flatMap(record => Object.keys(record)))]
  const shown = names.slice(0, MOST_COLUMNS)
  return (
    <>
      <table>
        <caption>
          The first {records.length.toLocaleString()} {records.length === 1 ? 'record' : 'records'}
        </caption>
        <thead>
          <tr>
            {shown.map(name => (
              <th key={name} scope="col">
                {cut(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {records.map((record, at) => (
            <tr key={`${at}`}>
              {shown.map(name => (
                <td key={name}>{cellOf(record[name])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {names.length > shown.length && (
        <p class="hint">and {(names.length - shown.length).toLocaleString()} more columns: see JSON.</p>
      )}
    </>
  )
}

function cellOf(value: Json | undefined): string {
  if (value === undefined || value === null) return ''
  return cut(typeof value === 'object' ? JSON.stringify(value) : String(value))
}

function cut(text: string): string {
  return text.length > LONGEST_CELL ? `${text.slice(0, LONGEST_CELL)}…` : text
}
