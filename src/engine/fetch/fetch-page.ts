import { BadBody } from '../../http/types.ts'
import type { Engine } from '../stream/context.ts'
import type { Place } from '../stream/paginators.ts'
import { extractPage, type NoContainer, type Page } from './extract.ts'
import { type PageSpec, requestFor } from './request.ts'

/** How often an answer without content must come until it is believed. */
const BLANKS_BELIEVED = 5

/** Asks for one page. An answer without content (204) is asked for again like one that is broken, and believed only when
 *  it keeps coming: a list or record that is there would be lost for one that a proxy made up. */
export async function fetchPage(spec: PageSpec, place: Place, engine: Engine): Promise<Page | NoContainer> {
  const request = requestFor(spec, place)
  let blanks = 0
  return engine.call(request, reply => {
    const answer = extractPage(reply, {
      request,
      at: spec.route.records,
      scan: spec.scan,
      service: engine.service,
    })
    const isDoubtful = 'isBlank' in answer && request.once !== true && ++blanks < BLANKS_BELIEVED
    if (isDoubtful) throw new BadBody('it has no content (204)')
    return answer
  })
}
