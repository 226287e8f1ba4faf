import type { Json } from '../json.ts'
import { parseJson } from '../json-text.ts'

/** A field of a custom stream or lookup that the user must change. The message is the rest of a sentence that begins with
 *  the field's name: what is wrong with it; what to do. */
export class InvalidField extends Error {
  override readonly name = 'InvalidField'
  /** The field, such as url or pagination.size. */
  readonly field: string

  constructor(field: string, message: string) {
    super(message)
    this.field = field
  }
}

/** Does some work for a field: an error in it means that the field is invalid. */
export function onBehalf<T>(field: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw error instanceof InvalidField ? error : new InvalidField(field, (error as Error).message)
  }
}

/** A text's JSON. For what is none, throws what `invalid` makes of the complaint about it. */
export function jsonIn(text: string, invalid: (complaint: string) => Error): Json {
  try {
    return parseJson(text)
  } catch (error) {
    throw invalid((error as Error).message)
  }
}
