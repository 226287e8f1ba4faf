import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startSmall, suiteConfig } from '../harness/standard.ts'
import { catalogOf, read, recordsOf } from '../harness/sync.ts'

test('a read says once, in a line for each fact, what it notices, and ends as usual', async () => {
  await using simulator = await startSmall('live')
  const catalog = catalogOf(['calls', 'call_records', 'agents', 'sms'])
  const ended = await read({ config: suiteConfig(simulator), catalog })
  const noticed = ended.messages.flatMap(({ log }) => (/^Noticed/.test(log?.message) ? [log] : []))
  assert.equal(ended.code, 0)
  assert.deepEqual(
    noticed.map(({ level }) => level),
    ['INFO', 'INFO'],
  )
  assert.match(noticed[0].message, /the number of pages is left out here/)
  assert.match(noticed[1].message, /the number of records is left out here/)
})

test('a read of an account as documented notices nothing', async () => {
  await using simulator = await startSmall('documented')
  const ended = await read({ config: suiteConfig(simulator), catalog: catalogOf(['calls', 'agents']) })
  assert.doesNotMatch(ended.stdout, /Noticed/)
})

test('roles that come as text are a list of one', async () => {
  await using simulator = await startSmall('documented', { faults: 'roles-text' })
  const ended = await read({ config: suiteConfig(simulator), catalog: catalogOf(['accounts']) })
  assert.deepEqual(
    recordsOf(ended, 'accounts').map(({ roles }) => roles),
    [['manager'], ['manager']],
  )
})
