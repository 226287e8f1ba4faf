import type { Facts } from '../ground/facts.ts'
import type { Row } from '../ground/rows.ts'
import { isoTime } from '../ground/time.ts'
import { type Parties, partiesOf } from './parties.ts'
import { isBridged, type Moments, momentsOf, type Plan, waitSeconds } from './plan.ts'

/** The report's row for a call as it looks at `now`; its times add up once the call has settled. */
export function reportRowAt(facts: Facts, plan: Plan, begun: number, now: number): Row {
  const moments = momentsOf(plan, begun)
  const parties = partiesOf(facts, plan)
  const bridged = isBridged(plan) && now >= moments.bridged
  return {
    id: parties.callId,
    sessionId: parties.conversationId,
    dateCreated: isoTime(begun),
    lastUpdated: isoTime(lastChange(plan, moments, now)),
    type: parties.inbound ? 'inboundCall' : 'outboundCall',
    ...namesOf(parties, bridged),
    bridged,
    ...timesOf(plan, moments, now),
  }
}

function namesOf(parties: Parties, bridged: boolean): Row {
  return {
    ...(parties.queue ? { queueName: parties.queue.name } : {}),
    ...(bridged && parties.agent ? { agentName: parties.agent.name } : {}),
  }
}

function timesOf(plan: Plan, moments: Moments, now: number): Row {
  const elapsed = Math.max(0, Math.floor((Math.min(now, moments.finished) - moments.begun) / 1000))
  const waitTime = Math.min(elapsed, waitSeconds(plan))
  const finished = now >= moments.finished
  const talkTime = finished ? plan.talkSeconds : elapsed - waitTime
  const holdTime = finished ? plan.holdSeconds : 0
  const wrapupTime = now >= moments.settled ? plan.wrapupSeconds : 0
  return {
    duration: elapsed,
    waitTime,
    queueWaitTime: Math.max(0, Math.min(elapsed - plan.menuSeconds, plan.queueSeconds)),
    bridgeTime: isBridged(plan) && now >= moments.bridged ? waitTime : 0,
    talkTime,
    holdTime,
    wrapupTime,
    handleTime: talkTime + holdTime + wrapupTime,
  }
}

function lastChange(plan: Plan, moments: Moments, now: number): number {
  const changes = [moments.bridged, moments.finished, ...(isBridged(plan) ? [moments.settled] : [])]
  return Math.max(moments.begun, ...changes.filter(change => change <= now))
}
