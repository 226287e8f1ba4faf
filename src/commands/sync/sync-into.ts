import type { Selected } from '../../engine/plan.ts'
import { asConnectorError, ConnectorError } from '../../errors.ts'
import { defined } from '../../optional.ts'
import { planRead } from '../read/plan.ts'
import { runRead } from '../read/run.ts'
import { keepHeapSmall } from '../runtime/heap.ts'
import type { RunWatch } from '../runtime/run-watch.ts'
import { refuseToLoseToken } from '../runtime/terminal.ts'
import { openStreams, refuseProblems } from '../setup/available-streams.ts'
import { defaultStreams, selectStreams } from '../setup/select-streams.ts'
import { readSetup, type Setup } from '../setup/setup.ts'
import type { SyncRequest, SyncResult } from './events.ts'
import { type Folder, inFolder, openFolder } from './folder/layout.ts'
import { lockFolder } from './folder/lock.ts'
import { openManifest, UNKNOWN_STREAM } from './folder/manifest.ts'
import { adopt, type OpenFolder, saveManifest } from './folder/settle.ts'
import { openStates } from './folder/states.ts'
import { register, type Selection, startingState, writtenAs } from './register.ts'
import { createSyncProgram, type SyncProgram } from './sync-program.ts'

/** Reads streams into the files of a folder, from where the last sync into it ended. Errors of single streams are in the result;
 *  rejects with a ConnectorError if nothing could be read at all. Only one sync at a time can write to a folder. */
export async function syncInto(request: SyncRequest): Promise<SyncResult> {
  keepHeapSmall()
  const run = createSyncProgram(request)
  try {
    const setup = await readSetup(request.config, run.program)
    refuseToLoseToken(setup.config.credentials, request.saveConfig)
    const available = await openStreams(setup, run.program)
    if (request.streams === undefined) refuseProblems(available)
    const names = request.streams ?? defaultStreams(available)
    const selected = selectStreams(names, available, setup.settings)
    const folder = await openFolder(request.into)
    using _lock = lockFolder(folder)
    return await inFolder(folder, async () => {
      const open = await openFiles(folder, setup)
      await adopt(open, run.program.log)
      return readInto(open, { setup, available, selected }, { request, run })
    })
  } catch (error) {
    throw masked(asConnectorError(error), run)
  } finally {
    run.program.watch.end()
  }
}

async function openFiles(folder: Folder, { origin }: Setup): Promise<OpenFolder> {
  const states = await openStates(folder.state)
  const manifest = await openManifest(folder.manifest, { origin, isNew: states.all().size === 0 })
  return { folder, manifest, states }
}

interface Running {
  readonly request: SyncRequest
  readonly run: SyncProgram
}

async function readInto(
  open: OpenFolder,
  selection: Selection,
  { request, run: { program, writer } }: Running,
): Promise<SyncResult> {
  const { setup, available } = selection
  const { watch } = program
  const startedAt = performance.now()
  const names = selection.selected.map(({ name }) => name)
  const selected = await register(selection, open.manifest, program)
  await saveManifest(open)
  writer.begin(open, selection.selected.map(writtenAs))
  watch.begin(names)
  const stateOf = (name: string) => stateIn(open, selected, name)
  const plan = planRead({ setup, available, selected, stateOf }, program)
  const finished = await runRead(plan, setup, program)
  await writer.end()
  noteEnds(open, names, watch, program.clock.now())
  await saveManifest(open)
  return {
    into: open.folder.path,
    finished,
    stopped: request.signal?.aborted ?? false,
    streams: names.map(name => resultOf(name, watch, writer)),
    errors: watch.errorsOf(undefined),
    seconds: (performance.now() - startedAt) / 1000,
  }
}

/** The state that a stream goes on from. */
function stateIn({ states }: OpenFolder, selected: readonly Selected[], name: string) {
  const stream = selected.find(one => one.name === name)
  return stream === undefined ? undefined : startingState(states, stream)
}

function resultOf(
  name: string,
  watch: RunWatch,
  writer: SyncProgram['writer'],
): SyncResult['streams'][number] {
  const files = writer.stream(name)?.files ?? []
  return { ...watch.progressOf(name), files, errors: watch.errorsOf(name) }
}

/** Records in the manifest how each stream of this sync ended. */
function noteEnds({ manifest }: OpenFolder, names: readonly string[], watch: RunWatch, now: number): void {
  for (const name of names) {
    const { status, records, requests } = watch.progressOf(name)
    const ended_at = new Date(now).toISOString()
    manifest.change(name, (before = UNKNOWN_STREAM) => ({
      ...before,
      last_sync: { complete: status === 'complete', ended_at, records, requests },
    }))
  }
}

/** The same error without secrets. */
function masked(error: ConnectorError, { program }: SyncProgram): ConnectorError {
  const { failure, internal, status, scope, isForeign } = error
  const facts = { internal: internal === undefined ? undefined : program.mask(internal), status }
  return new ConnectorError(failure, program.mask(error.message), { ...defined(facts), scope, isForeign })
}
