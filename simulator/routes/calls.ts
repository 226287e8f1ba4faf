import { byMax } from '../dialects/documented.ts'
import { byOffset } from '../dialects/seed.ts'
import { windowParameters } from '../dialects/worlds.ts'
import { requestedWindow } from '../request.ts'
import { type Filters, holds, is, member } from '../routing/filters.ts'
import { one } from '../routing/item.ts'
import { list } from '../routing/list.ts'
import type { Route, Scene } from '../routing/route.ts'
import { byDialler, type CallView, viewRows } from '../world/calls/call-views.ts'
import type { Rows } from '../world/ground/rows.ts'
import type { World } from '../world/view.ts'

const everyLeg = (world: World) => viewRows(world.legs, world.now())
const everyCall = (world: World) => viewRows(world.report, world.now())
const agentId: Filters[string] = (row, value) => member(row, 'bridged', 'agent', 'id') === value
const queueId: Filters[string] = (row, value) => member(row, 'bridged', 'queueId') === value

const common = { id: is('id'), sessionId: is('sessionId'), type: is('type') }
const reportFilters = {
  ...common,
  queueName: is('queueName'),
  agentName: is('agentName'),
  bridged: is('bridged'),
}
const seedCalls = {
  schema: 'Call',
  seed: { path: '/api/v2/calls', dialect: byOffset('calls') },
  rows: (scene: Scene) => inWindow(scene, scene.world.legs),
  everything: everyLeg,
  parameters: windowParameters.seed,
  filters: { agentId, queueId },
}

/** Calls and their legs, newest first. In the seed's world both streams are the legs, at one path. */
export const callRoutes: readonly Route[] = [
  list({
    stream: 'calls',
    schema: 'ReportingCall',
    documented: { path: '/api/v2/calls/reporting/simple', dialect: byMax },
    rows: scene => inWindow(scene, scene.world.report),
    everything: everyCall,
    parameters: windowParameters.documented,
    filters: reportFilters,
  }),
  list({
    stream: 'dialer_calls',
    schema: 'ReportingCall',
    documented: { path: '/api/v2/calls/reporting/simple/dialer', dialect: byMax },
    rows: scene => byDialler(scene.world.facts, inWindow(scene, scene.world.report)),
    everything: world => byDialler(world.facts, everyCall(world)),
    parameters: windowParameters.documented,
    filters: reportFilters,
  }),
  list({
    stream: 'call_records',
    schema: 'Call',
    documented: { path: '/api/v2/calls/reporting', dialect: byMax },
    rows: scene => inWindow(scene, scene.world.legs),
    everything: everyLeg,
    parameters: windowParameters.documented,
    filters: {
      ...common,
      agentId,
      conversationId: is('conversationId'),
      parentId: is('parentId'),
      from: is('from'),
      to: is('to'),
      state: is('state'),
      source: is('source'),
      domain: is('domain'),
      finishReason: is('finishReason'),
      q: holds('from', 'to', 'conversationId', 'sessionId'),
    },
  }),
  list({ stream: 'calls', ...seedCalls }),
  list({ stream: 'call_records', ...seedCalls }),
  one({
    stream: 'call_details',
    schema: 'Call',
    path: '/api/v2/calls/{id}',
    find: ({ world, request }) => world.legs.find(request.params['id'] ?? '', world.now()),
    everything: everyLeg,
  }),
].flat()

function inWindow({ request, world }: Scene, view: CallView): Rows {
  const { from = -Infinity, to = Infinity } = requestedWindow(request.query)
  return viewRows(view, world.now(), { from, to })
}
