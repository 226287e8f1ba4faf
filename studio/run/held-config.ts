import { configError } from '../../src/errors.ts'
import { isObject, type Json, type JsonObject } from '../../src/json.ts'
import { writeConfigFile } from '../config/config-file.ts'
import { edit } from '../config/edit.ts'
import type { Path } from '../config/schema.ts'

/** The config that is being made, in this process's memory. */
export interface HeldConfig {
  readonly value: JsonObject
  /** Counts the changes. */
  readonly revision: number
  /** Counts the sign-ins: one more whenever a person changes where it goes, or whose it is; not when its token is replaced. */
  readonly signIns: number
  /** Whether the sign-in was handed on, so that it must not be used here any longer. */
  readonly isHandedOn: boolean
  /** Changes one value; returns what the person must know. Throws a config_error for what the spec does not know. */
  change(path: Path, value: Json | undefined): readonly string[]
  /** Takes the refresh token of a sign-in, with its client. */
  signIn(credentials: JsonObject): void
  /** Takes the successor of a refresh token, in the config of the sign-in with this number, and saves it to the file: unless
   *  that sign-in was given up meanwhile, or the file holds another. */
  keepSuccessor(signIn: number, config: JsonObject): Promise<void>
  /** Writes all of it, secrets too, to the file. Returns what the person must know. */
  save(): Promise<readonly string[]>
}

/** Whether each use of these credentials replaces them. */
export function isRotating({ credentials }: JsonObject): boolean {
  return isObject(credentials) && credentials['auth_type'] === 'refresh_token'
}

/** Holds this config, which came from the file; without a file nothing is ever written. */
export function holdConfig(initial: JsonObject, file: string | undefined): HeldConfig {
  const kept = keepIn(file, initial)
  let value = initial
  let revision = 0
  let signIns = 0
  let isHandedOn = false
  const replace = (next: JsonObject) => {
    if (signInOf(next) !== signInOf(value)) signIns++
    value = next
    revision++
  }
  return {
    get value() {
      return value
    },
    get revision() {
      return revision
    },
    get signIns() {
      return signIns
    },
    get isHandedOn() {
      return isHandedOn && isRotating(value)
    },
    change(path, next) {
      const { config, notices } = edit(value, path, next)
      if (path.join('.') === 'credentials.refresh_token') isHandedOn = false
      replace(config)
      return notices
    },
    signIn(credentials) {
      isHandedOn = false
      replace({ ...value, credentials })
    },
    async keepSuccessor(signIn, config) {
      const isCurrent = signIn === signIns
      if (isCurrent) value = withToken(value, config)
      if (file !== undefined && (isCurrent || signIn === kept.signIn)) await kept.saveSignIn(config, signIn)
    },
    async save() {
      await kept.save(value, signIns)
      isHandedOn = isRotating(value)
      return isHandedOn ? [HANDED_ON] : []
    },
  }
}

/** What the file holds, and the number of the sign-in in it. */
function keepIn(file: string | undefined, initial: JsonObject) {
  let saved = { config: initial, signIn: 0 }
  const save = async (config: JsonObject, signIn: number) => {
    if (file === undefined) throw configError('No config file was named at start: use --config FILE.')
    await writeConfigFile(file, config)
    saved = { config, signIn }
  }
  return {
    get signIn() {
      return saved.signIn
    },
    save,
    saveSignIn: ({ credentials, environment, base_url }: JsonObject, signIn: number) =>
      save(merged(saved.config, { credentials, environment, base_url }), signIn),
  }
}

/** The config with the refresh token of another one. */
function withToken(value: JsonObject, { credentials }: JsonObject): JsonObject {
  const now = isObject(value['credentials']) ? value['credentials'] : {}
  const token = isObject(credentials) ? credentials['refresh_token'] : undefined
  return token === undefined ? value : { ...value, credentials: { ...now, refresh_token: token } }
}

/** What is said once a rotating token was saved. */
export const HANDED_ON =
  'A refresh token has one owner, since each use replaces it. It is in the config file now, for Airbyte, and the studio has stopped using it. To go on testing here, sign in again.'

function merged(saved: JsonObject, changes: JsonObject): JsonObject {
  const next = { ...saved, ...changes }
  return Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined))
}

/** What decides who the studio is to the API. */
function signInOf({ environment, base_url, credentials }: JsonObject): string {
  return JSON.stringify({ environment, base_url, credentials })
}
