import { daysAgo, type Facts } from '../ground/facts.ts'
import { between, draws } from '../ground/random.ts'
import type { Row } from '../ground/rows.ts'
import { isoTime } from '../ground/time.ts'
import { userAt, userName } from './users.ts'

/** User `index` as SCIM shows it: the same person under the same id, with the fields of RFC 7643. */
export function scimUserAt(facts: Facts, index: number): Row {
  const user = userAt(facts, index)
  const roles = user['roles'] as readonly string[]
  const sourceId = (user['agent'] as Row | undefined)?.['sourceId']
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    id: user['id'],
    ...(sourceId ? { externalId: sourceId } : {}),
    userName: user['email'],
    ...namesOf(userName(facts, index)),
    userType: user['agent'] ? 'agent' : 'manager',
    active: user['enabled'],
    emails: [{ value: user['email'], type: 'work', primary: true }],
    roles: roles.map((value, at) => ({ value, primary: at === 0 })),
    groups: [],
    meta: metaOf(facts, index, String(user['id'])),
  }
}

function namesOf(formatted: string): Row {
  const cut = formatted.lastIndexOf(' ')
  const name = { formatted, givenName: formatted.slice(0, cut), familyName: formatted.slice(cut + 1) }
  return { name, displayName: formatted }
}

function metaOf(facts: Facts, index: number, id: string): Row {
  const draw = draws(facts.seed, 'scim-user', index)
  const created = daysAgo(facts, between(draw, 40, 1500))
  const lastModified = created + Math.floor(draw() * (facts.startedAt - created))
  return {
    resourceType: 'User',
    created: isoTime(created),
    lastModified: isoTime(lastModified),
    location: `/auth/scim/v2/Users/${id}`,
  }
}
