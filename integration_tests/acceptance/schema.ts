import type { Printed } from '../harness/program.ts'

/** A part of a schema and where it stands. */
export interface Part {
  readonly at: string
  readonly schema: Printed
  /** The property whose schema this is; empty for items, variants and the whole. */
  readonly name: string
}

/** Every part of a JSON schema, the whole included. */
export function* partsOf(schema: Printed, at = '#', name = ''): Generator<Part> {
  yield { at, schema, name }
  for (const [key, property] of Object.entries<Printed>(schema.properties ?? {})) {
    yield* partsOf(property, `${at}/${key}`, key)
  }
  for (const [index, variant] of (schema.oneOf ?? []).entries())
    yield* partsOf(variant, `${at}/oneOf/${index}`)
  if (typeof schema.items === 'object') yield* partsOf(schema.items, `${at}/items`)
}

/** The types that a schema allows. */
export function typesOf({ type }: Printed): readonly string[] {
  return type === undefined ? [] : [type].flat()
}
