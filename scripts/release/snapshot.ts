import { writeFile } from 'node:fs/promises'
import { released } from '../../integration_tests/acceptance/compatible.ts'
import { configOf, discover, fixture } from '../../integration_tests/acceptance/fixtures.ts'

const FOLDER = new URL('../../integration_tests/acceptance/released/', import.meta.url)

/** Keeps what users of this release rest on: its spec and the keys, cursors and columns of its streams. The acceptance
 *  tests compare every later version with it. Runs the built program. */
export async function keepSnapshot(): Promise<void> {
  const streams = await discover(await configOf({ url: 'http://127.0.0.1:1' }))
  const rows = streams.map(stream => `${JSON.stringify(stream.name)}: ${JSON.stringify(released(stream))}`)
  await writeFile(new URL('catalog.json', FOLDER), `{\n  ${rows.join(',\n  ')}\n}\n`)
  await writeFile(
    new URL('spec.json', FOLDER),
    `${JSON.stringify(await fixture('spec.json'), undefined, 2)}\n`,
  )
}
