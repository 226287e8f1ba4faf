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
  { says: /Create `([^`]+)`/, edit: (_: string, code: string) => code },
  {
    says: /Add above the line\s+`rolesRoute\(\),` in `([^`]+)`/,
    edit: (text: string, code: string) => text.replace(/^\s*rolesRoute\(\),\n/m, line => code + line),
  },
]

/** Tests that speak of every stream: none of them may need to be told of a new one. */
const EVERY_STREAM = [
  'integration_tests/standard.test.ts',
  'integration_tests/acceptance/read.test.ts',
  'integration_tests/acceptance/discovery.test.ts',
  'integration_tests/acceptance/incremental.test.ts',
  'simulator/routes/every-list.test.ts',
]

test('adding a stream in three places, as CONTRIBUTING says, gives a stream that passes everything', () => {
  const copy = mkdtempSync(join(tmpdir(), 'contributing-'))
  try {
    copyProject(copy)
    const steps = stepsOf(readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8'))
    assert.equal(new Set(steps.map(({ path }) => path)).size, 3)
    for (const { path, code, edit } of steps) {
      const file = join(copy, path)
      writeFileSync(file, edit(readOr(file), code))
    }
    const run = (program: string, args: readonly string[], env = {}) =>
      execFileSync(program, args, { cwd: copy, encoding: 'utf8', env: { ...outside(), ...env } })
    run('npm', ['run', 'generate'])
    run('npm', ['run', 'check'])
    run('npm', ['run', 'build'])
    const suite = ['--test', '--test-reporter=tap']
    const only = { ONLY: 'expressions' }
    assert.match(
      run(process.execPath, [...suite, 'integration_tests/standard.test.ts'], only),
      /1 of 1 extra/,
    )
    assert.match(run(process.execPath, [...suite, ...EVERY_STREAM]), /^ok .*expressions: the list of/m)
    assert.match(readFileSync(join(copy, 'docs/streams.md'), 'utf8'), /`expressions`/)
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
})

/** The environment without what this test's own runner put there. */
function outside() {
  const { NODE_TEST_CONTEXT: _, ...rest } = process.env
  return rest
}

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
  assert.equal(steps.length, 3, 'every code block of the page is a step')
  return steps
}

function readOr(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
