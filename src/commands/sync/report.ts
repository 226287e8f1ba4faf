import { counted, inThousands } from '../../counted.ts'
import type { StreamResult, SyncResult } from './events.ts'

/** What a sync did, as a table for people. */
export function reportOf({ streams, into, seconds }: SyncResult): string {
  const head = ['stream', 'records', 'requests', 'ended', 'file']
  const rows = [head, ...streams.map(rowOf)]
  const widths = head.map((_, at) => Math.max(...rows.map(row => row[at]?.length ?? 0)))
  const lines = rows.map(row =>
    row
      .map((cell, at) => padded(cell, at, widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  const [records, requests] = [sum(streams, 'records'), sum(streams, 'requests')]
  const total = `${counted(records, 'record')} in ${counted(requests, 'request')} and ${seconds.toFixed(1)} s, in ${into}`
  return `${[...lines, '', total].join('\n')}\n`
}

function rowOf({ stream, records, requests, status, files }: StreamResult): string[] {
  const file = files[0] ?? (status === 'complete' ? 'nothing new' : '')
  return [stream, inThousands(records), inThousands(requests), status, file]
}

function padded(cell: string, at: number, width: number): string {
  return at === 1 || at === 2 ? cell.padStart(width) : cell.padEnd(width)
}

function sum(streams: readonly StreamResult[], of: 'records' | 'requests'): number {
  return streams.reduce((total, one) => total + one[of], 0)
}
