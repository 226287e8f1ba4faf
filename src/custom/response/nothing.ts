import { isList, isObject, type Json } from '../../json.ts'

/** Whether a value is how APIs say that there is nothing: null, false, an empty text, list or object. */
export function isNothing(value: Json | undefined): boolean {
  if (isList(value)) return value.length === 0
  return isObject(value) ? Object.keys(value).length === 0 : !value && value !== 0
}
