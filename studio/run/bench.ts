import type { Program, SharedWay } from '../../src/commands/runtime/program.ts'
import { openStreams } from '../../src/commands/setup/available-streams.ts'
import { openCall, type Setup, setUp } from '../../src/commands/setup/setup.ts'
import { configError } from '../../src/errors.ts'
import { BRISK } from '../../src/http/retry/patience.ts'
import type { Call } from '../../src/http/types.ts'
import type { JsonObject } from '../../src/json.ts'
import { agentSyncPaths, guarded } from './guard.ts'
import { HANDED_ON, type HeldConfig, holdConfig, isRotating } from './held-config.ts'
import { createProgram, keeping } from './program.ts'

/** What the studio was started with. */
export interface Start {
  readonly config: JsonObject
  /** The file that secrets may be written to. */
  readonly file: string | undefined
  /** The folder that Sync writes to. */
  readonly folder: string | undefined
  readonly isDemo: boolean
}

/** The setup of a config, with the number of the sign-in that it was made for. */
interface BenchSetup extends Setup {
  readonly signIn: number
}

/** What Check, Test and Sync work with: one config and one identity in one process. */
export interface Bench {
  readonly start: Start
  readonly held: HeldConfig
  readonly program: Program
  takeNotes(): readonly string[]
  /** The setup of the config as it is now. Throws a config_error that says what to change. */
  setUp(): BenchSetup
  /** The way to the API, always with the same sign-in while it is the same in the config; only what was agreed to passes. Throws
   *  a config_error when the sign-in has changed since the setup was made. */
  open(setup: BenchSetup, posts: ReadonlySet<string>, signal: AbortSignal): Call
  /** The same sign-in and the same guard, for a sync that opens its own way. */
  share(setup: BenchSetup, posts: ReadonlySet<string>, signal: AbortSignal): SharedWay
  /** What the last test of a stream showed, by its name: the columns of custom streams are inferred from it. */
  readonly seen: Map<string, readonly JsonObject[]>
  /** The streams of a setup; what in them is secret is masked from then on. */
  streams: (setup: Setup) => ReturnType<typeof openStreams>
}

/** A bench with this start. */
export function createBench(start: Start, stopping: AbortController): Bench {
  const held = holdConfig(start.config, start.file)
  const { program, takeNotes } = createProgram(stopping)
  const wayOf = createWays(held, program)
  const permit = (posts: ReadonlySet<string>, signal: AbortSignal) => {
    refuseToLoseToken(held, start.file)
    return guarded({ posts, signal, refused: agentSyncPaths(held.value) })
  }
  return {
    start,
    held,
    program,
    takeNotes,
    seen: new Map(),
    setUp: () => ({ ...setUp(held.value, program), signIn: held.signIns }),
    open: (setup, posts, signal) => permit(posts, signal)(wayOf(setup).call),
    share: (setup, posts, signal) => ({ layer: permit(posts, signal), ...wayOf(setup).way }),
    streams: setup => openStreams(setup, program),
  }
}

/** Ways to the API that share one identity as long as the sign-in of the config is the same. */
function createWays(held: HeldConfig, program: Program) {
  let last: { readonly signIn: number; readonly way: SharedWay } | undefined
  return (setup: BenchSetup): { readonly way: SharedWay; readonly call: Call } => {
    const { signIn } = setup
    if (signIn !== held.signIns)
      throw configError('The connection was changed meanwhile, so nothing was requested. Try again.')
    if (last?.signIn !== signIn) last = { signIn, way: { identity: { current: undefined } } }
    const { way } = last
    // Opening a way makes the identity, and this output is the one that keeps its successors.
    const output = keeping(config => held.keepSuccessor(signIn, config))
    return { way, call: openCall(setup, { ...program, output, way }, BRISK, () => undefined) }
  }
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
