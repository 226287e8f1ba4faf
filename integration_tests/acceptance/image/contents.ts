import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readMetadata, readVersions } from '../../../scripts/release/versions.ts'
import { docker, image } from './docker.ts'

const MOST_BYTES = 15_000_000
const KNOWN = /^\.\/(dist\/([\w-]+\.mjs|LICENCES\.txt)|schemas\/\w+\.json)$/

describe('the image', async () => {
  const inspect = async (name: string) => JSON.parse((await docker(['inspect', name])).lines.join(''))[0]
  const { Config, Size } = await inspect(image())
  const shell = async (script: string) =>
    (await docker(['run', '--rm', '--entrypoint', 'sh', image(), '-c', script])).lines

  test('carries the name and version of metadata.yaml and package.json', async () => {
    const { dockerRepository, dockerImageTag } = await readMetadata()
    assert.equal(Config.Labels['io.airbyte.name'], dockerRepository)
    assert.equal(Config.Labels['io.airbyte.version'], dockerImageTag)
    assert.equal(Config.Labels['io.airbyte.version'], (await readVersions()).package)
  })

  test('is entered the same way by docker and by the platform, by absolute paths', () => {
    const variable = Config.Env.find((one: string) => one.startsWith('AIRBYTE_ENTRYPOINT='))
    assert.equal(variable, `AIRBYTE_ENTRYPOINT=${Config.Entrypoint.join(' ')}`)
    assert.deepEqual(
      Config.Entrypoint.map((part: string) => part.startsWith('/')),
      [true, true],
    )
    assert.equal(Config.User, '1000:1000')
  })

  test('has what the platform wraps around a connector', async () => {
    assert.equal((await shell('for one in sh kill sleep mv; do command -v $one; done')).length, 4)
  })

  test('holds the bundle with its licences and the schemas, and nothing else of the project', async () => {
    const files = await shell('cd /airbyte/integration_code && find . -type f')
    const strange = files.filter(file => !KNOWN.test(file))
    assert.deepEqual(strange, [])
    assert.ok(['./dist/main.mjs', './dist/LICENCES.txt'].every(file => files.includes(file)))
  })

  test('leaves its files to root, so that the connector cannot change itself', async () => {
    assert.deepEqual(await shell('find /airbyte ! -user root'), [])
  })

  test('adds less than 15 MB to the base image', async t => {
    const added = Size - (await inspect(process.env['BASE_IMAGE'] ?? 'node:24-bookworm-slim')).Size
    t.diagnostic(`${(added / 1e6).toFixed(2)} MB on top of the base image`)
    assert.ok(added < MOST_BYTES)
  })

  test('starts within two seconds', async t => {
    const times: number[] = []
    for (let run = 0; run < 5; run++) {
      const begun = performance.now()
      assert.equal((await docker(['run', '--rm', '--network', 'none', image(), 'spec'])).code, 0)
      times.push(performance.now() - begun)
    }
    const median = times.toSorted((a, b) => a - b)[2] ?? 0
    t.diagnostic(`docker run … spec takes ${median.toFixed(0)} ms, container and all`)
    assert.ok(median < 2000)
  })
})
