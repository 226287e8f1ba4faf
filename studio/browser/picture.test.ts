import assert from 'node:assert/strict'
import { mkdtemp, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { startDemo } from '../demo.ts'
import { startStudio } from '../studio.ts'
import { launch, openPage, SKIP } from '../testing/browser.ts'

const PICTURE = fileURLToPath(new URL('../../docs/studio.png', import.meta.url))

/** The README's picture is made by `PICTURE=1 npm run test:studio`; otherwise it is made and thrown away. */
test('the demo shows a test of an endpoint, and is the picture of the README', { skip: SKIP }, async () => {
  const demo = await startDemo()
  const browser = await launch()
  try {
    await using studio = await startStudio({ config: demo.config, isDemo: true })
    const { page, troubles } = await openPage(browser, studio.newAddress())
    await page.getByText('demo: a simulated Babelforce').waitFor()
    await page.getByRole('button', { name: 'Endpoints', exact: true }).click()
    await page.getByRole('searchbox').fill('call')
    await page.getByRole('button', { name: 'List Call Records' }).click()
    await page.getByRole('button', { name: 'Test', exact: true }).click()
    await page.getByRole('table').waitFor()
    await page.setViewportSize({ width: 1280, height: 720 })
    const path =
      process.env['PICTURE'] === undefined
        ? join(await mkdtemp(join(tmpdir(), 'studio-')), 'studio.png')
        : PICTURE
    await page.screenshot({ path })
    assert.ok((await stat(path)).size > 20_000)
    assert.deepEqual(troubles, [])
  } finally {
    await browser.close()
    await demo.stop()
  }
})
