import { partiesOf } from '../calls/parties.ts'
import { momentsOf, type Plan, planCall } from '../calls/plan.ts'
import type { Facts } from '../ground/facts.ts'
import { idOf } from '../ground/ids.ts'
import type { Row } from '../ground/rows.ts'
import { isoTime } from '../ground/time.ts'
import type { World } from '../view.ts'

const MOST = 12

/** How many conferences a world has: a few of its answered calls became one. */
export function conferencesIn(facts: Facts): number {
  return Math.min(MOST, Math.floor(facts.sizes.calls / 20))
}

/** Conference `index`: the customer, and an agent as moderator; some list a member that is null. */
export function conferenceAt(facts: Facts, index: number, world: World): Row {
  const plan = callOf(world, index)
  const { agent } = partiesOf(facts, plan)
  const { bridged, finished } = momentsOf(plan, world.log.begins(plan.index) ?? 0)
  const running = index === world.size('conferences') - 1
  const times = {
    dateCreated: isoTime(bridged + 30_000),
    lastUpdated: isoTime(running ? bridged + 30_000 : finished),
  }
  const memberOf = (side: number): Row => ({
    id: idOf(facts.seed, 'conference_members', index * 2 + side),
    state: running ? 'added' : 'removed',
    ...times,
    call: world.legs.rowAt(plan.index * 2 + (1 - side), world.now()),
    ...(side === 0 ? (agent ? { agent } : {}) : { hold: false }),
    isModerator: side === 0,
  })
  return {
    id: idOf(facts.seed, 'conferences', index),
    state: running ? 'created' : 'finished',
    ...times,
    ...(index % 4 === 2 ? {} : { moderator: memberOf(0) }),
    members: index % 3 === 1 ? [memberOf(0), null, memberOf(1)] : [memberOf(0), memberOf(1)],
  }
}

// The first answered call from a place on that does not move as calls are added.
function callOf({ facts, log }: World, index: number): Plan {
  const first = Math.floor((facts.sizes.calls * index) / (MOST + 1))
  for (let position = first; position < log.calls.size(); position++) {
    const plan = planCall(facts, log.calls.refAt(position))
    if (plan.shape === 'answered') return plan
  }
  return planCall(facts, 0)
}
