/** A list of records with an id, or another key of one record alone. */
export interface ListRow {
  readonly stream: string
  readonly schema: string
  readonly path: string
  /** The documented world serves it in one answer. */
  readonly whole?: true
  /** Where the seed's world has the records; it lacks the list without. */
  readonly seed?: string
  readonly key?: readonly string[]
}

/** A list under every record of another list. */
export interface ChildRow {
  readonly stream: string
  readonly schema: string
  readonly path: string
  readonly whole?: true
  readonly parents: string
  /** The key besides the parent's id. */
  readonly key: readonly string[]
}

const id = ['id'] as const

/** The lists of /api/v2 beside those of calls, agents, queues, users, recordings and leads. */
export const lists: readonly ListRow[] = [
  { stream: 'applications', schema: 'Application', path: 'applications', seed: 'applications' },
  { stream: 'triggers', schema: 'Trigger', path: 'triggers', seed: 'triggers' },
  { stream: 'business_hours', schema: 'BusinessHour', path: 'business-hours', seed: 'data' },
  { stream: 'conversations', schema: 'Conversation', path: 'conversations', seed: 'conversations' },
  { stream: 'sms', schema: 'Sms', path: 'sms', seed: 'sms' },
  {
    stream: 'campaigns',
    schema: 'OutboundCampaign',
    path: 'outbound/campaigns',
    whole: true,
    seed: 'campaigns',
  },
  { stream: 'sms_reporting', schema: 'Sms', path: 'sms/reporting' },
  { stream: 'conversation_events', schema: 'ConversationEvent', path: 'conversations/events' },
  { stream: 'outbound_attempts', schema: 'CallAttempt', path: 'outbound/attempts' },
  { stream: 'queue_selections', schema: 'GlobalQueueSelection', path: 'queues/selections' },
  { stream: 'agent_groups', schema: 'AgentGroup', path: 'agents/groups' },
  { stream: 'numbers', schema: 'ServiceNumber', path: 'numbers' },
  { stream: 'audit_logs', schema: 'AuditLog', path: 'audit/request' },
  { stream: 'processed_leads', schema: 'Lead', path: 'outbound/leads/processed' },
  { stream: 'all_leads', schema: 'Lead', path: 'outbound/leads' },
  {
    stream: 'agent_presences',
    schema: 'AgentPresenceInfo',
    path: 'agents/presence/available',
    whole: true,
    key: ['name'],
  },
  {
    stream: 'agent_statuses_available',
    schema: 'AgentAvailability',
    path: 'agents/status/available',
    whole: true,
  },
  { stream: 'routings', schema: 'Routing', path: 'routings' },
  { stream: 'calendars', schema: 'Calendar', path: 'calendars' },
  { stream: 'files', schema: 'StoredFile', path: 'files' },
  { stream: 'conferences', schema: 'Conference', path: 'conferences' },
  { stream: 'phonebook', schema: 'PhonebookEntry', path: 'phonebook' },
  { stream: 'prompts', schema: 'Prompt', path: 'prompts' },
  { stream: 'dashboards', schema: 'Dashboard', path: 'dashboards' },
  { stream: 'dialer_behaviours', schema: 'DialerBehaviour', path: 'outbound/dialer-behaviours' },
  { stream: 'integrations', schema: 'Integration', path: 'integrations' },
  { stream: 'global_automations', schema: 'GlobalAutomation', path: 'events/triggers' },
  { stream: 'local_automations', schema: 'LocalAutomation', path: 'automations/local' },
  { stream: 'tags', schema: 'tags_record', path: 'tags', whole: true, key: ['name'] },
  { stream: 'settings', schema: 'Setting', path: 'settings', whole: true, key: ['scope', 'key'] },
  { stream: 'accounts', schema: 'user.Account', path: 'user/accounts', whole: true },
]

/** The lists of /api/v2 that take one request a parent. */
export const children: readonly ChildRow[] = [
  {
    stream: 'agent_logs',
    schema: 'AgentLogEntry',
    path: 'agents/{}/logs',
    parents: 'agents',
    key: ['date', 'type'],
  },
  {
    stream: 'agent_group_members',
    schema: 'Agent',
    path: 'agents/groups/{}/agents',
    parents: 'agent_groups',
    key: id,
  },
  {
    stream: 'campaign_statistics',
    schema: 'CampaignStatisticsItem',
    path: 'outbound/campaigns/{}/statistics',
    whole: true,
    parents: 'campaigns',
    key: ['agent'],
  },
  {
    stream: 'campaign_leads',
    schema: 'Lead',
    path: 'outbound/campaigns/{}/leads',
    whole: true,
    parents: 'campaigns',
    key: id,
  },
  {
    stream: 'queued_calls',
    schema: 'QueuedCall',
    path: 'queues/{}/calls',
    parents: 'queues',
    key: id,
  },
  {
    stream: 'calendar_dates',
    schema: 'CalendarDate',
    path: 'calendars/{}/dates',
    whole: true,
    parents: 'calendars',
    key: id,
  },
  {
    stream: 'dashboard_users',
    schema: 'DashboardUser',
    path: 'dashboards/{}/users',
    whole: true,
    parents: 'dashboards',
    key: id,
  },
]
