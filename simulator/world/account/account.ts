import type { Facts } from '../ground/facts.ts'
import { idOf } from '../ground/ids.ts'
import { personName, phoneNumber } from '../ground/names.ts'
import { ORG_KEYS } from '../ground/org-keys.ts'
import { chance, draws } from '../ground/random.ts'
import type { Row } from '../ground/rows.ts'
import { userAt } from '../people/users.ts'

/** How many entries, dashboards and accounts a world has. */
export const PHONEBOOK = 60
export const DASHBOARDS = 4
export const ACCOUNTS = 2

const dashboards = ['Wallboard', 'Ventes', 'Übersicht', 'Agents'] as const

/** The names of roles. */
export const roles = [
  'manager',
  'owner',
  'reporter',
  'user',
  'agent',
  'supervisor',
  'sales',
  'router',
  'scheduler',
] as const

/** The tags in use. Their shape is not documented; a name is all they share. */
export const tagRecords: readonly Row[] = [
  { name: 'german', count: 12 },
  { name: 'hüttenteam', count: 3, color: '#00aa88' },
  { name: 'Rückruf', count: 0, color: null },
  { name: 'vip', objects: { agents: 2, queues: ['VIP'] } },
]

/** The account's settings; each holds something else in `data`. */
export const settings: readonly Row[] = [
  { scope: 'account', key: 'retention', data: { recordings: 90, calls: 365 } },
  { scope: 'account', key: 'recording', data: { enabled: true, beep: null } },
  { scope: 'queue', key: 'wrapup', data: { seconds: 30 } },
  { scope: 'telephony', key: 'agent.wrapup', data: { seconds: 30, allowOutboundDuringWrapUp: true } },
  { scope: 'queue', key: 'recording', data: {} },
  { scope: 'agent', key: 'presences', data: { list: [{ name: 'break', label: 'Pause ☕' }] } },
]

/** Phone book entry `index`. */
export function phonebookEntryAt(facts: Facts, index: number): Row {
  const draw = draws(facts.seed, 'phonebook', index)
  return {
    id: idOf(facts.seed, 'phonebook', index),
    label: personName(draw),
    number: phoneNumber(draw),
    ...(chance(draw, 0.4) ? { tags: ['extern'] } : {}),
  }
}

/** Dashboard `index`. */
export function dashboardAt(facts: Facts, index: number): Row {
  const id = idOf(facts.seed, 'dashboards', index)
  const name = dashboards[index] ?? `Dashboard ${index + 1}`
  const self = index === 1 ? {} : { _url: `https://dashboards.example.com/api/v2/dashboards/${id}` }
  return { id, name, url: `https://dashboards.example.com/d/${id}`, ...self }
}

/** Who sees dashboard `index`: the managers from number `index` on; nobody sees the last one. */
export function dashboardUsersAt(facts: Facts, index: number): readonly Row[] {
  return Array.from({ length: Math.max(0, DASHBOARDS - 1 - index) }, (_, at) => {
    const { id, email } = userAt(facts, at + index)
    return { id, email }
  })
}

/** Account `index` that the credentials reach. */
export function accountAt(facts: Facts, index: number): Row {
  const name = ['Müller & Söhne GmbH', 'Sandbox'][index] ?? `Account ${index + 1}`
  return {
    id: idOf(facts.seed, 'accounts', index),
    name,
    roles: index === 0 ? ['manager', 'owner'] : ['manager'],
  }
}

/** Sub-account `index` of the account, which is a partner's. */
export function subAccountAt(facts: Facts, index: number): Row {
  const orgKey = ORG_KEYS[index] ?? `org-${index + 1}`
  return {
    uuid: hyphened(idOf(facts.seed, 'sub_accounts', index)),
    name: `Kundin ${orgKey} GmbH`,
    orgKey,
    parent: hyphened(idOf(facts.seed, 'accounts', 0)),
  }
}

function hyphened(id: string): string {
  return id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
