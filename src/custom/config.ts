import type { Config } from '../config/config.generated.ts'

/** A custom stream as the config has it. */
export type CustomStreamConfig = NonNullable<Config['custom_streams']>[number]

/** A lookup as the config has it. */
export type LookupConfig = NonNullable<Config['lookups']>[number]

/** A text of the config, undefined when it is blank: forms send an empty text for what was left out. */
export function nonBlank(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' ? undefined : text
}
