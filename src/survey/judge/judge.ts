import { MINUTE_MS, SECOND_MS } from '../../durations.ts'
import type { StreamDef } from '../../engine/stream/definition.ts'
import type { Span } from '../../engine/time/spans.ts'
import { momentOf } from '../../engine/time/timestamps.ts'
import { isObject, type Json } from '../../json.ts'
import type { Container } from '../ask/answers.ts'
import type { Seen } from '../ask/witness.ts'
import type { FactId } from '../facts.ts'
import type { FilterFinding } from '../measure/filter.ts'
import type { Reach } from '../measure/reach.ts'
import type { FirstAnswer, StreamFinding, StreamSurvey } from '../measure/streams.ts'
import { contradiction, type Finding, type Findings, verdictOn } from '../verdicts.ts'

/** What the streams' first answers say of containers and counts. */
export function judgeEnvelopes({ findings }: StreamSurvey, defs: readonly StreamDef[]): Findings {
  const isList = new Set(
    defs.filter(({ routes }) => routes[0].records.kind === 'list').map(({ name }) => name),
  )
  const lists = Object.entries(findings).filter(
    ([name, { status = 0, container }]) =>
      isList.has(name) && status >= 200 && status < 300 && !isUnread(container),
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

/** Whether there was no body that could be looked into: it says nothing of where records are. */
function isUnread(container: Container | undefined): boolean {
  return container === 'nothing' || container === 'not-json' || container === 'too-deep'
}

function judgeCount(count: 'pages' | 'total' | 'current', findings: readonly StreamFinding[]): Findings {
  const named = findings.filter(one => one.named?.includes(count)).length
  const omitted = findings.filter(one => one.omitted?.includes(count)).length
  return verdictOn(`${count}-named`, named + omitted === 0 ? undefined : omitted === 0, { named, omitted })
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
export function judgeAnswers({ dated, limited, aheadMs, namesLifetime, requests }: Seen): Findings {
  const { yes, no } = dated
  const skew = aheadMs === undefined ? 0 : Math.round(aheadMs / SECOND_MS)
  return {
    ...verdictOn('lifetime-named', namesLifetime),
    ...verdictOn('date-named', yes + no === 0 ? undefined : no === 0),
    ...(aheadMs === undefined || Math.abs(aheadMs) <= MINUTE_MS
      ? verdictOn('clocks-agree', aheadMs === undefined ? undefined : true, { seconds: skew })
      : { 'clocks-agree': contradiction('clocks-agree', skew, { seconds: skew }) }),
    unlimited:
      limited === 0
        ? { verdict: 'confirmed' }
        : contradiction('unlimited', Math.max(2, Math.floor(requests / (limited + 1))), { limited }),
  }
}
