import { byPageSize } from '../dialects/seed.ts'
import { is } from '../routing/filters.ts'
import { inBoth, list, paged, whole } from '../routing/list.ts'
import type { Route } from '../routing/route.ts'
import { APPLICATIONS, applicationAt } from '../world/account/applications.ts'
import { CALL_FLOWS, callFlowAt } from '../world/account/call-flows.ts'
import { NUMBERS, numberAt, ROUTINGS, routingAt } from '../world/account/numbers.ts'
import { PROMPTS, promptAt } from '../world/account/prompts.ts'
import {
  EVENT_DEFINITIONS,
  eventDefinitionAt,
  globalAutomationAt,
  localAutomationAt,
  TRIGGERS,
  triggerAt,
} from '../world/account/rules.ts'

/** What calls pass through: applications, triggers, automations, numbers. The vendor documents no call flows. */
export const flowRoutes: readonly Route[] = [
  inBoth({
    stream: 'applications',
    path: '/api/v2/applications',
    container: 'applications',
    schema: 'Application',
    size: () => APPLICATIONS,
    make: applicationAt,
  }),
  inBoth({
    stream: 'triggers',
    path: '/api/v2/triggers',
    container: 'triggers',
    schema: 'Trigger',
    size: () => TRIGGERS,
    make: triggerAt,
  }),
  list({
    stream: 'call_flows',
    seed: { path: '/api/v2/call-flows', dialect: byPageSize('callFlows') },
    size: () => CALL_FLOWS,
    make: callFlowAt,
  }),
  whole({
    stream: 'event_definitions',
    path: '/api/v2/events',
    schema: 'Event',
    key: ['code'],
    size: () => EVENT_DEFINITIONS,
    make: eventDefinitionAt,
    filters: { type: is('type') },
  }),
  paged({
    stream: 'global_automations',
    path: '/api/v2/events/triggers',
    schema: 'GlobalAutomation',
    size: () => 6,
    make: globalAutomationAt,
  }),
  paged({
    stream: 'local_automations',
    path: '/api/v2/automations/local',
    schema: 'LocalAutomation',
    size: () => 60,
    make: localAutomationAt,
  }),
  paged({
    stream: 'numbers',
    path: '/api/v2/numbers',
    schema: 'ServiceNumber',
    size: () => NUMBERS,
    make: numberAt,
  }),
  paged({
    stream: 'routings',
    path: '/api/v2/routings',
    schema: 'Routing',
    size: () => ROUTINGS,
    make: routingAt,
  }),
  paged({
    stream: 'prompts',
    path: '/api/v2/prompts',
    schema: 'Prompt',
    size: () => PROMPTS,
    make: promptAt,
  }),
].flat()
