import type { Program } from '../../src/commands/runtime/program.ts'
import { openStreams } from '../../src/commands/setup/available-streams.ts'
import { openCall, type Setup, setUp } from '../../src/commands/setup/setup.ts'
import { configError } from '../../src/errors.ts'
import { BRISK } from '../../src/http/retry/patience.ts'
import type { Call } from '../../src/http/types.ts'
import type { JsonObject } from '../../src/json.ts'
import { agentSyncPaths, guarded } from './guard.ts'
import { HANDED_ON, type HeldConfig, holdConfig, isRotating } from './held-config.ts'
import { createProgram } from './program.ts'

/** What the studio was started with. */
export interface Start {
  readonly config: JsonObject
  /** The file that secrets may be written to. */
  readonly file: string | undefined
  /** The folder that Sync writes to. */
  readonly folder: string | undefined
  readonly isDemo: boolean
}

/** What Check, Test and Sync work with: one config and one identity in one process. */
export interface Bench {
  readonly start: Start
  readonly held: HeldConfig
  readonly program: Program
  takeNotes(): readonly string[]
  /** The setup of the config as it is now. Throws a config_error that says what to change. */
  setUp(): Setup
  /** The way to the API, always with the same sign-in while it is the same in the config; only what was agreed to passes. */
  open(setup: Setup, posts: ReadonlySet<string>, signal: AbortSignal): Call
  /** What the last test of a stream showed, by its name: the columns of custom streams are inferred from it. */
  readonly seen: Map<string, readonly JsonObject[]>
  /** The streams of a setup; what in them is secret is masked from then on. */
  streams: (setup: Setup) => ReturnType<typeof openStreams>
}

/** A bench with this start. */
export function createBench(start: Start, stopping: AbortController): Bench {
  const held = holdConfig(start.config, start.file)
  let identity: { readonly key: string; readonly call: Call } | undefined
  const { program, takeNotes } = createProgram(async config => {
    await held.keepSuccessor(config)
    // The token was replaced by its successor: the sign-in is still the same.
    if (identity !== undefined) identity = { ...identity, key: keyOf(held.value) }
  }, stopping)
  const callFor = (setup: Setup): Call => {
    const key = keyOf(held.value)
    if (identity?.key !== key) identity = { key, call: openCall(setup, program, BRISK, () => undefined) }
    return identity.call
  }
  return {
    start,
    held,
    program,
    takeNotes,
    seen: new Map(),
    setUp: () => setUp(held.value, program),
    open(setup, posts, signal) {
      refuseToLoseToken(held, start.file)
      return guarded({ posts, signal, refused: agentSyncPaths(held.value) })(callFor(setup))
    },
    streams: setup => openStreams(setup, program),
  }
}

/** What decides which way to the API it is. */
function keyOf({ environment, base_url, credentials, concurrency, requests_per_second }: JsonObject): string {
  return JSON.stringify({ environment, base_url, credentials, concurrency, requests_per_second })
}

/** Throws a config_error rather than use up a refresh token whose successor would be lost, or which belongs to another. */
function refuseToLoseToken(held: HeldConfig, file: string | undefined): void {
  if (held.isHandedOn) throw configError(HANDED_ON)
  if (!isRotating(held.value) || file !== undefined) return
  throw configError(
    'A refresh token can be used only once, and its successor must be kept. Start the studio with --config FILE: each ' +
      'successor is then saved there before the next request.',
  )
}
