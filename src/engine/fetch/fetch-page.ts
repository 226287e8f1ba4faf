import { systemError } from '../../errors.ts'
import { BadBody } from '../../http/types.ts'
import type { Engine, PageSeen } from '../stream/context.ts'
import type { Place } from '../stream/paginators.ts'
import { extractPage, isNoContainer, type NoContainer, type Page } from './extract.ts'
import { type PageSpec, requestFor } from './request.ts'

/** How often an answer without content must come until it is believed. */
const BLANKS_BELIEVED = 5

/** Asks for one page. An answer without content (204), or without the list though records are owed by what the list claims,
 *  is asked for again like one that is broken. One without content is believed when it keeps coming: a list or record that
 *  is there would be lost for one that a proxy made up. Where such answers are known to be made up, it must come for
 *  longer. */
export async function fetchPage(
  spec: PageSpec,
  place: Place,
  engine: Engine,
  isOwed = false,
): Promise<Page | NoContainer> {
  const { blanks: trial } = spec
  for (let round = 1; ; round++) {
    const { answer, blanks } = await fetchOnce(spec, place, engine, isOwed)
    const isBlank = 'isBlank' in answer
    if (blanks > 0 && !isBlank) trial?.sawMadeUp()
    if (!isBlank || spec.route.once === true || round >= (trial?.rounds() ?? 1)) return answer
  }
}

/** Asks for one page, and tells how often it came without content. */
async function fetchOnce(spec: PageSpec, place: Place, engine: Engine, isOwed: boolean) {
  const request = requestFor(spec, place)
  const extraction = { request, at: spec.route.records, scan: spec.scan, service: engine.service }
  let blanks = 0
  const answer = await engine.call(request, reply => {
    const answer = extractPage(reply, extraction)
    const isDoubtful = 'isBlank' in answer && request.once !== true && ++blanks < BLANKS_BELIEVED
    if (isDoubtful) throw new BadBody(`it has no content (${reply.status})`)
    if ('isImplied' in answer && isOwed) throw new BadBody('it has no list, though records are still to come')
    if (place.named !== undefined && lacksPath(answer))
      throw new BadBody('it holds no list, though a page was to come')
    if (!isNoContainer(answer)) engine.onPage?.(seenIn(answer, spec))
    return answer
  })
  return { answer, blanks }
}

/** Whether an answer does not have what a person described, and says so. */
function lacksPath(answer: Page | NoContainer): boolean {
  const signs = isNoContainer(answer) ? [] : (answer.signs ?? [])
  return signs.some(({ of, mistake }) => of === 'data_path' && mistake !== undefined)
}

function seenIn({ facts, dateMs }: Page, { route, pageSize }: PageSpec): PageSeen {
  return { route, requested: pageSize, facts, dateMs }
}

/** Asks for one page of a list that is known to be served. Throws a system_error when it lacks its container. */
export async function readOne(spec: PageSpec, place: Place, engine: Engine, isOwed?: boolean): Promise<Page> {
  const page = await fetchPage(spec, place, engine, isOwed)
  if (!isNoContainer(page)) return page
  throw systemError(
    `${engine.service} answered a later page of ${spec.route.path} without its records, with the keys ${page.keys.join(', ')}.`,
  )
}
