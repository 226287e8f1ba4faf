import { type Answer, refuse } from './answer.ts'
import { guard } from './auth/guard.ts'
import { answerOauth } from './auth/oauth.ts'
import type { Tokens } from './auth/tokens.ts'
import { answerByFault, bendAnswer, bendAsk, bendOf, faultsAt } from './faults/apply.ts'
import type { PlacedFault } from './faults/fault.ts'
import type { Ask } from './request.ts'
import type { Stats } from './stats.ts'
import { worded } from './wording.ts'
import type { Clock, World } from './world/world.ts'

/** What answers are made from. `clock` times tokens and the Date header; the world has its own. */
export interface Api {
  readonly world: World
  readonly clock: Clock
  readonly tokens: Tokens
  readonly faults: readonly PlacedFault[]
  readonly stats: Stats
}

/** The API's answer to a request, faults included. */
export function answerAsk(ask: Ask, pathKnown: boolean, api: Api): Answer {
  const faults = faultsAt(api.faults, ask.path)
  const answer = answerByFault(faults, ask, api.world) ?? properAnswer(ask, pathKnown, faults, api)
  return bendAnswer(faults, worded(answer, ask.path), ask, api.clock())
}

function properAnswer(ask: Ask, pathKnown: boolean, faults: readonly PlacedFault[], api: Api): Answer {
  if (ask.path.startsWith('/oauth/')) return answerOauth(ask, api.tokens, api.stats.granted)
  const refusal = guard(ask, api.tokens)
  if (refusal) return refusal
  if (!ask.route) return refuse(pathKnown ? 405 : 404)
  const { world, stats } = api
  const bend = bendOf(faults, ask)
  return ask.route.answer({ ask: bendAsk(faults, ask), world, bend, synced: stats.synced })
}
