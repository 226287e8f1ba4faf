import { DatabaseSync } from 'node:sqlite'
import { configError } from '../../../errors.ts'
import { type Folder, refused } from './layout.ts'

/** SQLite's code for a database that another process, or another part of this one, has locked. */
const BUSY = 5

/** Locks a folder for one sync, until the lock is disposed of or the process ends, however it ends: the operating system holds the
 *  lock, so a killed process leaves none behind. Throws a config_error if another sync holds it. */
export function lockFolder({ path, lock }: Folder): Disposable {
  let database: DatabaseSync | undefined
  try {
    database = new DatabaseSync(lock)
    database.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    database?.close()
    if ((error as { errcode?: number }).errcode !== BUSY) throw refused(lock, error)
    throw configError(
      `Another sync is writing to ${path}. Wait until it ends, or choose another folder with --into.`,
      { scope: 'run' },
    )
  }
  const held = database
  return { [Symbol.dispose]: () => held.close() }
}
