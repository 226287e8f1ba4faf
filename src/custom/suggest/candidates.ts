import { isList, isNothing, isObject, type Json, type JsonObject } from '../../json.ts'

/** A value in a response that may be its records. */
export interface Candidate {
  readonly keys: readonly string[]
  readonly value: Json
  /** How many records there would be. */
  readonly count: number
  /** The higher, the more likely. */
  readonly score: number
}

/** What a value is in: only envelopes; a record; or what its name says is beside the data, or a single record. */
type Within = 'envelope' | 'record' | 'named'

interface Visit {
  readonly keys: readonly string[]
  readonly value: Json
  readonly within: Within
  /** No other object or list is beside it. */
  readonly isOnly?: boolean
  readonly members: Members
  readonly isRecord: boolean
}

const MAX_DEPTH = 8
const MAX_VISITS = 10_000
/** Elements of a list that are looked at. */
const MAX_LOOKED_AT = 20

/** Names of lists of records, of single records, of what holds either, and of what is beside them. */
const LIST =
  /^(items?|records?|resources?|results?|data|entries|rows|content|hits|elements|objects|collection|documents|nodes|edges|values|list)$/i
const SINGLE = /^(item|record|resource|object|entity)$/i
const WRAPPER = /^(data|result|response|payload|body|content)$/i
const SIDE =
  /^_?(schemas?|errors?|warnings?|messages|links|columns|fields|headers?|meta|metadata|pagination|paging|page|page_?info|included|facets|filters?|sort|tags|roles|permissions|features|summary|request|context|params)$/i
/** What a record has: a name or number of its own. */
const IDENTITY = /^@?(id|_id|uuid|guid|uid|name|email)$/i
/** What an envelope has: it counts pages, or says how the request went. */
const PAGING =
  /^(pagination|paging|_metadata|page_?info|total_?(results|count|pages|elements)|items_?per_?page|next_?(page|cursor|token)|has_?more)$/i
const ENVELOPE =
  /^@?(success|status|messages?|msg|code|errors?|ok|total.*|count|page.*|per_?page|size|limit|offset|start_?index|start|max.*|current|next.*|prev.*|has_?more|cursor|version|timestamp|time|took|request_?id|type|kind|object|items_?per_?page)$/i

type Members = readonly (readonly [key: string, value: Json | undefined])[]

/** Values that may be the records, best first: lists and single objects that are not within records. */
export function candidatesIn(body: Json): Candidate[] {
  const queue: Visit[] = [opened({ keys: [], value: body, within: 'envelope' })]
  for (const visit of queue)
    if (visit.keys.length < MAX_DEPTH)
      queue.push(
        ...innerOf(visit)
          .slice(0, MAX_VISITS - queue.length)
          .map(opened),
      )
  return queue.flatMap(candidateOf).sort((a, b) => b.score - a.score || b.count - a.count)
}

function opened(visit: Omit<Visit, 'members' | 'isRecord'>): Visit {
  const members = isObject(visit.value) ? membersOf(visit.value) : []
  return { ...visit, members, isRecord: isRecord(members) }
}

/** The first members of an object, which may have a million. */
export function membersOf(value: JsonObject, most = MAX_VISITS): Members {
  const keys = Object.keys(value).slice(0, most)
  return keys.map(key => [key, value[key]])
}

function candidateOf(visit: Visit): Candidate[] {
  const { keys, value, within, members } = visit
  const name = String(keys.at(-1))
  if (isObject(value)) {
    const count = keys.length > 0 && members.length === 0 ? 0 : 1
    return SIDE.test(name) ? [] : [{ keys, value, count, score: scoreOfObject(name, visit) }]
  }
  if (keys.length === 0 && !isList(value)) return value === null ? [] : [{ keys, value, count: 1, score: 0 }]
  // What is in the place of a list is an empty one.
  const list = isList(value) ? value : []
  return [{ keys, value: list, count: list.length, score: scoreOfList(list, name, within) }]
}

const LIST_SCORES = { objects: 12, empty: 8, lists: 7, scalars: 6 } as const
const penaltyOf = (within: Within) => (within === 'envelope' ? 0 : 8)

function scoreOfList(list: readonly Json[], name: string, within: Within): number {
  const kind = kindOfList(list)
  const isNamed = LIST.test(name)
  const penalty = within === 'record' && isNamed && kind === 'objects' ? 0 : penaltyOf(within)
  return LIST_SCORES[kind] + (isNamed ? 3 : 0) - (SIDE.test(name) ? 5 : 0) - penalty
}

function kindOfList(list: readonly Json[]): keyof typeof LIST_SCORES {
  const some = list.slice(0, MAX_LOOKED_AT)
  if (some.length === 0) return 'empty'
  if (some.some(isObject)) return 'objects'
  return some.some(isList) ? 'lists' : 'scalars'
}

function scoreOfObject(name: string, { keys, within, isOnly, members, isRecord }: Visit): number {
  if (keys.length === 0) return isRecord ? 14 : 4
  const isWrapper = WRAPPER.test(name)
  const holdsList = members.some(([, one]) => isList(one))
  const isLikely = SINGLE.test(name) || (isRecord && (isWrapper || isOnly))
  const unlikely = isWrapper && !holdsList ? 8 : isWrapper || isOnly ? 5 : 4
  return (isLikely ? 10 : unlikely) - penaltyOf(within)
}

/** Whether these are the members of a record, and not of an object that contains records. */
function isRecord(members: Members): boolean {
  if (members.some(([key]) => PAGING.test(key))) return false
  if (members.some(([key, one]) => IDENTITY.test(key) && isFact(one))) return true
  const holdsRecords = members.some(([key, one]) =>
    isList(one)
      ? kindOfList(one) === 'objects' || LIST.test(key)
      : isObject(one) && /^(item|record)$/i.test(key),
  )
  return !holdsRecords && members.some(([key, one]) => isFact(one) && !ENVELOPE.test(key))
}

function isFact(value: Json | undefined): boolean {
  return value !== null && value !== undefined && !isObject(value) && !isList(value)
}

/** The members of an object that may hold records. What stands for nothing under the name of a list is an empty list. */
function innerOf({ members, isRecord, keys, within }: Visit) {
  const inner = members.filter(
    ([key, one]) => isObject(one) || isList(one) || (isNothing(one) && LIST.test(key)),
  )
  const around = {
    within: within === 'envelope' ? withinOf(String(keys.at(-1)), isRecord) : within,
    isOnly: inner.length === 1 && !isRecord,
  }
  return inner.map(([key, one = null]) => ({ keys: [...keys, key], value: one, ...around }))
}

function withinOf(name: string, isRecord: boolean): Within {
  if (SINGLE.test(name) || SIDE.test(name)) return 'named'
  return isRecord ? 'record' : 'envelope'
}
