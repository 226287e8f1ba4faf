import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { configError } from '../../../errors.ts'

/** A folder that syncs write to: absolute paths of what is in it.
 *
 *      data/
 *        calls/20261129T131237Z-1.jsonl     what one sync read of a stream
 *        agents/all.jsonl                   a stream that is read whole each time: the newest list
 *        state.json                         where the next sync continues
 *        manifest.json                      which files there are
 *        views.sql                          views of them for DuckDB
 *        .lock  .unfinished/                one sync at a time; files that are being written
 */
export interface Folder {
  readonly path: string
  readonly lock: string
  readonly state: string
  readonly manifest: string
  readonly views: string
  readonly unfinished: string
  /** A stream's file that is being written. */
  unfinishedOf(stream: string): string
  /** A file by its path in the manifest. */
  file(path: string): string
}

/** The folder at this path. It is created if it does not exist; throws a config_error if it cannot be written to. */
export async function openFolder(into: string): Promise<Folder> {
  const path = resolve(into)
  const at = (...names: string[]) => join(path, ...names)
  const folder: Folder = {
    path,
    lock: at('.lock'),
    state: at('state.json'),
    manifest: at('manifest.json'),
    views: at('views.sql'),
    unfinished: at('.unfinished'),
    unfinishedOf: stream => at('.unfinished', stream),
    file: name => at(name),
  }
  await mkdir(folder.unfinished, { recursive: true }).catch(error => {
    throw refused(path, error)
  })
  return folder
}

/** Does some work in a folder. Errors of the file system are for the user to fix: it rejects with a config_error. */
export async function inFolder<T>({ path }: Folder, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof Error && 'syscall' in error
      ? refused('path' in error ? String(error.path) : path, error)
      : error
  }
}

/** What the system's codes mean. */
const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full, as far as this user may fill it',
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'the file system is read-only',
  ENOTDIR: 'a part of the path is a file',
  EEXIST: 'it is a file',
}

/** The error for a folder or file that cannot be written. */
export function refused(path: string, error: unknown): Error {
  const { code = String(error) } = error as { code?: string }
  const why = REASONS[code] ?? `the system says ${code}`
  return configError(`${path} cannot be written: ${why}. Fix that, or choose another folder with --into.`, {
    scope: 'run',
  })
}

/** Moves a file that was written to the disk to its final place; whatever was there is replaced. */
export async function moveTo(from: string, to: string): Promise<void> {
  await mkdir(join(to, '..'), { recursive: true })
  await rename(from, to)
}

/** Removes a file or a folder, if there is one. */
export async function remove(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true })
}

/** Cuts a file down to so many bytes. False if there is no such file, or if it is shorter. */
export async function cutTo(path: string, bytes: number): Promise<boolean> {
  const found = await stat(path).catch(() => undefined)
  if (found === undefined || found.size < bytes) return false
  const file = await open(path, 'r+')
  try {
    await file.truncate(bytes)
    await file.datasync()
  } finally {
    await file.close()
  }
  return true
}
