import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { generateConfigType } from '../../scripts/generate/config.ts'
import type { Config } from './config.generated.ts'

test('config.generated.ts is what the spec generates', async () => {
  const { path, text } = await generateConfigType()
  assert.equal(path, 'src/config/config.generated.ts')
  const committed = await readFile(new URL('./config.generated.ts', import.meta.url), 'utf8')
  assert.equal(committed, text, 'Run npm run generate.')
})

test('the type tells the two ways to sign in apart', () => {
  const config: Config = { credentials: { auth_type: 'password', username: 'ada', password: 'geheim' } }
  // @ts-expect-error: an access id does not go with a password
  const mixed: Config = { credentials: { auth_type: 'password', username: 'ada', access_id: 'x' } }
  // @ts-expect-error: the field is page_size
  const misspelt: Config = { ...config, pagesize: 10 }
  assert.deepEqual([mixed.credentials.auth_type, misspelt.page_size], ['password', undefined])
})
