import assert from 'node:assert/strict'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import axe from 'axe-core'
import type { Browser, Locator, Page } from 'playwright-core'
import { type Simulator, startSimulator } from '../../simulator/server.ts'
import type { JsonObject } from '../../src/json.ts'
import { startStudio } from '../studio.ts'
import { launch, openPage, SKIP } from '../testing/browser.ts'

const credentials = { auth_type: 'password', username: 'demo@example.com', password: 'demo-password' }
const SCREENS = ['Connection', 'Endpoints', 'Save', 'Sync', 'Look'] as const

describe('the studio for people', { skip: SKIP }, () => {
  let browser: Browser
  let simulator: Simulator
  let config: JsonObject
  let folder: string

  before(async () => {
    browser = await launch()
    simulator = await startSimulator({ calls: 200, agents: 5, days: 10 })
    folder = await mkdtemp(join(tmpdir(), 'studio-'))
    config = {
      base_url: simulator.url,
      credentials,
      custom_streams: [
        {
          name: 'mine',
          url: '/api/v2/agents?kind={l.c}',
          data_path: '$.items[*]',
          pagination: { type: 'page' },
          lookups: ['l'],
        },
      ],
      lookups: [{ name: 'l', source: { type: 'values', column: 'c', values: ['a'] } }],
    }
  })

  after(async () => {
    await browser?.close()
    await simulator?.stop()
  })

  for (const width of [1280, 390])
    for (const scheme of ['light', 'dark'] as const)
      test(`axe finds nothing on any screen, ${width} pixels wide, ${scheme}`, async () => {
        await using studio = await startStudio({ config, folder })
        const { page, troubles } = await openPage(browser, studio.newAddress(), { width, scheme })
        await page.getByRole('heading', { name: 'Connection', exact: true }).waitFor()
        await violationsOn(page, 'Connection')
        await page.getByRole('button', { name: 'Check', exact: true }).click()
        await page.getByText('agents: can be read').waitFor()
        await violationsOn(page, 'Connection, checked')
        await goTo(page, 'Endpoints')
        await violationsOn(page, 'Endpoints, none chosen')
        await page.getByRole('button', { name: 'List Call Records' }).click()
        await page.getByRole('button', { name: 'Test', exact: true }).click()
        await page.getByRole('table').waitFor()
        for (const tab of ['JSON', 'Columns', 'Raw response', 'Table']) {
          await page.getByRole('tab', { name: tab }).click()
          await violationsOn(page, `Endpoints, ${tab}`)
        }
        await page.getByRole('button', { name: 'Synchronize Agents' }).click()
        await violationsOn(page, 'Endpoints, one that is disabled')
        await page.getByRole('button', { name: 'mine your own' }).click()
        await page.getByRole('button', { name: 'Test', exact: true }).click()
        await page.getByRole('list', { name: 'Requests made' }).waitFor()
        const url = page.locator('[data-field="custom_streams.0.url"]').getByRole('combobox')
        await url.pressSequentially('&x={')
        await page.getByRole('listbox', { name: 'Macros' }).getByRole('option').first().waitFor()
        await violationsOn(page, 'Endpoints, one’s own, completing')
        await url.press('Escape')
        for (const name of SCREENS.slice(2)) {
          await goTo(page, name)
          await violationsOn(page, name)
        }
        assert.deepEqual(troubles, [])
        await page.context().close()
      })

  test('axe finds nothing while the page connects, and what is shown then goes', async () => {
    await using studio = await startStudio({ config })
    const context = await browser.newContext()
    const page = await context.newPage()
    const { promise, resolve } = Promise.withResolvers<void>()
    await page.route('**/api/session', route => promise.then(() => route.continue()))
    await page.goto(studio.newAddress())
    await violationsOn(page, 'connecting')
    resolve()
    await page.getByRole('heading', { name: 'Connection', exact: true }).waitFor()
    assert.equal(await page.getByRole('main').count(), 1)
    await context.close()
  })

  test('everything can be done with the keyboard', async () => {
    await using studio = await startStudio({ config: { base_url: simulator.url, credentials }, folder })
    const { page } = await openPage(browser, studio.newAddress())
    await tabTo(page, 'Endpoints')
    await page.keyboard.press('Enter')
    await tabTo(page, 'Search the endpoints')
    await page.keyboard.type('list queues')
    await tabTo(page, 'List Queues')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('table').waitFor()
    await tabTo(page, 'Table')
    await page.keyboard.press('ArrowRight')
    assert.equal(await page.getByRole('tab', { name: 'JSON' }).getAttribute('aria-selected'), 'true')
    await page.context().close()
  })

  test('a POST is asked about in a dialog that names it, and Escape means no', async () => {
    const search = { name: 'found', url: '/api/v2/demo/search', method: 'POST', body: '{}' }
    await using studio = await startStudio({
      config: { base_url: simulator.url, credentials, custom_streams: [search] },
    })
    const { page } = await openPage(browser, studio.newAddress())
    await goTo(page, 'Endpoints')
    await page.getByRole('button', { name: 'found your own' }).click()
    const test = page.getByRole('button', { name: 'Test', exact: true })
    await test.click()
    await page.getByRole('dialog').getByText(`POST ${simulator.url}/api/v2/demo/search`).waitFor()
    await violationsOn(page, 'the dialog')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.getByText('Nothing was tested yet').waitFor()
    assert.ok(await isFocused(test), 'the focus is where it was')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('button', { name: 'Do not send' }).press('Enter')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await test.click()
    await page.getByRole('button', { name: 'Send it' }).click()
    await page.getByRole('list', { name: 'Requests made' }).waitFor()
    await page.context().close()
  })

  test('a macro is put where the caret is, which is behind it then', async () => {
    await using studio = await startStudio({ config })
    const { page } = await openPage(browser, studio.newAddress())
    await goTo(page, 'Endpoints')
    await page.getByRole('button', { name: 'mine your own' }).click()
    const url = page.locator('[data-field="custom_streams.0.url"]').getByRole('combobox')
    await url.fill('/api/v2/agents?from=&max=1')
    for (let left = '&max=1'.length; left > 0; left--) await url.press('ArrowLeft')
    await url.pressSequentially('{now')
    await page.getByRole('option', { name: '{now-1}' }).waitFor()
    await url.press('ArrowDown')
    await url.press('Enter')
    await url.pressSequentially('xyz')
    assert.equal(await url.inputValue(), '/api/v2/agents?from={now-1}xyz&max=1')
    await page.context().close()
  })

  test('an endpoint of one’s own that was tested and is called something else now is not chosen any more', async () => {
    await using studio = await startStudio({ config, folder })
    const { page } = await openPage(browser, studio.newAddress())
    await goTo(page, 'Endpoints')
    await page.getByRole('button', { name: 'mine your own' }).click()
    await page.getByRole('button', { name: 'Test', exact: true }).click()
    await page.getByRole('list', { name: 'Requests made' }).waitFor()
    await page.locator('[data-field="custom_streams.0.name"]').getByRole('textbox').fill('another')
    await goTo(page, 'Sync')
    await page.getByText('Streams (0 chosen)').waitFor()
    await page.getByRole('checkbox', { name: 'another' }).check()
    await page.getByRole('button', { name: 'Start the sync' }).click()
    await page.getByText(/^Finished/).waitFor()
    await page.context().close()
  })

  test('a sync shows how far it is, and Look what came of it', async () => {
    await using studio = await startStudio({ config, folder })
    const { page, troubles } = await openPage(browser, studio.newAddress())
    await goTo(page, 'Sync')
    for (const name of ['calls', 'agents', 'queues'])
      await page.getByRole('checkbox', { name, exact: true }).check()
    await page.getByRole('button', { name: 'Start the sync' }).click()
    await page.getByText(/^Finished: [\d,]+ records in/).waitFor()
    await violationsOn(page, 'Sync, finished')
    await goTo(page, 'Look')
    await page.getByRole('img', { name: /^calls: records a day \(UTC\)/ }).waitFor()
    const text = await page.getByRole('main').innerText()
    assert.match(text, /200 records, the newest of .* UTC/)
    await violationsOn(page, 'Look')
    assert.deepEqual(troubles, [])
    await page.context().close()
  })

  test('a config that lacks something is said on Save, without a call that must fail; an error stays on its screen', async () => {
    await using studio = await startStudio({ config: {} })
    const { page, troubles } = await openPage(browser, studio.newAddress())
    await goTo(page, 'Save')
    await page.getByText('needs credentials').waitFor()
    assert.deepEqual(troubles, [])
    await goTo(page, 'Endpoints')
    await page.getByRole('button', { name: 'List Agents' }).first().click()
    await page.getByRole('button', { name: 'Test', exact: true }).click()
    await page.getByRole('alert').waitFor()
    await goTo(page, 'Look')
    await page.getByRole('heading', { name: 'Look' }).waitFor()
    assert.equal(await page.getByRole('alert').count(), 0)
    await page.context().close()
  })

  test('a second tab takes the studio over, and the first one says what to do', async () => {
    await using studio = await startStudio({ config: {} })
    const address = studio.newAddress()
    const first = await openPage(browser, address)
    await first.page.getByRole('heading', { name: 'Connection' }).waitFor()
    const used = await openPage(browser, address)
    await used.page.getByText(/used already.*Press Enter in the terminal/).waitFor()
    const second = await openPage(browser, studio.newAddress())
    await second.page.getByRole('heading', { name: 'Connection' }).waitFor()
    await first.page.getByRole('button', { name: 'Check', exact: true }).click()
    await first.page.getByText(/no longer connected.*Press Enter in the terminal/).waitFor()
    for (const { page } of [first, used, second]) await page.context().close()
  })

  test('after a reload the page says what to do, and nothing is left in the browser', async () => {
    await using studio = await startStudio({ config: {} })
    const { page } = await openPage(browser, studio.newAddress())
    await page.getByRole('heading', { name: 'Connection' }).waitFor()
    assert.equal(new URL(page.url()).hash, '')
    const left = await page.evaluate(
      'JSON.stringify([localStorage.length, sessionStorage.length, document.cookie])',
    )
    assert.equal(left, '[0,0,""]')
    assert.deepEqual(await page.context().cookies(), [])
    await page.reload()
    await page.getByText(/loaded again.*Press Enter in the terminal for a new address/).waitFor()
    await page.context().close()
  })

  test('when the studio is gone the page says so', async () => {
    const studio = await startStudio({ config: {} })
    const { page } = await openPage(browser, studio.newAddress())
    await page.getByRole('heading', { name: 'Connection' }).waitFor()
    await studio[Symbol.asyncDispose]()
    await page.getByRole('button', { name: 'Check', exact: true }).click()
    await page.getByText(/does not answer.*Start it again in the terminal/).waitFor()
    await page.context().close()
  })
})

async function goTo(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name, exact: true }).click()
  await page.locator(`nav [aria-current]`, { hasText: name }).waitFor()
}

/** Presses Tab until what has this name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 150; presses++) {
    await page.keyboard.press('Tab')
    const focused = String(
      await page.evaluate(
        '(document.activeElement?.labels?.[0] ?? document.activeElement)?.textContent ?? ""',
      ),
    )
    if (focused.startsWith(name)) return
  }
  assert.fail(`Tab never came to ${name}`)
}

/** Asserts that axe finds nothing, and that nothing is wider than the page. */
async function violationsOn(page: Page, where: string): Promise<void> {
  await page.evaluate(axe.source)
  const found = (await page.evaluate('axe.run()')) as axe.AxeResults
  const said = found.violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`,
  )
  assert.deepEqual(said, [], where)
  const wider = Number(
    await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
  )
  assert.ok(wider <= 0, `${where} is ${wider} pixels too wide`)
}

function isFocused(place: Locator): Promise<boolean> {
  return place.evaluate(element => element === document.activeElement)
}
