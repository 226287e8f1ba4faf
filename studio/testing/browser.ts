import { existsSync } from 'node:fs'
import { type Browser, chromium, type Page } from 'playwright-core'

const PLACES = [
  process.env['CHROMIUM'] ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]

/** Where this machine has a browser; undefined where it has none. */
const BROWSER: string | undefined = PLACES.find(place => place !== '' && existsSync(place))

/** Why tests with a browser are skipped, if they are. */
export const SKIP: string | false =
  BROWSER === undefined
    ? 'no Chromium on this machine: install the package chromium, or name one in the variable CHROMIUM'
    : false

/** Without what a browser does by itself on the network. */
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
]

/** Starts the browser. */
export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: BROWSER ?? '', args: QUIET })
}

/** A page, and what must not have happened on it. */
export interface Watched {
  readonly page: Page
  /** Errors of scripts and in the console, which breaches of the policy are, and requests to other hosts. */
  readonly troubles: string[]
}

/** How a page is opened. */
export interface Look {
  readonly width?: number
  readonly scheme?: 'light' | 'dark'
}

/** Opens an address in a new page, and watches it. */
export async function openPage(browser: Browser, address: string, look: Look = {}): Promise<Watched> {
  const { width = 1280, scheme = 'light' } = look
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: scheme,
    locale: 'en-GB',
  })
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  const troubles: string[] = []
  const { origin } = new URL(address)
  page.on('pageerror', error => troubles.push(`error: ${error.message}`))
  page.on('console', message => {
    if (['error', 'warning'].includes(message.type())) troubles.push(`console: ${message.text()}`)
  })
  page.on('request', request => {
    if (!request.url().startsWith(origin)) troubles.push(`request: ${request.url()}`)
  })
  await page.goto(address)
  return { page, troubles }
}
