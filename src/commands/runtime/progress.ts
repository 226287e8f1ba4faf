interface Tty {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

/** A line on a terminal that shows how far each stream is. */
export interface ProgressLine {
  watch(stream: string, records: () => number): void
  end(): void
}

const REDRAW_MS = 250

/** The progress line of a terminal; silent where the output is not a terminal. */
export function createProgressLine(terminal: Tty): ProgressLine {
  if (terminal.isTTY !== true) return { watch: () => undefined, end: () => undefined }
  const streams = new Map<string, () => number>()
  const draw = () => {
    const line = [...streams]
      .map(([name, records]) => `${name} ${records().toLocaleString('en')}`)
      .join(' · ')
    terminal.write(`\r\u001b[K${line.slice(0, (terminal.columns ?? 80) - 1)}`)
  }
  const timer = setInterval(draw, REDRAW_MS).unref()
  return {
    watch: (stream, records) => streams.set(stream, records),
    end() {
      clearInterval(timer)
      draw()
      terminal.write('\n')
    },
  }
}
