import manifest from '../../package.json' with { type: 'json' }
import spec from '../config/spec.json' with { type: 'json' }
import { isObject } from '../json.ts'
import { STREAMS } from '../streams/index.ts'
import { readSchema } from '../streams/schemas.ts'
import { type About, aboutAsMarkdown } from './about/markdown.ts'
import type { AboutOptions } from './about/options.ts'
import { settingsOf } from './about/settings.ts'
import type { Terminal } from './runtime/terminal.ts'
import { VERSION } from './runtime/version.ts'

/** What the connector can do, in the words of Singer and Meltano where they have one. */
const CAPABILITIES = [
  'spec',
  'check',
  'discover',
  'catalog',
  'state',
  'read',
  'sync',
  'sample',
  'sign-in',
  'survey',
  'plan',
  'state merge',
  'about',
] as const

/** Prints what this connector is: its name, version, capabilities, settings and streams, as Meltano's SDK does. Needs no config. */
export async function showAbout({ format }: AboutOptions, terminal: Terminal): Promise<number> {
  const about = await describeConnector()
  terminal.print(format === 'json' ? `${JSON.stringify(about, undefined, 2)}\n` : aboutAsMarkdown(about))
  return 0
}

async function describeConnector(): Promise<About> {
  const listed = STREAMS.filter(def => def.hidden !== true)
  return {
    name: manifest.name,
    description: manifest.description,
    version: VERSION,
    capabilities: CAPABILITIES,
    settings: settingsOf(spec.connectionSpecification),
    streams: await Promise.all(
      listed.map(async ({ name, primaryKey, incremental }) => ({
        name,
        description: descriptionIn(await readSchema(name)),
        primary_key: primaryKey,
        replication_key: incremental?.field ?? null,
      })),
    ),
  }
}

function descriptionIn(schema: unknown): string {
  return isObject(schema) ? String(schema['description'] ?? '') : ''
}
