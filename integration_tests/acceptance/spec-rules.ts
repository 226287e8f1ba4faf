import type { Printed } from '../harness/program.ts'
import { type Part, partsOf, typesOf } from './schema.ts'

/** What Airbyte asks of a spec, as sentences and as tests of one part of it. A rule gives back whether the part keeps it.
 *  Source: the retired connector acceptance test, test_core.py, class TestSpec. */
export const SPEC_RULES: ReadonlyArray<{
  readonly says: string
  readonly holds: (part: Part) => boolean
}> = [
  { says: 'every enum has different values', holds: ({ schema }) => isUnique(schema.enum ?? []) },
  { says: 'every oneOf stands in an object whose variants share one constant', holds: isChoice },
  { says: 'what is named like a secret is marked as one', holds: isMarked },
  { says: 'a list of types is one type and null', holds: ({ schema }) => isNullable(schema.type) },
  {
    says: 'every array says of what',
    holds: ({ schema }) => !typesOf(schema).includes('array') || typesOf(schema.items ?? {}).length > 0,
  },
  {
    says: 'no object is without properties',
    holds: ({ schema }) =>
      !typesOf(schema).includes('object') ||
      Object.keys(schema.properties ?? {}).length > 0 ||
      schema.oneOf !== undefined,
  },
  {
    says: 'no keyword is used that the form cannot show',
    holds: ({ schema }) => FORBIDDEN.every(keyword => !(keyword in schema)),
  },
  {
    says: 'every date has a pattern',
    holds: ({ schema }) => !['date', 'date-time'].includes(schema.format) || schema.pattern !== undefined,
  },
  {
    says: 'nothing forbids further properties',
    holds: ({ schema }) => schema.additionalProperties !== false,
  },
  { says: 'every field has a title and a description', holds: isDescribed },
  {
    says: 'no two fields of an object claim the same place',
    holds: ({ schema }) => isUnique(Object.values<Printed>(schema.properties ?? {}).map(one => one.order)),
  },
]

/** Where a spec breaks a rule. */
export function broken(spec: Printed, holds: (part: Part) => boolean): string[] {
  return [...partsOf(spec.connectionSpecification)].filter(part => !holds(part)).map(part => part.at)
}

const FORBIDDEN = [
  ...['not', 'anyOf', 'allOf', 'patternProperties', 'prefixItems', 'if', 'then', 'else', '$ref'],
  ...['dependentSchemas', 'dependentRequired', 'dependencies'],
]

const SECRET = /^(key|jwt|certificate)$|token$|secret$|password$|api_?key$|(private|secret|access)_key$/

function isMarked({ name, schema }: Part): boolean {
  const hides = SECRET.test(name) && typesOf(schema).includes('string') && schema.const === undefined
  return !hides || schema.airbyte_secret === true
}

function isChoice({ schema }: Part): boolean {
  if (schema.oneOf === undefined) return true
  const shared = Object.keys(schema.oneOf[0].properties).filter(name =>
    schema.oneOf.every((variant: Printed) => isPlainConstant(variant.properties[name])),
  )
  const values = schema.oneOf.map((variant: Printed) => variant.properties[shared[0] ?? '']?.const)
  return schema.type === 'object' && shared.length === 1 && isUnique(values)
}

function isPlainConstant(schema: Printed): boolean {
  return schema?.const !== undefined && schema.default === undefined && schema.enum === undefined
}

function isNullable(type: unknown): boolean {
  return !Array.isArray(type) || (type.length === 2 && type.includes('null'))
}

function isDescribed({ name, schema }: Part): boolean {
  return (
    name === '' ||
    schema.const !== undefined ||
    (schema.title !== undefined && schema.description !== undefined)
  )
}

function isUnique(values: readonly unknown[]): boolean {
  const given = values.filter(value => value !== undefined)
  return new Set(given.map(value => JSON.stringify(value))).size === given.length
}
