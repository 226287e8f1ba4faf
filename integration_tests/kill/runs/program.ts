import { fileURLToPath } from 'node:url'
import { runProgram } from '../../harness/program.ts'
import { makeReader, type Run, type RunEnd } from './run.ts'

const SKEW = fileURLToPath(new URL('skew.ts', import.meta.url))
/** Shortens the waits between tries, which go by the machine's clock here. */
const PATIENCE = process.env['SOURCE_BABELFORCE_PATIENCE'] ?? '0.01'

/** Runs the built program as the platform does, its clock as far ahead as the world's. */
export async function runAsProgram(run: Run): Promise<RunEnd> {
  const skewMs = run.clock.now() + run.clockErrorMs - Date.now()
  let end: () => void = () => undefined
  const reader = makeReader(run.stop?.how === 'close' ? undefined : run.stop, () => end())
  const closing = run.stop?.how === 'close' ? { closeAfter: run.stop.after } : {}
  const ended = await runProgram(
    ['read', '--config', 'config.json', '--catalog', 'catalog.json', '--state', 'state.json'],
    {
      files: { 'config.json': run.config, 'catalog.json': run.catalog, 'state.json': run.states },
      env: {
        NODE_OPTIONS: `--import=${SKEW}`,
        SKEW_MS: String(skewMs),
        SOURCE_BABELFORCE_SAVE_EVERY_MS: '0',
        SOURCE_BABELFORCE_PATIENCE: PATIENCE,
      },
      main: run.main,
      onLine: (line, kill) => {
        end = () => kill(run.stop?.how === 'term' ? 'SIGTERM' : 'SIGKILL')
        reader.take(line)
      },
      ...closing,
    },
  )
  const isClosed = run.stop?.how === 'close' && reader.messages.length >= run.stop.after
  const messages = isClosed ? reader.messages.slice(0, run.stop?.after) : reader.messages
  return { code: reader.isStopped() || isClosed ? undefined : (ended.code ?? undefined), messages }
}
