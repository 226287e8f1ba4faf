import type { Dialect } from '../dialects/dialect.ts'
import { joinRows, type Rows, stamped } from '../world/ground/rows.ts'
import { registerRows } from '../world/lookups.ts'
import type { World } from '../world/view.ts'
import { type ListEntry, list } from './list.ts'
import type { Route } from './route.ts'

/** A list of the documented world that every record of a register has for itself. */
interface ChildEntry extends Pick<ListEntry, 'stream' | 'schema' | 'filters' | 'parameters' | 'beside'> {
  readonly path: string
  readonly dialect: Dialect
  /** The register of the parents, and under which name their id is part of the children's keys. */
  readonly parent: string
  readonly field: string
  /** The children of the parent with this id; undefined when there is no such parent. */
  readonly rows: (world: World, parentId: string, query: URLSearchParams) => Rows | undefined
  /** What of a child's key is its own: its id unless said otherwise. */
  readonly key?: readonly string[]
}

/** The route of a list under a parent. The parent's id is what the path's only placeholder stands for. */
export function child(entry: ChildEntry): readonly Route[] {
  const { path, dialect, parent, field, rows, key = ['id'], ...rest } = entry
  const routes = list({
    ...rest,
    documented: { path, dialect },
    rows: ({ world, request }) => rows(world, Object.values(request.params)[0] ?? '', request.query),
    everything: world => ofEveryParent(world, entry),
    key: [field, ...key],
  })
  return routes.map(route => ({ ...route, parent }))
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
