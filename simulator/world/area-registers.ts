import {
  ACCOUNTS,
  accountAt,
  DASHBOARDS,
  dashboardAt,
  PHONEBOOK,
  phonebookEntryAt,
} from './account/account.ts'
import { APPLICATIONS, applicationAt } from './account/applications.ts'
import { auditLogAt, changesIn } from './account/audit.ts'
import { BUSINESS_HOURS, businessHourAt, CALENDARS, calendarAt } from './account/calendars.ts'
import { CALL_FLOWS, callFlowAt } from './account/call-flows.ts'
import { INTEGRATIONS, integrationAt } from './account/integrations.ts'
import { NUMBERS, numberAt, ROUTINGS, routingAt } from './account/numbers.ts'
import { PROMPTS, promptAt } from './account/prompts.ts'
import { globalAutomationAt, localAutomationAt, TRIGGERS, triggerAt } from './account/rules.ts'
import { selectionAt, selectionsIn } from './account/selections.ts'
import { conferenceAt, conferencesIn } from './contacts/conferences.ts'
import { campaignAt, campaignsIn, dialerBehaviourAt } from './dialler/campaigns.ts'
import { agentGroupAt, GROUPS } from './people/agents.ts'
import type { Registers } from './view.ts'

/** What calls pass through on their way to an agent. */
export const flowRegisters: Registers = {
  applications: { size: () => APPLICATIONS, make: applicationAt },
  call_flows: { size: () => CALL_FLOWS, make: callFlowAt },
  triggers: { size: () => TRIGGERS, make: triggerAt },
  global_automations: { size: () => 6, make: globalAutomationAt },
  local_automations: { size: () => 60, make: localAutomationAt },
  numbers: { size: () => NUMBERS, make: numberAt },
  routings: { size: () => ROUTINGS, make: routingAt },
  prompts: { size: () => PROMPTS, make: promptAt },
  business_hours: { size: () => BUSINESS_HOURS, make: businessHourAt },
  calendars: { size: () => CALENDARS, make: calendarAt },
  queue_selections: { size: selectionsIn, make: selectionAt },
}

/** People and the dialler. */
export const workRegisters: Registers = {
  agent_groups: { size: () => GROUPS, make: agentGroupAt },
  campaigns: { size: campaignsIn, make: campaignAt },
  dialer_behaviours: { size: () => 4, make: dialerBehaviourAt },
  conferences: { size: conferencesIn, make: conferenceAt },
}

/** What belongs to the account as a whole. */
export const accountRegisters: Registers = {
  accounts: { size: () => ACCOUNTS, make: accountAt },
  audit_logs: { size: changesIn, make: auditLogAt },
  dashboards: { size: () => DASHBOARDS, make: dashboardAt },
  integrations: { size: () => INTEGRATIONS, make: integrationAt },
  phonebook: { size: () => PHONEBOOK, make: phonebookEntryAt },
}
