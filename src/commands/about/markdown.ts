import type { Setting } from './settings.ts'

/** What a connector is. */
export interface About {
  readonly name: string
  readonly description: string
  readonly version: string
  readonly capabilities: readonly string[]
  readonly settings: readonly Setting[]
  readonly streams: readonly AboutStream[]
}

interface AboutStream {
  readonly name: string
  readonly description: string
  readonly primary_key: readonly string[]
  readonly replication_key: string | null
}

/** The same for people, as Markdown. */
export function aboutAsMarkdown({
  name,
  description,
  version,
  capabilities,
  settings,
  streams,
}: About): string {
  return [
    `# ${name} ${version}`,
    description,
    '## Capabilities',
    capabilities.map(one => `- \`${one}\``).join('\n'),
    '## Settings',
    table(['Setting', 'Required', 'Default', 'Description'], settings.map(settingRow)),
    '## Streams',
    table(['Stream', 'Key', 'Cursor', 'What a record is'], streams.map(streamRow)),
    '',
  ].join('\n\n')
}

function settingRow({ name, required, default: given, secret, description }: Setting): string[] {
  const note = secret ? ' Secret.' : ''
  return [
    `\`${name}\``,
    required ? 'yes' : '',
    given === null ? '' : `\`${JSON.stringify(given)}\``,
    description + note,
  ]
}

function streamRow({ name, primary_key, replication_key, description }: AboutStream): string[] {
  return [`\`${name}\``, primary_key.join(', '), replication_key ?? '', description]
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows]
  return lines.map(cells => `| ${cells.map(plain).join(' | ')} |`).join('\n')
}

/** A text that does not end its cell. */
function plain(text: string): string {
  return text.replace(/\s+/g, ' ').replaceAll('|', '\\|')
}
