import leven from 'leven'

/** The name that this one was probably meant to be: the most similar of those that differ in a third of their letters, or in a single one of several, whatever their capitals. */
export function nearest(name: string, names: Iterable<string>): string | undefined {
  const [near] = [...names]
    .map(one => ({ one, distance: leven(one.toLowerCase(), name.toLowerCase()) }))
    .filter(
      ({ one, distance }) => distance < one.length && distance <= Math.max(1, Math.floor(one.length / 3)),
    )
    .sort((a, b) => a.distance - b.distance)
  return near?.one
}

/** The question whether another of these names was meant, to go before what they are; empty if none is like it. */
export function didYouMean(name: string, names: Iterable<string>): string {
  const near = nearest(name, names)
  return near === undefined ? '' : `did you mean ${near}? `
}
