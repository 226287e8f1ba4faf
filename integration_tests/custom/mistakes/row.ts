/** A mistake in a custom stream, and the sentence that names it. */
export interface MistakeRow {
  readonly says: string
  readonly stream: Readonly<Record<string, unknown>>
  /** What else the config has. */
  readonly more?: object
  readonly sentence: RegExp
  /** Why `check` does not see it, where it does not. */
  readonly unseenByCheck?: string
}

export const ITEMS = { url: '/items', data_path: '$.items[*]' }
export const XML = { url: '/xml', response_format: 'xml' }
export const PAGE_2 = 'it asks for one page only'
export const PARENT = 'it reads no parents'
export const TEN = { url: '/ten', data_path: '$.items[*]' }
export const LOOKUP = {
  lookups: [{ name: 'rows', source: { type: 'values', column: 'id', values: ['a', 'b'] } }],
}
export const TOKEN = { type: 'next_token', token_path: '$.next', token_parameter: 'tkn' }
export const CHILD = { data_path: '$.items[*]', parent: 'fine' }
