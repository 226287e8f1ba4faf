import type { Facts } from '../ground/facts.ts'
import { idOf } from '../ground/ids.ts'
import { between, chance, draws, pick } from '../ground/random.ts'
import type { Row } from '../ground/rows.ts'

const conditions = [
  { expression: 'call.from', operator: 'STARTS_WITH', expectation: '+49' },
  { expression: 'session["crm.id"]', operator: 'GIVEN', expectation: '' },
  { expression: 'queue.waiting', operator: 'GT', expectation: '5' },
  { expression: 'customer.name', operator: 'LIKE', expectation: '%Müller%' },
  { expression: 'businessHour.active', operator: 'EQ', expectation: 'true' },
] as const

const actions = [
  { name: 'session.set', type: 'session', provider: 'babelforce' },
  { name: 'sms.send', type: 'sms', code: 'sms' },
  { name: 'ticket.create', type: 'integration', provider: 'zendesk' },
] as const

const events = [
  { name: 'inbound.call.finished', type: 'call', provider: 'babelforce' },
  { name: 'agent.presence.changed', type: 'agent' },
  { name: 'queue.call.abandoned', type: 'queue' },
] as const

/** The kinds of events that automations can react to. Some have no id; live accounts have types that are not documented. */
const definitions = [
  { type: 'call', name: 'created', label: 'Call created' },
  { type: 'call', name: 'finished', label: 'Appel terminé', tags: ['default'] },
  { type: 'sms', name: 'received', label: 'SMS empfangen' },
  { type: 'queue', name: 'call.abandoned', label: 'Caller gave up', tags: ['default', 'warteschlange'] },
  { type: 'agent', name: 'presence.changed', label: 'Presence changed' },
  { type: 'external', name: 'note', label: 'Notiz ☎' },
  { type: 'survey', name: 'answered', label: 'Survey answered' },
] as const

/** How many kinds of events there are. */
export const EVENT_DEFINITIONS = definitions.length

/** Kind of event `index`. */
export function eventDefinitionAt(facts: Facts, index: number): Row {
  const definition = definitions[index] ?? {
    type: 'external',
    name: `event-${index}`,
    label: `Event ${index}`,
  }
  const id = index % 2 === 0 ? { id: idOf(facts.seed, 'event_definitions', index) } : {}
  return { ...id, code: `${definition.type}.${definition.name}`, ...definition }
}

/** How many triggers a world has. */
export const TRIGGERS = 12

/** Trigger `index`: rules that other records refer to. One has no conditions. */
export function triggerAt(facts: Facts, index: number): Row {
  const draw = draws(facts.seed, 'trigger', index)
  const kept = index === 4 ? [] : [pick(draw, conditions), pick(draw, conditions)].slice(index % 2)
  return {
    id: idOf(facts.seed, 'triggers', index),
    name: `${['Stammkunde', 'Nuit', 'VIP 🥇', 'Überlauf'][index % 4]} ${index + 1}`,
    type: index % 3 === 0 ? 'ANY' : 'ALL',
    conditions: kept.map((condition, at) => ({
      ...(chance(draw, 0.8) ? { id: idOf(facts.seed, `conditions/${index}`, at) } : {}),
      ...condition,
    })),
    ...(chance(draw, 0.5) ? { tags: ['regel'] } : {}),
  }
}

/** Account-wide automation `index`. */
export function globalAutomationAt(facts: Facts, index: number): Row {
  const event = events[index % events.length]
  return { id: idOf(facts.seed, 'global_automations', index), ...automationOf(facts, 'global', index), event }
}

/** Automation `index` of an application. */
export function localAutomationAt(facts: Facts, index: number): Row {
  return {
    id: idOf(facts.seed, 'local_automations', index),
    ...automationOf(facts, 'local', index),
    application: { id: idOf(facts.seed, 'applications', index % 9) },
  }
}

function automationOf(facts: Facts, kind: string, index: number): Row {
  const draw = draws(facts.seed, `automation/${kind}`, index)
  const action = pick(draw, actions)
  return {
    priority: between(draw, 0, 20),
    label: `${action.name} – ${index + 1}`,
    ...(chance(draw, 0.3) ? { invertTrigger: chance(draw, 0.5) } : {}),
    ...(chance(draw, 0.7) ? { trigger: { id: idOf(facts.seed, 'triggers', index % TRIGGERS) } } : {}),
    action,
    options: chance(draw, 0.2)
      ? {}
      : { to: '{call.from}', retries: between(draw, 0, 3), deep: { note: null } },
    ...(chance(draw, 0.3) ? { tags: ['auto'] } : {}),
  }
}
