import { compileFit } from '../../engine/records/fit-schema.ts'
import { isObject, type Json, type JsonObject, kindOf } from '../../json.ts'

/** How records differ from their schema. No value of any record is in it. */
export interface FieldFindings {
  /** Fields that the schema does not name, with the types of their values. */
  readonly beyond: Readonly<Record<string, readonly string[]>>
  /** How many more such fields there are that are not named, since they may be data themselves. */
  readonly unnamed: number
  /** Columns that some values do not fit, with the types that they have. */
  readonly against: Readonly<Record<string, readonly string[]>>
}

/** The fields of some records beyond and against their schema. A field is named only if it looks like an identifier and two
 *  different records have it: other keys may be names or numbers of people. */
export function compareFields(records: readonly Json[], schema: JsonObject): FieldFindings {
  const fit = compileFit(schema)
  const columns = isObject(schema['properties']) ? schema['properties'] : {}
  const beyond = new Map<string, { types: Set<string>; records: number }>()
  const against = new Map<string, Set<string>>()
  for (const record of differing(records)) {
    for (const name of Object.keys(record).filter(one => !Object.hasOwn(columns, one))) {
      const field = beyond.get(name) ?? { types: new Set(), records: 0 }
      field.types.add(kindOf(record[name]))
      beyond.set(name, { ...field, records: field.records + 1 })
    }
    for (const name of fit(record).misfits)
      against.set(name, (against.get(name) ?? new Set()).add(kindOf(record[name])))
  }
  const named = [...beyond].filter(([name, field]) => field.records > 1 && isIdentifier(name))
  return {
    beyond: Object.fromEntries(named.map(([name, { types }]) => [name, [...types].sort()])),
    unnamed: beyond.size - named.length,
    against: Object.fromEntries([...against].map(([name, types]) => [name, [...types].sort()])),
  }
}

/** The records, each once: one that comes twice says nothing more about its keys. */
function differing(records: readonly Json[]): readonly JsonObject[] {
  return [...new Map(records.filter(isObject).map(one => [JSON.stringify(one), one])).values()]
}

/** Whether a key looks like a name in code: letters that begin small, and hardly a digit. */
export function isIdentifier(key: string): boolean {
  return /^_?[a-z][A-Za-z_]{0,39}\d{0,2}$/.test(key)
}
