/** Whether requests by id are answered with what was asked for. */
export interface AnsweredIds {
  /** A record came that has the id that was asked for. */
  sawOwn(): void
  /** A record came that has this other id. `judge` is told at the end whether that is how the API names its records. */
  sawOther(id: string, judge: (isNaming: boolean) => void): void
  /** No more records come. */
  end(): void
}

/** From so many records on, each with another id, the API is taken to name them so. */
const MANY = 3

/** The ids of a stream's run. An answer with another id than the one that was asked for is a mistake, as a cache makes
 *  them; unless no record has its own, and each has another one. */
export function createAnsweredIds(): AnsweredIds {
  const waiting: ((isNaming: boolean) => void)[] = []
  const others = new Set<string>()
  let hasOwn = false
  return {
    sawOwn() {
      hasOwn = true
    },
    sawOther(id, judge) {
      others.add(id)
      waiting.push(judge)
    },
    end() {
      const isNaming = !hasOwn && waiting.length >= MANY && others.size === waiting.length
      for (const judge of waiting.splice(0)) judge(isNaming)
    },
  }
}
