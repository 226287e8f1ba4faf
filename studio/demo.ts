import { startSimulator } from '../simulator/server.ts'
import type { JsonObject } from '../src/json.ts'

/** A simulated Babelforce, and the config that signs in to it. */
export interface Demo {
  readonly config: JsonObject
  readonly stop: () => Promise<void>
}

/** Starts the simulator of `--demo`. */
export async function startDemo(): Promise<Demo> {
  const { url, stop } = await startSimulator({ calls: 5000, agents: 40, lists: 4, leads: 200 })
  const credentials = { auth_type: 'password', username: 'demo@example.com', password: 'demo-password' }
  return { config: { base_url: url, credentials }, stop }
}
