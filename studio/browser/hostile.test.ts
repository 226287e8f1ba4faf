import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { startStudio } from '../studio.ts'
import { launch, openPage, SKIP } from '../testing/browser.ts'

const HOSTILE = {
  markup: '<img src=x onerror="document.title=1"><script>document.title=2</script>',
  link: 'javascript:document.title=3',
  escapes: '\u001b[2J\u202egnp.exe\u0000',
  entity: '&lt;b&gt;',
  '<b>name</b>': 1,
  __proto__: { x: 1 },
  constructor: 'c',
  long: 'x'.repeat(1_000_000),
}
const WIDE = Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`column_${at}`, at]))

describe('whatever the API sends is text', { skip: SKIP }, () => {
  let browser: Browser
  let api: Server
  let body: string

  before(async () => {
    browser = await launch()
    api = createServer((_, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' })
      response.end(body)
    })
    await new Promise<void>(resolve => api.listen(0, '127.0.0.1', resolve))
  })

  after(async () => {
    await browser?.close()
    api?.close()
  })

  const ROWS = [
    { says: 'markup, escapes and a text of 1 MB', records: [HOSTILE, HOSTILE] },
    { says: '10,000 columns', records: [WIDE, WIDE] },
  ]
  for (const { says, records } of ROWS)
    test(says, async () => {
      body = JSON.stringify({ items: records, '<i>total</i>': 2 })
      const base_url = `http://127.0.0.1:${(api.address() as AddressInfo).port}`
      const credentials = { auth_type: 'bearer', bearer_token: 'some-token' }
      const custom_streams = [{ name: 'mine', url: '/x', data_path: '$.items[*]' }]
      await using studio = await startStudio({ config: { base_url, credentials, custom_streams } })
      const { page, troubles } = await openPage(browser, studio.newAddress())
      await page.getByRole('button', { name: 'Endpoints', exact: true }).click()
      await page.getByRole('button', { name: 'mine your own' }).click()
      await page.getByRole('button', { name: 'Test', exact: true }).click()
      await page.getByRole('table').waitFor()
      for (const tab of ['JSON', 'Columns', 'Raw response', 'Table']) {
        await page.getByRole('tab', { name: tab }).click()
        await page.getByRole('tabpanel').waitFor()
      }
      assert.equal(await page.title(), 'Babelforce studio')
      assert.equal(await page.locator('main img, main script, main b, main i').count(), 0)
      const shown = await page.getByRole('main').innerText()
      assert.ok(shown.length < 100_000, `${shown.length} letters`)
      if (says.startsWith('markup')) assert.ok(shown.includes('<img src=x onerror='))
      else assert.match(shown, /and 441 more columns/)
      assert.deepEqual(troubles, [])
      await page.context().close()
    })

  test('a breach of the policy would be seen: it is blocked, and fails the tests', async () => {
    await using studio = await startStudio({ config: {} })
    const { page, troubles } = await openPage(browser, studio.newAddress())
    await page.getByRole('heading', { name: 'Connection' }).waitFor()
    assert.deepEqual(troubles, [])
    const breach = page.waitForEvent('console')
    await page.evaluate(`
      const script = document.createElement('script')
      script.textContent = 'document.title = "breached"'
      document.body.append(script)
    `)
    await breach
    assert.match(troubles.join(), /Content Security Policy/)
    assert.equal(await page.title(), 'Babelforce studio')
    await page.context().close()
  })
})
