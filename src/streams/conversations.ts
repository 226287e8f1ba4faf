import { byOwnTime, defineStream } from '../engine/stream/definition.ts'
import { detail, list, v2List } from './dialects.ts'

export const conversations = defineStream({
  name: 'conversations',
  template: 'List Conversations',
  primaryKey: ['id'],
  incremental: byOwnTime('dateCreated'),
  routes: list('/api/v2/conversations', 'conversations', 'listConversations'),
})

export const conversationDetails = defineStream({
  name: 'conversation_details',
  template: 'Get Conversation',
  ...detail('conversations', 'conversations', '/api/v2/conversations/{id}', 'getConversation'),
})

/** A session has its conversation's id; many conversations have no session any more. */
export const sessionVariables = defineStream({
  name: 'session_variables',
  template: 'Get Session Variables',
  ...detail('conversations', 'sessions', '/api/v2/sessions/{id}', 'getSessionVariables'),
})

/** The ids of events are promised to be unique within their conversation only. */
export const conversationEvents = defineStream({
  name: 'conversation_events',
  primaryKey: ['conversationId', 'id'],
  incremental: byOwnTime('dateCreated'),
  routes: [v2List('/api/v2/conversations/events', 'listAllConversationEvents')],
})

export const conferences = defineStream({
  name: 'conferences',
  primaryKey: ['id'],
  incremental: byOwnTime('dateCreated'),
  routes: [v2List('/api/v2/conferences', 'listConferences')],
})
