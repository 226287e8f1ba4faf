import { json, type Response, refuse } from '../../response.ts'
import type { FaultRow } from '../fault.ts'
import { markOf } from '../records.ts'

const html: Response = {
  status: 404,
  headers: { 'content-type': 'text/html' },
  bytes: [Buffer.from('<html><body>default backend - 404</body></html>')],
}
const text: Response = {
  status: 404,
  headers: { 'content-type': 'text/plain' },
  bytes: [Buffer.from('default backend - 404')],
}
const kinds: Readonly<Record<string, Response>> = { json: refuse(404), html, text }

const failures: Readonly<Record<string, Response>> = {
  403: refuse(403),
  404: refuse(404),
  500: json({ error: 'internal server error' }, 500),
}

/** Faults in what is requested of a single parent. */
export const childFaults: readonly FaultRow[] = [
  {
    says: 'children-404:KIND',
    does: 'every request for one object, or for its children, gets a 404: json, html or text (json)',
    make: kind => {
      const response = kinds[kind || 'json']
      if (response === undefined)
        throw new Error(`A 404 is one of ${Object.keys(kinds).join(', ')}; not "${kind}".`)
      return { intercept: ({ route }) => (route?.path.includes('{') ? response : undefined) }
    },
  },
  {
    says: 'children-fail:STATUS',
    does: 'every request for one object in three, or for its children, gets a STATUS: 403, 404 or 500 (403)',
    make: status => {
      const response = failures[status || '403']
      if (response === undefined)
        throw new Error(`A child fails with one of ${Object.keys(failures).join(', ')}; not "${status}".`)
      return {
        intercept: ({ params }) => {
          const [id] = Object.values(params)
          return id !== undefined && markOf({ id }) % 3 === 0 ? response : undefined
        },
      }
    },
  },
]
