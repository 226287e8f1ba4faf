import type { StreamDef } from '../engine/stream/definition.ts'
import * as agents from './agents.ts'
import * as applications from './applications.ts'
import * as calendars from './calendars.ts'
import * as calls from './calls.ts'
import * as campaigns from './campaigns.ts'
import * as conversations from './conversations.ts'
import * as dashboards from './dashboards.ts'
import * as envsync from './envsync.ts'
import * as metrics from './metrics.ts'
import * as outbound from './outbound.ts'
import * as queues from './queues.ts'
import * as recordings from './recordings.ts'
import * as scim from './scim.ts'
import * as settings from './settings.ts'
import * as sms from './sms.ts'
import * as tasks from './tasks.ts'
import * as triggers from './triggers.ts'
import * as users from './users.ts'

const AREAS = [
  agents,
  applications,
  calendars,
  calls,
  campaigns,
  conversations,
  dashboards,
  envsync,
  metrics,
  outbound,
  queues,
  recordings,
  scim,
  settings,
  sms,
  tasks,
  triggers,
  users,
]

/** Every stream of the connector, in alphabetical order: whatever the area files export. */
export const STREAMS: readonly StreamDef[] = AREAS.flatMap(area => Object.values(area)).sort((a, b) =>
  a.name < b.name ? -1 : 1,
)
