import type { Config } from '../config/config.generated.ts'

/** A custom stream as the config has it. */
export type CustomStreamConfig = NonNullable<Config['custom_streams']>[number]

/** A lookup as the config has it. */
export type LookupConfig = NonNullable<Config['lookups']>[number]
