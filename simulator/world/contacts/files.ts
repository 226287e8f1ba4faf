import { promptFileAt } from '../account/prompts.ts'
import type { CallLog } from '../calls/call-log.ts'
import { type ListView, viewRows } from '../calls/call-views.ts'
import { momentsOf, planCall } from '../calls/plan.ts'
import { recordingFileOf } from '../calls/recordings.ts'
import { daysAgo, type Facts } from '../ground/facts.ts'
import { idOf } from '../ground/ids.ts'
import { joinRows, type Row, type Rows, reversed, rowsOf, sortedBy } from '../ground/rows.ts'
import { isoTime } from '../ground/time.ts'
import type { World } from '../view.ts'

const BACKUPS = 4

/** Every stored file, newest first: those of recordings, which are many, then backups and prompts, all older. */
export function allFiles(world: World): Rows {
  const backups = Array.from({ length: BACKUPS }, (_, index) => backupAt(world.facts, index))
  const prompts = Array.from({ length: world.size('prompts') }, (_, index) =>
    promptFileAt(world.facts, index),
  )
  const older = reversed(sortedBy(rowsOf([...backups, ...prompts]), 'dateCreated'))
  return joinRows([viewRows(recordingFiles(world.facts, world.log), world.now()), older])
}

function recordingFiles(facts: Facts, log: CallLog): ListView {
  return {
    timeline: log.recordings,
    idOf: call => idOf(facts.seed, 'files', call),
    rowAt: call => recordingFileAt(facts, call, log.begins(call) ?? 0),
  }
}

function recordingFileAt(facts: Facts, call: number, begun: number): Row {
  const plan = planCall(facts, call)
  const { id, name, state, size, contentType } = recordingFileOf(facts, plan)
  const stored = isoTime(momentsOf(plan, begun).recordingReady)
  return {
    id,
    dateCreated: stored,
    ...(call % 9 === 0 ? {} : { lastUpdated: stored }),
    url: `https://files.example.com/recordings/${id}.mp3?signature=${idOf(facts.seed, 'file-signature', call)}`,
    path: `/recordings/${id}.mp3`,
    filename: name,
    contentType,
    size,
    state,
    type: 'recording',
  }
}

// A failed backup has neither a size nor a content type.
function backupAt(facts: Facts, index: number): Row {
  const id = idOf(facts.seed, 'backup_files', index)
  const failed = index === 1
  return {
    id,
    dateCreated: isoTime(daysAgo(facts, facts.days + 1 + index * 30)),
    url: `https://files.example.com/backups/${id}.zip`,
    path: `/backups/${id}.zip`,
    filename: `backup-${index + 1}.zip`,
    contentType: failed ? null : 'application/zip',
    size: failed ? null : 5_000_000_000 + index,
    state: failed ? 'failed' : 'stored',
    type: 'backup',
  }
}
