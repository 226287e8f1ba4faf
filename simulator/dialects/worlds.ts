/** Which API is imitated: the one the vendor documents, or the one the seed templates describe. */
export type WorldName = 'documented' | 'seed'

/** The parameters for a time window in each world. */
export const windowParameters = {
  documented: ['time.start', 'time.end', 'filters.time.start', 'filters.time.end'],
  seed: ['startDate', 'endDate'],
} as const satisfies Record<WorldName, readonly string[]>
