import type { Simulator } from '../../../simulator/server.ts'
import { idOf } from '../../../simulator/world/ground/ids.ts'
import { catalogOf, configFor as configWith } from '../../harness/sync.ts'
import { CUSTOM_CONFIG } from '../account/custom.ts'
import { definitionOf } from '../account/kinds.ts'
import { boundsOf, idsOf } from '../account/truth.ts'
import type { Case, Settings } from './case.ts'

const HOUR_MS = 3_600_000

/** The connector's config for a world. */
export function configFor(simulator: Simulator, settings: Settings): object {
  const { concurrency, page_size, window_days, lookback_hours, endHours, agent, queue, metrics } = settings
  const { startedAt, seed } = simulator.world.facts
  const agents = idsOf(settings, simulator)
  return configWith(simulator, {
    ...CUSTOM_CONFIG,
    concurrency,
    ...(page_size === undefined ? {} : { page_size }),
    window_days,
    lookback_hours,
    start_date: new Date(boundsOf(settings, simulator, startedAt).from).toISOString(),
    ...(endHours === undefined ? {} : { end_date: new Date(startedAt - endHours * HOUR_MS).toISOString() }),
    ...(agent === undefined ? {} : { filters: { agent_id: idOf(seed, 'agents', agent) } }),
    ...(queue === undefined ? {} : { filters: { queue_id: idOf(seed, 'queues', queue) } }),
    ...(agents === undefined ? {} : { ids: { agents } }),
    ...(metrics === undefined ? {} : { metrics }),
  })
}

/** The configured catalog of a case. Streams without a time of their own know one mode only. */
export function catalogFor({ streams, mode }: Case): object {
  const modeOf = (stream: string) => (definitionOf(stream).incremental === undefined ? 'full_refresh' : mode)
  return {
    streams: streams.flatMap(stream => Object.values(catalogOf([stream], modeOf(stream))).flat()),
  }
}
