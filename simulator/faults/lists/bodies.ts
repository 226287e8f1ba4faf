import { type JsonObject, objectIn, type Response, withJson } from '../../response.ts'
import type { Rows } from '../../world/ground/rows.ts'
import type { Fault, FaultRow } from '../fault.ts'
import { occasionIn, WHEN } from '../occasions.ts'

// The pagination fields of all dialects, so that one fault works in both worlds.
const facts = {
  pages: ['pages', 'page_count'],
  current: ['current', 'page', 'startIndex'],
  total: ['total', 'total_count', 'totalResults'],
} as const
const wrappers = ['pagination', '_metadata'] as const

/** Faults in the body of a list. */
export const bodyFaults: readonly FaultRow[] = [
  { says: 'not-a-list', does: 'the container of a list holds an object', make: () => reshape(notAList) },
  {
    says: 'no-container:WHEN',
    does: `the container of a list is missing, its count is there; ${WHEN}`,
    make: when => reshape(noContainer, when),
  },
  {
    says: 'items-null:WHEN',
    does: 'the container of a list is null, its count is there',
    make: when => reshape(nullContainer, when),
  },
  {
    says: 'no-pages',
    does: 'lists do not report how many pages there are',
    make: () => reshape(without(facts.pages)),
  },
  {
    says: 'no-current',
    does: 'lists do not report which page it is',
    make: () => reshape(without(facts.current)),
  },
  {
    says: 'no-total',
    does: 'lists do not report how many records there are',
    make: () => reshape(without(facts.total)),
  },
  {
    says: 'no-pagination',
    does: 'lists do not mention pages at all',
    make: () => reshape(body => dropped(withoutAll(body), wrappers)),
  },
  {
    says: 'duplicate-ids',
    does: 'every tenth row repeats the one before it, across pages too',
    make: () => ({ rows: doubled }),
  },
  { says: 'no-id', does: 'every tenth record has no id', make: () => ({ rows: nameless }) },
  {
    says: 'no-expires-in',
    does: 'tokens come without their lifetime',
    where: ['/oauth/token'],
    make: () => reshapeAny(body => dropped(body, ['expires_in'])),
  },
]

type Reshape = (body: JsonObject, container: string | undefined) => JsonObject

// Only lists are reshaped: bodies with an array among their members.
function reshape(change: Reshape, when = ''): Fault {
  return reshapeAny((body, container) => (container === undefined ? body : change(body, container)), when)
}

function reshapeAny(change: Reshape, when = ''): Fault {
  const isNow = occasionIn(when)
  return { after: (response, request) => (isNow(request) ? changed(response, change) : response) }
}

function changed(response: Response, change: Reshape): Response {
  const body = response.status === 200 ? objectIn(response) : undefined
  if (!body) return response
  const container = Object.keys(body).find(name => Array.isArray(body[name]))
  return withJson(response, change(body, container))
}

function notAList(body: JsonObject, container: string | undefined): JsonObject {
  return { ...body, [String(container)]: { surprise: true } }
}

function noContainer(body: JsonObject, container: string | undefined): JsonObject {
  return dropped(body, [String(container)])
}

function nullContainer(body: JsonObject, container: string | undefined): JsonObject {
  return { ...body, [String(container)]: null }
}

function without(names: readonly string[]): Reshape {
  return body => {
    const cut = dropped(body, names)
    const wrapper = wrappers.find(name => name in cut)
    return wrapper ? { ...cut, [wrapper]: dropped(cut[wrapper] as JsonObject, names) } : cut
  }
}

function withoutAll(body: JsonObject): JsonObject {
  return dropped(body, [
    'page',
    'pageSize',
    'total',
    'offset',
    'limit',
    'startIndex',
    'totalResults',
    'itemsPerPage',
  ])
}

function dropped(body: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([name]) => !names.includes(name)))
}

function doubled(rows: Rows): Rows {
  const extra = Math.floor(Math.max(0, rows.count - 1) / 9)
  return { count: rows.count + extra, at: place => rows.at(place - Math.floor(place / 10)) }
}

function nameless(rows: Rows): Rows {
  return {
    count: rows.count,
    at: place => (place % 10 === 9 ? dropped(rows.at(place), ['id']) : rows.at(place)),
  }
}
