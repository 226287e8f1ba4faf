import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bump } from './bump.ts'
import { type Texts, versionsIn } from './versions.ts'

const texts: Texts = {
  'package.json': '{\n  "name": "x",\n  "version": "1.0.0",\n  "dependencies": { "y": "1.0.0" }\n}\n',
  'package-lock.json': '{ "version": "1.0.0", "packages": { "": { "version": "1.0.0" } } }',
  'metadata.yaml': 'data:\n  # tag\n  dockerImageTag: 1.0.0\n  name: X\n',
  Dockerfile: 'LABEL io.airbyte.name="x" \\\n      io.airbyte.version="1.0.0"\n',
  'CHANGELOG.md': '# Changelog\n\n## 1.1.0 (unreleased)\n\n- More.\n\n## 1.0.0 (2026-01-01)\n\n- All.\n',
  'docs/babelforce.md':
    '| Version | Date | Subject |\n|---|---|---|\n| 1.1.0 | unreleased | More |\n| 1.0.0 | 2026-01-01 | All |\n',
  'docs/deploy.md': 'docker build -t x/x:1.0.0 .',
  'examples/kubernetes/job.yaml': 'image: x/x:1.0.0',
  'examples/kubernetes/cronjob.yaml': 'image: x/x:1.0.0',
  'examples/pyairbyte/sync.py': '',
}

test('a release names its version in every file, and its day in both changelogs', () => {
  const after = bump(texts, '1.1.0', '2026-02-03')
  assert.deepEqual([...new Set(Object.values(versionsIn(after)))], ['1.1.0'])
  assert.equal(JSON.parse(after['package-lock.json']).packages[''].version, '1.1.0')
  assert.equal(after['docs/deploy.md'], 'docker build -t x/x:1.1.0 .')
  assert.equal(after['examples/kubernetes/job.yaml'], 'image: x/x:1.1.0')
  assert.match(after['package.json'], /"y": "1\.0\.0"/)
  assert.match(after['CHANGELOG.md'], /^## 1\.1\.0 \(2026-02-03\)$/m)
  assert.match(after['docs/babelforce.md'], /^\| 1\.1\.0 \| 2026-02-03 \| More \|$/m)
  assert.match(after['docs/babelforce.md'], /^\| 1\.0\.0 \| 2026-01-01 \| All \|$/m)
})

test('a first version may be released under the number that it was developed under', () => {
  const first = bump(texts, '1.1.0', '2026-02-03')
  const reopened = {
    ...first,
    'CHANGELOG.md': texts['CHANGELOG.md'],
    'docs/babelforce.md': texts['docs/babelforce.md'],
  }
  assert.equal(versionsIn(bump(reopened, '1.1.0', '2026-02-04')).package, '1.1.0')
})

const REFUSED: ReadonlyArray<{ says: string; texts: Texts; version: string; why: RegExp }> = [
  { says: 'what is no version', texts, version: 'v2', why: /three numbers such as 1\.2\.3; it is "v2"/ },
  { says: 'a step back', texts, version: '0.9.0', why: /0\.9\.0 is lower than 1\.0\.0/ },
  {
    says: 'a version that the changelog does not wait for',
    texts,
    version: '1.2.0',
    why: /CHANGELOG\.md is for 1\.1\.0/,
  },
  {
    says: 'a version that is out already',
    texts: bump(texts, '1.1.0', '2026-02-03'),
    version: '1.1.0',
    why: /newest entry of CHANGELOG\.md is not "unreleased"/,
  },
  {
    says: 'files that disagree',
    texts: { ...texts, Dockerfile: 'LABEL io.airbyte.version="0.9.9"' },
    version: '1.1.0',
    why: /label says 0\.9\.9, package\.json says 1\.0\.0/,
  },
]

for (const { says, texts, version, why } of REFUSED) {
  test(`a release refuses ${says}`, () => assert.throws(() => bump(texts, version, '2026-02-03'), why))
}
