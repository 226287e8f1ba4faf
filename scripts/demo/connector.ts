import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../../dist/main.mjs', import.meta.url))

// biome-ignore lint/suspicious/noExplicitAny: messages of every kind, looked into by their readers
type Message = any

/** What one stream came to. */
export interface Tally {
  readonly stream: string
  readonly records: number
  readonly requests: number | undefined
  readonly seconds: number | undefined
  readonly state: string
  readonly sample: string | undefined
}

/** What a run of the connector printed. */
export interface Outcome {
  readonly last: Message
  readonly states: readonly Message[]
  readonly tallies: readonly Tally[]
}

/** Runs the built connector to its end, with a line of progress where somebody watches. Throws when it fails. */
export async function runConnector(args: readonly string[]): Promise<Outcome> {
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  const book = createBook()
  for await (const line of createInterface({ input: child.stdout })) book.enter(JSON.parse(line))
  if (child.exitCode === null) await once(child, 'exit')
  if (child.exitCode !== 0)
    throw new Error(`the connector ended with exit code ${child.exitCode}: ${book.trouble()}`)
  return book.close()
}

/** Keeps count of what comes by. */
function createBook() {
  const counts = new Map<string, number>()
  const states = new Map<string, Message>()
  const samples = new Map<string, string>()
  const facts = new Map<string, { requests: number; seconds: number }>()
  let last: Message
  let trouble = ''
  const hear = (line: string) => {
    const told = /^(\w+): \d+ records in (\d+) requests, ([\d.]+) s/.exec(line)
    if (told !== null) facts.set(told[1] ?? '', { requests: Number(told[2]), seconds: Number(told[3]) })
  }
  const enter = (message: Message) => {
    const { type, record, state, log, trace } = message
    if (type === 'RECORD') {
      counts.set(record.stream, (counts.get(record.stream) ?? 0) + 1)
      if (!samples.has(record.stream)) samples.set(record.stream, JSON.stringify(record.data))
    } else if (type === 'STATE') states.set(state.stream.stream_descriptor.name, state)
    else if (trace?.type === 'ERROR') trouble = trace.error.message
    else if (type === 'LOG') hear(log.message)
    if (type !== 'LOG') last = message
  }
  const close = (): Outcome => ({
    last,
    states: [...states.values()],
    tallies: [...states].map(([stream, state]) => ({
      stream,
      records: counts.get(stream) ?? 0,
      requests: facts.get(stream)?.requests,
      seconds: facts.get(stream)?.seconds,
      state: brief(state.stream.stream_state),
      sample: samples.get(stream),
    })),
  })
  return { enter, close, trouble: () => trouble }
}

function brief(state: Message): string {
  return state.cursor ?? (state.finished ? 'finished' : 'none')
}
