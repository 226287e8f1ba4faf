import { byInterval, defineStream, type RecordContext } from '../engine/stream/definition.ts'
import type { JsonObject } from '../json.ts'
import { detail, snapshotOf, unpagedList, v2One, v2Whole } from './dialects.ts'
import { perInterval } from './intervals.ts'

export const campaigns = defineStream({
  name: 'campaigns',
  template: 'List Campaigns',
  primaryKey: ['id'],
  routes: unpagedList('/api/v2/outbound/campaigns', 'campaigns', 'listCampaigns'),
})

export const campaignDetails = defineStream({
  name: 'campaign_details',
  template: 'Get Outbound Campaign',
  ...detail('campaigns', 'campaigns', '/api/v2/outbound/campaigns/{id}', 'getCampaign'),
})

/** Talk, pause and wait seconds of each log-in of an agent to a campaign, one record per interval. */
export const campaignStatistics = defineStream({
  name: 'campaign_statistics',
  primaryKey: ['campaign_id', 'agent', 'login_at', 'window_start', 'window_end'],
  incremental: byInterval(),
  parent: { stream: 'campaigns', field: 'id', as: 'campaign_id', stamp: 'campaign_id' },
  adapt: perLogIn,
  costly: true,
  routes: [
    v2Whole('/api/v2/outbound/campaigns/{campaign_id}/statistics', 'getCampaignStatistics', {
      window: { from: 'from', to: 'to', format: 'unix-seconds' },
    }),
  ],
})

/** The live state of each campaign's dialler. */
export const campaignStatus = defineStream({
  name: 'campaign_status',
  primaryKey: ['campaign_id', 'queried_at'],
  parent: { stream: 'campaigns', field: 'id', as: 'campaign_id' },
  adapt: snapshotOf('campaign_id'),
  costly: true,
  routes: [v2One('/api/v2/outbound/campaigns/{campaign_id}/status', 'getCampaignStatus')],
})

/** The leads of each campaign; all_leads has the same records in pages. */
export const campaignLeads = defineStream({
  name: 'campaign_leads',
  primaryKey: ['campaign_id', 'id'],
  parent: { stream: 'campaigns', field: 'id', as: 'campaign_id', stamp: 'campaign_id' },
  costly: true,
  routes: [v2Whole('/api/v2/outbound/campaigns/{campaign_id}/leads', 'listCampaignLeads')],
})

/** The record of an interval, with an empty `login_at` where the API does not say when: it is part of the key. */
function perLogIn(record: JsonObject, context: RecordContext): JsonObject {
  return perInterval({ ...record, login_at: record['login_at'] ?? '' }, context)
}
