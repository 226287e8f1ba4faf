import leven from 'leven'

/** The name that this one was probably meant to be: the most similar of those that differ in a third of their letters at most. */
export function nearest(name: string, names: Iterable<string>): string | undefined {
  const [near] = [...names]
    .map(one => ({ one, distance: leven(one, name) }))
    .filter(({ one, distance }) => distance <= Math.max(1, Math.floor(one.length / 3)))
    .sort((a, b) => a.distance - b.distance)
  return near?.one
}
