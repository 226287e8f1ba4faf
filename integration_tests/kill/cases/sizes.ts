/** How many records of one stream may share a moment where so many calls begin at once: a call has two legs at most. */
export function mostTogether(together: number): number {
  return 2 * together
}

/** The page size that is asked for where the config names none. */
const LARGEST_PAGE = 500

/** How many records are asked for at a time. */
export function pageSizeOf({ page_size = LARGEST_PAGE }: { readonly page_size?: number }): number {
  return page_size
}
