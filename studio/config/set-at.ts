import { configError } from '../../src/errors.ts'
import { isList, isObject, type Json } from '../../src/json.ts'
import type { Path } from './schema.ts'

/** The value with another one at a path; undefined removes what is there. Throws a config_error for a position beyond a list's
 *  end. */
export function setAt(value: Json | undefined, path: Path, inner: Json | undefined): Json | undefined {
  const [key, ...rest] = path
  if (key === undefined) return inner
  if (typeof key === 'number') return inList(isList(value) ? value : [], key, rest, inner)
  const object = isObject(value) ? value : {}
  const next = setAt(Object.hasOwn(object, key) ? object[key] : undefined, rest, inner)
  const { [key]: _, ...others } = object
  if (next === undefined) return others
  return Object.hasOwn(object, key) ? { ...object, [key]: next } : { ...others, [key]: next }
}

function inList(list: readonly Json[], at: number, rest: Path, inner: Json | undefined): Json {
  if (at > list.length) throw configError(`The list has no position ${at}.`)
  const next = setAt(list[at], rest, inner)
  return next === undefined ? list.toSpliced(at, 1) : list.toSpliced(at, 1, next)
}
