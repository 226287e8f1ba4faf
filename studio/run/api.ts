import { configError } from '../../src/errors.ts'
import { isList, type Json } from '../../src/json.ts'
import type { Path } from '../config/schema.ts'
import { readEndpoints, TOUCHES } from '../endpoints/endpoints.ts'
import { macrosOf } from '../endpoints/macros.ts'
import type { Handler } from '../server/server.ts'
import type { Opening, SyncState } from '../wire.ts'
import type { Bench } from './bench.ts'
import { check } from './check.ts'
import { isRotating } from './held-config.ts'
import { look } from './look.ts'
import { saved } from './save.ts'
import { createSignIn } from './sign-in.ts'
import { createSync } from './sync.ts'
import { testStream } from './test.ts'
import { viewOf } from './view.ts'

/** The calls of the API. None takes a path of this machine, and none requests anything but at a click. */
export function createApi(bench: Bench): Readonly<Record<string, Handler>> {
  const signIn = createSignIn(bench)
  const sync = createSync(bench)
  return {
    open: () => opening(bench),
    set: ({ path, value }) => viewOf(bench, bench.held.change(pathIn(path), value ?? undefined)),
    view: () => viewOf(bench),
    macros: async ({ at }) => ({ macros: await macrosOf(bench.held.value, Number(at)) }),
    check: (_, signal) => check(bench, signal),
    test: ({ stream, agreed }, signal) =>
      testStream(bench, { stream: textIn(stream), agreed: textsIn(agreed), signal }),
    'sign-in': async ({ client_id, client_secret }) => ({
      address: await signIn.begin(textIn(client_id), textIn(client_secret)),
    }),
    'signed-in': async () => {
      await signIn.finish()
      return viewOf(bench, ['You are signed in.'])
    },
    save: ({ streams }) => saved(bench, textsIn(streams)),
    sync: ({ streams, agreed }) => sync.start(textsIn(streams), textsIn(agreed)),
    'sync-stop': () => sync.stop(),
    'sync-state': () => ({ state: sync.state() }),
    look: async () => ({ streams: await look(bench) }),
    write: async () => {
      refuseToHandOn(bench, sync.state())
      return viewOf(bench, [`Saved to ${bench.start.file}.`, ...(await bench.held.save())])
    },
  }
}

/** Throws a config_error while a sync uses the token that Save would hand on. */
function refuseToHandOn({ held }: Bench, { isRunning }: SyncState): void {
  if (isRunning && isRotating(held.value))
    throw configError(
      'A sync is running with this refresh token, which Save would hand on to Airbyte. Stop the sync, or wait for its end; then save.',
    )
}

async function opening(bench: Bench): Promise<Opening> {
  const { file, folder, isDemo } = bench.start
  const [endpoints, view] = await Promise.all([readEndpoints(), viewOf(bench)])
  return { endpoints, touches: TOUCHES, file, folder, isDemo, view }
}

function pathIn(value: Json | undefined): Path {
  const isPath =
    isList(value) &&
    value.every(key => typeof key === 'string' || (Number.isInteger(key) && Number(key) >= 0))
  if (isPath) return value as Path
  throw configError('A path must be a list of names and positions.')
}

function textIn(value: Json | undefined): string {
  return typeof value === 'string' ? value : ''
}

function textsIn(value: Json | undefined): readonly string[] {
  return isList(value) ? value.map(textIn) : []
}
