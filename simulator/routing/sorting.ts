import { type Rows, reversed, sortedBy } from '../world/ground/rows.ts'

/** The parameters that sort a list. */
export const sortParameters = ['sort', 'order'] as const

/** The rows in the order a query asks for: by `sort` or the usual field, in `order` or the usual direction.
 *  `lies` names the field by which the rows are in the usual order already. */
export function sortedAs(
  rows: Rows,
  query: URLSearchParams,
  usual: { readonly field?: string; readonly lies?: string; readonly order: 'asc' | 'desc' },
): Rows {
  const field = query.get('sort') ?? usual.field ?? usual.lies
  const order = query.get('order') ?? usual.order
  if (field === undefined || field === usual.lies) return order === usual.order ? rows : reversed(rows)
  const rising = sortedBy(rows, field)
  return order === 'desc' ? reversed(rising) : rising
}
