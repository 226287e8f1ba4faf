import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import { readMetadata, readVersions, readYaml } from '../../scripts/release/versions.ts'
import { STREAMS } from '../../src/streams/index.ts'
import { SUGGESTED } from '../../src/streams/suggested.ts'
import { METADATA_SCHEMA } from './metadata-schema.ts'

const text = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
const metadata = await readMetadata()

test('metadata.yaml has the shape that Airbyte’s registry asks for', async () => {
  const ajv = new Ajv({ strict: false, allErrors: true })
  formats.default(ajv)
  const isValid = ajv.compile(METADATA_SCHEMA)
  assert.ok(isValid(await readYaml('metadata.yaml')), JSON.stringify(isValid.errors, undefined, 2))
})

test('metadata.yaml does not take the place of Airbyte’s own connector', () => {
  assert.notEqual(metadata['definitionId'], '971c3e1e-78a5-411e-ad56-c4052b50876b')
  assert.doesNotMatch(metadata.dockerRepository, /^airbyte\//)
})

test('the version is the same everywhere', async () => {
  const versions = await readVersions()
  assert.deepEqual(
    Object.entries(versions).filter(([, version]) => version !== versions.package),
    [],
  )
})

test('the Dockerfile’s label and entry point say what metadata.yaml and the platform say', () => {
  const dockerfile = text('Dockerfile')
  assert.match(dockerfile, new RegExp(`io\\.airbyte\\.name="${metadata.dockerRepository}"`))
  const [, variable] = /AIRBYTE_ENTRYPOINT="([^"]*)"/.exec(dockerfile) ?? []
  const [, list = '[]'] = /^ENTRYPOINT (.*)$/m.exec(dockerfile) ?? []
  assert.equal(variable, JSON.parse(list).join(' '))
})

test('the suggested streams exist, and are those of docs/streams.md', () => {
  assert.deepEqual(metadata['suggestedStreams'], { streams: SUGGESTED })
  const names = new Set(STREAMS.filter(def => def.costly !== true).map(def => def.name))
  assert.deepEqual(
    SUGGESTED.filter(name => !names.has(name)),
    [],
  )
})

test('the icon is square', () => {
  const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(text('icon.svg')) ?? []
  assert.equal(width, height)
  assert.match(text('icon.svg'), new RegExp(`width="${width}" height="${height}"`))
})

/** Source: Airbyte's QA checks for documentation. */
const HEADINGS = [
  '# Babelforce',
  '## Prerequisites',
  '## Setup guide',
  '## Set up Babelforce',
  '### For Airbyte Cloud:',
  '### For Airbyte Open Source:',
  '## Supported sync modes',
  '## Supported Streams',
  '## Performance considerations',
  '## Data type map',
  '## Limitations & Troubleshooting',
  '## Tutorials',
  '## Changelog',
]

test('docs/babelforce.md has the headings that Airbyte asks for, in their order', () => {
  const headings = text('docs/babelforce.md').match(/^#{1,6} .*$/gm) ?? []
  assert.deepEqual(
    headings.filter(one => HEADINGS.includes(one)),
    HEADINGS,
  )
})

test('docs/babelforce.md speaks of every field of the config', () => {
  const spec = JSON.parse(text('src/config/spec.json')).connectionSpecification
  const docs = text('docs/babelforce.md')
  const silent = Object.keys(spec.properties).filter(field => !docs.includes(`\`${field}\``))
  assert.deepEqual(silent, [])
})

test('docs/babelforce.md hides its changelog in a collapsed block', () => {
  assert.match(text('docs/babelforce.md'), /## Changelog\n\n<details>\n\s*<summary>/)
})
