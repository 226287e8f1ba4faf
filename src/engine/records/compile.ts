import type { JsonObject } from '../../json.ts'
import { compileScan, type Scan } from '../bytes/scan.ts'
import type { StreamDef } from '../stream/definition.ts'
import { compileShape, type Shape } from './fit-schema.ts'

/** What a stream's records are brought into: the shape of its schema, and where nothing else happens to them, a scan
 *  that lets those that fit pass as bytes. */
export interface Form {
  readonly shape: Shape
  readonly scan?: Scan
  /** The fields whose values a scan keeps. */
  readonly watched: readonly string[]
}

/** The form of a stream with this schema. `filtered`: a filter of the config looks into the records. */
export function compileForm(def: StreamDef, schema: JsonObject, filtered: boolean): Form {
  const watched = watchedBy(def)
  const shape = mending(compileShape(schema), def)
  const untouched = def.adapt === undefined && def.unfold === undefined && def.wrap === undefined && !filtered
  return untouched ? { shape, watched, scan: compileScan(schema, watched) } : { shape, watched }
}

/** The fields by which the engine judges a record: its key, its time, its parent. */
export function watchedBy({ primaryKey, incremental, parent }: StreamDef): readonly string[] {
  const names = [...primaryKey, incremental?.field, parent?.stamp].filter(name => name !== undefined)
  return [...new Set(names)]
}

/** The shape, with the stream's own mending tried first where a value does not fit its column. */
function mending(shape: Shape, { mend }: StreamDef): Shape {
  if (mend === undefined) return shape
  return record => {
    const shaped = shape(record)
    return shaped.misfits.length === 0 ? shaped : shape(mend(record))
  }
}
