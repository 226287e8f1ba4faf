import { byMax } from '../dialects/documented.ts'
import { byPageSize } from '../dialects/seed.ts'
import { registerRows } from '../world/lookups.ts'
import type { World } from '../world/view.ts'
import { type ListEntry, list, type Route } from './list.ts'

/** What a register's list needs besides its stream: the rows follow. */
type RegisteredEntry = Omit<ListEntry, 'rows' | 'everything'>

/** The list of a register's records, as they are. */
export function registered(entry: RegisteredEntry): readonly Route[] {
  const everything = (world: World) => registerRows(world, entry.stream)
  return list({ ...entry, rows: scene => everything(scene.world), everything })
}

/** A register's list that only the documented world has, page by page. */
export function paged(stream: string, path: string): readonly Route[] {
  return registered({ stream, documented: { path, dialect: byMax } })
}

/** A register's list that both worlds have on one path, in the seed's under `container`. */
export function inBoth(stream: string, path: string, container: string): readonly Route[] {
  return registered({
    stream,
    documented: { path, dialect: byMax },
    seed: { path, dialect: byPageSize(container) },
  })
}
