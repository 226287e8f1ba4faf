import { readFileSync } from 'node:fs'
import { getHeapStatistics } from 'node:v8'
import { systemError } from '../errors.ts'

/** Something that may run out, in bytes. */
export interface Memory {
  readonly kind: 'memory' | 'heap'
  readonly limit: number
  used(): number
}

type ReadFile = (path: string) => string

/** Where the limit of a container stands: control groups of version 2, then of version 1. */
const LIMITS = ['/sys/fs/cgroup/memory.max', '/sys/fs/cgroup/memory/memory.limit_in_bytes'] as const

/** A limit above this is none: version 1 writes "no limit" as a number near 2^63. */
const NO_LIMIT = 2 ** 53

/** What this process may run out of: the memory of its container, where there is a limit, and the heap, of which Node
 *  takes about half of the container's memory for its limit. `read` gives a file's text, and throws where there is no
 *  such file. */
export function createMemories(read: ReadFile = path => readFileSync(path, 'utf8')): readonly Memory[] {
  const limit = LIMITS.map(path => limitIn(path, read)).find(one => one !== undefined)
  const heap: Memory = {
    kind: 'heap',
    limit: getHeapStatistics().heap_size_limit,
    used: () => getHeapStatistics().used_heap_size,
  }
  return limit === undefined ? [heap] : [{ kind: 'memory', limit, used: () => held(read) }, heap]
}

/** Leaves room for the answers that are under way, for garbage that V8 has not looked at, and for a table of keys that
 *  doubles. */
const FULL = 0.75

/** Whether a memory is nearly used up. */
export function isFull({ limit, used }: Memory): boolean {
  return used() >= limit * FULL
}

function limitIn(path: string, read: ReadFile): number | undefined {
  try {
    const limit = Number(read(path))
    return limit > 0 && limit < NO_LIMIT ? limit : undefined
  } catch {
    return undefined
  }
}

/** What the process holds for itself. Pages of files do not count: they can be read again, and Node's own are half of what
 *  is resident. Source: proc(5). */
function held(read: ReadFile): number {
  const kilobytes = /^RssAnon:\s*(\d+) kB/m.exec(read('/proc/self/status'))?.[1]
  return kilobytes === undefined ? process.memoryUsage.rss() : Number(kilobytes) * 1024
}

/** What to say when a memory is nearly used up. */
export function outOfMemory({ kind, limit, used }: Memory): Error {
  return systemError(
    `The connector uses ${inMegabytes(used())} of the ${inMegabytes(limit)} of ${kind} that it may use, and stops before ` +
      'it is killed. What was read so far is saved. Give it more memory, or lower page_size or concurrency.',
    { scope: 'run' },
  )
}

function inMegabytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MB`
}
