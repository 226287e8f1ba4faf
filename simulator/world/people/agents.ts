import { agentBrief, daysAgo, type Facts } from '../ground/facts.ts'
import { idOf } from '../ground/ids.ts'
import { emailOf } from '../ground/names.ts'
import { between, chance, type Draw, draws, pick } from '../ground/random.ts'
import type { Row } from '../ground/rows.ts'
import { isoTime } from '../ground/time.ts'

/** The agent groups of every world; an agent's `groups` name some of them. */
const groupNames = ['Support DE', 'Support FR', 'Sales', 'Back office', 'Équipe de nuit', '二次対応'] as const

/** How many groups there are: one more than agents refer to. */
export const GROUPS = groupNames.length + 1

/** The presences an agent can have set. */
export const presences = [
  { name: 'available', label: 'Available', available: true },
  { name: 'busy', label: 'Busy', available: false },
  { name: 'break', label: 'Pause ☕', available: false },
  { name: 'training', label: 'Training', available: false },
] as const

const tags = ['german', 'french', 'english', 'tier-2', 'part-time', 'hüttenteam'] as const
const lineStates = [
  'available',
  'available',
  'available',
  'in-call',
  'in-call',
  'wrap-up',
  'busy',
  'ringing',
] as const

/** Agent `index`. Some are disabled, some have neither e-mail nor source, as in grown accounts. */
export function agentAt(facts: Facts, index: number): Row {
  const draw = draws(facts.seed, 'agent', index)
  const { id, name, number } = agentBrief(facts.seed, index)
  const enabled = !chance(draw, 0.12)
  const created = daysAgo(facts, between(draw, 40, 1500))
  return {
    id,
    name,
    number,
    enabled,
    ...(chance(draw, 0.9) ? { email: emailOf(name, index) } : {}),
    ...(chance(draw, 0.7) ? { sourceId: `crm-${1000 + index}`, agentSource: 'salesforce' } : {}),
    ...liveOf(draw, enabled),
    tags: tags.filter(() => chance(draw, 0.3)),
    groups: groupsOf(facts, draw),
    webrtc: chance(draw, 0.8),
    features: chance(draw, 0.8) ? ['webrtc'] : [],
    dateCreated: isoTime(created),
    lastUpdated: isoTime(created + Math.floor(draw() * (facts.startedAt - created))),
  }
}

/** Group `index`; the one after the last that agents refer to has no members. */
export function agentGroupAt(facts: Facts, index: number): Row {
  const tags = index % 3 === 1 ? {} : { tags: index % 2 === 0 ? ['team', 'früh'] : [] }
  return { ...groupAt(facts, index), ...tags }
}

function groupAt(facts: Facts, index: number): Row {
  const draw = draws(facts.seed, 'group', index)
  const dateCreated = isoTime(daysAgo(facts, between(draw, 900, 2000)))
  return { id: idOf(facts.seed, 'agent_groups', index), name: groupNames[index] ?? 'Noch leer', dateCreated }
}

function liveOf(draw: Draw, enabled: boolean): Row {
  const presence = enabled ? pick(draw, presences) : presences[1]
  const state = enabled ? pick(draw, lineStates) : 'unreachable'
  const available = enabled && presence.available && state === 'available'
  const display_status = available ? 'Ready' : presence.label
  const outbound_status = chance(draw, 0.5) ? 'online' : 'offline'
  const status = {
    enabled,
    available,
    outbound_status,
    line_status: state,
    presence,
    activity: null,
    display_status,
  }
  return { state, presence, status, display_status, available, activity: available ? 'idle' : state }
}

function groupsOf(facts: Facts, draw: Draw): readonly Row[] {
  return groupNames.flatMap((_, index) => (chance(draw, 0.3) ? [groupAt(facts, index)] : []))
}
