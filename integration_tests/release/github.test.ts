import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { readYaml } from '../../scripts/release/versions.ts'
import type { Printed } from '../harness/program.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const flat = (path: string) => readFileSync(join(root, path), 'utf8').replace(/\s+/g, ' ')

/** What a package file is called, for each kind of package that the updates speak of. */
const PACKAGE_FILES: Readonly<Record<string, string>> = {
  npm: 'package-lock.json',
  pip: 'requirements.txt',
  docker: 'Dockerfile',
  'github-actions': '.github/workflows/ci.yml',
}

test('pushes and pull requests run .ci/run and the examples, with rights to read only', async () => {
  const workflow: Printed = await readYaml('.github/workflows/ci.yml')
  assert.deepEqual(Object.keys(workflow.on), ['push', 'pull_request'])
  assert.deepEqual(workflow.permissions, { contents: 'read' })
  for (const [job, script] of Object.entries({ run: '.ci/run', examples: '.ci/examples' })) {
    const steps: Printed[] = workflow.jobs[job].steps
    assert.ok(steps.some(({ run }) => run === script) && existsSync(join(root, script)), script)
  }
})

test('updates cover every file that names packages', async () => {
  const { updates }: Printed = await readYaml('.github/dependabot.yml')
  const watched = updates.flatMap((one: Printed) => {
    const folders: string[] = one.directories ?? [one.directory]
    const name = PACKAGE_FILES[one['package-ecosystem']] ?? 'unknown'
    return folders.flatMap(folder => globSync(join(`.${folder}`, name), { cwd: root }))
  })
  const all = Object.values(PACKAGE_FILES)
    .flatMap(name => globSync(`**/${name}`, { cwd: root, exclude: ['node_modules', '.venv'] }))
    .concat(PACKAGE_FILES['github-actions'] ?? [])
  assert.deepEqual([...new Set(watched)].sort(), [...new Set(all)].sort())
})

test('a bug report asks for version, command, config, log and survey', async () => {
  const { body }: Printed = await readYaml('.github/ISSUE_TEMPLATE/bug.yml')
  const ids = body.map(({ id }: Printed) => id).filter((id: unknown) => id !== undefined)
  assert.deepEqual(ids, ['expected', 'version', 'command', 'config', 'log', 'survey'])
  const form = flat('.github/ISSUE_TEMPLATE/bug.yml')
  for (const word of ['without secrets', 'LOG_LEVEL=debug', 'survey --config'])
    assert.ok(form.includes(word), word)
})

test('the page of a pull request asks for what CONTRIBUTING asks for', () => {
  const page = readFileSync(join(root, '.github/PULL_REQUEST_TEMPLATE.md'), 'utf8')
  const lines = [...page.matchAll(/^- \[ \] (.+)$/gm)].map(([, line = '']) => line)
  assert.equal(lines.length, 4)
  assert.ok(flat('CONTRIBUTING.md').includes(`Then ${lines.slice(0, 3).join(', ')}, and ${lines[3]}`))
})

test('links in the forms lead to files of this project', () => {
  for (const path of globSync('.github/**/*.{yml,md}', { cwd: root })) {
    for (const [, file = ''] of flat(path).matchAll(/blob\/main\/([\w./-]+)/g))
      assert.ok(existsSync(join(root, file)), `${path}: ${file}`)
  }
})
