import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'

const ROOT = new URL('../../', import.meta.url)

/** A field of a metadata.yaml. */
export type Yaml = string | number | boolean | null | readonly Yaml[] | { readonly [key: string]: Yaml }

/** The data of metadata.yaml. Its shape is held by integration_tests/release/metadata.test.ts. */
export interface Metadata {
  readonly dockerRepository: string
  readonly dockerImageTag: string
  readonly [key: string]: Yaml | undefined
}

/** A YAML file of the project, as plain values. The only place that knows the yaml package. */
export async function readYaml(path: string): Promise<Yaml> {
  return parse(await readFile(new URL(path, ROOT), 'utf8'))
}

/** The data of metadata.yaml. */
export async function readMetadata(): Promise<Metadata> {
  return (parse(await readFile(new URL('metadata.yaml', ROOT), 'utf8')) as { data: Metadata }).data
}

/** Every place that says a version. */
export interface Versions {
  readonly package: string
  readonly lock: string
  readonly metadata: string
  readonly label: string
  readonly changelog: string
  readonly docs: string
}

/** The files that a release changes. */
export const FILES = [
  'package.json',
  'package-lock.json',
  'metadata.yaml',
  'Dockerfile',
  'CHANGELOG.md',
  'docs/babelforce.md',
  'docs/deploy.md',
  'examples/kubernetes/job.yaml',
  'examples/kubernetes/cronjob.yaml',
  'examples/pyairbyte/sync.py',
] as const

/** Files that say the version in passing, as part of commands and names of images. */
export const MENTIONS = FILES.slice(6)

/** A text for each of the files that a release changes. */
export type Texts = Readonly<Record<(typeof FILES)[number], string>>

/** The files that a release changes, as they are. */
export async function readTexts(): Promise<Texts> {
  const read = async (path: (typeof FILES)[number]) =>
    [path, await readFile(new URL(path, ROOT), 'utf8')] as const
  return Object.fromEntries(await Promise.all(FILES.map(read))) as Texts
}

/** The versions that the project's files name. */
export async function readVersions(): Promise<Versions> {
  return versionsIn(await readTexts())
}

/** The versions in these texts; empty where a text names none. */
export function versionsIn(texts: Texts): Versions {
  const found = (text: string, pattern: RegExp) => pattern.exec(text)?.[1] ?? ''
  return {
    package: JSON.parse(texts['package.json']).version ?? '',
    lock: JSON.parse(texts['package-lock.json']).version ?? '',
    metadata: found(texts['metadata.yaml'], TAG),
    label: found(texts['Dockerfile'], LABEL),
    changelog: found(texts['CHANGELOG.md'], HEADING),
    docs: found(texts['docs/babelforce.md'], ROW),
  }
}

/** Where each file names the version: the first group. The newest entry comes first in both changelogs. */
export const TAG = /^ {2}dockerImageTag: (\S+)$/m
export const LABEL = /io\.airbyte\.version="([^"]*)"/
export const HEADING = /^## (\S+) \(([^)]*)\)$/m
export const ROW = /^\| (\d+\.\d+\.\d+) \| ([^|]*?) \|/m
