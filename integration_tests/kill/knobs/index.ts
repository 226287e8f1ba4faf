import { factsOf } from '../account/kinds.ts'
import type { Case } from '../cases/case.ts'
import { honestKnobs } from './honest.ts'
import type { Evidence, Knob, Turned } from './knob.ts'
import { listKnobs } from './lists.ts'
import { longOutageKnobs, outageKnobs } from './outages.ts'
import { parentKnobs } from './parents.ts'
import { timeKnobs } from './time.ts'

/** Everything that may be wrong with an account, or odd about it, each with the evidence that it leaves. */
export const knobs: readonly Knob[] = [
  ...honestKnobs,
  ...outageKnobs,
  ...longOutageKnobs,
  ...listKnobs,
  ...timeKnobs,
  ...parentKnobs,
]

/** The knobs that some faults turn. Throws for a fault without a knob. */
export function turnedBy(faults: readonly string[], isPassing: boolean): readonly Turned[] {
  return faults.map(fault => {
    const [, head = fault] = /^(.*?)(?:@\/.*)?$/.exec(fault) ?? []
    const [name = head, ...rest] = head.split(':')
    const own = knobs.filter(one => one.name === name)
    const knob = own.find(one => (one.passesOnly ?? false) === isPassing) ?? own[0]
    if (knob === undefined) throw new Error(`The fault ${fault} has no knob.`)
    return { knob, argument: rest.join(':') }
  })
}

/** All knobs that a case turns, for however long. */
export function turnedIn({ faults, passing }: Case): readonly Turned[] {
  return [...turnedBy(faults, false), ...turnedBy(passing.faults, true)]
}

/** The least evidence that any of a case's faults leaves of a stream. */
export function evidenceIn(one: Case, stream: string): Evidence {
  const facts = factsOf(stream, one.world.world)
  const found = turnedIn(one).map(({ knob, argument }) => knob.evidence(facts, argument, one))
  return (['never', 'later'] as const).find(each => found.includes(each)) ?? 'now'
}

/** Whether an account tells the truth: then it is never refused, unless it fails. */
export function isHonest(one: Case): boolean {
  return turnedIn(one).every(({ knob }) => knob.family === 'honest')
}

/** Whether a list may rightly stay incomplete whose last page is full. */
export function mayBlockFull({ faults }: Case): boolean {
  return turnedBy(faults, false).some(({ knob }) => knob.blocksFull === true)
}

/** Whether some stream may rightly stay incomplete for as long as a case's faults last. */
export function mayBlock(one: Case): boolean {
  const turned = turnedBy(one.faults, false)
  return turned.some(({ knob, argument }) => knob.mayBlock?.(argument, one) === true)
}
