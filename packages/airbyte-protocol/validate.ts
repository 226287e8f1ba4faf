import { complaint, type Document, join, read } from './documents.ts'
import { ProtocolError } from './error.ts'
import type { AirbyteStateMessage, ConfiguredAirbyteCatalog } from './index.ts'

export { ProtocolError }

const catalogs: Document = {
  name: 'configured catalog',
  remedy: "Correct the file given as --catalog, or refresh the connection's schema.",
}

const states: Document = {
  name: 'state',
  remedy: 'Correct the file given as --state, or leave it out to read everything again.',
}

/** The catalog that `read` got as --catalog. Unknown fields stay, fields that are null are left out.
 *  Throws a ProtocolError when it is none, with advice of its own when it is the output of `discover`. */
export function parseConfiguredCatalog(value: unknown): ConfiguredAirbyteCatalog {
  refuseDiscovered(value)
  return read('ConfiguredAirbyteCatalog', value, catalogs, '')
}

/** The states that `read` got as --state, in the order given. No value, null, [] and {} are no state.
 *  Every one is a STREAM state, or a LEGACY one (perhaps without a type) for the caller to migrate; a GLOBAL one
 *  comes as its streams' states, without the shared part. Fields that are null are left out.
 *  Throws a ProtocolError for anything else. */
export function parseState(value: unknown): readonly AirbyteStateMessage[] {
  if (value === undefined || value === null) return []
  if (Array.isArray(value)) return value.flatMap((item, index) => statesOf(item, `[${index}]`))
  return isObject(value) && Object.keys(value).length === 0 ? [] : statesOf(value, '')
}

function refuseDiscovered(value: unknown): void {
  if (!isObject(value)) return
  if (value['type'] === 'CATALOG')
    throw new ProtocolError(
      `The configured catalog is a CATALOG message, which discover prints: it lists streams and chooses none. From its catalog.streams, ${wrapping}`,
    )
  const streams: readonly unknown[] = Array.isArray(value['streams']) ? value['streams'] : []
  const index = streams.findIndex(isDiscovered)
  if (index >= 0)
    throw new ProtocolError(
      `The configured catalog has at streams[${index}] a stream as discover prints it, without the choice how to sync it. There, ${wrapping}`,
    )
}

const wrapping =
  'wrap each stream to read as {"stream": …, "sync_mode": "full_refresh", "destination_sync_mode": "overwrite"}, and pass {"streams": [the wrapped ones]} as --catalog.'

function isDiscovered(stream: unknown): boolean {
  return (
    isObject(stream) && !('stream' in stream) && ('json_schema' in stream || 'supported_sync_modes' in stream)
  )
}

function statesOf(item: unknown, path: string): readonly AirbyteStateMessage[] {
  if (isObject(item) && item['type'] === 'STATE') return statesOf(item['state'], join(path, 'state'))
  const message = read('AirbyteStateMessage', item, states, path)
  const missing = (field: string, expected: string) =>
    complaint(states, { path: join(path, field), found: undefined, expected })
  if (!message.type && !message.data) throw missing('type', anyType)
  switch (message.type ?? 'LEGACY') {
    case 'STREAM':
      if (!message.stream) throw missing('stream', 'an object')
      return [message]
    case 'GLOBAL':
      if (!message.global) throw missing('global', 'an object')
      return message.global.stream_states.map(stream => ({ type: 'STREAM', stream }))
    case 'LEGACY':
      return [message]
  }
}

const anyType = 'STREAM, GLOBAL or LEGACY (a bare state object goes in as {"type": "LEGACY", "data": {…}})'

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
