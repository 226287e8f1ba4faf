/** The token with which a client asks for the records from a place on. */
export function tokenFor(place: number): string {
  return Buffer.from(`place=${place}`).toString('base64')
}

/** The place behind a token, or undefined when it was not issued here. */
export function placeOf(token: string): number | undefined {
  const [, digits] = /^place=(\d+)$/.exec(Buffer.from(token, 'base64').toString()) ?? []
  return digits === undefined ? undefined : Number(digits)
}
