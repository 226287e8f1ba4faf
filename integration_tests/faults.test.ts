import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { StreamDef } from '../src/engine/stream/definition.ts'
import { FAULTS, lossOf } from './harness/faults.ts'
import { isAgents, OFFERED, servedStreams, startSmall, suiteConfig, worldKey } from './harness/standard.ts'
import { catalogOf, read, recordsOf } from './harness/sync.ts'

describe('every stream survives or reports', { concurrency: 3 }, () => {
  for (const faults of FAULTS) {
    test(faults, async () => {
      await using simulator = await startSmall('documented', { faults })
      const served = await servedStreams(simulator)
      const streams = OFFERED.filter(def => served.has(def.name) && !isAgents(def))
      const ended = await read({
        config: suiteConfig(simulator, { page_size: 20 }),
        catalog: catalogOf(streams.map(def => def.name)),
      })
      const owed = faults === 'shrink' ? await keysNow(streams, simulator) : served
      const silent = streams.flatMap(def => lossOf(def, owed.get(def.name) ?? [], ended))
      assert.deepEqual(silent, [])
    })
  }
})

/** What is still there after a sync: where records vanish, a sync owes no more than those. */
async function keysNow(streams: readonly StreamDef[], simulator: { readonly url: string }) {
  const catalog = catalogOf(streams.map(def => def.name))
  const again = await read({ config: suiteConfig(simulator, { page_size: 20 }), catalog })
  return new Map(
    streams.map(def => [def.name, recordsOf(again, def.name).map(record => worldKey(def, record))]),
  )
}
