import type { JsonObject } from '../../json.ts'
import type { JudgedFields } from '../bytes/raw-record.ts'
import { compileScan, type Scan } from '../bytes/scan.ts'
import type { StreamDef } from '../stream/definition.ts'
import { compileShape, type Shape } from './fit-schema.ts'
import { isUntouched } from './transform.ts'

/** What a stream's records are brought into: the shape of its schema, and where nothing else happens to them, a scan
 *  that lets those that fit pass as bytes. */
export interface Form {
  readonly shape: Shape
  readonly scan?: Scan
}

/** The form of a stream with this schema. `filtered`: a filter of the config looks into the records. */
export function compileForm(def: StreamDef, schema: JsonObject, filtered: boolean): Form {
  const shape = mending(compileShape(schema), def)
  return isUntouched(def) && !filtered ? { shape, scan: compileScan(schema, judgedFields(def)) } : { shape }
}

/** The fields by which the engine judges a stream's records. */
export function judgedFields({ primaryKey, incremental, parent }: StreamDef): JudgedFields {
  return { key: primaryKey, time: incremental?.field, parent: parent?.stamp }
}

/** The shape, with the stream's own mending tried first where a value does not fit its column. */
function mending(shape: Shape, { mend }: StreamDef): Shape {
  if (mend === undefined) return shape
  return record => {
    const shaped = shape(record)
    return shaped.misfits.length === 0 ? shaped : shape(mend(record))
  }
}
