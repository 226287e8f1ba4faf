import type { ConnectorError } from '../../errors.ts'

/** What an answer shows of one part of a stream that a person described: that it is right, or that it may be a mistake. */
export interface Sign {
  /** The part, such as data_path. */
  readonly of: string
  /** What to say if no answer shows that the part is right; undefined in an answer that shows it. */
  readonly mistake?: ConnectorError
}

/** What to say where answers show a mistake in a stream that a person described. */
export interface Mistakes {
  /** How many records a request asks for by itself, where its paging is none. */
  readonly pageSize?: number | undefined
  /** Every part is gone (404). */
  readonly allGone: (parts: number) => ConnectorError
  /** Page 2 is page 1 again, of so many records where so many were asked for; undefined where that may be all there is. */
  readonly samePage: (rows: number, asked: number) => ConnectorError | undefined
  /** Page 2 begins with the second record of page 1. */
  readonly shifted: () => ConnectorError
  /** A page names a next one that came before. */
  readonly samePlace: (named: string) => ConnectorError
  /** No record of another stream has a field that this one takes from it. */
  readonly noField: (field: string, from: string, known: readonly string[]) => ConnectorError
}
