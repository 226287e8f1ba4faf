import type { Message } from '@airbyte-protocol/types/messages'
import { ConnectorError } from '../../../errors.ts'
import type { JsonObject } from '../../../json.ts'
import type { Output } from '../../../protocol/output.ts'
import { refused } from '../folder/layout.ts'
import type { ManifestFile } from '../folder/manifest.ts'
import type { OpenFolder } from '../folder/settle.ts'
import { createLineStarts } from './lines.ts'
import { createQueue, type Queue } from './queue.ts'
import { createStreamWriter, type StreamWriter, type WrittenStream } from './stream-writer.ts'

/** What a writer is told, beside what it writes. */
export interface Writing {
  readonly gzip: boolean
  /** When the sync began. */
  readonly startedAt: number
  /** Called with every message that is neither a record nor a state. */
  readonly onMessage: (message: Message) => void
  /** Called once when nothing can be written any more. */
  readonly onFailure: () => void
  /** Keeps a config whose refresh token was replaced. */
  readonly keepConfig: (config: JsonObject) => Promise<void>
}

/** Writes what a run says into the files of a folder. */
export interface Writer {
  readonly output: Output
  /** Opens the files of these streams; a message of any other is dropped. */
  begin(open: OpenFolder, streams: readonly WrittenStream[]): void
  stream(name: string): StreamWriter | undefined
  /** Resolves when everything is written. Rejects with the reason if it could not be. */
  end(): Promise<void>
}

/** How many pieces of work may wait before the engine does. */
const BACKLOG = 16

/** A writer. Everything is done one after the other, so a state is on the disk only after the records that it counts. */
export function createWriter(writing: Writing): Writer {
  const queue = createQueue(writing.onFailure)
  const streams = new Map<string, StreamWriter>()
  let lineStartOf = createLineStarts(() => undefined)
  let path = ''
  return {
    stream: name => streams.get(name),
    begin(open, selected) {
      path = open.folder.path
      const { streams: known, syncs } = open.manifest.content()
      lineStartOf = createLineStarts(name => latestOf(known[name]?.files ?? []))
      for (const one of selected) {
        const file = { path: pathFor(one, writing, syncs), gzip: writing.gzip }
        streams.set(one.name, createStreamWriter(one, file, open, queue))
      }
    },
    end: () => finishAll(queue, streams, path),
    output: {
      send: message => pass(message, { writing, queue, streams }),
      append: () => undefined,
      copy(before, bytes, start, end) {
        const line = lineStartOf(before)
        streams.get(line.stream)?.add(line, bytes, start, end)
      },
      ready: () => (queue.waiting() > BACKLOG ? queue.idle() : Promise.resolve()),
      flush: queue.idle,
    },
  }
}

async function finishAll(queue: Queue, streams: Parts['streams'], path: string): Promise<void> {
  await queue.idle()
  for (const one of streams.values()) await one.close()
  const failure = queue.failure()
  if (failure !== undefined) throw failure instanceof ConnectorError ? failure : refused(path, failure)
}

interface Parts {
  readonly writing: Writing
  readonly queue: Queue
  readonly streams: ReadonlyMap<string, StreamWriter>
}

function pass(message: Message, { writing, queue, streams }: Parts): void {
  if (message.type === 'STATE') {
    const { stream } = message.state
    streams.get(stream?.stream_descriptor.name ?? '')?.commit((stream?.stream_state ?? {}) as JsonObject)
  } else if (message.type === 'CONTROL') {
    const { config } = message.control.connectorConfig ?? {}
    if (config !== undefined) queue.add(() => writing.keepConfig(config as JsonObject))
  } else writing.onMessage(message)
}

/** Where a stream's file goes, relative to the folder: where it adds to others, under a name that no other sync uses. */
function pathFor({ name, mode }: WrittenStream, { gzip, startedAt }: Writing, syncs: number): string {
  const day = new Date(startedAt).toISOString().replace(/\.\d+|[-:]/g, '')
  return `${name}/${mode === 'replace' ? 'all' : `${day}-${syncs}`}.jsonl${gzip ? '.gz' : ''}`
}

function latestOf(files: readonly ManifestFile[]): string | undefined {
  return files
    .map(({ to }) => to)
    .reduce<string | undefined>((last, to) => (last === undefined || to > last ? to : last), undefined)
}
