import type { Engine } from './engine.ts'
import { type NoContainer, type Page, readPage } from './page.ts'
import type { Place } from './paginate.ts'
import { type Asking, requestFor } from './request.ts'

/** Asks for one page. An answer without content (204) is believed when it comes twice: a list or record that is there
 *  would be lost for one that a proxy made up. */
export async function askPage(asking: Asking, place: Place, engine: Engine): Promise<Page | NoContainer> {
  const request = requestFor(asking, place)
  const ask = () => engine.call(request, reply => readPage(reply, request, asking.route.records, asking.scan))
  const answer = await ask()
  return 'isBlank' in answer && request.once !== true ? ask() : answer
}
