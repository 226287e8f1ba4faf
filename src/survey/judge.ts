import { MINUTE_MS, SECOND_MS } from '../durations.ts'
import type { StreamDef } from '../engine/stream/definition.ts'
import type { Span } from '../engine/time/spans.ts'
import { momentOf } from '../engine/time/timestamps.ts'
import { isObject, type Json } from '../json.ts'
import type { FactId } from './facts.ts'
import type { FilterFinding } from './filter.ts'
import type { ListSurvey } from './lists.ts'
import type { Reach } from './reach.ts'
import type { FirstAnswer, StreamFinding, StreamSurvey } from './streams.ts'
import { contradiction, type Finding, type Findings, verdictOn } from './verdicts.ts'
import type { Witness } from './witness.ts'

/** What the streams' first answers say of containers and counts. */
export function judgeEnvelopes({ findings }: StreamSurvey, defs: readonly StreamDef[]): Findings {
  const isList = new Set(
    defs.filter(({ routes }) => routes[0].records.kind === 'list').map(({ name }) => name),
  )
  const lists = Object.entries(findings).filter(
    ([name, { status = 0 }]) => isList.has(name) && status >= 200 && status < 300,
  )
  const misplaced = lists.filter(([, { source }]) => source === undefined).length
  return {
    ...verdictOn('container', lists.length === 0 ? undefined : misplaced === 0, {
      lists: lists.length,
      misplaced,
    }),
    ...judgeCount('pages', Object.values(findings)),
    ...judgeCount('total', Object.values(findings)),
    ...judgeCount('current', Object.values(findings)),
  }
}

function judgeCount(count: 'pages' | 'total' | 'current', findings: readonly StreamFinding[]): Findings {
  const named = findings.filter(one => one.named?.includes(count)).length
  const omitted = findings.filter(one => one.omitted?.includes(count)).length
  return verdictOn(`${count}-named`, named + omitted === 0 ? undefined : omitted === 0, { named, omitted })
}

/** What the deep questions on lists say. */
export function judgeLists(lists: readonly ListSurvey[]): Findings {
  const any = (holds: (list: ListSurvey) => boolean) => lists.some(holds)
  const known = <T>(value: (list: ListSurvey) => T | undefined) =>
    lists.map(value).filter(one => one !== undefined)
  const differ = known(list => list.pagesDiffer)
  const agree = known(list => list.readingsAgree)
  const hasRows = any(({ rows }) => rows.length > 1)
  const withoutId = lists.reduce((sum, list) => sum + list.withoutId, 0)
  const duplicates = lists.reduce((sum, list) => sum + list.duplicates, 0)
  return {
    ...judgeSize(lists),
    ...judgeEnds(known(list => list.pastTheEnd)),
    ...judgeTotal(known(list => list.miscount)),
    ...verdictOn('pages-differ', differ.length === 0 ? undefined : !differ.includes(false)),
    ...verdictOn('readings-agree', agree.length === 0 ? undefined : !agree.includes(false)),
    ...verdictOn('ids-present', hasRows ? withoutId === 0 : undefined, { without: withoutId }),
    ...verdictOn('ids-unique', hasRows ? duplicates === 0 : undefined, { twice: duplicates }),
    ...judgeForms(lists.flatMap(({ rows }) => rows)),
  }
}

function judgeSize(lists: readonly ListSurvey[]): Findings {
  const sizes = lists.flatMap(({ clampedTo }) => clampedTo ?? [])
  if (sizes.length === 0)
    return verdictOn('page-size', lists.some(({ cameFull }) => cameFull) ? true : undefined)
  const largest = Math.min(...sizes)
  return { 'page-size': contradiction('page-size', largest, { largest }) }
}

function judgeEnds(ends: readonly ('empty' | 'records' | number)[]): Findings {
  const refused = ends.find(end => typeof end === 'number')
  if (refused !== undefined) {
    const is = contradiction('past-the-end', undefined, { status: refused })
    const { fault: _, ...rest } = is
    const known = [400, 404, 422].includes(refused)
    return { 'past-the-end': known ? { ...is, fault: `cap-${refused}:50000000` } : rest }
  }
  if (ends.includes('records'))
    return { 'past-the-end': { verdict: 'contradicted', seen: { page: 'records' } } }
  return verdictOn('past-the-end', ends.length === 0 ? undefined : true)
}

function judgeTotal(miscounts: readonly number[]): Findings {
  const off = miscounts.find(count => count !== 0)
  if (off === undefined) return verdictOn('total-exact', miscounts.length === 0 ? undefined : true)
  return { 'total-exact': contradiction('total-exact', off, { off }) }
}

const FORMS: readonly (readonly [name: string, form: RegExp])[] = [
  ['hex', /^[0-9a-f]{32}$/],
  ['hyphens', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/],
  ['upper', /^[0-9A-F-]{32,36}$/],
  ['digits', /^\d+$/],
]

function judgeForms(rows: readonly Json[]): Findings {
  const ids = rows.filter(isObject).flatMap(({ id }) => (id === undefined || id === null ? [] : [id]))
  const forms = new Set(
    ids.map(id =>
      typeof id === 'string' ? (FORMS.find(([, form]) => form.test(id))?.[0] ?? 'other') : typeof id,
    ),
  )
  const others = [...forms].filter(form => form !== 'hex')
  if (others.length === 0) return verdictOn('ids-hex', ids.length === 0 ? undefined : true)
  const { fault, ...is } = contradiction('ids-hex', undefined, { form: others.sort().join(' ') })
  return { 'ids-hex': others.includes('hyphens') && fault !== undefined ? { ...is, fault } : is }
}

/** Whether lists come newest first, by the whole seconds of their records. */
export function judgeOrder(lists: readonly ListSurvey[]): Findings {
  const orders = lists.map(({ rows }) => orderOf(rows)).filter(order => order !== undefined)
  if (orders.every(order => order === 'newest'))
    return verdictOn('newest-first', orders.length === 0 ? undefined : true)
  const { fault, ...is } = contradiction('newest-first', undefined, {
    order: [...new Set(orders)].sort().join(' '),
  })
  return { 'newest-first': orders.includes('oldest') && fault !== undefined ? { ...is, fault } : is }
}

function orderOf(rows: readonly Json[]): 'newest' | 'oldest' | 'none' | undefined {
  const seconds = rows.filter(isObject).flatMap(row => {
    const ms = momentOf(row['dateCreated'])
    return ms === undefined || Number.isNaN(ms) ? [] : [Math.floor(ms / SECOND_MS)]
  })
  if (new Set(seconds).size < 3) return undefined
  const falls = seconds.every((second, index) => index === 0 || second <= (seconds[index - 1] ?? 0))
  const rises = seconds.every((second, index) => index === 0 || second >= (seconds[index - 1] ?? 0))
  return falls ? 'newest' : rises ? 'oldest' : 'none'
}

/** What windows on calls say. */
export function judgeTime(filter: FilterFinding | undefined, reach: Reach | undefined): Findings {
  const { days, longestDays, isShort, isNarrow } = reach ?? {}
  return {
    ...(filter === undefined
      ? {}
      : { 'time-filter': filter.holds ? { verdict: 'confirmed' } : contradictedFilter(filter) }),
    ...of('retention', isShort, days),
    ...of('window-length', isNarrow, longestDays),
  }
}

function contradictedFilter({ as, fault }: FilterFinding): Finding {
  return { verdict: 'contradicted', seen: { as }, ...(fault === undefined ? {} : { fault }) }
}

function of(id: FactId, isLess: boolean | undefined, days: number | undefined): Findings {
  if (isLess === undefined || days === undefined) return {}
  return { [id]: isLess ? contradiction(id, days, { days }) : { verdict: 'confirmed', seen: { days } } }
}

/** What single records of the first answers say. */
export function judgeRecords(first: StreamSurvey['first'], legs: readonly Json[], interval: Span): Findings {
  const roles = (first.get('accounts')?.rows ?? []).filter(isObject).map(row => Array.isArray(row['roles']))
  const bridged = legs
    .filter(isObject)
    .map(row => row['bridged'])
    .filter(isObject)
  const named = bridged.filter(({ queueId }) => typeof queueId === 'string' && queueId !== '').length
  const echoes = [...first.values()].flatMap(one => echoOf(one, interval) ?? [])
  return {
    ...verdictOn('roles-list', roles.length === 0 ? undefined : !roles.includes(false)),
    ...verdictOn('queue-named', named > 0 ? true : bridged.length < FEW ? undefined : false, {
      named,
      bridged: bridged.length,
    }),
    ...verdictOn('interval-echoed', echoes.length === 0 ? undefined : !echoes.includes(false)),
  }
}

/** So few connected calls may all have been dialled by hand. */
const FEW = 10

function echoOf({ def, rows }: FirstAnswer, { from, to }: Span): boolean | undefined {
  const echoed = isObject(rows[0]) ? def.checkWindow?.(rows[0]) : undefined
  if (echoed === undefined) return undefined
  const isAt = (value: Json | undefined, ms: number) => Math.abs((momentOf(value) ?? 0) - ms) <= SECOND_MS
  return isAt(echoed['from'], from) && isAt(echoed['to'], to)
}

/** What every answer says beside its body. */
export function judgeAnswers(witness: Witness): Findings {
  const { yes, no } = witness.dated()
  const limited = witness.limited()
  const aheadMs = witness.aheadMs()
  const skew = aheadMs === undefined ? 0 : Math.round(aheadMs / SECOND_MS)
  return {
    ...verdictOn('lifetime-named', witness.namesLifetime()),
    ...verdictOn('date-named', yes + no === 0 ? undefined : no === 0),
    ...(aheadMs === undefined || Math.abs(aheadMs) <= MINUTE_MS
      ? verdictOn('clocks-agree', aheadMs === undefined ? undefined : true, { seconds: skew })
      : { 'clocks-agree': contradiction('clocks-agree', skew, { seconds: skew }) }),
    unlimited:
      limited === 0
        ? { verdict: 'confirmed' }
        : contradiction('unlimited', Math.max(2, Math.floor(witness.requests() / limited)), { limited }),
  }
}
