import { is } from '../routing/filters.ts'
import { one } from '../routing/item.ts'
import { inBoth, paged } from '../routing/list.ts'
import type { Route } from '../routing/route.ts'
import { viewRows } from '../world/calls/call-views.ts'
import { allSessions, sessionOf } from '../world/contacts/conversations.ts'
import type { World } from '../world/view.ts'

const everyConversation = (world: World) => viewRows(world.conversations, world.now())
const everySms = (world: World) => viewRows(world.sms, world.now())

/** Conversations, one per call, with their events, sessions and text messages; newest first. */
export const conversationRoutes: readonly Route[] = [
  inBoth({
    stream: 'conversations',
    path: '/api/v2/conversations',
    container: 'conversations',
    schema: 'Conversation',
    everything: everyConversation,
    filters: { phone: is('phone'), state: is('state') },
  }),
  one({
    stream: 'conversation_details',
    path: '/api/v2/conversations/{id}',
    schema: 'Conversation',
    find: ({ world, request }) => world.conversations.find(request.params['id'] ?? '', world.now()),
    everything: everyConversation,
  }),
  one({
    stream: 'session_variables',
    path: '/api/v2/sessions/{id}',
    schema: 'SessionResponse_item',
    find: ({ world, request }) => sessionOf(world, request.params['id'] ?? ''),
    everything: allSessions,
  }),
  paged({
    stream: 'conversation_events',
    path: '/api/v2/conversations/events',
    schema: 'ConversationEvent',
    key: ['conversationId', 'id'],
    everything: world => viewRows(world.events, world.now()),
  }),
  inBoth({
    stream: 'sms',
    path: '/api/v2/sms',
    container: 'sms',
    schema: 'Sms',
    everything: everySms,
  }),
  paged({
    stream: 'sms_reporting',
    path: '/api/v2/sms/reporting',
    schema: 'Sms',
    everything: everySms,
  }),
].flat()
