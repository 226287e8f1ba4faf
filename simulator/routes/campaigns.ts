import { bareItems, unpaged } from '../dialects/documented.ts'
import { byPageSize } from '../dialects/seed.ts'
import { secondsIn } from '../request.ts'
import { json, refuse } from '../response.ts'
import { child } from '../routing/child.ts'
import { is, member } from '../routing/filters.ts'
import { one } from '../routing/item.ts'
import { list, paged } from '../routing/list.ts'
import type { Route } from '../routing/route.ts'
import { allAttempts, leadsOfCampaign, processedLeads } from '../world/dialler/attempts.ts'
import {
  campaignAt,
  campaignStatus,
  campaignsIn,
  dialerBehaviourAt,
  statisticsOf,
} from '../world/dialler/campaigns.ts'
import { allLeads } from '../world/dialler/leads.ts'
import { type Rows, rowsOf } from '../world/ground/rows.ts'
import { DAY_MS } from '../world/ground/time.ts'
import { findInRegister, indexInRegister, registerRows } from '../world/lookups.ts'
import type { World } from '../world/view.ts'

const campaigns = '/api/v2/outbound/campaigns'
const ofCampaign = { parent: 'campaigns', field: 'campaign_id' } as const

/** Campaigns and what the dialler does for them. */
export const campaignRoutes: readonly Route[] = [
  list({
    stream: 'campaigns',
    schema: 'OutboundCampaign',
    size: campaignsIn,
    make: campaignAt,
    documented: { path: campaigns, dialect: bareItems },
    seed: { path: campaigns, dialect: byPageSize('campaigns') },
  }),
  one({
    stream: 'campaign_details',
    path: `${campaigns}/{id}`,
    schema: 'OutboundCampaign',
    find: ({ world, request }) => findInRegister(world, 'campaigns', request.params['id'] ?? ''),
    everything: world => registerRows(world, 'campaigns'),
  }),
  child({
    stream: 'campaign_statistics',
    path: `${campaigns}/{id}/statistics`,
    schema: 'CampaignStatisticsItem',
    dialect: bareItems,
    ...ofCampaign,
    rows: requestedStatistics,
    key: ['agent', 'login_at'],
    parameters: ['from', 'to'],
  }),
  statusRoute(),
  child({
    stream: 'campaign_leads',
    path: `${campaigns}/{id}/leads`,
    schema: 'Lead',
    dialect: unpaged,
    ...ofCampaign,
    rows: leadsOfCampaign,
  }),
  paged({
    stream: 'all_leads',
    path: '/api/v2/outbound/leads',
    schema: 'Lead',
    everything: allLeads,
  }),
  paged({
    stream: 'processed_leads',
    path: '/api/v2/outbound/leads/processed',
    schema: 'Lead',
    everything: processedLeads,
  }),
  paged({
    stream: 'outbound_attempts',
    path: '/api/v2/outbound/attempts',
    schema: 'CallAttempt',
    everything: allAttempts,
    filters: {
      campaignId: (row, value) => member(row, 'campaign', 'id') === value,
      listId: (row, value) => member(row, 'list', 'id') === value,
      leadId: (row, value) => member(row, 'lead', 'id') === value,
      number: is('number'),
    },
  }),
  paged({
    stream: 'dialer_behaviours',
    path: '/api/v2/outbound/dialer-behaviours',
    schema: 'DialerBehaviour',
    size: () => 4,
    make: dialerBehaviourAt,
  }),
].flat()

// Without a window the statistics are those of the current UTC day.
function requestedStatistics(world: World, campaignId: string, query: URLSearchParams): Rows | undefined {
  const campaign = indexInRegister(world, 'campaigns', campaignId)
  if (campaign === undefined) return undefined
  const to = secondsIn(query, 'to') ?? world.now()
  const from = secondsIn(query, 'from') ?? Math.floor(to / DAY_MS) * DAY_MS
  return rowsOf(statisticsOf(world, campaign, from, to))
}

function statusRoute(): Route {
  return {
    world: 'documented',
    method: 'GET',
    path: `${campaigns}/{id}/status`,
    stream: 'campaign_status',
    key: ['campaign_id'],
    parameters: [],
    everything: world => {
      const { count, at } = registerRows(world, 'campaigns')
      return { count, at: place => ({ campaign_id: at(place)['id'] }) }
    },
    respond: ({ world, request }) => {
      const campaign = indexInRegister(world, 'campaigns', request.params['id'] ?? '')
      if (campaign === undefined) return refuse(404)
      return json({ item: campaignStatus(world, campaign), success: true })
    },
  }
}
