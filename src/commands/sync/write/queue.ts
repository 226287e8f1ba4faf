/** Work that is done one piece after the other. */
export interface Queue {
  /** Adds a piece of work. After one that failed, nothing more is done. */
  add(work: () => Promise<void>): void
  /** Resolves when all that was added before is done. */
  idle(): Promise<void>
  /** How many pieces are waiting. */
  waiting(): number
  /** Why a piece failed, if one did. */
  failure(): unknown
}

/** A queue. `onFailure` is called once, when a piece fails. */
export function createQueue(onFailure: () => void): Queue {
  let last = Promise.resolve()
  let waiting = 0
  let failed: { readonly error: unknown } | undefined
  const run = async (work: () => Promise<void>) => {
    try {
      if (failed === undefined) await work()
    } catch (error) {
      failed = { error }
      onFailure()
    } finally {
      waiting--
    }
  }
  return {
    add(work) {
      waiting++
      last = last.then(() => run(work))
    },
    idle: () => last,
    waiting: () => waiting,
    failure: () => failed?.error,
  }
}
