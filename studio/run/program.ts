import type { Program } from '../../src/commands/runtime/program.ts'
import { UNWATCHED } from '../../src/commands/runtime/run-watch.ts'
import { createRunSecrets } from '../../src/commands/runtime/secrets.ts'
import { systemClock } from '../../src/http/clock.ts'
import type { JsonObject } from '../../src/json.ts'
import type { Output } from '../../src/protocol/output.ts'

/** What was logged, with the newest last. */
export interface Notes {
  readonly program: Program
  /** The lines since the last call, at most the last hundred, with secrets masked. */
  takeNotes(): readonly string[]
}

const MOST_NOTES = 100

/** What the commands run in here: what they print goes nowhere, and what they log is noted. */
export function createProgram(stopping: AbortController): Notes {
  const secrets = createRunSecrets()
  const notes: string[] = []
  const say = (text: string) => {
    notes.push(secrets.mask(text))
    if (notes.length > MOST_NOTES) notes.shift()
  }
  const program: Program = {
    output: keeping(async () => undefined),
    mask: secrets.mask,
    secrets,
    watch: UNWATCHED,
    log: { warn: say, info: say, debug: () => undefined },
    clock: systemClock,
    signal: stopping.signal,
    stop: () => stopping.abort(),
  }
  return { program, takeNotes: () => notes.splice(0) }
}

/** An output of which only configs are kept, because a token in them was replaced: no request leaves before that is done. */
export function keeping(keep: (config: JsonObject) => Promise<void>): Output {
  let kept: Promise<void> = Promise.resolve()
  return {
    send(message) {
      if (message.type !== 'CONTROL') return
      const { config } = message.control.connectorConfig ?? {}
      kept = kept.then(() => keep(config as JsonObject))
    },
    append: () => undefined,
    copy: () => undefined,
    ready: async () => undefined,
    flush: () => kept,
  }
}
