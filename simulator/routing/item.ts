import { json, refuse } from '../answer.ts'
import type { OneEntry, Route } from './list.ts'

/** The route of a single object that the documented world serves without an envelope, as /api/v3 does. */
export function bare({ find, key = ['id'], ...rest }: Omit<OneEntry, 'worlds'>): Route {
  return {
    ...rest,
    world: 'documented',
    method: 'GET',
    key,
    parameters: [],
    answer: scene => {
      const row = find(scene)
      return row ? json(row) : refuse(404)
    },
  }
}
