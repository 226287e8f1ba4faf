import { ConnectorError } from '../../errors.ts'
import type { RouteMemory } from '../evidence/route-facts.ts'
import type { ListEnd } from '../evidence/walk.ts'
import type { Engine } from '../stream/context.ts'
import { readOne } from './fetch-page.ts'
import type { PageSpec } from './request.ts'
import type { WalkNotes } from './walk.ts'

/** The list of which a further page failed. */
interface FailingList {
  readonly spec: PageSpec
  readonly route: RouteMemory
  readonly notes: WalkNotes
  /** Whether its first page comes still. */
  stillComes(): Promise<boolean>
}

/** How an API refuses a page that it does not have, or does not want to give. */
const REFUSALS = [400, 404, 410, 416, 422]

/** How a further page that failed ended its list; undefined where that tells of an outage rather than of the list. APIs
 *  refuse what lies beyond the most that they give, or beyond the end, with errors of the server too: then the first page
 *  still comes while the further one fails in spite of its tries. That is the end where all that is claimed has come;
 *  else, after full pages, the list breaks off, if it can be asked for in shorter windows. Source: evidence rule E4. */
export async function endByFailure(
  list: FailingList,
  error: unknown,
  isAfterFull: boolean,
): Promise<ListEnd | undefined> {
  if (!(error instanceof ConnectorError)) return undefined
  if (REFUSALS.some(status => status === error.status)) return 'refused'
  const { spec, route, notes } = list
  const claim = route.claimOf(notes.claim())
  const isMet = claim !== undefined && notes.came() >= claim
  const isSplit =
    isAfterFull && spec.def.incremental?.strategy === 'windowed' && spec.slice.window !== undefined
  if (!(isMet || isSplit) || spec.route.once === true || !isOfServer(error)) return undefined
  if (!(await list.stillComes())) return undefined
  if (isMet) return 'refused'
  notes.failed(error)
  return 'failed'
}

/** Whether a failure is one that another try might have helped, but for limits of the rate. */
function isOfServer({ failure, scope, status }: ConnectorError): boolean {
  return failure === 'transient_error' && scope !== 'run' && status !== 429
}

/** Tells whether the first page of a list still comes. Asks once, without further tries, however many pages fail. */
export function createFirstPageCheck(spec: PageSpec, engine: Engine): () => Promise<boolean> {
  const brief: Engine = {
    ...engine,
    call: (request, read) => engine.call({ ...request, retries: 0 }, read),
  }
  let answer: Promise<boolean> | undefined
  const ask = async () => {
    if (engine.signal.aborted) return false
    try {
      const page = await readOne(spec, spec.route.paginate.first, brief)
      page.release?.()
      return page.facts.rows > 0
    } catch {
      return false
    }
  }
  return () => {
    answer ??= ask()
    return answer
  }
}
