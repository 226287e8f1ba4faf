import assert from 'node:assert/strict'
import { test } from 'node:test'
import { circlesIn, type Imports, importsIn, readImports } from './imports.testing.ts'

const FOLDERS = ['src', 'simulator', 'packages', 'bench', 'scripts']
const imports = readImports(FOLDERS.map(folder => `${folder}/**/*.ts`))

test('no two files import each other, however long the way around, for types either', () => {
  assert.deepEqual(
    FOLDERS.filter(folder => ![...imports.keys()].some(file => file.startsWith(`${folder}/`))),
    [],
  )
  assert.deepEqual(circlesIn(imports), [])
})

test('one import back is enough to be found, and is shown with its way around', () => {
  const planted = withImport('simulator/request.ts', "import type { Route } from './routing/route.ts'")
  assert.deepEqual(circlesIn(planted), [
    'simulator/request.ts → simulator/routing/route.ts → simulator/request.ts',
  ])
})

test('circles over several files are shown from their first file on, once', () => {
  const around = new Map([
    ['d', ['b']],
    ['b', ['c', 'e']],
    ['c', ['d']],
    ['a', ['b', 'a']],
  ])
  assert.deepEqual(circlesIn(around), ['b → c → d → b', 'a → a'])
})

const FORMS = [
  { says: 'a name', source: "import { a } from './a.ts'" },
  { says: 'a type', source: "import type { A } from './a.ts'" },
  { says: 'names on several lines', source: "import {\n  type A,\n  a as b,\n} from './a.ts'" },
  { says: 'everything', source: "import * as a from './a.ts'" },
  { says: 'what it does', source: "import './a.ts'" },
  { says: 'what it hands on', source: "export { a } from './a.ts'" },
  { says: 'all that it hands on', source: "export type * from './a.ts'" },
  { says: 'what it loads later', source: "const { a } = await import('./a.ts')" },
  { says: 'the type of a module', source: "type A = typeof import('./a.ts')" },
]

for (const { says, source } of FORMS)
  test(`a file may import ${says}`, () => {
    assert.deepEqual(importsIn('src/b.ts', `// First.\n${source}\n`), ['src/a.ts'])
  })

test('the package of the protocol is a part of the project, others are not', () => {
  const source = "import { z } from 'z'\nimport { b } from '@airbyte-protocol/types/generate'\n"
  assert.deepEqual(importsIn('src/b.ts', source), ['packages/airbyte-protocol/generate.ts'])
})

test('what is only told of imports is none', () => {
  const source =
    "// import './a.ts'\n/** Comes\n * from './a.ts' */\nexport const from = 'x'\nconst a = ' from './a'\n"
  assert.deepEqual(importsIn('src/b.ts', source), [])
})

function withImport(file: string, source: string): Imports {
  return new Map([...imports, [file, [...(imports.get(file) ?? []), ...importsIn(file, source)]]])
}
