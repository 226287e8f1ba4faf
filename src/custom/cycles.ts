/** The streams that need themselves in the end, each with the way there and back, such as "a, b, a". */
export function cyclesIn<S extends { readonly name: string }>(
  streams: readonly S[],
  sourcesOf: (stream: S) => readonly (readonly [field: string, stream: string])[],
): ReadonlyMap<string, string> {
  const sources = new Map(streams.map(stream => [stream.name, sourcesOf(stream).map(([, name]) => name)]))
  const cycles = new Map<string, string>()
  for (const { name } of streams) {
    const way = wayBack(name, sources)
    if (way !== undefined) cycles.set(name, way.join(', '))
  }
  return cycles
}

/** The shortest way from a stream over its sources back to itself. */
function wayBack(
  name: string,
  sources: ReadonlyMap<string, readonly string[]>,
): readonly string[] | undefined {
  const seen = new Set<string>()
  const ways: (readonly [string, ...string[]])[] = [[name]]
  for (let way = ways.shift(); way !== undefined; way = ways.shift()) {
    for (const next of sources.get(way.at(-1) ?? '') ?? []) {
      if (next === name) return [...way, name]
      if (seen.has(next)) continue
      seen.add(next)
      ways.push([...way, next])
    }
  }
  return undefined
}
