import { type ParsedConfig, parseConfig } from '../config/parse.ts'
import { type Settings, settle } from '../config/settings.ts'
import { originOf } from '../http/environments.ts'
import type { OnWait, Patience } from '../http/retry.ts'
import { createCall } from '../http/stack.ts'
import type { Call } from '../http/types.ts'
import { readJsonFile } from '../protocol/input.ts'
import type { Program } from './program.ts'
import { VERSION } from './version.ts'

/** A config file's content, valid, with the settings that follow from it. */
export interface Setup extends ParsedConfig {
  readonly settings: Settings
  readonly origin: string
}

/** Reads and checks the config. Throws a config_error that says what to change. */
export async function readSetup(path: string, program: Program): Promise<Setup> {
  const value = await readJsonFile(path, 'config')
  program.keepSecret(value)
  const { config, remarks } = parseConfig(value)
  for (const remark of remarks) program.log.warn(`The config has a surprise: ${remark}`)
  return { config, remarks, settings: settle(config, program.clock.now()), origin: originOf(config) }
}

/** The way to the API that this setup describes. */
export function openCall(setup: Setup, program: Program, patience: Patience, onWait: OnWait): Call {
  const { requestsPerSecond, concurrency } = setup.settings
  return createCall({
    origin: setup.origin,
    credentials: setup.config.credentials,
    userAgent: `source-babelforce/${VERSION}`,
    concurrency,
    ...(requestsPerSecond === undefined ? {} : { requestsPerSecond }),
    patience,
    clock: program.clock,
    signal: program.signal,
    onWait,
  })
}
