/** Which of the two APIs is imitated: the vendor's documented one, or the one the seed templates describe. */
export type WorldName = 'documented' | 'seed'

/** The parameters that say a window of time, in either world. */
export const windowParameters = {
  documented: ['time.start', 'time.end', 'filters.time.start', 'filters.time.end'],
  seed: ['startDate', 'endDate'],
} as const satisfies Record<WorldName, readonly string[]>
