import { systemClock } from '../../http/clock.ts'
import { defined } from '../../optional.ts'
import { createLog } from '../../protocol/log.ts'
import type { Program } from '../runtime/program.ts'
import { createRunWatch } from '../runtime/run-watch.ts'
import { createRunSecrets } from '../runtime/secrets.ts'
import { writeConfig } from '../runtime/write-whole.ts'
import type { SyncRequest } from './events.ts'
import { createWriter, type Writer } from './write/writer.ts'

/** What a sync runs in: a program whose messages go into files and events. */
export interface SyncProgram {
  readonly program: Program
  readonly writer: Writer
}

/** The program of a sync. It ends when the request's signal is aborted, or when nothing can be written. */
export function createSyncProgram(request: SyncRequest): SyncProgram {
  const { onEvent = () => undefined, saveConfig } = request
  const secrets = createRunSecrets()
  const stopping = new AbortController()
  const stop = () => stopping.abort()
  const watch = createRunWatch(onEvent)
  const writer = createWriter({
    gzip: request.gzip ?? false,
    startedAt: systemClock.now(),
    onMessage: message => watch.onMessage(message, finish),
    onFailure: stop,
    keepConfig: async config => {
      if (saveConfig !== undefined) await writeConfig(saveConfig, config)
    },
  })
  const finish = (stream: string, complete: boolean) => writer.stream(stream)?.finish(complete)
  const program: Program = {
    output: writer.output,
    mask: secrets.mask,
    secrets,
    watch,
    log: createLog(writer.output, secrets.mask, request.logLevel),
    clock: systemClock,
    signal: AbortSignal.any([stopping.signal, ...(request.signal === undefined ? [] : [request.signal])]),
    stop,
    ...defined({ way: request.way }),
  }
  return { program, writer }
}
