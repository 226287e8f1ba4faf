import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
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
const settings = (await read('settings.yaml')).data

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
  await using scripts = await folderWith({ 'catalog.json': JSON.parse(settings['catalog.json']) })
  await scripts.write('sync.sh', settings['sync.sh'])
  await scripts.write('keep-state.mjs', settings['keep-state.mjs'])
  const mounts = { '/config': config.path, '/settings': scripts.path, '/data': folder.path }
  const sync = async () => {
    const before = await readdir(folder.path)
    const ended = await runPod(cron, mounts)
    assert.equal(ended.code, 0, ended.stderr)
    const [name = ''] = (await readdir(folder.path)).filter(
      file => /jsonl$/.test(file) && !before.includes(file),
    )
    const lines = (await readFile(join(folder.path, name), 'utf8')).trimEnd().split('\n')
    const records = lines.map(line => JSON.parse(line).record).filter(one => one?.stream === 'calls')
    return records.map(one => one.data.id)
  }
  const first = await sync()
  await advance(simulator, 'calls=20')
  const second = await sync()
  const all = await idsOf(simulator, 'calls')
  assert.deepEqual(
    all.filter(id => ![...first, ...second].includes(id)),
    [],
  )
  assert.ok(second.length >= 20 && second.length < first.length)
})
