import type { Config } from '../../config/config.generated.ts'
import { migrateConfig } from '../../config/migrate.ts'
import { type ParsedConfig, parseConfig } from '../../config/parse.ts'
import { type Settings, settle } from '../../config/settings.ts'
import { inThousands } from '../../counted.ts'
import type { Engine } from '../../engine/stream/context.ts'
import { type ApiClock, createApiClock } from '../../http/api-clock.ts'
import { originOf } from '../../http/environments.ts'
import { createLevels, type Levels } from '../../http/levels.ts'
import type { OnWait, Patience } from '../../http/retry/patience.ts'
import { createCall } from '../../http/stack.ts'
import type { Call } from '../../http/types.ts'
import { addressOf, type SentRequest } from '../../http/wire/sent-requests.ts'
import type { Json } from '../../json.ts'
import { defined } from '../../optional.ts'
import { pace, requestTimeoutMs } from '../runtime/environment.ts'
import type { Program } from '../runtime/program.ts'
import { USER_AGENT } from '../runtime/version.ts'
import { type ConfigSource, readConfig } from './config-source.ts'

/** The content of a valid config file, with the settings that follow from it. */
export interface Setup extends ParsedConfig {
  readonly settings: Settings
  readonly origin: string
  readonly apiClock: ApiClock
  readonly levels: Levels
}

/** Reads and checks the config. A config in an older shape is migrated, and sent to the platform to be saved. Throws a
 *  config_error that says what to change. */
export async function readSetup(source: ConfigSource, program: Program): Promise<Setup> {
  return setUp(await readConfig(source), program)
}

/** The setup of a config that is in memory, likewise. */
export function setUp(value: Json, program: Program): Setup {
  program.secrets.addConfig(value)
  const migrated = migrateConfig(value)
  if (migrated !== undefined) program.secrets.addConfig(migrated)
  const { config, remarks } = parseConfig(migrated ?? value)
  if (migrated !== undefined) saveConfig(config, program)
  for (const remark of remarks) program.log.warn(`The config may have a mistake: ${remark}`)
  const origin = originOf(config)
  const settings = settle(config, program.clock.now(), origin)
  return {
    config,
    remarks,
    settings,
    origin,
    apiClock: createApiClock(program.clock, program.log.warn),
    levels: createLevels(settings.concurrency, program.clock.now),
  }
}

/** The way to the API that this setup describes. */
export function openCall(
  setup: Setup,
  program: Program,
  patience: Patience,
  onWait: OnWait,
  isEarly = false,
): Call {
  const { requestsPerSecond, concurrency } = setup.settings
  const { identity, layer = (call: Call) => call } = program.way ?? {}
  const call = createCall({
    ...defined({ requestsPerSecond, identity }),
    origin: setup.origin,
    credentials: setup.config.credentials,
    userAgent: USER_AGENT,
    concurrency,
    gate: program.output.ready,
    patience: { ...patience, ...pace(process.env) },
    ...requestTimeoutMs(process.env),
    clock: program.clock,
    signal: program.signal,
    onWait,
    onSent: sent => program.log.debug(() => sentLine(sent)),
    apiClock: setup.apiClock,
    levels: setup.levels,
    isEarly,
    onSignIn: onSignIn(setup, program),
  })
  return layer(call)
}

/** What is done about secrets that signing in brings. */
function onSignIn({ config }: Setup, program: Program) {
  return {
    onSecret: program.secrets.add,
    onRotated: (refresh_token: string) => saveRotated(config, refresh_token, program),
  }
}

/** A request in a line: GET /api/v2/agents?page=1: 200 in 12 ms, 3,104 bytes (agents). */
function sentLine({ request, outcome, ms, bytes }: SentRequest): string {
  const whose = request.stream === undefined ? '' : ` (${request.stream})`
  return `${request.method} ${addressOf(request)}: ${outcome} in ${ms} ms, ${inThousands(bytes)} bytes${whose}`
}

/** What all streams of a run share, for this setup. */
export function toEngine({ settings, apiClock }: Setup, program: Program, call: Call): Engine {
  return {
    call,
    service: 'Babelforce',
    log: program.log,
    settings,
    signal: program.signal,
    now: program.clock.now,
    apiNow: apiClock.now,
  }
}

/** Sends the platform the config with the next refresh token, and waits until it has left the process: the old token is spent,
 *  so the next one must be known whatever happens. */
async function saveRotated(config: Config, refresh_token: string, program: Program): Promise<void> {
  saveConfig({ ...config, credentials: { ...config.credentials, refresh_token } }, program)
  await program.output.flush()
}

function saveConfig(config: object, { output, clock }: Program): void {
  const connectorConfig = { config: { ...config } }
  output.send({
    type: 'CONTROL',
    control: { type: 'CONNECTOR_CONFIG', emitted_at: clock.now(), connectorConfig },
  })
}
