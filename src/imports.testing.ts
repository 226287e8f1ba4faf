import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project files that each file imports, as paths from the root; other packages are left out. */
export type Imports = ReadonlyMap<string, readonly string[]>

/** What each room (a folder or a file) may import beside itself. A room may only name rooms that come before it. */
export type Floors = Readonly<Record<string, readonly string[]>>

const root = fileURLToPath(new URL('../', import.meta.url))
const protocol = JSON.parse(readFileSync(join(root, 'packages/airbyte-protocol/package.json'), 'utf8'))

/** The imports of all files that the patterns match: those of types, re-exports and dynamic ones too. */
export function readImports(patterns: readonly string[]): Imports {
  const files = globSync([...patterns], { cwd: root }).sort()
  return new Map(files.map(file => [file, importsIn(file, readFileSync(join(root, file), 'utf8'))]))
}

/** The project files that a source imports which is stored as `file`. */
export function importsIn(file: string, source: string): string[] {
  const found = [...source.matchAll(statement), ...source.matchAll(call)]
  return found.flatMap(([, target = '']) => {
    if (target.startsWith(protocol.name)) return [exported(target)]
    return target.startsWith('.') ? [normalize(join(dirname(file), target))] : []
  })
}

/** The shortest circle through each file that has one, such as `a.ts → b.ts → a.ts`; each circle once. */
export function circlesIn(imports: Imports): string[] {
  const circles = [...imports.keys()].flatMap(file => {
    const way = wayBack(imports, file)
    return way === undefined ? [] : [fromSmallest(way)]
  })
  return [...new Set(circles.map(way => [...way, way[0]].join(' → ')))]
}

/** The imports that the floors do not allow; so are those of files in no room, and of rooms that come later. */
export function importsAgainst(floors: Floors, imports: Imports): string[] {
  const rooms = Object.keys(floors)
  const isAllowed = (from: string | undefined, to: string | undefined) =>
    from !== undefined &&
    to !== undefined &&
    (from === to || (floors[from]?.includes(to) === true && rooms.indexOf(to) < rooms.indexOf(from)))
  return [...imports].flatMap(([file, targets]) =>
    targets
      .filter(target => !isAllowed(roomOf(file, rooms), roomOf(target, rooms)))
      .map(target => `${file} imports ${target}`),
  )
}

/** The innermost room in which a file stands. */
export function roomOf(file: string, rooms: readonly string[]): string | undefined {
  const around = rooms.filter(room => file === room || file.startsWith(`${room}/`))
  return around.sort((one, other) => other.length - one.length)[0]
}

// Names, braces and commas alone may stand between the keyword and `from`, so that no other text is taken for an import.
const statement = /^(?:import|export)\s(?:[\w$\s,*{}]*\s)?(?:from\s)?'([^']+)'/gm
const call = /\bimport\(\s*'([^']+)'/g

function exported(target: string): string {
  return normalize(
    join('packages/airbyte-protocol', protocol.exports[`.${target.slice(protocol.name.length)}`]),
  )
}

function wayBack(imports: Imports, file: string): string[] | undefined {
  const ways: string[][] = [[file]]
  const seen = new Set<string>()
  for (const way of ways)
    for (const target of imports.get(way.at(-1) ?? '') ?? []) {
      if (target === file) return way
      if (!seen.has(target)) ways.push([...way, target])
      seen.add(target)
    }
  return undefined
}

function fromSmallest(way: readonly string[]): string[] {
  const at = way.indexOf([...way].sort()[0] ?? '')
  return [...way.slice(at), ...way.slice(0, at)]
}
