import { readCorpus, received } from './corpus.ts'
import { createRandom, mutated } from './mutations.ts'
import { type Compared, createComparison } from './two-ways.ts'

/** A body on which the two ways differ. */
interface Mismatch {
  readonly body: Buffer
  readonly difference: NonNullable<Compared['difference']>
}

/** What many bodies came to. */
export interface Differential {
  readonly mismatches: readonly Mismatch[]
  /** How many of them hold records, and how many of those records stayed bytes. */
  readonly taken: number
  readonly lines: number
}

/** Larger bodies say no more of each change, and take longer. */
const LARGEST = 4096

/** Changes bodies of the corpus at random, so many times, and compares the two ways on each. */
export async function compareMutated(count: number, seed: number): Promise<Differential> {
  const bodies = await smallBodies()
  const compare = await createComparison()
  const random = createRandom(seed)
  const mismatches: Mismatch[] = []
  let taken = 0
  let lines = 0
  for (let at = 0; at < count; at++) {
    const body = mutated(bodies[Math.floor(random() * bodies.length)] ?? Buffer.alloc(0), random, bodies)
    const compared = compare(body)
    if (compared.difference !== undefined) mismatches.push({ body, difference: compared.difference })
    if (compared.isTaken) taken++
    lines += compared.lines
  }
  return { mismatches, taken, lines }
}

/** The bodies of the corpus in UTF-8; those in a charset that nobody knows as they are. */
async function smallBodies(): Promise<readonly Buffer[]> {
  // What is broken from the start is mostly broken when it is changed.
  const sound = readCorpus().filter(({ kind }) => kind !== 'broken')
  const all = await Promise.all(
    sound.map(body =>
      received(body).then(
        ({ bytes }) => bytes,
        () => body.bytes,
      ),
    ),
  )
  return all.filter(({ length }) => length > 0 && length <= LARGEST)
}
