import { type ConnectorError, configError, transientError } from '../../errors.ts'
import type { Mistakes } from '../stream/mistakes.ts'
import { open, received, type Verdict } from './verdict.ts'

/** What the parts of a run are evidence for together: one parent that is gone is, all of them are not. */
export interface Parts {
  /** A part was received, from a parent that is there. */
  sawReceived(): void
  /** A part had records of its own. */
  sawOwn(): void
  /** A part's parent is gone. `settle` is told what that means, at once or at the end. */
  gone(settle: (verdict: Verdict) => void): void
  /** All rows of a part name other parents. As `gone`. */
  foreign(settle: (verdict: Verdict) => void): void
  /** No more parts come. */
  end(): void
}

/** From so many parents on it is doubted that all of them are gone. */
const MANY = 3

/** The parts of a stream's run; `isGiven` where the config names their parents, `mistakes` where a person described the
 *  stream, and nothing has shown yet that it is right. */
export function createParts(stream: string, isGiven: boolean, mistakes?: Mistakes): Parts {
  const gone = createQueue()
  const foreign = createQueue()
  let goneCount = 0
  return {
    sawReceived: () => gone.release(received('gone')),
    sawOwn: () => foreign.release(received('end seen')),
    gone(settle) {
      goneCount++
      gone.add(settle)
    },
    foreign: settle => foreign.add(settle),
    end() {
      if (mistakes !== undefined) gone.release(open('mistaken', mistakes.allGone(goneCount)))
      else gone.release(goneCount < MANY ? received('gone') : open('all gone', allGone(stream, isGiven)))
      foreign.release(open('other parents', otherParents(stream)))
    },
  }
}

/** Those who wait for a verdict; from the first one on, nobody waits. */
function createQueue() {
  const waiting: ((verdict: Verdict) => void)[] = []
  let verdict: Verdict | undefined
  return {
    add(settle: (verdict: Verdict) => void) {
      if (verdict === undefined) waiting.push(settle)
      else settle(verdict)
    },
    release(found: Verdict) {
      if (verdict !== undefined) return
      verdict = found
      for (const settle of waiting.splice(0)) settle(found)
    },
  }
}

function allGone(stream: string, isGiven: boolean): ConnectorError {
  return isGiven
    ? configError(
        `None of the ids that the config names for stream ${stream} exists (404 for each). Correct the ids, or leave them out.`,
      )
    : transientError(
        `Stream ${stream} was not received: the API says of every parent that it lists that it is gone (404). The sync can be ` +
          'tried again.',
      )
}

function otherParents(stream: string): ConnectorError {
  return transientError(
    `Stream ${stream} was not received: all the rows that came name other parents than those that were asked for. The sync ` +
      'can be tried again; if this stays so, please report it.',
  )
}
