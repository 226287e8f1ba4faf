import { hash } from 'node:crypto'
import type { SyncSettings } from '../stream/context.ts'
import type { StreamDef } from '../stream/definition.ts'

/** What made a state, part by part: each a hash, but for the sync mode. A state that was made by something else is of no
 *  use. Headers, secrets and rows of lookups are no part of it; nor are ids, since
 *  what is covered is known for each. */
export type Fingerprint = Readonly<Record<string, string>>

/** The fingerprint of a stream that is read in this mode with these settings: of them only those that touch it. */
export function fingerprintOf(
  def: StreamDef,
  mode: 'full_refresh' | 'incremental',
  settings: SyncSettings,
): Fingerprint {
  const parts = {
    ...settings.account,
    ...filtersOf(def, settings),
    ...def.identity,
    ...splitOf(def, settings),
  }
  return {
    sync_mode: mode,
    ...Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, short(text)])),
  }
}

/** The parts in which two fingerprints differ, by name; none where the earlier one is not known. */
export function differences(before: Fingerprint | undefined, now: Fingerprint): readonly string[] {
  if (before === undefined) return []
  const names = new Set([...Object.keys(before), ...Object.keys(now)])
  return [...names].filter(name => before[name] !== now[name])
}

function filtersOf({ routes, clientFilters = {}, splitBy = {} }: StreamDef, { filters }: SyncSettings) {
  const names = [
    ...routes.flatMap(route => Object.keys(route.filters ?? {})),
    ...Object.keys(clientFilters),
    ...Object.values(splitBy).map(({ as }) => as),
  ]
  return Object.fromEntries(Object.entries(filters).filter(([name]) => names.includes(name)))
}

function splitOf(
  { incremental, splitBy }: StreamDef,
  settings: SyncSettings,
): Readonly<Record<string, string>> {
  if (incremental?.strategy !== 'intervals' || incremental.length !== 'configured') return {}
  return {
    interval: String(settings.intervalMs),
    ...(splitBy === undefined ? {} : { split_by: String(settings.splitBy) }),
  }
}

/** 48 bits of a text's hash. */
function short(text: string): string {
  return hash('sha256', text, 'base64').slice(0, 8)
}
