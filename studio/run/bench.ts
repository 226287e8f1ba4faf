import type { Program, SharedWay } from '../../src/commands/runtime/program.ts'
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
  /** The same sign-in and the same guard, for a sync that opens its own way. */
  share(setup: Setup, posts: ReadonlySet<string>, signal: AbortSignal): SharedWay
  /** What the last test of a stream showed, by its name: the columns of custom streams are inferred from it. */
  readonly seen: Map<string, readonly JsonObject[]>
  /** The streams of a setup; what in them is secret is masked from then on. */
  streams: (setup: Setup) => ReturnType<typeof openStreams>
}

/** A bench with this start. */
export function createBench(start: Start, stopping: AbortController): Bench {
  const held = holdConfig(start.config, start.file)
  let signIn: { readonly key: string; readonly way: SharedWay } | undefined
  const { program, takeNotes } = createProgram(async config => {
    await held.keepSuccessor(config)
    // The token was replaced by its successor: the sign-in is still the same.
    if (signIn !== undefined) signIn = { ...signIn, key: keyOf(held.value) }
  }, stopping)
  const wayOf = (setup: Setup): { readonly way: SharedWay; readonly call: Call } => {
    const key = keyOf(held.value)
    if (signIn?.key !== key) signIn = { key, way: { identity: { current: undefined } } }
    // Opening a way makes the identity, and this program is the one that keeps its successors.
    const { way } = signIn
    return { way, call: openCall(setup, { ...program, way }, BRISK, () => undefined) }
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
      return guarded({ posts, signal, refused: agentSyncPaths(held.value) })(wayOf(setup).call)
    },
    share(setup, posts, signal) {
      refuseToLoseToken(held, start.file)
      const layer = guarded({ posts, signal, refused: agentSyncPaths(held.value) })
      return { ...wayOf(setup).way, layer }
    },
    streams: setup => openStreams(setup, program),
  }
}

/** What decides who the studio is to the API. */
function keyOf({ environment, base_url, credentials }: JsonObject): string {
  return JSON.stringify({ environment, base_url, credentials })
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
