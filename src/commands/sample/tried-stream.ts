import type { Options } from 'yargs'
import spec from '../../config/spec.json' with { type: 'json' }
import type { CustomStreamConfig } from '../../custom/config.ts'

/** A field of a custom stream, as the spec has it. */
interface FieldSchema {
  readonly title: string
  readonly type: string
  readonly enum?: readonly string[]
  readonly default?: unknown
  readonly oneOf?: ReadonlyArray<{
    readonly title: string
    readonly properties: Readonly<Record<string, FieldSchema & { readonly const?: string }>>
  }>
}

/** The fields of a custom stream, in the order of the spec. */
const ALL = Object.entries(
  spec.connectionSpecification.properties.custom_streams.items.properties as object as Record<
    string,
    FieldSchema
  >,
)

/** The fields of a custom stream besides its name and URL. */
const FIELDS = ALL.filter(([field]) => field !== 'name' && field !== 'url')

/** Options for all fields of a custom stream besides its name and URL, so that all of it can be tried before it is saved. */
export const FIELD_OPTIONS: Readonly<Record<string, Options>> = Object.fromEntries(
  FIELDS.map(([field, schema]) => [optionOf(field), describeOption(schema)]),
)

/** The custom stream that the options describe, without its name: only the fields that were given. */
export function triedStream(
  url: string,
  options: Readonly<Record<string, unknown>>,
): Omit<CustomStreamConfig, 'name'> {
  const given = FIELDS.flatMap(([field, schema]) => {
    const value = options[optionOf(field)]
    if (value === undefined) return []
    return [[field, schema.oneOf === undefined ? value : choiceFrom(String(value), schema)] as const]
  })
  return { url, ...Object.fromEntries(given) }
}

/** The options among these that are fields of a custom stream. */
export function givenFields(options: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.keys(FIELD_OPTIONS).filter(option => options[option] !== undefined)
}

/** A custom stream as lines to copy into Airbyte's form: the title of each field, and its value. */
export function formLines(stream: CustomStreamConfig): string[] {
  return ALL.flatMap(([field, schema]) => {
    const value = (stream as Readonly<Record<string, unknown>>)[field]
    return value === undefined ? [] : linesOf(schema, value)
  })
}

function optionOf(field: string): string {
  return field === 'lookups' ? 'lookup' : field.replaceAll('_', '-')
}

function describeOption({ title, type, enum: choices, oneOf }: FieldSchema): Options {
  const describe = `With --url: ${title}, as in a custom stream`
  if (oneOf !== undefined)
    return {
      type: 'string',
      describe: `${describe}: ${kindsOf(oneOf).join(', ')}, and its fields as in page,size=50`,
    }
  if (choices !== undefined) return { choices, describe }
  if (type === 'integer') return { type: 'number', describe }
  if (type !== 'array') return { type: 'string', describe }
  return { type: 'string', array: true, describe }
}

function kindsOf(oneOf: NonNullable<FieldSchema['oneOf']>): string[] {
  return oneOf.flatMap(({ properties }) => Object.values(properties).flatMap(one => one.const ?? []))
}

/** A kind and its fields: page,size=50 becomes { type: 'page', size: 50 }. */
function choiceFrom(text: string, { oneOf = [] }: FieldSchema): Readonly<Record<string, unknown>> {
  const [type = '', ...rest] = text.split(',')
  const properties = oneOf.find(one => one.properties['type']?.const === type)?.properties ?? {}
  const values = rest.map(part => {
    const [field = '', ...value] = part.split('=')
    return [field, properties[field]?.type === 'integer' ? Number(value.join('=')) : value.join('=')]
  })
  return { type, ...Object.fromEntries(values) }
}

function linesOf({ title, oneOf }: FieldSchema, value: unknown): string[] {
  if (oneOf === undefined) return [`${title}: ${Array.isArray(value) ? value.join(', ') : value}`]
  const { type, ...rest } = value as Readonly<Record<string, unknown>>
  const kind = oneOf.find(one => one.properties['type']?.const === type)
  const inner = Object.entries(rest).map(
    ([field, given]) => `  ${kind?.properties[field]?.title ?? field}: ${given}`,
  )
  return [`${title}: ${kind?.title ?? type}`, ...inner]
}
