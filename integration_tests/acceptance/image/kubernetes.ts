import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { readMetadata, readYaml } from '../../../scripts/release/versions.ts'
import { startSimulator } from '../../../simulator/server.ts'
import type { Printed } from '../../harness/program.ts'
import { advance, configFor, idsOf } from '../../harness/sync.ts'
import { docker, folderWith, HARDENED, image } from './docker.ts'

const read = async (name: string): Promise<Printed> => readYaml(`examples/kubernetes/${name}`)

/** Runs a pod's only container as the cluster would, but for the address of the API. */
function runPod({ containers }: Printed, mounts: Readonly<Record<string, string>>) {
  const [{ command = [], args = [] }] = containers
  const volumes = Object.entries(mounts).flatMap(([at, path]) => ['--volume', `${path}:${at}`])
  const entry = command.length === 0 ? [] : ['--entrypoint', command[0]]
  return docker(['run', '--rm', ...HARDENED, ...volumes, ...entry, image(), ...command.slice(1), ...args])
}

const job = (await read('job.yaml')).spec.template.spec
const cron = (await read('cronjob.yaml')).spec.jobTemplate.spec.template.spec

for (const [name, pod] of Object.entries({ job, cronjob: cron })) {
  test(`${name}.yaml runs the present version with limits and without rights`, async () => {
    const { dockerRepository, dockerImageTag } = await readMetadata()
    const [container] = pod.containers
    assert.equal(container.image, `${dockerRepository}:${dockerImageTag}`)
    assert.deepEqual(container.securityContext, {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    })
    assert.deepEqual([pod.securityContext.runAsNonRoot, pod.securityContext.runAsUser], [true, 1000])
    assert.equal(container.resources.limits.memory, '256Mi')
    const volumes = pod.volumes.map((one: Printed) => one.name)
    assert.deepEqual(
      container.volumeMounts.filter((one: Printed) => !volumes.includes(one.name)),
      [],
    )
  })
}

test('the job says whether the config works', async () => {
  await using simulator = await startSimulator()
  await using config = await folderWith({ 'config.json': configFor(simulator) })
  const ended = await runPod(job, { '/config': config.path })
  assert.match(ended.lines.join(), /"SUCCEEDED"/)
})

test('the cron job keeps records and state, and reads only what is new the second time', async () => {
  await using simulator = await startSimulator({ calls: 300 })
  await using config = await folderWith({ 'config.json': configFor(simulator, { lookback_hours: 0 }) })
  await using folder = await folderWith({})
  const sync = async () => {
    const ended = await runPod(cron, { '/config': config.path, '/data': folder.path })
    assert.equal(ended.code, 0, ended.stderr)
    const { streams } = JSON.parse(await readFile(join(folder.path, 'manifest.json'), 'utf8'))
    return streams.calls as {
      readonly files: readonly { path: string }[]
      readonly last_sync: { records: number }
    }
  }
  const first = await sync()
  await advance(simulator, 'calls=20')
  const second = await sync()
  const texts = await Promise.all(second.files.map(({ path }) => readFile(join(folder.path, path))))
  const lines = texts.flatMap(bytes => gunzipSync(bytes).toString('utf8').trimEnd().split('\n'))
  const ids = new Set(lines.map(line => JSON.parse(line).id))
  assert.deepEqual(
    (await idsOf(simulator, 'calls')).filter(id => !ids.has(id)),
    [],
  )
  assert.ok(second.last_sync.records >= 20 && second.last_sync.records < first.last_sync.records)
})

test('both have a deadline and no token of a service account, and the cron job clears up after itself', async () => {
  const [checks, syncs] = [(await read('job.yaml')).spec, (await read('cronjob.yaml')).spec]
  assert.ok(checks.activeDeadlineSeconds > 0 && syncs.jobTemplate.spec.activeDeadlineSeconds > 0)
  for (const pod of [job, cron]) assert.equal(pod.automountServiceAccountToken, false)
  assert.equal(syncs.concurrencyPolicy, 'Forbid')
  assert.ok(syncs.jobTemplate.spec.ttlSecondsAfterFinished > 0)
  assert.deepEqual(cron.initContainers[0].command.slice(0, 2), ['find', '/data'])
})
