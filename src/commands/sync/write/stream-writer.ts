import type { JsonObject } from '../../../json.ts'
import type { ManifestFile } from '../folder/manifest.ts'
import { type OpenFolder, settle } from '../folder/settle.ts'
import { isEmptyObject, type LineStart } from './lines.ts'
import type { Queue } from './queue.ts'
import { createStreamFile, type StreamFile } from './stream-file.ts'

/** A stream that a sync is about to read into a folder. */
export interface WrittenStream {
  readonly name: string
  /** Whether its states count its records: what they do not count will be read again. */
  readonly isCounted: boolean
  /** Whether it adds to what is there, or replaces it. */
  readonly mode: 'append' | 'replace'
}

/** Writes the records of one stream. */
export interface StreamWriter {
  add(start: LineStart, bytes: Buffer, from: number, to: number): void
  /** Saves a state, once everything that was added before is on the disk. */
  commit(state: JsonObject): void
  /** Finishes the file: the stream was read to its end, or as far as it went. */
  finish(complete: boolean): void
  /** Closes a file that was not finished; the next sync takes it on. */
  close(): Promise<void>
  /** The finished files, relative to the folder. */
  readonly files: readonly string[]
}

/** A writer for this stream, whose finished file will be at `path`, relative to the folder. */
export function createStreamWriter(
  stream: WrittenStream,
  { path, gzip }: { readonly path: string; readonly gzip: boolean },
  open: OpenFolder,
  queue: Queue,
): StreamWriter {
  const file = createStreamFile(open.folder.unfinishedOf(stream.name), gzip, queue.add)
  const files: string[] = []
  const written = { path, records: 0, from: '', to: '' }
  return {
    files,
    add(start, bytes, from, to) {
      file.add(isEmptyObject(bytes, from) ? start.openingOfNone : start.opening, bytes, from + 1, to)
      written.records++
      written.to = start.extractedAt
      written.from ||= start.extractedAt
    },
    commit(state) {
      file.flush()
      const part = stream.isCounted ? { ...written } : undefined
      queue.add(() => save({ stream, open, file }, state, part))
    },
    finish(complete) {
      file.flush()
      queue.add(async () => {
        const path = await settleFile({ stream, open, file }, complete, written)
        if (path !== undefined) files.push(path)
      })
    },
    close: file.close,
  }
}

/** A stream's file on its way into the folder. */
interface Unfinished {
  readonly stream: WrittenStream
  readonly open: OpenFolder
  readonly file: StreamFile
}

/** What the manifest says of what was written, but how much that is. */
type Written = Omit<ManifestFile, 'bytes'>

/** Saves a state, and which part of the file it counts. */
async function save(
  { stream: { name }, open: { states }, file }: Unfinished,
  state: JsonObject,
  part: Written | undefined,
): Promise<void> {
  const bytes = await file.toDisk()
  states.set(name, part === undefined ? { state } : { state, part: { ...part, bytes } })
  await states.save()
}

/** Closes the file, and moves what counts of it to where it belongs. Resolves to that path; undefined where nothing does. */
async function settleFile(
  unfinished: Unfinished,
  isComplete: boolean,
  written: Written,
): Promise<string | undefined> {
  const { stream, open, file } = unfinished
  const { name, mode, isCounted } = stream
  const hasFiles = (open.manifest.content().streams[name]?.files ?? []).length > 0
  const isKept = mode === 'append' || isComplete || !hasFiles
  if (!isCounted && isKept) await save(unfinished, open.states.of(name)?.state ?? {}, written)
  await file.close()
  const { part } = open.states.of(name) ?? {}
  return (await settle(open, name)) && part !== undefined && part.bytes > 0 ? part.path : undefined
}
