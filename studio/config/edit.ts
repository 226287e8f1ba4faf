import { targetOf } from '../../src/custom/request/target.ts'
import { configError } from '../../src/errors.ts'
import { originOf } from '../../src/http/environments.ts'
import { isObject, type Json, type JsonObject } from '../../src/json.ts'
import { maskText, restoreText } from './masks.ts'
import { type Path, SPEC, schemaAt, valueAt } from './schema.ts'
import { withoutSecrets, withoutStreamSecrets } from './secrets.ts'
import { setAt } from './set-at.ts'

/** A config after an edit, and what the person at the page must know of it. */
export interface Edited {
  readonly config: JsonObject
  readonly notices: readonly string[]
}

/** The config with one value changed; undefined removes it. Secrets that are kept stay where they are, unless requests would go
 *  elsewhere from now on: then they are dropped, so that no edit can send them to another host. Throws a config_error for what
 *  the spec does not know. */
export function edit(config: JsonObject, path: Path, value: Json | undefined): Edited {
  refuseUnknown(config, path)
  if (isChoice(path, 'auth_type')) return choose(config, path, value)
  const before = valueAt(config, path)
  const streamPath = path[0] === 'custom_streams' ? path.slice(0, 2) : undefined
  const plain = setAt(config, path, value) as JsonObject
  if (streamPath === undefined || path.length !== 3 || typeof value !== 'string')
    return leavesHome(config, plain) ? dropAll(plain) : { config: plain, notices: [] }
  const isElsewhere = targetAt(config, streamPath) !== targetAt(plain, streamPath)
  const restored = restoreText(value, isElsewhere || typeof before !== 'string' ? '' : before)
  const next = setAt(config, path, restored) as JsonObject
  return isElsewhere ? dropOfStream(config, next, streamPath) : { config: next, notices: [] }
}

function refuseUnknown(config: JsonObject, path: Path): void {
  const isKnown = path.length > 0 && schemaAt(config, path) !== undefined
  const isSecretHolder = path[0] === 'credentials' && path.length < 2
  if (isKnown && !isSecretHolder) return
  throw configError(`The config has no field ${path.join('.')} that could be set.`)
}

function isChoice(path: Path, tag: string): boolean {
  return path.at(-1) === tag
}

/** Another kind of sign-in starts empty. */
function choose(config: JsonObject, path: Path, value: Json | undefined): Edited {
  if (valueAt(config, path) === value) return { config, notices: [] }
  const holder = path.slice(0, -1)
  const had = valueAt(config, holder)
  const next = setAt(withoutSecrets(config), holder, { [String(path.at(-1))]: value ?? null }) as JsonObject
  return {
    config: next,
    notices: had === undefined ? [] : noticeOf(config, next, 'The kind of sign-in changed'),
  }
}

/** Whether requests that carry the credentials would go to another host, now or once the base_url is gone. */
function leavesHome(before: JsonObject, after: JsonObject): boolean {
  return homeOf(before) !== homeOf(after)
}

function homeOf({ environment, base_url }: JsonObject): string {
  const { environment: field } = SPEC['properties'] as JsonObject
  const first = environment ?? (isObject(field) ? field['default'] : undefined)
  return JSON.stringify([base_url === '' ? undefined : base_url, String(first).toLowerCase()])
}

function dropAll(next: JsonObject): Edited {
  const bare = withoutSecrets(next)
  return { config: bare, notices: noticeOf(next, bare, 'Requests now go to another host') }
}

function dropOfStream(before: JsonObject, next: JsonObject, at: Path): Edited {
  const stream = valueAt(next, at)
  const bare = setAt(
    next,
    at,
    isObject(stream) ? withoutStreamSecrets(stream, at.concat('url')) : stream,
  ) as JsonObject
  const had = valueAt(before, [...at, 'headers']) !== undefined
  return {
    config: bare,
    notices: had
      ? ['This stream now reads from another host, so its headers were dropped. Enter them again.']
      : [],
  }
}

function noticeOf(before: JsonObject, after: JsonObject, why: string): string[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return []
  return [`${why}, so the secrets that were kept are dropped. Enter them again.`]
}

/** Where a custom stream's requests go, as far as its url says. */
function targetAt(config: JsonObject, at: Path): string {
  const url = valueAt(config, [...at, 'url'])
  if (typeof url !== 'string' || url === '') return 'own'
  try {
    return targetOf(maskText(url), originOf(config as { base_url?: string })).foreign ?? 'own'
  } catch {
    return `unclear: ${url.split(/(?<=[^/:])[/?#]/, 1)[0]}`
  }
}
