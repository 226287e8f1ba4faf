/** A count with what is counted: "1 record", "2,000 records". */
export function counted(count: number, what: string): string {
  return `${inThousands(count)} ${what}${count === 1 ? '' : 's'}`
}

/** A whole number with commas between its thousands. Its own few letters, since the first look at a locale loads the tables of all
 *  languages: 20 ms of each run. */
export function inThousands(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',')
}
