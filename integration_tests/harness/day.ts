import { Writable } from 'node:stream'
import type { Simulator } from '../../simulator/server.ts'
import { resolveStreams } from '../../src/commands/setup/available-streams.ts'
import type { Config } from '../../src/config/config.generated.ts'
import { settle } from '../../src/config/settings.ts'
import { planJobs } from '../../src/engine/plan.ts'
import { compileStream } from '../../src/engine/records/compile.ts'
import { runPlan } from '../../src/engine/run.ts'
import type { Engine } from '../../src/engine/stream/context.ts'
import { originOf } from '../../src/http/environments.ts'
import { PATIENT } from '../../src/http/retry/patience.ts'
import { createCall } from '../../src/http/stack.ts'
import type { Call, Clock } from '../../src/http/types.ts'
import type { JsonObject } from '../../src/json.ts'
import { createLog } from '../../src/protocol/log.ts'
import { createOutput } from '../../src/protocol/output.ts'
import { readSchema } from '../../src/streams/schemas.ts'
import type { Printed } from './program.ts'

/** Takes each message of a sync as it comes. */
export type OnMessage = (message: Printed) => void

/** One way to the simulator for many syncs, on this clock. */
export function openDay({ url }: Simulator, clock: Clock): Call {
  return createCall({
    origin: url,
    credentials: { auth_type: 'password', username: 'demo@example.com', password: 'demo-password' },
    userAgent: 'a day',
    concurrency: 8,
    patience: PATIENT,
    clock,
    signal: new AbortController().signal,
    onWait: () => undefined,
    onSignIn: { onSecret: () => undefined, onRotated: async () => undefined },
  })
}

/** One sync in this process. Gives whether it finished. */
export async function syncOnce(
  { call, clock, config }: { readonly call: Call; readonly clock: Clock; readonly config: Config },
  streams: readonly string[],
  states: ReadonlyMap<string, JsonObject>,
  onMessage: OnMessage,
): Promise<boolean> {
  const settings = settle(config, clock.now())
  const output = createOutput(lines(onMessage), () => undefined)
  const log = createLog(output, text => text)
  const { signal } = new AbortController()
  const engine: Engine = {
    call,
    service: 'Babelforce',
    log,
    settings,
    signal,
    now: clock.now,
    apiNow: clock.now,
  }
  const { find } = await resolveStreams({ config, settings, origin: originOf(config) })
  const selected = streams.map(name => ({
    name,
    mode: find(name)?.incremental === undefined ? ('full_refresh' as const) : ('incremental' as const),
  }))
  const finished = await runPlan(
    planJobs(selected, { find, stateOf: name => states.get(name), settings, warn: log.warn }),
    {
      engine,
      find,
      output,
      mask: text => text,
      now: clock.now,
      compile: async def => compileStream(def, await readSchema(def.name), false),
      stop: () => undefined,
      onStart: () => undefined,
      mostInFlight: () => 0,
      requestsOf: () => 0,
    },
  )
  await output.flush()
  return finished
}

/** A stream that parses what is written to it, line by line. */
function lines(onMessage: OnMessage): Writable {
  let rest = ''
  return new Writable({
    write(chunk: Buffer, _, done) {
      const parts = (rest + chunk.toString('utf8')).split('\n')
      rest = parts.pop() ?? ''
      for (const line of parts) onMessage(JSON.parse(line))
      done()
    },
  })
}
