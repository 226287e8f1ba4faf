import { compile, type JSONSchema } from 'json-schema-to-typescript'
import schema from './protocol.schema.json' with { type: 'json' }

type Rule = (node: JSONSchema) => JSONSchema

/** The rules that make good types of the schema; each leaves alone what it does not speak of. */
const rules: Readonly<Record<string, Rule>> = {
  // A $ref with siblings counts as a new type: the compiler would write SyncMode and SyncMode1.
  'A $ref stands alone': node => (node.$ref === undefined ? node : { $ref: node.$ref }),
  'An object that names its fields has no others': node =>
    node.properties === undefined ? node : { ...node, additionalProperties: false },
}

const banner =
  '// Generated from protocol.schema.json by `npm run generate`. Change the schema, not this file.'

/** The text of index.ts as protocol.schema.json has it now, and its path from the root of the repository. */
export async function generateProtocolTypes(): Promise<{ path: string; text: string }> {
  const text = await compile(applyRules(schema as JSONSchema), 'AirbyteProtocol', {
    bannerComment: banner,
    style: { singleQuote: true, semi: false, printWidth: 110 },
  })
  return { path: 'packages/airbyte-protocol/index.ts', text }
}

/** The schema with every rule applied to it and to its definitions, properties and items, however deep. */
function applyRules(node: JSONSchema): JSONSchema {
  const ruled = Object.values(rules).reduce((result, rule) => rule(result), node)
  return Object.fromEntries(
    Object.entries(ruled).map(([keyword, value]) => [keyword, within(keyword, value)]),
  )
}

function within(keyword: string, value: unknown): unknown {
  if (keyword === 'properties' || keyword === 'definitions') return mapValues(value as Schemas, applyRules)
  if (keyword === 'items') return applyRules(value as JSONSchema)
  return value
}

type Schemas = Readonly<Record<string, JSONSchema>>

function mapValues(schemas: Schemas, change: Rule): Schemas {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, change(schema)]))
}
