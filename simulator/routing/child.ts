import type { Dialect } from '../dialects/dialect.ts'
import { joinRows, type Rows, stamped } from '../world/ground/rows.ts'
import { registerRows } from '../world/lookups.ts'
import type { World } from '../world/view.ts'
import { type ListEntry, list } from './list.ts'
import type { Route } from './route.ts'

/** A list of the documented world that each record of a register has for itself. */
interface ChildEntry extends Pick<ListEntry, 'stream' | 'schema' | 'filters' | 'parameters' | 'beside'> {
  readonly path: string
  readonly dialect: Dialect
  /** The parents' register, and the name under which a parent's id is part of its children's keys. */
  readonly parent: string
  readonly field: string
  /** The children of the parent with this id; undefined when that parent does not exist. */
  readonly rows: (world: World, parentId: string, query: URLSearchParams) => Rows | undefined
  /** The child's own part of its key: its id unless said otherwise. */
  readonly key?: readonly string[]
}

/** The route of a list under a parent. The path has one placeholder, the parent's id. */
export function child(entry: ChildEntry): readonly Route[] {
  const { path, dialect, parent, field, rows, key = ['id'], ...rest } = entry
  const routes = list({
    ...rest,
    documented: { path, dialect },
    rows: ({ world, request }) => rows(world, Object.values(request.params)[0] ?? '', request.query),
    everything: world => ofEveryParent(world, entry),
    key: [field, ...key],
  })
  return routes.map(route => ({ ...route, parent, parentField: field }))
}

const noQuery = new URLSearchParams()

function ofEveryParent(world: World, { parent, field, rows }: ChildEntry): Rows {
  const parents = registerRows(world, parent)
  const ids = Array.from({ length: parents.count }, (_, place) => String(parents.at(place)['id']))
  return joinRows(
    ids.flatMap(id => {
      const children = rows(world, id, noQuery)
      return children ? [stamped(children, { [field]: id })] : []
    }),
  )
}
