import type { Printed } from '../harness/program.ts'
import { typesOf } from './schema.ts'

/** What of a config that was accepted before would be refused now, as sentences. Empty: nothing.
 *  Both are connectionSpecifications. */
export function configBreaks(before: Printed, after: Printed, at = 'the config'): string[] {
  return [
    ...missing(after.required, before.required).map(name => `${at} now requires ${name}`),
    ...missing(typesOf(before), typesOf(after)).map(type => `${at} may no longer be ${type}`),
    ...(after.enum === undefined ? [] : missing(before.enum ?? ['anything'], after.enum)).map(
      value => `${at} may no longer be ${value}`,
    ),
    ...(before.const === after.const ? [] : [`${at} is no longer ${before.const}`]),
    ...bounds(before, after, at),
    ...shared(before, after, at),
    ...variants(before, after, at),
  ]
}

/** A stream as the snapshot of a release has it. */
export interface Released {
  readonly key: readonly string[]
  readonly cursor: string | undefined
  readonly modes: readonly string[]
  /** The types of each column, and its format where it has one. */
  readonly columns: Readonly<Record<string, readonly string[]>>
}

/** The part of a discovered stream on which destinations and connections rest. */
export function released(stream: Printed): Released {
  const columns = Object.entries<Printed>(stream.json_schema.properties)
  return {
    key: stream.source_defined_primary_key.flat(),
    cursor: stream.default_cursor_field?.[0],
    modes: stream.supported_sync_modes,
    columns: Object.fromEntries(
      columns.map(([name, schema]) => [
        name,
        [
          ...typesOf(schema),
          ...((schema.airbyte_type ?? schema.format) ? [schema.airbyte_type ?? schema.format] : []),
        ],
      ]),
    ),
  }
}

/** What of a connection that worked before would no longer work, as sentences. */
export function streamBreaks(name: string, before: Released, after: Released | undefined): string[] {
  if (after === undefined) return [`stream ${name} is gone`]
  const columns = Object.entries(before.columns)
  return [
    ...(String(before.key) === String(after.key) ? [] : [`the key of ${name} is now ${after.key}`]),
    ...(before.cursor === after.cursor ? [] : [`the cursor of ${name} is now ${after.cursor}`]),
    ...missing(before.modes, after.modes).map(mode => `${name} no longer offers ${mode}`),
    ...columns.flatMap(([column, types]) => columnBreaks(`${name}.${column}`, types, after.columns[column])),
  ]
}

function columnBreaks(at: string, before: readonly string[], after: readonly string[] | undefined): string[] {
  if (after === undefined) return [`column ${at} is gone`]
  return String(before) === String(after) ? [] : [`column ${at} was ${before} and is ${after}`]
}

function missing(wanted: readonly string[] = [], there: readonly string[] = []): string[] {
  return wanted.filter(one => !there.includes(one))
}

function bounds(before: Printed, after: Printed, at: string): string[] {
  const low = (after.minimum ?? Number.NEGATIVE_INFINITY) > (before.minimum ?? Number.NEGATIVE_INFINITY)
  const high = (after.maximum ?? Number.POSITIVE_INFINITY) < (before.maximum ?? Number.POSITIVE_INFINITY)
  const narrower = after.pattern !== undefined && after.pattern !== before.pattern
  return [
    ...(low ? [`the least value of ${at} rose to ${after.minimum}`] : []),
    ...(high ? [`the greatest value of ${at} fell to ${after.maximum}`] : []),
    ...(narrower ? [`the pattern of ${at} changed: see by hand that it still accepts what it did`] : []),
  ]
}

function shared(before: Printed, after: Printed, at: string): string[] {
  return Object.entries<Printed>(before.properties ?? {}).flatMap(([name, schema]) => {
    const now = after.properties?.[name]
    return now === undefined ? [`${at} no longer has ${name}`] : configBreaks(schema, now, name)
  })
}

/** Variants are known by their constants. */
function variants(before: Printed, after: Printed, at: string): string[] {
  return (before.oneOf ?? []).flatMap((variant: Printed) => {
    const now = after.oneOf?.find((one: Printed) => constantOf(one) === constantOf(variant))
    if (now === undefined) return [`${at} can no longer be ${constantOf(variant)}`]
    return configBreaks(variant, now, `${at} of kind ${constantOf(variant)}`)
  })
}

function constantOf(variant: Printed): string | undefined {
  return Object.values<Printed>(variant.properties).find(one => one.const !== undefined)?.const
}
