import assert from 'node:assert/strict'
import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { type Simulator, startSimulator } from '../../simulator/server.ts'
import { type Studio, startStudio } from '../studio.ts'
import { launch, openPage, SKIP } from '../testing/browser.ts'

// The seed's tour, sentence by sentence: shared/seeds are its words; docs/studio.md has them as a table.
for (const world of ['documented', 'seed'] as const) {
  describe(`the tour in the ${world} world`, { skip: SKIP }, () => {
    let browser: Browser
    let simulator: Simulator
    let studio: Studio
    let page: Page
    let troubles: readonly string[]
    let file: string

    before(async () => {
      file = join(await mkdtemp(join(tmpdir(), 'studio-')), 'config.json')
      browser = await launch()
      simulator = await startSimulator({ world, calls: 300, agents: 5, days: 20 })
      studio = await startStudio({ file })
      ;({ page, troubles } = await openPage(browser, studio.newAddress()))
    })

    after(async () => {
      await browser?.close()
      await studio?.[Symbol.asyncDispose]()
      await simulator?.stop()
    })

    const field = (path: string) => page.locator(`[data-field="${path}"]`)
    const result = () => page.getByRole('region', { name: 'Endpoint Test Result' })
    const screen = (name: string) =>
      page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name, exact: true }).click()
    const own = (name: string) => field(`custom_streams.0.${name}`)
    const testNow = async () => {
      await result().getByRole('button', { name: 'Test' }).click()
      await result()
        .getByRole('button', { name: 'Test', exact: true })
        .and(page.locator(':enabled'))
        .waitFor()
    }
    test('Select the credential that will be used to connect to the Babelforce instance; or, create a new one', async () => {
      await field('base_url').getByRole('textbox').fill(simulator.url)
      await page.getByRole('radio', { name: 'User Name and Password (OAuth)' }).check()
      await field('credentials.username')
        .getByRole('combobox')
        .or(field('credentials.username').getByRole('textbox'))
        .first()
        .fill('demo@example.com')
      await field('credentials.password').getByLabel('Password').fill('demo-password')
      await page.getByRole('button', { name: 'Check' }).click()
      await page.getByText('agents: can be read').waitFor()
    })

    test('Select the endpoint from which this source will fetch data from the Endpoint pulldown menu', async () => {
      await screen('Endpoints')
      await page.getByRole('searchbox').fill('Get Agent')
      await page.getByRole('button', { name: /^Get Agent agent_details/ }).click()
      await page.getByRole('heading', { name: 'Get Agent' }).waitFor()
    })

    test('Click the Test button: sample data will be fetched and displayed in the Endpoint Test Result panel', async () => {
      await testNow()
      assert.ok((await result().locator('tbody tr').count()) >= 1)
      assert.match(
        await result().getByRole('list', { name: 'Requests made' }).innerText(),
        /GET .*\/agents\/.*200, \d+ ms, [\d.,]+ kB/s,
      )
    })

    test('Enter the agent identifier in the Id field', async () => {
      const id = await result().locator('tbody tr').nth(1).locator('td').first().innerText()
      await field('ids.agents').getByRole('textbox').fill(id)
      await result()
        .getByText(/^Stale/)
        .waitFor()
      await testNow()
      assert.equal(await result().locator('tbody tr').count(), 1)
      assert.equal(await result().locator('tbody tr td').first().innerText(), id)
    })

    test('If the sample data is not as expected, make any necessary adjustments, then click the Test button again', async () => {
      await field('ids.agents').getByRole('textbox').fill('')
      await result()
        .getByText(/^Stale/)
        .waitFor()
      await page.keyboard.press('Control+Enter')
      await result().locator('tbody tr').nth(1).waitFor()
      assert.equal(
        await result()
          .getByText(/^Stale/)
          .count(),
        0,
      )
    })

    test('To manually configure this source, select the Advanced tab', async () => {
      await page.getByRole('button', { name: 'Your own endpoint' }).click()
      await page.getByRole('heading', { name: 'my_endpoint_1' }).waitFor()
    })

    test('Select the API method from the Method pulldown menu', async () => {
      assert.deepEqual(await own('method').getByRole('combobox').locator('option').allInnerTexts(), [
        'GET (default)',
        'POST',
      ])
      await own('method').getByRole('combobox').selectOption({ label: 'GET (default)' })
    })

    test('Enter the URL: type { at the appropriate position, and select the desired macro from the dropdown list', async () => {
      const url = own('url').getByRole('combobox')
      await url.fill('')
      await url.pressSequentially('/api/v2/demo/window?from={')
      await page.getByRole('option', { name: '{now-1}' }).click()
      await url.pressSequentially('&to={')
      await page.keyboard.press('Enter')
      assert.equal(await url.inputValue(), '/api/v2/demo/window?from={now-1}&to={now}')
    })

    test('Select the format from the Date Format for Date/Time Macro pulldown menu', async () => {
      const format = own('date_format').getByRole('combobox')
      const menu = page.locator(`#${await format.getAttribute('list')} option`)
      assert.ok((await menu.count()) > 1)
      await format.fill("yyyy-MM-dd'T'HH:mm:ss'Z'")
    })

    test('Select the datetime unit from the Time Unit for Operations pulldown menu', async () => {
      await own('time_unit').getByRole('combobox').selectOption('month')
    })

    test('Click the Test button: suggested data paths will be displayed in the Suggestions box', async () => {
      await testNow()
      await page.getByRole('button', { name: 'Use $.items[*] as Path to Data' }).waitFor()
    })

    test('Click on a suggestion to populate the Set Path to Data in Response field; it can be modified directly', async () => {
      await page.getByRole('button', { name: 'Use $.items[*] as Path to Data' }).click()
      const path = own('data_path').getByRole('combobox')
      await assertValue(page, '#custom_streams-0-data_path', '$.items[*]')
      await path.fill('$.items[:3]')
      await testNow()
      assert.equal(await result().locator('tbody tr').count(), 3)
      await path.fill('$.items[*]')
    })

    test('Select the relevant lookup from the Add Lookups to Supported Macros pulldown menu', async () => {
      await page.getByText('All lookups').click()
      await page.getByRole('button', { name: 'Add a lookup' }).click()
      await field('lookups.0.name').getByRole('textbox').fill('kinds')
      await field('lookups.0.source')
        .getByRole('combobox')
        .first()
        .selectOption({ label: 'A List of Values' })
      await field('lookups.0.source.column').getByRole('textbox').fill('format')
      await field('lookups.0.source.values').getByRole('textbox').fill('json')
      await own('lookups').getByRole('checkbox', { name: 'kinds' }).check()
    })

    test('Type { and select the lookup column-based macro from the dropdown list', async () => {
      const url = own('url').getByRole('combobox')
      await url.press('End')
      await url.pressSequentially('&format={k')
      await page.getByRole('option', { name: '{kinds.format}' }).click()
      await testNow()
      assert.match(await result().getByRole('list', { name: 'Requests made' }).innerText(), /format=json/)
    })

    test('Enter the path to the relevant metadata in the Path to Metadata in Response field', async () => {
      await own('url').getByRole('combobox').fill('/api/v2/agents')
      await own('lookups').getByRole('checkbox', { name: 'kinds' }).uncheck()
      await own('data_path').getByRole('combobox').fill('')
      await testNow()
      const chips = page.getByRole('button', { name: /as Path to Metadata/ })
      const name = (await chips.first().innerText()).trim()
      await chips.first().click()
      await assertValue(page, '#custom_streams-0-metadata_path', name)
      await page.getByRole('button', { name: /^Use \$\.\w+\[\*\] as Path to Data/ }).click()
      await testNow()
      await result().getByRole('columnheader', { name: 'metadata' }).waitFor()
    })

    test('Enter the headers & corresponding values as comma-separated pairs in the Request Headers field', async () => {
      await own('headers').getByRole('combobox').fill('X-Report:daily,Accept-Language:en')
      await own('headers').getByRole('combobox').blur()
      await own('headers').getByRole('button', { name: 'Forget it' }).waitFor()
      assert.equal(await own('headers').getByRole('combobox').inputValue(), '')
      await testNow()
      assert.ok((await result().locator('tbody tr').count()) > 0)
    })

    test('Click the Create button to save', async () => {
      await screen('Save')
      await page.getByText('(the secret that you entered in the studio)').first().waitFor()
      const texts = await page.locator('main').innerText()
      assert.match(texts, /Custom Streams › 1 › URL\s+\/api\/v2\/agents/)
      assert.doesNotMatch(texts, /demo-password|X-Report/)
      await page.getByRole('button', { name: `Save with secrets to ${file}` }).click()
      await page.getByText(`Saved to ${file}.`).waitFor()
      const config = JSON.parse(await readFile(file, 'utf8'))
      assert.equal(config.credentials.password, 'demo-password')
      assert.equal(config.custom_streams[0].headers, 'X-Report:daily,Accept-Language:en')
    })

    test('all of it without an error in the console, a breach of the policy, or a request to another host', () => {
      assert.deepEqual(troubles, [])
    })
  })
}

async function assertValue(page: Page, selector: string, value: string): Promise<void> {
  await page.waitForFunction(
    ([where = '', wanted]) =>
      (globalThis as unknown as Browserlike).document.querySelector(where)?.value === wanted,
    [selector, value],
  )
}

/** What is used of a browser's globals in functions that run there. */
interface Browserlike {
  readonly document: { querySelector(selector: string): { readonly value: string } | null }
}
