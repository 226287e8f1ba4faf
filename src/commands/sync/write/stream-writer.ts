import type { JsonObject } from '../../../json.ts'
import type { ManifestFile } from '../folder/manifest.ts'
import { type OpenFolder, settle } from '../folder/settle.ts'
import { isEmptyObject, type LineStart } from './lines.ts'
import type { Queue } from './queue.ts'
import { createStreamFile } from './stream-file.ts'

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
  { name, isCounted, mode }: WrittenStream,
  { path, gzip }: { readonly path: string; readonly gzip: boolean },
  open: OpenFolder,
  queue: Queue,
): StreamWriter {
  const { states } = open
  const file = createStreamFile(open.folder.unfinishedOf(name), gzip, queue.add)
  const files: string[] = []
  const written = { path, records: 0, from: '', to: '' }
  const save = async (state: JsonObject, part: Omit<ManifestFile, 'bytes'> | undefined) => {
    const bytes = await file.toDisk()
    states.set(name, part === undefined ? { state } : { state, part: { ...part, bytes } })
    await states.save()
  }
  const hasFiles = () => (open.manifest.content().streams[name]?.files ?? []).length > 0
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
      const part = isCounted ? { ...written } : undefined
      queue.add(() => save(state, part))
    },
    finish(complete) {
      file.flush()
      queue.add(async () => {
        const isKept = mode === 'append' || complete || !hasFiles()
        if (!isCounted && isKept) await save(states.of(name)?.state ?? {}, written)
        await file.close()
        const { part } = states.of(name) ?? {}
        if ((await settle(open, name)) && part !== undefined && part.bytes > 0) files.push(part.path)
      })
    },
    close: file.close,
  }
}
