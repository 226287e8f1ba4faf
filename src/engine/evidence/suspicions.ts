import type { Sign } from '../stream/mistakes.ts'
import { open, type Verdict } from './verdict.ts'

/** Mistakes that answers point to, until one shows that there is none. */
export interface Suspicions {
  /** Takes what the answers of a slice showed. `settle` is told the verdict that follows, at once or at the end; undefined
   *  where nothing is wrong. */
  take(signs: readonly Sign[], settle: (verdict: Verdict | undefined) => void): void
  /** Those parts that are known to be right, and stay so. */
  proven(): readonly string[]
  /** No more slices come. */
  end(): void
}

/** What says where the records are: a stream for which that changes is another one. */
const LASTING = ['data_path', 'filter']

interface Waiting {
  readonly mistakes: readonly Sign[]
  readonly settle: (verdict: Verdict | undefined) => void
}

/** The suspicions of a stream's run; `known` are the parts of its description that were right before. */
export function createSuspicions(known: readonly string[] = []): Suspicions {
  const right = new Set(known)
  let waiting: Waiting[] = []
  const settleRight = () => {
    const before = waiting
    waiting = []
    for (const { mistakes, settle } of before) wait(mistakesLeft(mistakes, right), settle)
  }
  const wait = (mistakes: readonly Sign[], settle: Waiting['settle']) => {
    if (mistakes.length === 0) settle(undefined)
    else waiting.push({ mistakes, settle })
  }
  return {
    take(signs, settle) {
      const news = signs.filter(one => one.mistake === undefined && !right.has(one.of))
      for (const { of } of news) {
        right.add(of)
        settleRight()
      }
      wait(mistakesLeft(signs, right), settle)
    },
    proven: () => LASTING.filter(of => right.has(of)),
    end() {
      for (const { mistakes, settle } of waiting.splice(0)) settle(verdictOn(mistakes))
    },
  }
}

/** The mistakes in parts of the description that are not known to be right. */
function mistakesLeft(signs: readonly Sign[], right: ReadonlySet<string>): readonly Sign[] {
  return signs.filter(one => one.mistake !== undefined && !right.has(one.of))
}

/** The verdict on a slice of which these are left at the end. */
function verdictOn(mistakes: readonly Sign[]): Verdict | undefined {
  const [error] = mistakes.flatMap(({ mistake = [] }) => mistake)
  return error === undefined ? undefined : open('mistaken', error)
}
