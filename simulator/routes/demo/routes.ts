import { type Answer, json, refuse } from '../../answer.ts'
import { countIn } from '../../dialects/dialect.ts'
import type { Route, Scene } from '../../routing/route.ts'
import { allOf, demoRows, type Stretch, stretchAt } from './rows.ts'
import { searchAnswer, spanIn } from './search.ts'
import { placeOf, tokenFor } from './tokens.ts'
import { xmlAnswer } from './xml.ts'

interface Demo {
  readonly stream: string
  readonly path: string
  readonly method?: Route['method']
  readonly parameters?: readonly string[]
  readonly answer: (scene: Scene) => Answer
}

const DEFAULT_SIZE = 50
const CAP = 500

// No part of the vendor's API: the shapes that a user's own streams may meet, all over the same calls.
const demos: readonly Demo[] = [
  {
    stream: 'demo_xml',
    path: '/api/v2/demo/xml/calls',
    parameters: ['page', 'size'],
    answer: scene => xmlAnswer(requestedPage(scene), countIn(scene.request.query, 'page', 1)),
  },
  { stream: 'demo_search', path: '/api/v2/demo/search', method: 'POST', answer: searchAnswer },
  { stream: 'demo_tokens', path: '/api/v2/demo/tokens', parameters: ['size', 'token'], answer: tokenAnswer },
  {
    stream: 'demo_next_url',
    path: '/api/v2/demo/next-url',
    parameters: ['page', 'size'],
    answer: scene => {
      const { records, next } = requestedPage(scene)
      return json({ items: records, links: next === undefined ? {} : { next: urlOfPage(scene, 1) } })
    },
  },
  { stream: 'demo_link', path: '/api/v2/demo/link', parameters: ['page', 'size'], answer: linkAnswer },
  { stream: 'demo_nested', path: '/api/v2/demo/nested', answer: nestedAnswer },
  { stream: 'demo_bare', path: '/api/v2/demo/bare', answer: scene => json(allOf(scene, everyRow(scene))) },
  {
    stream: 'demo_window',
    path: '/api/v2/demo/window',
    parameters: ['from', 'to', 'format'],
    answer: windowAnswer,
  },
]

/** Paths for streams that users define themselves, in both worlds alike. */
export const demoRoutes: readonly Route[] = demos.flatMap(demo =>
  (['documented', 'seed'] as const).map(world => ({
    method: 'GET',
    parameters: [],
    ...demo,
    world,
    key: ['id'],
    everything: world => demoRows(world),
  })),
)

function everyRow(scene: Scene) {
  return demoRows(scene.world)
}

function requestedSize({ request }: Scene): number {
  return Math.min(CAP, countIn(request.query, 'size', DEFAULT_SIZE))
}

function requestedPage(scene: Scene): Stretch {
  const size = requestedSize(scene)
  return stretchAt(scene, everyRow(scene), (countIn(scene.request.query, 'page', 1) - 1) * size, size)
}

function tokenAnswer(scene: Scene): Answer {
  const token = scene.request.query.get('token')
  const from = token ? placeOf(token) : 0
  if (from === undefined) return refuse(400, 'this token was not issued here')
  const { records, next } = stretchAt(scene, everyRow(scene), from, requestedSize(scene))
  return json({ items: records, paging: { next: next === undefined ? null : tokenFor(next) } })
}

// The first page is linked beside the next, so that a client must look at the relation.
function linkAnswer(scene: Scene): Answer {
  const { records, next } = requestedPage(scene)
  const page = countIn(scene.request.query, 'page', 1)
  const first = `<${urlOfPage(scene, 1 - page)}>; rel="first"`
  const link = next === undefined ? first : `${first}, <${urlOfPage(scene, 1)}>; rel="next"`
  const answer = json({ items: records })
  return { ...answer, headers: { ...answer.headers, link } }
}

function urlOfPage(scene: Scene, further: number): string {
  const { query, headers, path } = scene.request
  const page = countIn(query, 'page', 1) + further
  return `http://${headers.host}${path}?size=${requestedSize(scene)}&page=${page}`
}

// Around the records stand a longer array, of scalars, and a shorter one, of objects.
function nestedAnswer(scene: Scene): Answer {
  const entries = allOf(scene, everyRow(scene))
  const places = Array.from({ length: entries.length + 10 }, (_, place) => place)
  const columns = ['id', 'dateCreated'].map(name => ({ name }))
  return json({ columns, response: { warnings: [], payload: { places, entries, columns }, status: ['ok'] } })
}

function windowAnswer(scene: Scene): Answer {
  const { query } = scene.request
  const span = spanIn(query)
  if (!span) return refuse(400, 'from and to must be ISO 8601 times')
  const records = allOf(scene, demoRows(scene.world, span))
  const total = records.length
  return query.get('format') === 'xml' ? xmlAnswer({ records, total }, 1) : json({ items: records })
}
