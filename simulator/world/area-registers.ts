import { ACCOUNTS, accountAt, DASHBOARDS, dashboardAt, PHONEBOOK, phonebookEntryAt } from './account.ts'
import { agentGroupAt, GROUPS } from './agents.ts'
import { APPLICATIONS, applicationAt } from './applications.ts'
import { auditLogAt, changesIn } from './audit.ts'
import { BUSINESS_HOURS, businessHourAt, CALENDARS, calendarAt } from './calendars.ts'
import { CALL_FLOWS, callFlowAt } from './call-flows.ts'
import { campaignAt, campaignsIn, dialerBehaviourAt } from './campaigns.ts'
import { conferenceAt, conferencesIn } from './conferences.ts'
import { INTEGRATIONS, integrationAt } from './integrations.ts'
import { NUMBERS, numberAt, ROUTINGS, routingAt } from './numbers.ts'
import { PROMPTS, promptAt } from './prompts.ts'
import type { Register } from './registers.ts'
import { globalAutomationAt, localAutomationAt, TRIGGERS, triggerAt } from './rules.ts'
import { selectionAt, selectionsIn } from './selections.ts'

type Registers = Readonly<Record<string, Register>>

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
