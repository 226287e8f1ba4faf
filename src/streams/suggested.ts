/** The streams to start with: what most reports need, at few requests. metadata.yaml suggests the same. */
export const SUGGESTED: readonly string[] = [
  'calls',
  'call_records',
  'agents',
  'queues',
  'users',
  'recordings',
  'conversations',
  'sms',
  'outbound_lists',
  'outbound_leads',
  'campaigns',
  'agent_groups',
  'business_hours',
  'tasks',
  'total_calls',
]
