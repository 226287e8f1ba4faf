import assert from 'node:assert/strict'
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  cpSync,
  existsSync,
  globSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { startSimulator } from '../../simulator/server.ts'
import { configFor } from '../harness/sync.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const page = readFileSync(join(root, 'README.md'), 'utf8')

const folder = mkdtempSync(join(tmpdir(), 'readme-'))
after(() => rmSync(folder, { recursive: true, force: true }))

/** The blocks of commands on the page, in their order. */
const blocks = page.match(/(?<=\n\n)(?: {4}\S.*\n)+/g)?.map(block => block.replace(/^ {4}/gm, '')) ?? []

/** A command that runs until it is ended. */
const STAYS = / studio /

test('the commands of README.md run as written in a fresh clone, with an old Node first in PATH', async t => {
  copyProject(folder)
  await using simulator = await startSimulator({ calls: 300 })
  writeFileSync(join(folder, 'config.json'), JSON.stringify(configFor(simulator)))
  const env = { ...outside(), PATH: [oldNode(), ...foreignPath()].join(delimiter) }
  assert.match(execFileSync('node', ['--version'], { env, encoding: 'utf8' }), /^v(1[89]|20|21)\./)
  for (const block of blocks.filter(block => !STAYS.test(block))) {
    const startedAt = performance.now()
    const { code, stdout, stderr } = await runBlock(block, env)
    assert.equal(code, 0, `${block}\n${stdout.slice(-2000)}\n${stderr}`)
    assert.notEqual(stdout.trim(), '', `${block} shows nothing`)
    t.diagnostic(
      `${block.trim().replaceAll('\n', ' && ')}: ${((performance.now() - startedAt) / 1000).toFixed(1)} s`,
    )
  }
  const messages = readFileSync(join(folder, 'data/messages.jsonl'), 'utf8')
  assert.ok(messages.includes('"status":"COMPLETE"') && existsSync(join(folder, 'data/manifest.json')))
})

test('the studio of README.md says where it is, and ends when it is told to', async () => {
  const [block = ''] = blocks.filter(block => STAYS.test(block))
  const env = { ...outside(), PATH: [oldNode(), ...foreignPath()].join(delimiter) }
  const child = spawn('bash', ['-c', `exec ${block}`], { cwd: folder, env, detached: true })
  const said: string[] = []
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (words: string) => {
      said.push(words)
      if (/http:\/\/127\.0\.0\.1:\d+/.test(said.join(''))) end()
    })
  const ended = once(child, 'close')
  const end = () => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM')
    } catch {
      // It has ended.
    }
  }
  const late = setTimeout(end, 60_000)
  await ended
  clearTimeout(late)
  assert.match(said.join(''), /http:\/\/127\.0\.0\.1:\d+/)
})

test('help names the studio too, which is in a checkout only', () => {
  const [help, studio] = [['--help'], ['studio', '--help']].map(args =>
    execFileSync(process.execPath, [join(root, 'bin/source-babelforce.mjs'), ...args], { encoding: 'utf8' }),
  )
  assert.match(help ?? '', /^ {2}source-babelforce sync(.*\n)+.*source-babelforce studio --help$/m)
  assert.match(studio ?? '', /--demo/)
})

test('two commands show the first calls, and the project runs on the Node that they bring', () => {
  assert.equal(blocks[0], 'npm ci\nnpm run demo\n')
  assert.ok(blocks.length >= 3, `${blocks.length} blocks`)
})

test('nothing that the commands write would be committed', () => {
  const git = (...args: readonly string[]) => execFileSync('git', args, { cwd: folder, encoding: 'utf8' })
  git('init', '-q')
  const seen = git('ls-files', '--others', '--exclude-standard').trim().split('\n')
  assert.deepEqual(
    seen.filter(path => !existsSync(join(root, path))),
    [],
  )
  assert.ok(!seen.includes('config.json') && existsSync(join(folder, 'config.json')))
})

test('nothing that the examples write would be committed, and everything of the project would', () => {
  const left = ['.cache/calls.jsonl', '.tmp_dagster_home_x/y', 'survey.json', 'babelforce.duckdb', '.venv/x']
  const ignored = (paths: readonly string[]) =>
    spawnSync('git', ['check-ignore', '--no-index', ...paths], { cwd: root, encoding: 'utf8' }).stdout.trim()
  assert.deepEqual(ignored(left).split('\n'), left)
  const ours = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).trim().split('\n')
  assert.equal(ignored(ours), '')
})

test('every page names the command as it can be typed: with npx', () => {
  const pages = globSync(['*.md', 'docs/**/*.md', 'simulator/*.md'], { cwd: root })
  const bare = pages.flatMap(file =>
    (readFileSync(join(root, file), 'utf8').match(/^(?: {4}|.*[&|;] )source-babelforce .*$/gm) ?? []).map(
      line => `${file}: ${line}`,
    ),
  )
  assert.ok(pages.length > 10)
  assert.deepEqual(bare, [])
})

test('every link of README.md leads to a file, and to a heading of it', () => {
  for (const [, file = '', anchor] of page.matchAll(/\]\((?!https?:)([^)#]+)(?:#([^)]+))?\)/g)) {
    assert.ok(existsSync(join(root, file)), file)
    const headings = anchor === undefined ? [] : headingsOf(readFileSync(join(root, file), 'utf8'))
    assert.ok(anchor === undefined || headings.includes(anchor), `${file}#${anchor}`)
  }
})

/** The anchors of a page's headings, as GitHub makes them. */
function headingsOf(markdown: string): string[] {
  const titles = markdown.match(/(?<=^#{1,6} ).*$/gm) ?? []
  return titles.map(title =>
    title
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  )
}

async function runBlock(block: string, env: NodeJS.ProcessEnv) {
  const child = spawn('bash', ['-euo', 'pipefail', '-c', block], { cwd: folder, env })
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ])
  return { code, stdout, stderr }
}

/** A folder with a Node that is too old for the project: the machine's own where it is, else one that says so. */
function oldNode(): string {
  const own = foreignPath().find(path => existsSync(join(path, 'node'))) ?? dirname(process.execPath)
  const version = execFileSync(join(own, 'node'), ['--version'], { encoding: 'utf8' })
  if (Number(version.slice(1).split('.')[0]) < 22) return own
  const path = mkdtempSync(join(tmpdir(), 'old-node-'))
  after(() => rmSync(path, { recursive: true, force: true }))
  const pretend = "Object.defineProperty(process.versions, 'node', { value: '20.20.2' })"
  const script = `#!/bin/sh\n[ "$1" != --version ] || { echo v20.20.2; exit; }\nexec '${join(own, 'node')}' --import "data:text/javascript,${pretend}" "$@"\n`
  writeFileSync(join(path, 'node'), script)
  chmodSync(join(path, 'node'), 0o755)
  return path
}

/** PATH without the folders that npm puts in front of it. */
function foreignPath(): string[] {
  return (process.env['PATH'] ?? '').split(delimiter).filter(path => !path.includes('node_modules'))
}

/** The environment without what this test's own runner, and npm, put there. */
function outside(): NodeJS.ProcessEnv {
  const own = /^(npm_|NODE_|INIT_CWD)/
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)))
}

function copyProject(to: string): void {
  const list = ['ls-files', '--cached', '--others', '--exclude-standard']
  const files = execFileSync('git', list, { cwd: root, encoding: 'utf8' }).trim().split('\n')
  for (const file of files) if (existsSync(join(root, file))) cpSync(join(root, file), join(to, file))
}
