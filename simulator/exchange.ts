import { guard } from './auth/guard.ts'
import { oauthResponse } from './auth/oauth.ts'
import type { Tokens } from './auth/tokens.ts'
import {
  distortionOf,
  distortRequest,
  distortResponse,
  distortWorld,
  faultResponse,
  faultsAt,
} from './faults/apply.ts'
import type { PlacedFault } from './faults/fault.ts'
import type { Request } from './request.ts'
import { type Response, refuse } from './response.ts'
import type { Match } from './routing/match.ts'
import type { Stats } from './stats.ts'
import { worded } from './wording.ts'
import type { Clock, World } from './world/view.ts'

/** What responses are made from. `clock` times tokens and the Date header; the world has its own clock. */
export interface Api {
  readonly world: World
  readonly clock: Clock
  readonly tokens: Tokens
  /** Those of the moment: they may be exchanged. */
  readonly faults: () => readonly PlacedFault[]
  readonly stats: Stats
}

/** The API's response to a request, faults included. */
export function respond(request: Request, match: Match, api: Api): Response {
  const faults = faultsAt(api.faults(), request.path)
  const response = faultResponse(faults, request, api.world) ?? properResponse(request, match, faults, api)
  return distortResponse(faults, worded(response, request.path), request, api.clock())
}

function properResponse(
  request: Request,
  { route, pathKnown }: Match,
  faults: readonly PlacedFault[],
  api: Api,
): Response {
  if (request.path.startsWith('/oauth/')) return oauthResponse(request, api.tokens, api.stats.granted)
  const refusal = guard(request, api.tokens)
  if (refusal) return refusal
  if (!route) return refuse(pathKnown ? 405 : 404)
  const scene = {
    request: distortRequest(faults, request, api.world),
    world: distortWorld(faults, api.world),
    distort: distortionOf(faults, request, api.world),
  }
  return route.respond({ ...scene, synced: api.stats.synced })
}
