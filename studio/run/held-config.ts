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
  /** Whether the sign-in was handed on, so that it must not be used here any longer. */
  readonly isHandedOn: boolean
  /** Changes one value; returns what the person must know. Throws a config_error for what the spec does not know. */
  change(path: Path, value: Json | undefined): readonly string[]
  /** Takes the refresh token of a sign-in, with its client. */
  signIn(credentials: JsonObject): void
  /** Takes the successor of a refresh token, and saves it to the file. */
  keepSuccessor(config: JsonObject): Promise<void>
  /** Writes all of it, secrets too, to the file. Returns what the person must know. */
  save(): Promise<readonly string[]>
}

/** Whether each use of these credentials replaces them. */
export function isRotating({ credentials }: JsonObject): boolean {
  return isObject(credentials) && credentials['auth_type'] === 'refresh_token'
}

/** Holds this config, which came from the file; without a file nothing is ever written. */
export function holdConfig(initial: JsonObject, file: string | undefined): HeldConfig {
  let value = initial
  let saved = initial
  let revision = 0
  let isHandedOn = false
  const replace = (next: JsonObject) => {
    value = next
    revision++
  }
  const write = async (config: JsonObject) => {
    if (file === undefined) throw configError('No config file was named at start: use --config FILE.')
    await writeConfigFile(file, config)
    saved = config
  }
  return {
    get value() {
      return value
    },
    get revision() {
      return revision
    },
    get isHandedOn() {
      return isHandedOn && isRotating(value)
    },
    change(path, next) {
      const { config, notices } = edit(value, path, next)
      if (path[0] === 'credentials') isHandedOn = false
      replace(config)
      return notices
    },
    signIn(credentials) {
      isHandedOn = false
      replace({ ...value, credentials })
    },
    async keepSuccessor({ credentials, environment, base_url }) {
      const now = isObject(value['credentials']) ? value['credentials'] : {}
      const token = isObject(credentials) ? credentials['refresh_token'] : undefined
      if (token === undefined) return
      value = { ...value, credentials: { ...now, refresh_token: token } }
      if (file !== undefined) await write(merged(saved, { credentials, environment, base_url }))
    },
    async save() {
      await write(value)
      isHandedOn = isRotating(value)
      return isHandedOn ? [HANDED_ON] : []
    },
  }
}

/** What is said once a rotating token was saved. */
export const HANDED_ON =
  'A refresh token has one owner, since each use replaces it. It is in the config file now, for Airbyte, and the studio has stopped using it. To go on testing here, sign in again.'

function merged(saved: JsonObject, changes: JsonObject): JsonObject {
  const next = { ...saved, ...changes }
  return Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined))
}
