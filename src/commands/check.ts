import { MINUTE_MS } from '../durations.ts'
import { asConnectorError, configError } from '../errors.ts'
import { BRISK } from '../http/retry/patience.ts'
import type { Call } from '../http/types.ts'
import { defined } from '../optional.ts'
import { tryCustomStreams, untriedRemarks } from './check/first-requests.ts'
import { type Finding, type Findings, probeAreas, withStreams } from './check/probe.ts'
import type { Command, Program } from './runtime/program.ts'
import { foreignRemarks, openStreams, refuseProblems } from './setup/available-streams.ts'
import { openCall, readSetup, type Setup, toEngine } from './setup/setup.ts'

interface CheckResult {
  readonly status: 'SUCCEEDED' | 'FAILED'
  readonly message?: string
}

/** Reports whether the config works, and which areas of the API the credentials cannot read. FAILED only for what the user
 *  must change, since the platform never retries after it. An error that may go away by itself is thrown, and becomes a trace
 *  with a non-zero exit code. */
export function checkCommand(configPath: string): Command {
  return async program => {
    const connectionStatus = await tryConfig(configPath, program)
    program.output.send({ type: 'CONNECTION_STATUS', connectionStatus })
    return 0
  }
}

async function tryConfig(configPath: string, program: Program): Promise<CheckResult> {
  try {
    const setup = await readSetup(configPath, program)
    const call = openCall(setup, program, BRISK, () => undefined)
    return (await trySetup(setup, program, call)).result
  } catch (error) {
    const { failure, message } = asConnectorError(error)
    if (failure !== 'config_error') throw error
    return { status: 'FAILED', message: program.mask(message) }
  }
}

/** Tries a setup over this call: what to say of it, and what was found of each area of the API. Throws a config_error for what
 *  the user must change, and the other errors as they are. */
export async function trySetup(
  setup: Setup,
  program: Program,
  call: Call,
): Promise<{ readonly result: CheckResult; readonly areas: readonly Finding[] }> {
  const available = await openStreams(setup, program)
  refuseProblems(available)
  const findings = await probeAreas(call, program.clock.now)
  const tried = await tryCustomStreams(available, toEngine(setup, program, call))
  const remarks = [...configRemarks(setup, program.clock.now()), ...foreignRemarks(available)]
  return {
    result: judge(
      findings,
      [...remarks, ...tried, ...untriedRemarks(available)],
      setup.settings.account['org_key'],
    ),
    areas: findings.areas,
  }
}

const SKEW_MINUTES = 5

function judge(
  { areas, skewMs }: Findings,
  custom: readonly string[],
  orgKey: string | undefined,
): CheckResult {
  const named = (is: string) => areas.filter(one => one.is === is).map(one => one.area)
  if (named('open').length === 0) throw nothingOpen(named('closed'), orgKey)
  const remarks = [
    ...(named('closed').length === 0
      ? []
      : [`These credentials cannot read: ${named('closed').map(withStreams).join('; ')}.`]),
    ...skewRemark(skewMs),
    ...custom,
  ]
  return defined({ status: 'SUCCEEDED', message: remarks.length === 0 ? undefined : remarks.join(' ') })
}

function nothingOpen(closed: readonly string[], orgKey: string | undefined): Error {
  if (closed.length === 0) {
    return configError(
      'The host responds, but serves none of the paths of the Babelforce API. Check the environment ("services", or the ' +
        'first part of your own address) or the base_url.',
    )
  }
  return configError(
    `Babelforce accepts the sign-in, but refuses access to everything (403: ${closed.join(', ')}). ` +
      (orgKey === undefined
        ? 'Give the user the manager role under Global settings > User management.'
        : `Check org_key (${orgKey}): it must be the orgKey of one of your sub-accounts, which the stream sub_accounts lists ` +
          "without it, and the credentials those of a partner's application."),
  )
}

/** What is odd about a config that is valid. */
function configRemarks({ remarks, config, settings }: Setup, now: number): readonly string[] {
  const misspelt = remarks.map(remark => `The config may have a mistake: ${remark}`)
  return settings.startMs <= now
    ? misspelt
    : [...misspelt, `start_date (${config.start_date}) is in the future, so nothing is read until then.`]
}

function skewRemark(skewMs: number | undefined): string[] {
  const minutes = Math.round(Math.abs(skewMs ?? 0) / MINUTE_MS)
  if (skewMs === undefined || minutes < SKEW_MINUTES) return []
  const way = skewMs > 0 ? 'ahead of' : 'behind'
  return [
    `This machine's clock is ${minutes} minutes ${way} Babelforce's: correct it, or calls will be read late or twice.`,
  ]
}
