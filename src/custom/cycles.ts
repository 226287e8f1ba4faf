/** The shortest path from a stream through its sources back to itself, such as a, b, a; undefined for none. */
export function cycleOf(name: string, sourcesOf: (name: string) => readonly string[]): string[] | undefined {
  const seen = new Set<string>()
  const paths: (readonly [string, ...string[]])[] = [[name]]
  for (const path of paths) {
    for (const next of sourcesOf(path.at(-1) ?? name)) {
      if (next === name) return [...path, name]
      if (!seen.has(next)) paths.push([...path, next])
      seen.add(next)
    }
  }
  return undefined
}
