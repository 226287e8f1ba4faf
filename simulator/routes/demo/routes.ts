import { countIn } from '../../dialects/dialect.ts'
import { json, type Response, refuse } from '../../response.ts'
import type { Route, Scene } from '../../routing/route.ts'
import { allOf, demoRows, type Portion, portionAt } from './rows.ts'
import { searchResponse, spanIn } from './search.ts'
import { placeOf, tokenFor } from './tokens.ts'
import { xmlResponse } from './xml.ts'

interface Demo {
  readonly stream: string
  readonly path: string
  readonly method?: Route['method']
  readonly parameters?: readonly string[]
  readonly respond: (scene: Scene) => Response
}

const DEFAULT_SIZE = 50
const CAP = 500

// Not part of the vendor's API: the shapes that a user's own streams may meet, all over the same calls.
const demos: readonly Demo[] = [
  {
    stream: 'demo_xml',
    path: '/api/v2/demo/xml/calls',
    parameters: ['page', 'size'],
    respond: scene => xmlResponse(requestedPage(scene), countIn(scene.request.query, 'page', 1)),
  },
  { stream: 'demo_search', path: '/api/v2/demo/search', method: 'POST', respond: searchResponse },
  {
    stream: 'demo_tokens',
    path: '/api/v2/demo/tokens',
    parameters: ['size', 'token'],
    respond: tokenResponse,
  },
  {
    stream: 'demo_next_url',
    path: '/api/v2/demo/next-url',
    parameters: ['page', 'size'],
    respond: scene => {
      const { records, next } = requestedPage(scene)
      return json({ items: records, links: next === undefined ? {} : { next: urlOfPage(scene, 1) } })
    },
  },
  { stream: 'demo_link', path: '/api/v2/demo/link', parameters: ['page', 'size'], respond: linkResponse },
  { stream: 'demo_nested', path: '/api/v2/demo/nested', respond: nestedResponse },
  { stream: 'demo_bare', path: '/api/v2/demo/bare', respond: scene => json(allOf(scene, everyRow(scene))) },
  {
    stream: 'demo_window',
    path: '/api/v2/demo/window',
    parameters: ['from', 'to', 'format'],
    respond: windowResponse,
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

function requestedPage(scene: Scene): Portion {
  const size = requestedSize(scene)
  return portionAt(scene, everyRow(scene), (countIn(scene.request.query, 'page', 1) - 1) * size, size)
}

function tokenResponse(scene: Scene): Response {
  const token = scene.request.query.get('token')
  const from = token ? placeOf(token) : 0
  if (from === undefined) return refuse(400, 'this token was not issued here')
  const { records, next } = portionAt(scene, everyRow(scene), from, requestedSize(scene))
  return json({ items: records, paging: { next: next === undefined ? null : tokenFor(next) } })
}

// The first page is linked beside the next one, so that a client has to look at the relation.
function linkResponse(scene: Scene): Response {
  const { records, next } = requestedPage(scene)
  const page = countIn(scene.request.query, 'page', 1)
  const first = `<${urlOfPage(scene, 1 - page)}>; rel="first"`
  const link = next === undefined ? first : `${first}, <${urlOfPage(scene, 1)}>; rel="next"`
  const response = json({ items: records })
  return { ...response, headers: { ...response.headers, link } }
}

function urlOfPage(scene: Scene, further: number): string {
  const { query, headers, path } = scene.request
  const page = countIn(query, 'page', 1) + further
  return `http://${headers.host}${path}?size=${requestedSize(scene)}&page=${page}`
}

// The records come among a longer array of scalars and a shorter one of objects.
function nestedResponse(scene: Scene): Response {
  const entries = allOf(scene, everyRow(scene))
  const places = Array.from({ length: entries.length + 10 }, (_, place) => place)
  const columns = ['id', 'dateCreated'].map(name => ({ name }))
  return json({ columns, response: { warnings: [], payload: { places, entries, columns }, status: ['ok'] } })
}

function windowResponse(scene: Scene): Response {
  const { query } = scene.request
  const span = spanIn(query)
  if (!span) return refuse(400, 'from and to must be ISO 8601 times')
  const records = allOf(scene, demoRows(scene.world, span))
  const total = records.length
  return query.get('format') === 'xml' ? xmlResponse({ records, total }, 1) : json({ items: records })
}
