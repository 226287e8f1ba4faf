import type { Request } from '../../request.ts'
import type { Row, Rows } from '../../world/ground/rows.ts'
import type { Fault, FaultRow } from '../fault.ts'
import { isParents, parentIdIn } from './parents.ts'

type Spell = (id: string) => string

const spellings: Readonly<Record<string, Spell>> = {
  hyphens: id => id.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
  upper: id => id.toUpperCase(),
}

/** Faults in how children name their parent. */
export const spellingFaults: readonly FaultRow[] = [
  {
    says: 'parent-spelling:HOW',
    does: 'children name their parent with hyphens or in upper case: hyphens, upper (hyphens)',
    make: how => {
      const spell = spellings[how || 'hyphens']
      if (spell === undefined)
        throw new Error(`A spelling is one of ${Object.keys(spellings).join(', ')}; not "${how}".`)
      return { rows: (rows, request) => respelt(rows, request, parentIdIn(request), spell) }
    },
  },
  {
    says: 'numeric-parents',
    does: 'parents are listed with a number as their id, and children name them by its digits as text',
    make: numbering,
  },
]

/** The number that a parent is listed under instead of its id. */
export function numberOf(id: string): number {
  return Number.parseInt(id.slice(0, 8), 16)
}

// Only numbers that have been listed lead back to a parent, as only those are known to anybody.
function numbering(): Fault {
  const ids = new Map<string, string>()
  const listed = (row: Row): Row => {
    const id = String(row['id'])
    ids.set(String(numberOf(id)), id)
    return { ...row, id: numberOf(id) }
  }
  const idOf = (name: string | undefined) => (name === undefined ? undefined : (ids.get(name) ?? name))
  return {
    params: params => mapped(params, value => idOf(value) ?? value),
    query: query => {
      const list = idOf(query.get('listId') ?? undefined)
      if (list === undefined || list === query.get('listId')) return query
      const known = new URLSearchParams(query)
      known.set('listId', list)
      return known
    },
    rows: (rows, request) =>
      isParents(request)
        ? { count: rows.count, at: place => listed(rows.at(place)) }
        : respelt(rows, request, idOf(parentIdIn(request)), id => String(numberOf(id))),
  }
}

function mapped(params: Request['params'], change: (value: string) => string): Request['params'] {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, change(value)]))
}

// The parent's id wherever a child holds it, but for the child's own; and under the name that the parent has as part of
// the child's key, which not every child shows.
function respelt(rows: Rows, { route }: Request, id: string | undefined, spell: Spell): Rows {
  if (id === undefined) return rows
  const field = route?.parentField
  const spelt = (value: unknown): unknown => {
    if (value === id) return spell(id)
    if (Array.isArray(value)) return value.map(spelt)
    return typeof value === 'object' && value !== null ? rowSpelt(value as Row) : value
  }
  const rowSpelt = (row: Row): Row =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, spelt(value)]))
  return {
    count: rows.count,
    at: place => ({ ...rowSpelt(rows.at(place)), ...(field === undefined ? {} : { [field]: spell(id) }) }),
  }
}
