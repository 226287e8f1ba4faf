import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ProtocolError, parseConfiguredCatalog } from './validate.ts'

const calls = {
  name: 'calls',
  json_schema: { type: 'object', properties: { queue: { default: null } } },
  supported_sync_modes: ['full_refresh', 'incremental'],
}
const chosen = { stream: calls, sync_mode: 'incremental', destination_sync_mode: 'append' }

describe('a configured catalog is taken', () => {
  const rows: readonly { says: string; in: unknown; out: unknown }[] = [
    { says: 'as it is', in: { streams: [chosen] }, out: { streams: [chosen] } },
    { says: 'without a stream', in: { streams: [] }, out: { streams: [] } },
    {
      says: 'with fields that this version does not know, at any depth',
      in: { version: 2, streams: [{ ...chosen, colour: 'red', stream: { ...calls, shape: {} } }] },
      out: { version: 2, streams: [{ ...chosen, colour: 'red', stream: { ...calls, shape: {} } }] },
    },
    {
      says: 'without the fields that are null, but with the nulls of a stream’s own schema',
      in: { streams: [{ ...chosen, cursor_field: null, stream: { ...calls, namespace: null } }] },
      out: { streams: [chosen] },
    },
  ]
  for (const row of rows) test(row.says, () => assert.deepEqual(parseConfiguredCatalog(row.in), row.out))
})

describe('a wrong configured catalog is refused with its place and a remedy', () => {
  const remedy = " Correct the file given as --catalog, or refresh the connection's schema."
  const rows: readonly { says: string; in: unknown; out: string }[] = [
    { says: 'no value', in: undefined, out: 'The configured catalog is missing; expected an object.' },
    { says: 'null', in: null, out: 'The configured catalog is null; expected an object.' },
    { says: 'a list', in: [chosen], out: 'The configured catalog is a list; expected an object.' },
    { says: 'no streams', in: {}, out: 'In the configured catalog, streams is missing; expected a list.' },
    {
      says: 'a stream that is none',
      in: { streams: [chosen, 'calls'] },
      out: 'In the configured catalog, streams[1] is "calls"; expected an object.',
    },
    {
      says: 'an unknown sync mode',
      in: { streams: [chosen, chosen, { ...chosen, sync_mode: 'fast' }] },
      out: 'In the configured catalog, streams[2].sync_mode is "fast"; expected one of full_refresh, incremental.',
    },
    {
      says: 'a sync mode that is null, which counts as missing',
      in: { streams: [{ ...chosen, sync_mode: null }] },
      out: 'In the configured catalog, streams[0].sync_mode is missing; expected one of full_refresh, incremental.',
    },
    {
      says: 'a stream without a name',
      in: { streams: [{ ...chosen, stream: { ...calls, name: undefined } }] },
      out: 'In the configured catalog, streams[0].stream.name is missing; expected a string.',
    },
    {
      says: 'a stream without sync modes',
      in: { streams: [{ ...chosen, stream: { ...calls, supported_sync_modes: [] } }] },
      out: 'In the configured catalog, streams[0].stream.supported_sync_modes is an empty list; expected a list with at least one entry.',
    },
    {
      says: 'a primary key that is a list of names instead of paths',
      in: { streams: [{ ...chosen, primary_key: ['id'] }] },
      out: 'In the configured catalog, streams[0].primary_key[0] is "id"; expected a list.',
    },
    {
      says: 'a long text, of which it shows the beginning',
      in: { streams: 'x'.repeat(61) },
      out: `In the configured catalog, streams is "${'x'.repeat(60)}…"; expected a list.`,
    },
  ]
  for (const row of rows)
    test(row.says, () =>
      assert.equal(
        refusal(() => parseConfiguredCatalog(row.in)),
        row.out + remedy,
      ),
    )
})

describe('the output of discover is refused with the way to make a configured catalog of it', () => {
  const way =
    'wrap each stream to read as {"stream": …, "sync_mode": "full_refresh", "destination_sync_mode": "overwrite"}, and pass {"streams": [the wrapped ones]} as --catalog.'
  const rows: readonly { says: string; in: unknown; out: string }[] = [
    {
      says: 'the whole message',
      in: { type: 'CATALOG', catalog: { streams: [calls] } },
      out: `The configured catalog is a CATALOG message, which discover prints: it lists streams and chooses none. From its catalog.streams, ${way}`,
    },
    {
      says: 'the catalog of the message, or a mixture',
      in: { streams: [chosen, calls] },
      out: `The configured catalog has at streams[1] a stream as discover prints it, without the choice how to sync it. There, ${way}`,
    },
  ]
  for (const row of rows)
    test(row.says, () =>
      assert.equal(
        refusal(() => parseConfiguredCatalog(row.in)),
        row.out,
      ),
    )
})

function refusal(parse: () => unknown): string {
  try {
    return `taken: ${JSON.stringify(parse())}`
  } catch (error) {
    assert.ok(error instanceof ProtocolError)
    return error.message
  }
}
