import type { JsonObject } from '../../json.ts'
import type { JudgedFields } from '../bytes/raw-record.ts'
import { compileScan, type Scan } from '../bytes/scan.ts'
import type { StreamDef } from '../stream/definition.ts'
import { compileFit, compileFitKey, type FitKey, type FitSchema } from './fit-schema.ts'
import { isUntouched } from './transform.ts'

/** A stream's way from an answer's records to its schema; where nothing else happens to them, with a scan that lets those
 *  that fit pass as bytes. */
export interface CompiledStream {
  readonly fit: FitSchema
  readonly fitKey: FitKey
  readonly scan?: Scan
}

/** Compiles a stream for this schema. `filtered`: a filter of the config looks into the records. */
export function compileStream(def: StreamDef, schema: JsonObject, filtered: boolean): CompiledStream {
  const fits = {
    fit: repairing(reshaping(compileFit(schema), schema, def), def),
    fitKey: compileFitKey(schema, def.primaryKey),
  }
  return isUntouched(def) && !filtered ? { ...fits, scan: compileScan(schema, judgedFields(def)) } : fits
}

/** The fields by which the engine judges a stream's records. */
export function judgedFields({ primaryKey, incremental, parent }: StreamDef): JudgedFields {
  return { key: primaryKey, time: incremental?.field, parent: parent?.stamp }
}

/** Fits records to the schema in the shape that it says they have. */
function reshaping(fit: FitSchema, schema: JsonObject, { reshape }: StreamDef): FitSchema {
  if (reshape === undefined) return fit
  const shape = reshape(schema)
  return record => fit(shape(record))
}

/** Fits records to the schema, after the stream's own repair where a value does not fit its column. */
function repairing(fit: FitSchema, { repair }: StreamDef): FitSchema {
  if (repair === undefined) return fit
  return record => {
    const fitted = fit(record)
    return fitted.misfits.length === 0 ? fitted : fit(repair(record))
  }
}
