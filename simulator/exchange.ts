import { type Answer, refuse } from './answer.ts'
import { guard } from './auth/guard.ts'
import { answerOauth } from './auth/oauth.ts'
import type { Tokens } from './auth/tokens.ts'
import { answerByFault, bendAnswer, bendOf, bendRequest, faultsAt } from './faults/apply.ts'
import type { PlacedFault } from './faults/fault.ts'
import type { Request } from './request.ts'
import type { Match } from './routing/match.ts'
import type { Stats } from './stats.ts'
import { worded } from './wording.ts'
import type { Clock, World } from './world/view.ts'

/** What answers are made from. `clock` times tokens and the Date header; the world has its own. */
export interface Api {
  readonly world: World
  readonly clock: Clock
  readonly tokens: Tokens
  readonly faults: readonly PlacedFault[]
  readonly stats: Stats
}

/** The API's answer to a request, faults included. */
export function answerRequest(request: Request, match: Match, api: Api): Answer {
  const faults = faultsAt(api.faults, request.path)
  const answer = answerByFault(faults, request, api.world) ?? properAnswer(request, match, faults, api)
  return bendAnswer(faults, worded(answer, request.path), request, api.clock())
}

function properAnswer(
  request: Request,
  { route, pathKnown }: Match,
  faults: readonly PlacedFault[],
  api: Api,
): Answer {
  if (request.path.startsWith('/oauth/')) return answerOauth(request, api.tokens, api.stats.granted)
  const refusal = guard(request, api.tokens)
  if (refusal) return refusal
  if (!route) return refuse(pathKnown ? 405 : 404)
  const { world, stats } = api
  const bend = bendOf(faults, request)
  return route.answer({ request: bendRequest(faults, request), world, bend, synced: stats.synced })
}
