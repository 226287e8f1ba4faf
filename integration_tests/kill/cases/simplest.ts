import type { Case, SyncPlan } from './case.ts'

/** The simplest case found that is wrong as well: one thing after another is left out, as long as it stays so. */
export async function simplest(given: Case, isWrong: (one: Case) => Promise<boolean>): Promise<Case> {
  let one = given
  for (let isSimpler = true; isSimpler; ) {
    isSimpler = false
    for (const simpler of simplerThan(one)) {
      if (!(await isWrong(simpler))) continue
      one = simpler
      isSimpler = true
      break
    }
  }
  return one
}

function* simplerThan(one: Case): Generator<Case> {
  for (const streams of without(one.streams)) if (streams.length > 0) yield { ...one, streams }
  for (const syncs of without(one.syncs)) if (syncs.length > 0) yield { ...one, syncs }
  for (const faults of without(one.faults)) yield { ...one, faults }
  for (const faults of without(one.passing.faults)) yield { ...one, passing: { ...one.passing, faults } }
  if (one.asProgram) yield { ...one, asProgram: false }
  if (one.tickMs > 0) yield { ...one, tickMs: 0 }
  for (const [at, sync] of one.syncs.entries())
    for (const simpler of simplerSyncs(sync)) yield { ...one, syncs: one.syncs.with(at, simpler) }
  for (const world of simplerWorlds(one.world)) yield { ...one, world }
}

function* simplerSyncs(sync: SyncPlan): Generator<SyncPlan> {
  for (const stops of without(sync.stops)) yield { ...sync, stops }
  if (sync.clockErrorHours !== 0) yield { ...sync, clockErrorHours: 0 }
  if (sync.arrivals > 0) yield { ...sync, arrivals: 0 }
  if (Object.keys(sync.leavers).length > 0) yield { ...sync, leavers: {} }
  if (sync.waitHours > 0) yield { ...sync, waitHours: 0 }
  const { settings } = sync
  for (const name of ['endHours', 'agent', 'queue', 'ids', 'metrics'] as const) {
    const { [name]: dropped, ...rest } = settings
    if (dropped !== undefined) yield { ...sync, settings: rest }
  }
  if (settings.concurrency > 1) yield { ...sync, settings: { ...settings, concurrency: 1 } }
  if (settings.window_days !== 30) yield { ...sync, settings: { ...settings, window_days: 30 } }
}

function* simplerWorlds(world: Case['world']): Generator<Case['world']> {
  if (world.live > 0) yield { ...world, live: 0 }
  if (world.together > 1) yield { ...world, together: 1 }
  for (const name of ['calls', 'leads', 'agents', 'lists'] as const) {
    const half = Math.floor(world[name] / 2)
    if (half < world[name] && half >= (name === 'agents' || name === 'lists' ? 1 : 0))
      yield { ...world, [name]: half }
  }
}

function* without<T>(list: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < list.length; at++) yield list.toSpliced(at, 1)
}
