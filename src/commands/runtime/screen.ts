import { inThousands } from '../../counted.ts'
import { SECOND_MS } from '../../durations.ts'
import { isLogged } from '../../protocol/log.ts'
import type { RunEvent, StreamProgress } from './run-watch.ts'

interface Tty {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

/** Shows a person what happens in a run. */
export interface Screen {
  show(event: RunEvent): void
  /** Leaves the last progress where it is; the next line is free. */
  end(): void
}

/** What a screen shows beside progress, warnings, errors and waits. */
export interface ScreenOptions {
  /** LOG_LEVEL: at debug, every line of the log is shown. */
  readonly level: string | undefined
  readonly now: () => number
  /** Whether progress is shown. */
  readonly progress: boolean
}

/** A screen on a terminal: what is worth a line, and below it a line that shows how far the streams are. */
export function createScreen(terminal: Tty, { level, now, progress }: ScreenOptions): Screen {
  const isNews = createWaitFilter()
  const isVerbose = isLogged('DEBUG', level)
  const progressOf = createProgressText(now)
  let line = ''
  const clear = () => terminal.write(line === '' ? '' : '\r\u001b[K')
  const draw = () => terminal.write(line.slice(0, (terminal.columns ?? 80) - 1))
  return {
    show(event) {
      if ((event.type === 'progress' && !progress) || !isNews(event)) return
      const text = event.type === 'progress' ? undefined : textOf(event, isVerbose)
      clear()
      if (event.type === 'progress') line = progressOf(event.streams)
      else if (text !== undefined) terminal.write(`${text}\n`)
      draw()
    },
    end() {
      if (line !== '') terminal.write('\n')
      line = ''
    },
  }
}

/** A screen where nobody watches, as in a container's log: each line of the log, and no progress. */
export function createPlainScreen(write: (text: string) => unknown): Screen {
  return {
    show(event) {
      const text = event.type === 'progress' || event.type === 'wait' ? undefined : textOf(event, true)
      if (text !== undefined) write(`${text}\n`)
    },
    end: () => undefined,
  }
}

/** Passes over a wait for the same reason as the one before it. */
function createWaitFilter(): (event: RunEvent) => boolean {
  let last = ''
  return event => {
    if (event.type !== 'wait') return true
    const isNews = event.reason !== last
    last = event.reason
    return isNews
  }
}

function textOf(event: Exclude<RunEvent, { type: 'progress' }>, isVerbose: boolean): string | undefined {
  switch (event.type) {
    case 'started':
      return event.streams.length === 0 ? undefined : `Reading ${event.streams.join(', ')}.`
    case 'wait':
      return isVerbose
        ? undefined
        : `Waiting ${Math.ceil(event.ms / SECOND_MS)} s before trying again: ${event.reason}`
    case 'checked':
      return event.text
    case 'error':
      return `Error: ${event.error.message}`
    case 'log':
      if (event.level === 'WARN' || event.level === 'ERROR' || event.level === 'FATAL')
        return `Warning: ${event.text}`
      return isVerbose ? event.text : undefined
  }
}

/** A line on how far the streams are: how many are done, the ones that are running, and how fast it goes. */
function createProgressText(now: () => number): (streams: readonly StreamProgress[]) => string {
  const startedAt = now()
  return streams => {
    const done = streams.filter(({ status }) => status === 'complete' || status === 'incomplete').length
    const running = streams.filter(({ status }) => status === 'running')
    const records = streams.reduce((sum, one) => sum + one.records, 0)
    const rate = Math.round(records / Math.max(1, (now() - startedAt) / SECOND_MS))
    return [
      `${done} of ${streams.length} done`,
      `${inThousands(rate)} records/s`,
      ...running.map(one => `${one.stream} ${inThousands(one.records)}`),
    ].join(' · ')
  }
}
