import { byMax } from '../dialects/documented.ts'
import { byPageSize } from '../dialects/seed.ts'
import { is } from '../routing/filters.ts'
import { list, one, type Route } from '../routing/list.ts'
import { viewRows } from '../world/calls/call-views.ts'
import { allSessions, sessionOf } from '../world/contacts/conversations.ts'
import type { World } from '../world/view.ts'

const everyConversation = (world: World) => viewRows(world.conversations, world.now())
const everyEvent = (world: World) => viewRows(world.events, world.now())
const everySms = (world: World) => viewRows(world.sms, world.now())

/** Conversations, one a call, with their events, sessions and text messages; newest first. */
export const conversationRoutes: readonly Route[] = [
  list({
    stream: 'conversations',
    documented: { path: '/api/v2/conversations', dialect: byMax },
    seed: { path: '/api/v2/conversations', dialect: byPageSize('conversations') },
    rows: scene => everyConversation(scene.world),
    everything: everyConversation,
    filters: { phone: is('phone'), state: is('state') },
  }),
  one({
    stream: 'conversation_details',
    path: '/api/v2/conversations/{id}',
    find: ({ world, request }) => world.conversations.find(request.params['id'] ?? '', world.now()),
    everything: everyConversation,
  }),
  one({
    stream: 'session_variables',
    path: '/api/v2/sessions/{id}',
    find: ({ world, request }) => sessionOf(world, request.params['id'] ?? ''),
    everything: allSessions,
  }),
  list({
    stream: 'conversation_events',
    documented: { path: '/api/v2/conversations/events', dialect: byMax },
    rows: scene => everyEvent(scene.world),
    everything: everyEvent,
  }),
  list({
    stream: 'sms',
    documented: { path: '/api/v2/sms', dialect: byMax },
    seed: { path: '/api/v2/sms', dialect: byPageSize('sms') },
    rows: scene => everySms(scene.world),
    everything: everySms,
  }),
  list({
    stream: 'sms_reporting',
    documented: { path: '/api/v2/sms/reporting', dialect: byMax },
    rows: scene => everySms(scene.world),
    everything: everySms,
  }),
].flat()
