import type { Facts } from '../ground/facts.ts'
import { idOf } from '../ground/ids.ts'
import { chance, type Draw, draws, pick } from '../ground/random.ts'
import type { Row } from '../ground/rows.ts'
import { isoTime } from '../ground/time.ts'
import type { Parties } from './parties.ts'
import type { Moments, Plan } from './plan.ts'

const BYTES_PER_SECOND = 4000
const tags = ['complaint', 'quality', 'vip', 'Rückruf', 'training', 'escalated'] as const

/** The recording of a call as it looks at `now`; its tags arrive once the call has settled. */
export function recordingAt(facts: Facts, plan: Plan, parties: Parties, moments: Moments, now: number): Row {
  const id = idOf(facts.seed, 'recordings', plan.index)
  const settled = now >= moments.settled
  const draw = draws(facts.seed, 'recording', plan.index)
  const deleted = isDeleted(draw)
  return {
    id,
    duration: plan.talkSeconds + plan.holdSeconds,
    url: `https://recordings.example.com/public/${id}/audio.mp3?signature=${idOf(facts.seed, 'signature', plan.index)}`,
    state: deleted ? 'deleted' : 'stored',
    file: recordingFileOf(facts, plan),
    call: callOf(parties),
    ...(parties.agent ? { agent: parties.agent } : {}),
    tags: settled ? tagsFrom(draw) : [],
    dateCreated: isoTime(moments.bridged),
    lastUpdated: isoTime(settled ? moments.settled : moments.recordingReady),
  }
}

/** The file of a call's recording, as the recording shows it. */
export function recordingFileOf(facts: Facts, plan: Plan): Row {
  const id = idOf(facts.seed, 'files', plan.index)
  const deleted = isDeleted(draws(facts.seed, 'recording', plan.index))
  return {
    id,
    state: deleted ? 'deleted' : 'stored',
    name: `recording-${id}.mp3`,
    size: (plan.talkSeconds + plan.holdSeconds) * BYTES_PER_SECOND,
    contentType: 'audio/mpeg',
  }
}

// The first number drawn for a recording decides.
function isDeleted(draw: Draw): boolean {
  return chance(draw, 0.01)
}

function callOf(parties: Parties): Row {
  return {
    id: parties.callId,
    conversationId: parties.conversationId,
    type: parties.inbound ? 'inbound' : 'outbound',
    from: parties.inbound ? parties.customer : parties.service,
    to: parties.inbound ? parties.service : parties.customer,
  }
}

function tagsFrom(draw: () => number): readonly string[] {
  if (!chance(draw, 0.3)) return []
  const first = pick(draw, tags)
  const second = pick(draw, tags)
  return first === second || chance(draw, 0.6) ? [first] : [first, second]
}
