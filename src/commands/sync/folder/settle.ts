import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { counted } from '../../../counted.ts'
import type { Log } from '../../../protocol/log.ts'
import { writeWhole } from '../../runtime/write-whole.ts'
import { cutTo, type Folder, moveTo, remove } from './layout.ts'
import { type ManifestFile, type ManifestStream, type OpenManifest, UNKNOWN_STREAM } from './manifest.ts'
import type { OpenStates } from './states.ts'
import { viewsOf } from './views.ts'

/** A folder while a sync writes to it. */
export interface OpenFolder {
  readonly folder: Folder
  readonly manifest: OpenManifest
  readonly states: OpenStates
}

/** Finishes the file that a stream's saved part describes: what goes beyond the part is cut off, and the file moves to its place. Can
 *  be interrupted anywhere and repeated. False if the file is gone; the stream must then be read from the start. */
export async function settle(open: OpenFolder, stream: string): Promise<boolean> {
  const { folder, manifest, states } = open
  const { state, part } = states.of(stream) ?? {}
  if (state === undefined || part === undefined) return true
  const isThere = part.bytes === 0 || (await place(folder, stream, part))
  const before = manifest.content().streams[stream]
  if (isThere) manifest.change(stream, () => withFile(before, part))
  await saveManifest(open)
  await removeReplaced(open, stream)
  states.set(stream, isThere ? { state } : undefined)
  await states.save()
  return isThere
}

/** Saves the manifest, and the views of the files that it lists. */
export async function saveManifest({ folder, manifest }: OpenFolder): Promise<void> {
  await manifest.save()
  await writeWhole(folder.views, viewsOf(folder.path, manifest.content()))
}

/** Picks up what a killed sync left: what its states count is finished, and the rest is removed, since it will be read again. Files
 *  that somebody removed are no longer listed. */
export async function adopt(open: OpenFolder, log: Log): Promise<void> {
  const { folder, states } = open
  for (const [stream, { part }] of [...states.all()]) {
    if (part === undefined) continue
    if (await settle(open, stream))
      log.info(`${stream}: keeping ${counted(part.records, 'record')} of a sync that was cut short.`)
    else
      log.warn(
        `${stream}: the unfinished file of the last sync is gone, so the stream is read from the start.`,
      )
  }
  for (const name of await readdir(folder.unfinished)) await remove(join(folder.unfinished, name))
  await forgetMissing(open, log)
}

async function place(folder: Folder, stream: string, { path, bytes }: ManifestFile): Promise<boolean> {
  const unfinished = folder.unfinishedOf(stream)
  if (await cutTo(unfinished, bytes)) {
    await moveTo(unfinished, folder.file(path))
    return true
  }
  const placed = await stat(folder.file(path)).catch(() => undefined)
  return placed?.size === bytes
}

function withFile(before: ManifestStream = UNKNOWN_STREAM, file: ManifestFile): ManifestStream {
  const others = before.mode === 'replace' ? [] : before.files.filter(({ path }) => path !== file.path)
  return { ...before, files: file.bytes === 0 ? others : [...others, file] }
}

/** The names that syncs give to files. */
const WRITTEN = /^(all|\d{8}T\d{6}Z-\d+)\.jsonl(\.gz)?$/

/** Removes the files of a stream that its newest list replaces. */
async function removeReplaced({ folder, manifest }: OpenFolder, stream: string): Promise<void> {
  const { mode, files } = manifest.content().streams[stream] ?? UNKNOWN_STREAM
  if (mode !== 'replace') return
  const kept = files.map(({ path }) => basename(path))
  const names = await readdir(folder.file(stream)).catch(() => [])
  for (const name of names)
    if (WRITTEN.test(name) && !kept.includes(name)) await remove(join(folder.file(stream), name))
}

async function forgetMissing({ folder, manifest }: OpenFolder, log: Log): Promise<void> {
  for (const [stream, { files }] of Object.entries(manifest.content().streams)) {
    const found = await Promise.all(files.map(({ path }) => stat(folder.file(path)).catch(() => undefined)))
    const missing = files.filter((_, at) => found[at] === undefined)
    if (missing.length === 0) continue
    const [is, them] = missing.length === 1 ? ['is', 'it'] : ['are', 'them']
    log.info(
      `${stream}: ${missing.length} of its files ${is} no longer in the folder, so the manifest no longer lists ${them}.`,
    )
    manifest.change(stream, (before = UNKNOWN_STREAM) => ({
      ...before,
      files: files.filter(one => !missing.includes(one)),
    }))
  }
}
