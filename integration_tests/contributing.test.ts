import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../', import.meta.url))

/** What a step of the page says to do with the code after it. */
const STEPS = [
  { says: /Add to the end of `([^`]+)`/, edit: (text: string, code: string) => `${text}\n${code}` },
  {
    says: /replace the import line of `([^`]+)`\s+that names `v2List`/,
    edit: (text: string, code: string) => text.replace(/^import .*v2List.*\n/m, code),
  },
  { says: /Create `([^`]+)`/, edit: (_: string, code: string) => code },
  {
    says: /Add above the line `rolesRoute\(\),` in `([^`]+)`/,
    edit: (text: string, code: string) => text.replace(/^\s*rolesRoute\(\),\n/m, line => code + line),
  },
]

test('adding a stream as CONTRIBUTING says gives a stream that passes the standard suite', () => {
  const copy = mkdtempSync(join(tmpdir(), 'contributing-'))
  try {
    copyProject(copy)
    for (const { path, code, edit } of stepsOf(readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8'))) {
      const file = join(copy, path)
      writeFileSync(file, edit(readOr(file), code))
    }
    const { NODE_TEST_CONTEXT: _, ...outside } = process.env
    const run = (args: string[], env = {}) =>
      execFileSync(process.execPath, args, { cwd: copy, encoding: 'utf8', env: { ...outside, ...env } })
    run(['scripts/generate.ts'])
    run(['node_modules/typescript/bin/tsc'])
    run(['scripts/build.ts'])
    const suite = ['--test', '--test-reporter=tap', 'integration_tests/standard.test.ts']
    assert.match(run(suite, { ONLY: 'expressions' }), /1 of 1 extra streams pass/)
    assert.match(readFileSync(join(copy, 'docs/streams.md'), 'utf8'), /`expressions`/)
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
})

function copyProject(to: string): void {
  const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  })
  for (const file of files.trim().split('\n')) cpSync(join(root, file), join(to, file), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(to, 'node_modules'))
  assert.ok(dirname(to) !== root)
}

function stepsOf(page: string) {
  const steps = page.split('```').flatMap((part, index, parts) => {
    if (index % 2 === 0) return []
    const before = parts[index - 1] ?? ''
    const step = STEPS.find(({ says }) => says.test(before))
    const path = step?.says.exec(before)?.[1]
    return step === undefined || path === undefined
      ? []
      : [{ path, edit: step.edit, code: part.replace(/^\w+\n/, '') }]
  })
  assert.equal(steps.length, 4, 'every code block of the page is a step')
  return steps
}

function readOr(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
