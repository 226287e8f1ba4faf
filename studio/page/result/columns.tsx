import type { Tested } from '../../wire.ts'

/** The columns of a stream, as the destination will have them. */
export function Columns({ columns }: Pick<Tested, 'columns'>) {
  return (
    <table>
      <caption>{columns.length.toLocaleString()} columns</caption>
      <thead>
        <tr>
          <th scope="col">Column</th>
          <th scope="col">Type</th>
          <th scope="col">What it is</th>
        </tr>
      </thead>
      <tbody>
        {columns.map(({ name, type, description }) => (
          <tr key={name}>
            <td>
              <code>{name}</code>
            </td>
            <td>{type}</td>
            <td class="wide">{description}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
