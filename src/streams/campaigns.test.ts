import assert from 'node:assert/strict'
import { test } from 'node:test'
import { campaignStatistics } from './campaigns.ts'

const context = {
  now: 0,
  askedAt: 0,
  window: { from: 0, to: 86_400_000 },
  parent: { campaign_id: 'c' },
} as const

const rows = [
  { says: 'as it came', in: { agent: 'a', login_at: '07:00' }, out: '07:00' },
  { says: 'empty where it is missing', in: { agent: 'a' }, out: '' },
  { says: 'empty where it is null', in: { agent: 'a', login_at: null }, out: '' },
]

for (const { says, in: record, out } of rows)
  test(`the log-in of a campaign's statistics, a part of their key, is ${says}`, () => {
    assert.ok(campaignStatistics.primaryKey.includes('login_at'))
    assert.equal(campaignStatistics.adapt?.(record, context)['login_at'], out)
  })
