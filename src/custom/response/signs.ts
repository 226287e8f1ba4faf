import type { Sign } from '../../engine/stream/mistakes.ts'
import type { Json, JsonObject } from '../../json.ts'
import { isNothing } from './nothing.ts'

/** Judges one part of how a stream is described by the records of a page. */
export type Judge = (records: readonly JsonObject[]) => Sign | undefined

/** What a person described of the records, and what to say where it is not so. */
export interface Description {
  /** What is made of each record first. */
  readonly prepare: (record: JsonObject) => JsonObject
  readonly judges: readonly Judge[]
  /** What tells a page from others: the keys of its records, if they have any. */
  readonly print?: (records: readonly JsonObject[]) => string | undefined
  /** What to say if no response has the path of a field: of data_path where none is named. */
  readonly pathMistake: (outline: string, field?: 'data_path' | 'metadata_path' | 'total_path') => Sign
  /** What to say if no response names a next page, though a page had so many records; or if what names it is `true`. */
  readonly nextMistake: (rows: number, isTrue?: boolean) => Sign | undefined
}

/** Whether each path finds what it names; undefined for one that the config does not have. */
export type Shown = Readonly<
  Partial<Record<'data_path' | 'metadata_path' | 'total_path', boolean | undefined>>
>

/** What a response shows of its paths: that they are right, or may be mistaken. */
export function pathSigns({ pathMistake }: Description, outline: string, isThere: Shown): readonly Sign[] {
  if (isThere.data_path === false) return [pathMistake(outline)]
  return (['data_path', 'metadata_path', 'total_path'] as const)
    .filter(of => isThere[of] !== undefined)
    .map(of => (isThere[of] ? { of } : pathMistake(outline, of)))
}

/** What records show. */
export function judgeSigns({ judges }: Description, records: readonly JsonObject[]): readonly Sign[] {
  return judges.flatMap(judge => judge(records) ?? [])
}

/** What is in the place of the next page shows of that place, after so many records. */
export function nextSigns(
  { nextMistake }: Description,
  next: Json | undefined,
  rows: number,
): readonly Sign[] {
  if (!isEnd(next)) return [{ of: 'pagination' }]
  const mistake = next === undefined || next === true ? nextMistake(rows, next) : undefined
  return mistake === undefined ? [] : [mistake]
}

/** Whether the place of the next page names none; `true` is no name. */
export function isEnd(token: Json | undefined): boolean {
  return isNothing(token) || token === 0 || token === true
}
