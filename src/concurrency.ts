/** Does `work` for every item that `take` gives, `width` side by side, until it gives none. The first failure stops
 *  the taking, and is thrown when those under way have settled. */
export async function concurrentlyFrom<T>(
  take: () => Promise<T | undefined>,
  width: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  let failure: { readonly error: unknown } | undefined
  const worker = async () => {
    while (failure === undefined) {
      const item = await take()
      if (item === undefined) return
      await work(item)
    }
  }
  const guarded = () =>
    worker().catch(error => {
      failure ??= { error }
    })
  await Promise.all(Array.from({ length: width }, guarded))
  if (failure !== undefined) throw failure.error
}

/** Does `work` for every item of a list, `width` side by side, starting in the list's order. */
export async function concurrently<T>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  let index = 0
  const take = async () => (index < items.length ? items[index++] : undefined)
  await concurrentlyFrom(take, Math.min(width, items.length), work)
}

/** Lets at most `size` pieces of work be under way at a time, in the order in which they came. */
export function createSlots(size: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let free = size
  return async work => {
    if (free > 0) free--
    else await new Promise<void>(go => waiting.push(go))
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next === undefined) free++
      else next()
    }
  }
}

/** Lets one attempt at a time be under way for as long as what it finds out is not known (`isOpen`); the others wait, and are
 *  made when it has ended, however it ended. Once it is known, nobody waits. */
export function createTurns(isOpen: () => boolean): <T>(attempt: () => Promise<T>) => Promise<T> {
  let underWay: Promise<unknown> | undefined
  return async attempt => {
    while (isOpen() && underWay !== undefined) await underWay.catch(() => undefined)
    const own = attempt()
    underWay = own
    try {
      return await own
    } finally {
      underWay = undefined
    }
  }
}
