import { readFile } from 'node:fs/promises'
import { configError } from '../../../errors.ts'
import type { JsonObject } from '../../../json.ts'
import { writeWhole } from '../../runtime/write-whole.ts'

/** What a folder holds: every stream that was ever read into it, with its files. Written whole after each file. */
export interface Manifest {
  readonly version: 1
  /** The account's address. A folder holds the data of one. */
  readonly origin: string
  /** How many syncs have written to it. */
  readonly syncs: number
  readonly streams: Readonly<Record<string, ManifestStream>>
}

/** A stream in the folder. */
export interface ManifestStream {
  /** append: each sync adds a file, and the newest record of each key counts. replace: there is one file, from the last sync that
   *  read the whole stream. */
  readonly mode: 'append' | 'replace'
  readonly primary_key: readonly string[]
  /** Columns and their types in DuckDB. */
  readonly columns: Readonly<Record<string, string>>
  /** The schema that was inferred from a sample, for later syncs. */
  readonly schema?: JsonObject
  /** How the last sync of it ended; undefined while there was none. */
  readonly last_sync?: LastSync
  readonly files: readonly ManifestFile[]
}

/** How the last sync of a stream ended. */
interface LastSync {
  readonly complete: boolean
  readonly ended_at: string
  readonly records: number
  readonly requests: number
}

/** A finished file. */
export interface ManifestFile {
  /** Relative to the folder. */
  readonly path: string
  readonly records: number
  readonly bytes: number
  /** The `_extracted_at` of its first and last record. */
  readonly from: string
  readonly to: string
}

/** A stream that has not been read yet. */
export const UNKNOWN_STREAM: ManifestStream = { mode: 'append', primary_key: [], columns: {}, files: [] }

/** A manifest in memory, and on the disk after each `save`. */
export interface OpenManifest {
  readonly content: () => Manifest
  change(stream: string, change: (before: ManifestStream | undefined) => ManifestStream): void
  save(): Promise<void>
}

/** The manifest of a folder for the account at this origin, counting one more sync. Throws a config_error if the folder holds the data of
 *  another account, if the file is not a manifest, or if it is gone from a folder that is not new: what is in that folder, and of
 *  which account, would be anyone's guess. */
export async function openManifest(
  path: string,
  { origin, isNew }: { readonly origin: string; readonly isNew: boolean },
): Promise<OpenManifest> {
  const before = await readManifest(path)
  if (before === undefined && !isNew) throw gone(path)
  if (before !== undefined && before.origin !== origin) throw ofAnother(path, before.origin, origin)
  let manifest: Manifest = {
    version: 1,
    origin,
    syncs: (before?.syncs ?? 0) + 1,
    streams: before?.streams ?? {},
  }
  return {
    content: () => manifest,
    change(stream, change) {
      const { streams } = manifest
      manifest = { ...manifest, streams: { ...streams, [stream]: change(streams[stream]) } }
    },
    save: () => writeWhole(path, `${JSON.stringify(manifest, undefined, 2)}\n`),
  }
}

function gone(path: string): Error {
  return configError(
    `${path} is gone, though syncs have written to this folder. Put it back, or choose another folder with --into.`,
  )
}

function ofAnother(path: string, other: string, origin: string): Error {
  return configError(
    `${path} says that this folder holds data of ${other}, but this config reads ${origin}. Choose another folder ` +
      'with --into.',
  )
}

/** The manifest in this file; undefined if there is none. */
export async function readManifest(path: string): Promise<Manifest | undefined> {
  const text = await readFile(path, 'utf8').catch(error => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (text === undefined) return undefined
  try {
    const manifest = JSON.parse(text)
    if (manifest.version === 1) return manifest
  } catch {
    // It is refused below.
  }
  throw configError(
    `${path} is not a manifest of this version. Choose another folder with --into, or empty this one.`,
  )
}
