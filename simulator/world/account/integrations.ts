import type { Facts } from '../ground/facts.ts'
import { idOf } from '../ground/ids.ts'
import type { Row } from '../ground/rows.ts'

const kinds = [
  { provider: 'salesforce', type: 'crm', label: 'Salesforce', config: { region: 'eu' } },
  { provider: 'zendesk', type: 'ticket', label: 'Zendesk', config: { subdomain: 'demo' } },
  {
    provider: 'microsoft_teams',
    type: 'presence',
    label: 'Teams',
    config: { tenant: null, scopes: ['a', 'b'] },
  },
  {
    provider: 'custom',
    type: 'custom',
    label: 'Eigene Lösung ⚙',
    config: { auth: { password: 'not-a-real-one' } },
  },
  { provider: undefined, type: 'legacy', label: 'Altsystem', config: {} },
] as const

/** How many integrations a world has. */
export const INTEGRATIONS = 7

/** Integration `index`. Its `config` holds secrets, as real ones do. */
export function integrationAt(facts: Facts, index: number): Row {
  const { provider, type, label, config } = kinds[index % kinds.length] ?? kinds[0]
  return {
    id: idOf(facts.seed, 'integrations', index),
    name: `${type}-${index + 1}`,
    label,
    type,
    ...(provider ? { provider } : {}),
    ...(index % 3 === 2 ? {} : { color: '#ffaa00', enabled: index !== 1 }),
    config: { ...config, apiKey: `demo-key-${idOf(facts.seed, 'integration-keys', index)}` },
    tags: index % 2 ? ['crm'] : [],
  }
}
