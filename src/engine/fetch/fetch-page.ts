import { BadBody } from '../../http/types.ts'
import type { Engine } from '../stream/context.ts'
import type { Place } from '../stream/paginators.ts'
import { type NoContainer, type Page, readPage } from './extract.ts'
import { type Asking, requestFor } from './request.ts'

/** How often an answer without content must come until it is believed. */
const BLANKS_BELIEVED = 5

/** Asks for one page. An answer without content (204) is asked for again like one that is broken, and believed only when
 *  it keeps coming: a list or record that is there would be lost for one that a proxy made up. */
export async function askPage(asking: Asking, place: Place, engine: Engine): Promise<Page | NoContainer> {
  const request = requestFor(asking, place)
  let blanks = 0
  return engine.call(request, reply => {
    const answer = readPage(reply, request, asking.route.records, asking.scan)
    const isDoubtful = 'isBlank' in answer && request.once !== true && ++blanks < BLANKS_BELIEVED
    if (isDoubtful) throw new BadBody('it has no content (204)')
    return answer
  })
}
