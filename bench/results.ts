import type { Cost } from './measure.ts'

/** A program that takes part. */
export interface Contestant {
  readonly name: string
  readonly command: readonly string[]
}

/** One program's medians in one comparison. */
export interface Row {
  readonly what: string
  readonly program: string
  readonly wall_s: number
  /** Wall time as a multiple of the first program's, run by run, then the median. */
  readonly ratio: number
  readonly records_per_s: number
  readonly cpu_s: number
  readonly peak_MiB: number
}

/** The medians of every program, and its ratio to the first one. */
export function rowsOf(
  what: string,
  contestants: readonly Contestant[],
  costs: ReadonlyMap<string, readonly Cost[]>,
  median: (values: readonly number[]) => number,
): readonly Row[] {
  const floor = costs.get(contestants[0]?.name ?? '') ?? []
  return contestants.map(({ name }) => {
    const own = costs.get(name) ?? []
    const wall = median(own.map(cost => cost.wallSeconds))
    const ratios = own.map((cost, run) => cost.wallSeconds / (floor[run]?.wallSeconds ?? Number.NaN))
    return {
      what,
      program: name,
      wall_s: rounded(wall),
      ratio: rounded(median(ratios)),
      records_per_s: Math.round(median(own.map(cost => cost.records)) / wall),
      cpu_s: rounded(median(own.map(cost => cost.cpuSeconds ?? Number.NaN))),
      peak_MiB: Math.round(median(own.map(cost => cost.peakMiB ?? Number.NaN))),
    }
  })
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000
}
