/** How many records of one stream may share a moment where so many calls begin at once: a call has two legs at most. */
export function mostTogether(together: number): number {
  return 2 * together
}
