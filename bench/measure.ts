import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'

/** What one run of a program cost, as a whole process from start to exit. */
export interface Cost {
  readonly wallSeconds: number
  /** User and system time; undefined where the machine has no /proc. */
  readonly cpuSeconds: number | undefined
  readonly peakMiB: number | undefined
  /** Lines of stdout with a RECORD, or all lines where the program prints nothing else. */
  readonly records: number
}

const POLL_MS = 5
const TICKS_PER_SECOND = 100

/** Runs a command, reads all that it prints as a platform would, and measures it. Throws when it fails. */
export async function measure(command: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Cost> {
  const [file = '', ...args] = command
  const started = performance.now()
  const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'ignore'], env: { ...process.env, ...env } })
  let usage = usageOf(child.pid)
  const poll = setInterval(() => {
    usage = usageOf(child.pid) ?? usage
  }, POLL_MS)
  let records = 0
  child.stdout.on('data', (chunk: Buffer) => {
    records += countRecords(chunk)
  })
  const [code] = await once(child, 'close')
  clearInterval(poll)
  if (code !== 0) throw new Error(`${command.join(' ')} ended with exit code ${code}`)
  return {
    wallSeconds: (performance.now() - started) / 1000,
    cpuSeconds: usage?.cpu,
    peakMiB: usage?.peak,
    records,
  }
}

/** The middle value; of an even number, the mean of the middle two. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const [low = Number.NaN, high = low] =
    sorted.length % 2 === 1 ? [sorted[middle]] : sorted.slice(middle - 1, middle + 1)
  return (low + high) / 2
}

/** Lines that begin as a record does; a line cut by a chunk's end is counted where it begins. */
function countRecords(chunk: Buffer): number {
  let count = 0
  for (let at = chunk.indexOf(START); at >= 0; at = chunk.indexOf(START, at + START.length)) count++
  return count
}

const START = Buffer.from('{"type":"RECORD"')

function usageOf(pid: number | undefined): { cpu: number; peak: number } | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    const peak = Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024
    const cpu = (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND
    return Number.isFinite(peak) ? { cpu, peak } : undefined
  } catch {
    return undefined
  }
}
