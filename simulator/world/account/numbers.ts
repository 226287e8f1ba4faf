import type { Facts } from '../ground/facts.ts'
import { idOf } from '../ground/ids.ts'
import { phoneNumber } from '../ground/names.ts'
import { chance, draws } from '../ground/random.ts'
import type { Row } from '../ground/rows.ts'

/** How many service numbers a world has; calls come in on the first five. */
export const NUMBERS = 9

/** How many numbers lead to an application; the last number leads nowhere. */
export const ROUTINGS = NUMBERS - 1

// The applications that numbers lead to, in turn: menus, queues, an announcement.
const entrances = [8, 3, 8, 2, 11] as const

/** Service number `index`. */
export function numberAt(facts: Facts, index: number): Row {
  const draw = draws(facts.seed, 'number', index)
  return {
    id: idOf(facts.seed, 'numbers', index),
    number: index < 5 ? `+4930555${100 + index}` : phoneNumber(draw),
    sms: chance(draw, 0.4),
    enabled: index !== 6,
    tags: ['hotline', 'Zürich'].filter(() => chance(draw, 0.4)),
  }
}

/** Routing `index`: from the number of the same index to an application. */
export function routingAt(facts: Facts, index: number): Row {
  return {
    id: idOf(facts.seed, 'routings', index),
    number: { id: idOf(facts.seed, 'numbers', index) },
    application: { id: idOf(facts.seed, 'applications', entranceOf(index)) },
    ...(index % 3 === 0 ? {} : { tags: index % 3 === 1 ? [] : ['nacht'] }),
  }
}

/** The routings that lead to an application. */
export function routingsTo(application: number): readonly number[] {
  const routings = Array.from({ length: ROUTINGS }, (_, index) => index)
  return routings.filter(index => entranceOf(index) === application)
}

function entranceOf(routing: number): number {
  return entrances[routing % entrances.length] ?? 0
}
