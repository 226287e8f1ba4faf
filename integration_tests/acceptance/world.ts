import type { SimulatorOptions } from '../../simulator/options.ts'
import { type Simulator, startSimulator } from '../../simulator/server.ts'

/** Where the configs of this folder say that the simulator listens. */
const PORT = 18_461

/** The moment at which the world of the acceptance tests stands still, so that its records are the same in every run. */
const NOW = Date.parse('2026-05-01T00:00:00Z')

/** Starts the world of the acceptance tests; any free port unless told otherwise. */
export function startWorld(more: SimulatorOptions = {}): Promise<Simulator> {
  return startSimulator({
    calls: 160,
    agents: 12,
    lists: 4,
    leads: 120,
    days: 6,
    now: () => NOW,
    ...more,
  })
}

if (import.meta.main) {
  const simulator = await startWorld({ port: PORT })
  process.stdout.write(`${JSON.stringify({ url: simulator.url })}\n`)
  process.once('SIGTERM', () => void simulator.stop())
}
