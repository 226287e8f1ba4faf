import { readFileSync } from 'node:fs'
import { systemError } from '../errors.ts'
import type { Call } from '../http/types.ts'

/** What a process may use and uses, in bytes. */
export interface Memory {
  /** Undefined where there is no limit. */
  readonly limit: number | undefined
  used(): number
}

/** Where the limit of a container stands: control groups of version 2, then of version 1. */
const LIMITS = ['/sys/fs/cgroup/memory.max', '/sys/fs/cgroup/memory/memory.limit_in_bytes'] as const

/** A limit above this is none: version 1 writes "no limit" as a number near 2^63. */
const NO_LIMIT = 2 ** 53

/** The memory of this process. `read` gives a file's text, and throws where there is no such file. */
export function createMemory(
  read: (path: string) => string = path => readFileSync(path, 'utf8'),
  used: () => number = process.memoryUsage.rss,
): Memory {
  return { limit: LIMITS.map(path => limitIn(path, read)).find(limit => limit !== undefined), used }
}

const CHECK_EVERY = 256
const FULL = 0.95

/** The call, which ends the run when the memory is nearly used up: what was read is then saved, whereas a process that
 *  is killed may have said less than it did. Looked at every few hundred requests. */
export function guarded(call: Call, { limit, used }: Memory): Call {
  if (limit === undefined) return call
  let calls = 0
  return (request, read) => {
    if (++calls % CHECK_EVERY === 0 && used() >= limit * FULL)
      return Promise.reject(outOfMemory(used(), limit))
    return call(request, read)
  }
}

function limitIn(path: string, read: (path: string) => string): number | undefined {
  try {
    const limit = Number(read(path))
    return limit > 0 && limit < NO_LIMIT ? limit : undefined
  } catch {
    return undefined
  }
}

function outOfMemory(used: number, limit: number): Error {
  return systemError(
    `The connector uses ${inMegabytes(used)} of the ${inMegabytes(limit)} of memory that it may use, and stops before ` +
      'it is killed. What was read so far is saved. Give it more memory, or lower page_size or concurrency.',
    { scope: 'run' },
  )
}

function inMegabytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MB`
}
