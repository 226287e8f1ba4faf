import { parseOptions } from './command-line.ts'
import { readyLine } from './ready.ts'
import { startSimulator } from './server.ts'

try {
  const simulator = await startSimulator(parseOptions(process.argv.slice(2)))
  process.stdout.write(readyLine(simulator.url))
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void simulator.stop())
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
