/** The streams that depend on themselves, each with the path back to itself, such as "a, b, a". */
export function cyclesIn<S extends { readonly name: string }>(
  streams: readonly S[],
  sourcesOf: (stream: S) => readonly (readonly [field: string, stream: string])[],
): ReadonlyMap<string, string> {
  const sources = new Map(streams.map(stream => [stream.name, sourcesOf(stream).map(([, name]) => name)]))
  const cycles = new Map<string, string>()
  for (const { name } of streams) {
    const path = pathBack(name, sources)
    if (path !== undefined) cycles.set(name, path.join(', '))
  }
  return cycles
}

/** The shortest path from a stream through its sources back to itself. */
function pathBack(
  name: string,
  sources: ReadonlyMap<string, readonly string[]>,
): readonly string[] | undefined {
  const seen = new Set<string>()
  const paths: (readonly [string, ...string[]])[] = [[name]]
  for (let path = paths.shift(); path !== undefined; path = paths.shift()) {
    for (const next of sources.get(path.at(-1) ?? '') ?? []) {
      if (next === name) return [...path, name]
      if (seen.has(next)) continue
      seen.add(next)
      paths.push([...path, next])
    }
  }
  return undefined
}
