import { type Rows, reversed, sortedBy } from '../world/ground/rows.ts'

/** The parameters by which a list is sorted. */
export const sortParameters = ['sort', 'order'] as const

/** The rows in the order that a query asks for; without `sort` by the usual field, without `order` as `usual` has it.
 *  Where the usual field is undefined the rows already lie in the usual order. */
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
