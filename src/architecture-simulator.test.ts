import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type Floors,
  type Imports,
  importsAgainst,
  importsIn,
  readImports,
  roomOf,
} from './imports.testing.ts'

/** What each room of the simulator may import beside itself, from the ground up: a room may only name earlier ones. */
const FLOORS: Floors = inSimulator({
  'response.ts': [],
  'request.ts': [],
  'stats.ts': [],
  'wording.ts': ['response.ts'],
  'deliver.ts': ['response.ts'],
  'world/ground': [],
  'world/calls': ['world/ground'],
  'world/view.ts': ['world/ground', 'world/calls'],
  'world/lookups.ts': ['world/ground', 'world/view.ts'],
  'world/people': ['world/ground', 'world/calls', 'world/view.ts', 'world/lookups.ts'],
  'world/account': ['world/ground', 'world/people'],
  'world/contacts': ['world/ground', 'world/calls', 'world/view.ts', 'world/lookups.ts', 'world/account'],
  'world/dialler': ['world/ground', 'world/view.ts', 'world/lookups.ts'],
  'world/metrics': ['world/ground', 'world/calls', 'world/view.ts', 'world/lookups.ts'],
  'world/tasks': ['world/ground', 'world/view.ts'],
  'world/world.ts': ['world/ground', 'world/calls', 'world/view.ts', 'world/contacts'],
  dialects: ['response.ts', 'world/ground'],
  auth: ['response.ts', 'request.ts', 'world/ground', 'world/view.ts'],
  routing: ['response.ts', 'request.ts', 'dialects', 'world/ground', 'world/view.ts', 'world/lookups.ts'],
  'routes/demo': [
    'response.ts',
    'request.ts',
    'dialects',
    'routing',
    'world/ground',
    'world/calls',
    'world/view.ts',
  ],
  routes: [
    'routing',
    'routes/demo',
    'response.ts',
    'request.ts',
    'dialects',
    'world/ground',
    'world/calls',
    'world/view.ts',
    'world/lookups.ts',
    'world/people',
    'world/account',
    'world/contacts',
    'world/dialler',
    'world/metrics',
    'world/tasks',
  ],
  'faults/parameters.ts': [],
  'faults/records.ts': ['world/ground'],
  'faults/fault.ts': ['response.ts', 'request.ts', 'dialects', 'world/ground', 'world/view.ts'],
  'faults/occasions.ts': ['request.ts', 'faults/fault.ts'],
  'faults/responses': [
    'response.ts',
    'request.ts',
    'auth',
    'faults/fault.ts',
    'faults/occasions.ts',
    'world/ground',
  ],
  'faults/lists': [
    'response.ts',
    'request.ts',
    'dialects',
    'faults/fault.ts',
    'faults/occasions.ts',
    'faults/parameters.ts',
    'faults/records.ts',
    'world/ground',
    'world/view.ts',
  ],
  'faults/time': [
    'response.ts',
    'request.ts',
    'faults/fault.ts',
    'faults/parameters.ts',
    'faults/records.ts',
    'world/ground',
    'world/view.ts',
  ],
  'faults/parents': ['response.ts', 'request.ts', 'faults/fault.ts', 'faults/records.ts', 'world/ground'],
  faults: [
    'response.ts',
    'request.ts',
    'routing',
    'faults/fault.ts',
    'faults/responses',
    'faults/lists',
    'faults/time',
    'faults/parents',
    'world/view.ts',
  ],
  'control.ts': [
    'response.ts',
    'request.ts',
    'stats.ts',
    'dialects',
    'routing',
    'world/ground',
    'world/view.ts',
  ],
  'exchange.ts': [
    'response.ts',
    'request.ts',
    'stats.ts',
    'wording.ts',
    'auth',
    'faults/fault.ts',
    'faults',
    'routing',
    'world/view.ts',
  ],
  'options.ts': ['response.ts', 'request.ts', 'dialects', 'world/view.ts'],
  'facts.ts': ['dialects'],
  'command-line.ts': ['options.ts', 'facts.ts', 'faults'],
  'server.ts': [
    'request.ts',
    'stats.ts',
    'deliver.ts',
    'control.ts',
    'exchange.ts',
    'options.ts',
    'auth',
    'faults',
    'routing',
    'routes',
    'world/view.ts',
    'world/world.ts',
  ],
  'ready.ts': ['auth'],
  'main.ts': ['command-line.ts', 'server.ts', 'ready.ts'],
})

const ofTests = /(\.test|testing)\.ts$/
const imports: Imports = new Map(
  [...readImports(['simulator/**/*.ts'])].filter(([file]) => !ofTests.test(file)),
)

test('every import of the simulator points down its floors', () => {
  assert.deepEqual(importsAgainst(FLOORS, imports), [])
})

test('every file of the simulator stands in a room, and every room has files', () => {
  const rooms = Object.keys(FLOORS)
  const files = [...imports.keys()]
  assert.deepEqual(
    files.filter(file => roomOf(file, rooms) === undefined),
    [],
  )
  assert.deepEqual(
    rooms.filter(room => !files.some(file => roomOf(file, rooms) === room)),
    [],
  )
})

test('the table allows nothing that no file needs', () => {
  const rooms = Object.keys(FLOORS)
  const used = new Set(
    [...imports].flatMap(([file, targets]) =>
      targets.map(target => `${roomOf(file, rooms)} imports ${roomOf(target, rooms)}`),
    ),
  )
  const allowed = rooms.flatMap(room => (FLOORS[room] ?? []).map(target => `${room} imports ${target}`))
  assert.deepEqual(
    allowed.filter(arrow => !used.has(arrow)),
    [],
  )
})

const PLANTED = [
  { says: 'up a floor', file: 'simulator/world/view.ts', source: "import { makeWorld } from './world.ts'" },
  { says: 'across', file: 'simulator/world/tasks/tasks.ts', source: "import { a } from '../calls/plan.ts'" },
  { says: 'out of the simulator', file: 'simulator/answer.ts', source: "import { a } from './json.ts'" },
  { says: 'from a file in no room', file: 'simulator/new.ts', source: "import { a } from './answer.ts'" },
]

for (const { says, file, source } of PLANTED)
  test(`an import ${says} is found`, () => {
    const [target] = importsIn(file, source)
    const planted = new Map([...imports, [file, [...(imports.get(file) ?? []), ...importsIn(file, source)]]])
    assert.deepEqual(importsAgainst(FLOORS, planted), [`${file} imports ${target}`])
  })

function inSimulator(floors: Floors): Floors {
  const inside = (room: string) => `simulator/${room}`
  return Object.fromEntries(
    Object.entries(floors).map(([room, targets]) => [inside(room), targets.map(inside)]),
  )
}
