import { readFile } from 'node:fs/promises'
import { isTouchedByFilter } from '../../src/commands/setup/touched-by.ts'
import type { Route, StreamDef } from '../../src/engine/stream/definition.ts'
import { STREAMS } from '../../src/streams/index.ts'
import { SUGGESTED } from '../../src/streams/suggested.ts'

const OFFERED = STREAMS.filter(def => def.hidden !== true)

/** docs/streams.md: every stream, from the definitions themselves. */
export async function generateStreamDocs(): Promise<{ path: string; text: string }> {
  const descriptions = new Map(
    await Promise.all(OFFERED.map(async def => [def.name, await describe(def)] as const)),
  )
  const text = [
    INTRO,
    ...tableOf(
      '## The 32 endpoint templates',
      OFFERED.filter(def => def.template !== undefined),
      descriptions,
    ),
    ...tableOf(
      '## Beyond the templates',
      OFFERED.filter(def => def.template === undefined),
      descriptions,
    ),
    collections(),
    filters(),
    COSTS,
    OFFERED.filter(def => def.costly === true)
      .map(def => `\`${def.name}\``)
      .join(', '),
    '',
  ].join('\n')
  return { path: 'docs/streams.md', text }
}

const INTRO = `# Streams

<!-- Generated from src/streams and schemas by npm run generate. Do not edit. -->

Each stream tries its paths in the order given and keeps the first that your account serves. "documented" is the API as
the vendor publishes it, "seed" the dialect of older descriptions.

- **full**: full refresh. **incremental, by the API**: only what is new is asked for, and the lookback. **incremental, by
  the connector**: the API has no time filter, so everything is read and only what is new is handed on. **incremental, by
  interval**: one record for each stretch of time that is over.
- Keys and cursors are columns of the stream. \`record_hash\`, \`queried_at\`, \`window_start\`, \`window_end\` and \`scope\` are
  added by the connector.
- Every stream has the column \`additional_fields\`, which holds what its schema does not name, and values that do not fit
  their column.
`

const COSTS = `## Start with these, mind those

A good start: ${SUGGESTED.map(name => `\`${name}\``).join(', ')}.

These ask once for each record of another stream, and take accordingly long; select them for what the others lack:
`

function tableOf(
  heading: string,
  defs: readonly StreamDef[],
  descriptions: ReadonlyMap<string, string>,
): string[] {
  return [
    heading,
    '',
    '| stream | template | what a record is | paths | key | cursor | reading | parent |',
    '|---|---|---|---|---|---|---|---|',
    ...defs.map(def => `| ${cells(def, descriptions.get(def.name) ?? '').join(' | ')} |`),
    '',
  ]
}

function cells(def: StreamDef, description: string): string[] {
  return [
    `\`${def.name}\``,
    def.template ?? '',
    description,
    def.routes.map(pathOf).join('<br>'),
    def.primaryKey.join(', '),
    def.incremental?.field ?? '',
    readingOf(def),
    def.parent === undefined
      ? ''
      : `each of \`${def.parent.stream}\`${def.parent.ids === undefined ? '' : `, or \`ids.${def.parent.ids}\``}`,
  ]
}

function pathOf({ source, method = 'GET', path, window }: Route): string {
  const time = window === undefined || !('from' in window) ? '' : `?${window.from}&${window.to}`
  return `${source}: ${method} \`${path}${time}\``
}

const READINGS = {
  windowed: 'full; incremental, by the API',
  filtered: 'full; incremental, by the connector',
  intervals: 'full; incremental, by interval',
  'through-parent': 'full; incremental with its parent',
} as const

function readingOf({ incremental, onlyIf }: StreamDef): string {
  if (onlyIf !== undefined)
    return `full; offered only when \`${onlyIf}.enabled\` is on, since it changes data`
  return incremental === undefined ? 'full' : READINGS[incremental.strategy]
}

/** The vendor's seven collections, and which streams read each. */
function collections(): string {
  const inAny = (prefixes: readonly string[]) =>
    OFFERED.filter(def => prefixes.some(prefix => def.routes[0].path.startsWith(prefix))).map(
      def => `\`${def.name}\``,
    )
  const rest = OFFERED.filter(
    def => !['/api/v2/agent/', '/api/v3/', '/auth/scim', '('].some(one => def.routes[0].path.startsWith(one)),
  )
  const rows = [
    ['Manager', rest.map(def => `\`${def.name}\``).join(', ')],
    ['Agent', `${inAny(['/api/v2/agent/']).join(', ')} (needs an agent's credentials)`],
    [
      'Env Sync',
      'none built in: the paths of snapshots are not published. A [custom stream](custom-streams.md#8-an-endpoint-of-env-sync-or-sso) reads the path that you were given',
    ],
    ['Task Automations', inAny(['/api/v3/']).join(', ')],
    ['Agent synchronization', '`agent_sync` (changes data, off by default)'],
    ['SCIM', inAny(['/auth/scim']).join(', ')],
    ['SSO', 'none built in: no read endpoint is published; the same holds'],
  ]
  return [
    '## The seven API collections',
    '',
    '| collection | streams |',
    '|---|---|',
    ...rows.map(row => `| ${row.join(' | ')} |`),
    '',
  ].join('\n')
}

function filters(): string {
  const names = ['agent_id', 'queue_id', 'source_id', 'enabled']
  const rows = names.map(
    name =>
      `| \`filters.${name}\` | ${OFFERED.filter(def => isTouchedByFilter(def, name))
        .map(def => `\`${def.name}\``)
        .join(', ')} |`,
  )
  return ['## Filters', '', '| filter | streams it touches |', '|---|---|', ...rows, ''].join('\n')
}

async function describe({ name }: StreamDef): Promise<string> {
  const file = new URL(`../../schemas/${name}.json`, import.meta.url)
  return JSON.parse(await readFile(file, 'utf8')).description
}
