import { isList, isObject, type Json } from '../../json.ts'
import { MAX_VALUES, tooManyValues } from './path-limits.ts'

/** Whether a value is how APIs say that there is nothing: null, false, an empty text, list or object. */
export function isNothing(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === false || value === '') return true
  if (isList(value)) return value.length === 0
  return isObject(value) && Object.keys(value).length === 0
}

/** What is under the path to a list: its elements, the one object that is there instead, or nothing. */
function elementsOf(value: Json | undefined): readonly Json[] {
  if (isList(value)) return value
  return value === undefined || isNothing(value) ? [] : [value]
}

/** The elements of the lists that a path leads to. One list may have any number of them; of several a config_error is thrown
 *  where they have too many. */
export function opened(lists: readonly Json[], path: string): readonly Json[] {
  if (lists.length === 1) return elementsOf(lists[0])
  const values: Json[] = []
  for (const list of lists)
    for (const value of elementsOf(list)) if (values.push(value) > MAX_VALUES) throw tooManyValues(path)
  return values
}
