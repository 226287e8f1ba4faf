/** Rows of values: a stream with lookups has a part for each row, and several lookups multiply. */
export type Lookup = LookupRows | LookupStream

interface LookupRows {
  readonly rows: readonly Readonly<Record<string, string>>[]
  /** The values without which a row has no part. */
  readonly needed?: readonly string[]
}

interface LookupStream {
  readonly stream: string
  readonly fields: readonly LookupField[]
}

/** A field of another stream's records, and the name of its value. */
export interface LookupField {
  readonly field: string
  readonly as: string
  /** A record without it has a part all the same. */
  readonly isOptional?: boolean
}
