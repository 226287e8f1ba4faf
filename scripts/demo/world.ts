import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const SIMULATOR = fileURLToPath(new URL('../../simulator/main.ts', import.meta.url))

/** A simulator that runs as a process of its own, as `npm run simulator` starts it. */
export interface RunningWorld {
  readonly url: string
  /** Lets so many calls happen now. */
  advance(calls: number): Promise<void>
  stop(): Promise<void>
}

/** Starts a simulator with these options, and waits until it is ready. */
export async function startWorld(options: readonly string[]): Promise<RunningWorld> {
  const child = spawn(process.execPath, [SIMULATOR, ...options], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(createInterface({ input: child.stdout }), 'line')
  const { url } = JSON.parse(line)
  return {
    url,
    async advance(calls) {
      await fetch(`${url}/__world/advance?calls=${calls}`, { method: 'POST' })
    },
    async stop() {
      child.kill('SIGTERM')
      if (child.exitCode === null) await once(child, 'exit')
    },
  }
}
