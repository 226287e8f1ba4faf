import { type Request, requestedPage, requestedSize } from '../../../simulator/request.ts'
import { objectIn, type Response } from '../../../simulator/response.ts'

/** Sizes of pages are round numbers where none is asked for that counts. */
const ROUND = 50

/** Follows lists, to tell which ended with an empty page after a full one: there they may be cut off. */
export interface FullEnds {
  readonly see: (request: Request, response: Response) => void
  /** The paths of routes whose lists ended so since the last run ended, with {} for what is filled in. */
  readonly ended: () => ReadonlySet<string>
  readonly endRun: () => void
}

/** Follows lists of which nothing was seen yet. */
export function followLists(): FullEnds {
  const full = new Set<string>()
  const ended = new Set<string>()
  return {
    ended: () => new Set(ended),
    endRun() {
      full.clear()
      ended.clear()
    },
    see({ path, query, route }, response) {
      const rows = rowsIn(response)
      if (response.status !== 200 || rows === undefined) return
      const page = requestedPage(query)
      const size = Number(query.get('size') ?? requestedSize(query))
      if (rows >= Math.max(1, size) || (rows > 0 && rows % ROUND === 0)) full.add(nameOf(path, query, page))
      if (rows === 0 && full.has(nameOf(path, query, page - 1))) ended.add(pathOf(route?.path ?? path))
    },
  }
}

/** How many records a response holds, in JSON or in XML; undefined where it holds no list. */
function rowsIn(response: Response): number | undefined {
  const list = Object.values(objectIn(response) ?? {}).find(Array.isArray)
  const text = Buffer.concat(response.bytes ?? []).toString()
  return list?.length ?? (text.startsWith('<') ? text.split('<item ').length - 1 : undefined)
}

/** The path of a route, whatever it calls what is filled in. */
export function pathOf(path: string): string {
  return path.replaceAll(/\{[^}]*\}/g, '{}')
}

const PLACES = ['page', 'offset', 'startIndex', 'max', 'pageSize', 'limit', 'page_size', 'count', 'size']

function nameOf(path: string, query: URLSearchParams, page: number): string {
  const others = [...query].filter(([name]) => !PLACES.includes(name))
  return JSON.stringify([path, others, page])
}
