import type { JsonObject } from '../src/json.ts'

/** What the page and the server say to each other. Secrets are in none of it but in edits, on their way in. */

/** A stream that can be tested, built in. */
export interface Endpoint {
  readonly name: string
  /** The endpoint template that it covers. */
  readonly template: string | undefined
  readonly description: string
  readonly paths: readonly string[]
  /** One request for each record. */
  readonly isCostly: boolean
  readonly isSuggested: boolean
  /** Why it is never tested or synced here. */
  readonly disabled: string | undefined
  /** The fields of the config that touch it, as paths joined by dots. */
  readonly settings: readonly string[]
}

/** What does not change while the studio runs. */
export interface Opening {
  readonly endpoints: readonly Endpoint[]
  /** The streams that each field touches; fields that touch all are not in it. */
  readonly touches: Readonly<Record<string, readonly string[]>>
  readonly file: string | undefined
  readonly folder: string | undefined
  readonly isDemo: boolean
  readonly view: View
}

/** The config as it is now. */
export interface View {
  readonly revision: number
  readonly config: JsonObject
  /** Where secrets are kept that the page does not see, as paths joined by dots. */
  readonly kept: readonly string[]
  /** What must change before anything can be requested. */
  readonly problems: readonly string[]
  /** What must change in a custom stream, by its name, or in a lookup, by its position. */
  readonly streamProblems: Readonly<Record<string, string>>
  /** What the last change led to. */
  readonly notices: readonly string[]
}

/** What a check found. */
export interface Checked {
  readonly areas: readonly { readonly area: string; readonly is: 'open' | 'closed' | 'absent' }[]
  readonly message: string | undefined
  readonly error: string | undefined
}

/** A request that was made. */
export interface Asked {
  readonly method: string
  readonly url: string
  readonly body: string | undefined
  readonly status: number | undefined
  readonly ms: number
  readonly bytes: number | undefined
}

/** A path that a response suggests. */
export interface Suggested {
  readonly path: string
  readonly count: number | undefined
}

/** What a test showed. */
export interface Tested {
  readonly revision: number
  readonly requests: readonly Asked[]
  readonly records: readonly JsonObject[]
  /** The stream's own columns, or those that the records have. */
  readonly columns: readonly { readonly name: string; readonly type: string; readonly description: string }[]
  readonly raw: string
  readonly data: readonly Suggested[]
  readonly metadata: readonly Suggested[]
  readonly notes: readonly string[]
  readonly error: string | undefined
}

/** A test, or the requests that must be agreed to before it. */
export type TestReply = { readonly tested: Tested } | { readonly asks: readonly string[] }

/** What the save screen shows. */
export interface Saved {
  readonly config: string
  readonly form: readonly { readonly field: string; readonly value: string }[]
  readonly catalog: string
  readonly commands: readonly string[]
}

/** How far a sync is. */
export interface SyncState {
  readonly isRunning: boolean
  readonly streams: readonly {
    readonly stream: string
    readonly status: 'waiting' | 'running' | 'complete' | 'incomplete'
    readonly records: number
    readonly requests: number
  }[]
  /** Waits, warnings and errors as sentences, the newest last. */
  readonly lines: readonly { readonly isError: boolean; readonly text: string }[]
  /** How it ended, in a sentence. */
  readonly outcome: string | undefined
}

/** A sync that started, or the requests that must be agreed to before. */
export type SyncReply = { readonly state: SyncState } | { readonly asks: readonly string[] }

/** What the folder holds of one stream. */
export interface Looked {
  readonly stream: string
  readonly records: number
  /** The newest time in it, in RFC 3339; undefined where its records have none. */
  readonly newest: string | undefined
  readonly timeField: string | undefined
  readonly problems: readonly string[]
  /** Records by the day of their time, in UTC, the last of up to 60 days. */
  readonly days: readonly { readonly day: string; readonly records: number }[]
}
