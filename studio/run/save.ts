import type { ConfiguredAirbyteStream } from '@airbyte-protocol/types'
import { configuredStream, describe } from '../../src/commands/discover.ts'
import { discoverSchema } from '../../src/commands/setup/schemas.ts'
import { canIncrement } from '../../src/engine/plan.ts'
import { sampleOf } from '../../src/engine/sync/sampled.ts'
import { isList, isObject, type Json, type JsonObject } from '../../src/json.ts'
import { type Path, schemaAt } from '../config/schema.ts'
import { shown, withoutSecrets } from '../config/secrets.ts'
import type { Saved } from '../wire.ts'
import type { Bench } from './bench.ts'

/** What leaves the studio: nothing of it holds a secret, and nothing is requested for it. */
export async function saved(bench: Bench, streams: readonly string[]): Promise<Saved> {
  const { held, start, program } = bench
  return {
    config: JSON.stringify(withoutSecrets(held.value), undefined, 2),
    form: formOf(held.value),
    catalog: program.mask(JSON.stringify(await catalogOf(bench, streams), undefined, 2)),
    commands: commandsOf(start, streams),
  }
}

/** The catalog of these streams, each read incrementally where it can be. */
async function catalogOf(
  bench: Bench,
  streams: readonly string[],
): Promise<{ readonly streams: readonly ConfiguredAirbyteStream[] }> {
  const setup = bench.setUp()
  const available = await bench.streams(setup)
  const chosen = streams.flatMap(name => available.find(name) ?? [])
  const configured = chosen.map(async def => {
    const schema = await discoverSchema(def, {
      available,
      sample: async () => sampleOf(bench.seen.get(def.name) ?? []),
      log: bench.program.log,
    })
    return configuredStream(describe(def, schema, canIncrement(def, setup.settings)))
  })
  return { streams: await Promise.all(configured) }
}

/** What to type into Airbyte's form, field by field, by the titles that it shows. */
function formOf(config: JsonObject): Saved['form'] {
  const { config: visible, kept } = shown(config)
  const secrets = kept.map(path => path.split('.').map(key => (/^\d+$/.test(key) ? Number(key) : key)))
  const values = leavesIn(visible)
  return [...values, ...secrets.map(path => ({ path, value: undefined }))]
    .map(({ path, value }) => ({ path, value, order: orderOf(config, path) }))
    .sort((a, b) => a.order.localeCompare(b.order))
    .map(({ path, value }) => ({
      field: titleOf(config, path),
      value:
        value === undefined ? '(the secret that you entered in the studio)' : textOf(config, path, value),
    }))
}

interface Leaf {
  readonly path: Path
  readonly value: Json
}

function leavesIn(value: Json, path: Path = []): readonly Leaf[] {
  if (isObject(value))
    return Object.entries(value).flatMap(([key, one = null]) => leavesIn(one, [...path, key]))
  if (isList(value) && value.some(isObject)) return value.flatMap((one, at) => leavesIn(one, [...path, at]))
  return [{ path, value }]
}

/** The titles on the way to a field. */
function titleOf(config: JsonObject, path: Path): string {
  return path
    .map((key, depth) => {
      if (typeof key === 'number') return String(key + 1)
      const title = schemaAt(config, path.slice(0, depth + 1))?.['title']
      return typeof title === 'string' ? title : 'Kind'
    })
    .join(' › ')
}

/** A text that sorts fields as the form shows them. */
function orderOf(config: JsonObject, path: Path): string {
  return path
    .map((key, depth) => {
      const order = typeof key === 'number' ? key : schemaAt(config, path.slice(0, depth + 1))?.['order']
      return String(typeof order === 'number' ? order : 999).padStart(4, '0')
    })
    .join('.')
}

/** The value as the form has it: a variant by its title, a list one a line. */
function textOf(config: JsonObject, path: Path, value: Json): string {
  if (isList(value)) return value.join('\n')
  const isTag = schemaAt(config, path)?.['const'] !== undefined
  if (!isTag) return String(value)
  const variants = schemaAt(config, path.slice(0, -1))?.['oneOf']
  const chosen = (isList(variants) ? variants.filter(isObject) : []).find(({ properties }) => {
    const field = isObject(properties) ? properties[String(path.at(-1))] : undefined
    return isObject(field) && field['const'] === value
  })
  return String(chosen?.['title'] ?? value)
}

/** The command lines that do the same. */
function commandsOf({ file, folder }: Bench['start'], streams: readonly string[]): readonly string[] {
  const config = `--config ${quoted(file ?? 'config.json')}`
  return [
    `npx source-babelforce check ${config}`,
    ...streams.slice(0, 10).map(name => `npx source-babelforce sample ${config} --stream ${name}`),
    `npx source-babelforce sync ${config} --into ${quoted(folder ?? 'data')} --streams ${streams.join(',')}`,
  ]
}

function quoted(text: string): string {
  return /^[\w./~-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}
