import { concurrently } from '../../src/concurrency.ts'
import { startHostile } from '../harness/hostile.ts'
import type { Ended } from '../harness/program.ts'
import { catalogOf, read } from '../harness/sync.ts'
import type { Body } from './corpus.ts'

const AT_ONCE = 4

/** Runs the built program against servers that answer with these bodies, each in a read of its own. A body that is asked for
 *  again comes again, up to the program's patience; `env` is added to its environment. */
export async function readBodies(
  bodies: readonly Body[],
  env: Readonly<Record<string, string>> = {},
): Promise<ReadonlyMap<Body, Ended>> {
  const ends = new Map<Body, Ended>()
  await concurrently(bodies, AT_ONCE, async body => {
    ends.set(body, await readBody(body, env))
  })
  return ends
}

async function readBody({ bytes, contentType }: Body, env: Readonly<Record<string, string>>): Promise<Ended> {
  await using server = await startHostile(({ url }, response) => {
    // Later pages are empty: what a list is, not how it is paged, is tried here.
    const isFirst = !/[?&]page=([2-9]|\d\d)/.test(url)
    response.writeHead(200, { 'content-type': isFirst ? contentType : 'application/json' })
    response.end(isFirst ? bytes : '{"items":[]}')
  })
  return await read({
    config: { base_url: server.url, credentials: { auth_type: 'bearer', bearer_token: 'x-token' } },
    catalog: catalogOf(['recordings']),
    env,
  })
}
