import { isObject, type JsonObject } from '../../json.ts'
import { InvalidField, jsonIn } from '../invalid.ts'

/** Columns that the connector adds, by name. */
export type Columns = ReadonlyMap<string, JsonObject>

const CATCH_ALL: JsonObject = {
  type: ['null', 'object'],
  description: 'Added by the connector: fields that this schema does not name, and values that do not fit.',
  additionalProperties: true,
}

/** Which JSON Schema the schemas are written in; destinations know this one. */
export const DRAFT_07 = 'http://json-schema.org/draft-07/schema#'

/** The column of any text. */
export const TEXT: JsonObject = { type: ['null', 'string'] }
/** The column of any object. */
export const OBJECT: JsonObject = { type: ['null', 'object'], additionalProperties: true }
/** The column of a moment as RFC 3339. */
export const MOMENT: JsonObject = { ...TEXT, format: 'date-time', airbyte_type: 'timestamp_with_timezone' }

/** The JSON schema in a text, if there is one. Throws an InvalidField that says what is wrong with it. */
export async function parseSchema(text: string | undefined): Promise<JsonObject | undefined> {
  if (text === undefined) return undefined
  const schema = jsonIn(text, () => invalid('is not JSON; write a schema such as {"properties": {}}'))
  if (!isObject(schema)) throw invalid('must be a JSON object, such as {"type": "object", "properties": {}}')
  if (!isObject(schema['properties']))
    throw invalid('has no "properties", which name the columns; write {"type": "object", "properties": {}}')
  const { default: library } = await import('ajv')
  const ajv = new library.Ajv({ strict: false, validateFormats: false, logger: false })
  if (ajv.validateSchema(schema) === true) return schema
  throw invalid(`is not a JSON schema (${ajv.errorsText(ajv.errors, { dataVar: 'schema' })})`)
}

const invalid = (message: string) => new InvalidField('json_schema', message)

/** The schema with the columns that the connector adds, unless it already has them. */
export function completeSchema(schema: JsonObject | undefined, columns: Columns): JsonObject {
  const own = isObject(schema?.['properties']) ? schema['properties'] : {}
  const added = [...columns].map(([name, column]) => topColumn(name, column, own))
  const properties = { ...Object.fromEntries(added), ...own, additional_fields: CATCH_ALL }
  return { $schema: DRAFT_07, type: 'object', ...schema, additionalProperties: true, properties }
}

/** A column as it is at the top level: that of customer.id is customer, unless there is one of just this name. */
function topColumn(name: string, column: JsonObject, own: JsonObject): readonly [string, JsonObject] {
  const [head = name, ...rest] = name.split('.')
  return rest.length === 0 || Object.hasOwn(own, name) ? [name, column] : [head, OBJECT]
}
