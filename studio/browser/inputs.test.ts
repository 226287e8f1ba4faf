import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { fieldsOf } from '../config/schema.ts'
import { TOUCHES } from '../endpoints/endpoints.ts'
import { startStudio } from '../studio.ts'
import { launch, openPage, SKIP } from '../testing/browser.ts'

describe('inputs', { skip: SKIP }, () => {
  let browser: Browser

  before(async () => {
    browser = await launch()
  })

  after(async () => {
    await browser?.close()
  })

  test('every field of the spec has an input with a label', async () => {
    const custom_streams = [{ name: 'mine', url: '/x' }]
    const lookups = [{ name: 'l', source: { type: 'values', column: 'c', values: ['a'] } }]
    await using studio = await startStudio({ config: { custom_streams, lookups } })
    const { page, troubles } = await openPage(browser, studio.newAddress())
    const seen = new Set<string>(TAGS)
    const look = async () => {
      for (const path of await labelled(page)) seen.add(path.replace(/\.\d+\./g, '.*.'))
    }
    await page.getByRole('radio').first().waitFor()
    for (const radio of await page.getByRole('radio').all()) {
      await radio.check()
      await look()
    }
    await page.getByRole('button', { name: 'Endpoints', exact: true }).click()
    for (const [field, [stream]] of Object.entries(TOUCHES)) {
      if (seen.has(field)) continue
      await page.getByRole('searchbox').fill(`${stream}`)
      await page
        .getByRole('button', { name: new RegExp(`(^| )${stream}( |$)`) })
        .first()
        .click()
      await look()
    }
    await page.getByRole('button', { name: 'mine your own' }).click()
    await look()
    for (const menu of ['custom_streams.0.pagination', 'lookups.0.source']) {
      const select = page.locator(`[data-field="${menu}"] > select`)
      for (const { value } of await optionsOf(page, menu)) {
        await select.selectOption(value)
        await page.waitForTimeout(0)
        await look()
      }
    }
    assert.deepEqual(
      fieldsOf().filter(field => !seen.has(field)),
      [],
    )
    assert.deepEqual(troubles, [])
  })
})

/** The fields that choose a variant are cards and menus. */
const TAGS = ['credentials.auth_type', 'custom_streams.*.pagination.type', 'lookups.*.source.type']

/** The paths of the fields that have an input with a label. */
async function labelled(page: Page): Promise<readonly string[]> {
  const found = await page.evaluate(`
    [...document.querySelectorAll('[data-field]')]
      .filter(field => [...field.querySelectorAll('input, select, textarea')].some(one => one.labels.length > 0)
        || field.querySelector('legend') !== null)
      .map(field => field.dataset.field)
  `)
  return found as string[]
}

async function optionsOf(page: Page, field: string): Promise<readonly { readonly value: string }[]> {
  const values = await page
    .locator(`[data-field="${field}"] > select > option`)
    .evaluateAll(options => options.map(option => option.getAttribute('value') ?? ''))
  return values.filter(value => value !== '').map(value => ({ value }))
}
