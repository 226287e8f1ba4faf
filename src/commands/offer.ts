import type { Settings } from '../config/settings.ts'
import type { StreamDef } from '../engine/define.ts'
import { STREAMS } from '../streams/index.ts'

/** The streams of a run. */
export interface Offer {
  /** What discover lists. */
  readonly offered: readonly StreamDef[]
  /** Any stream by name, those included that are read for others only. */
  find(name: string): StreamDef | undefined
}

/** The streams that a config offers: all but those behind a switch that is off. */
export function offerOf(settings: Settings): Offer {
  const { agentSync } = settings
  const known = STREAMS.flatMap(def => {
    if (def.gate === undefined) return [def]
    return agentSync.enabled ? [{ ...def, routes: [{ ...def.routes[0], ...pick(agentSync) }] as const }] : []
  })
  const byName = new Map(known.map(def => [def.name, def]))
  return { offered: known.filter(def => def.hidden !== true), find: name => byName.get(name) }
}

function pick({ method, path }: Settings['agentSync']) {
  return { method, path }
}

/** Whether the config has a filter that looks into this stream's records. */
export function isFiltered(def: StreamDef, settings: Settings): boolean {
  return Object.keys(def.keep ?? {}).some(name => settings.filters[name] !== undefined)
}
