import { createInterface } from 'node:readline'
import { type Options, parseOptions } from './command-line.ts'
import { startDemo } from './demo.ts'
import { hasScreen, openBrowser } from './server/open-browser.ts'
import { type Studio, startStudio } from './studio.ts'

/** The entry of `npx source-babelforce studio`: serves the page until Ctrl+C. */
async function main(argv: readonly string[]): Promise<void> {
  const options = await parseOptions(argv)
  if (options === undefined) return
  const demo = options.isDemo ? await startDemo() : undefined
  const studio = await startStudio({
    ...(demo && { config: demo.config }),
    file: options.config,
    folder: options.into,
    isDemo: options.isDemo,
    port: options.port,
  })
  let forget = await present(studio, options)
  createInterface({ input: process.stdin }).on('line', async () => {
    await forget()
    forget = await present(studio, options)
  })
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, async () => {
      await Promise.all([forget(), studio[Symbol.asyncDispose](), demo?.stop()])
      process.exit(0)
    })
}

/** Shows the person a new address, and returns what makes it be forgotten. */
async function present(studio: Studio, { opens }: Options): Promise<() => Promise<void>> {
  const address = studio.newAddress()
  process.stdout.write(
    `The studio is at\n\n  ${address}\n\nThe address works once. Press Enter for a new one, Ctrl+C to stop.\n`,
  )
  if (!opens || !hasScreen(process.platform, process.env)) return async () => undefined
  return openBrowser(address)
}

const [first, ...rest] = process.argv.slice(2)

await main(first === 'studio' ? rest : process.argv.slice(2)).catch(error => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
  process.exitCode = 2
})
