#!/usr/bin/env node
// `npx source-babelforce` runs this with the project's own Node first in PATH. Written so that an old Node understands it.
if (!process.features.typescript) {
  process.stderr.write(
    `source-babelforce needs Node 22.18 or later; this is ${process.versions.node}. Run it with its own: npx source-babelforce …\n`,
  )
  process.exit(2)
}
// The studio is a part of the checkout and not of the image, so the connector itself does not know it.
const [first, ...more] = process.argv.slice(2)
await import(first === 'studio' ? '../studio/main.ts' : '../src/cli.ts')
if (first === '--help' && more.length === 0)
  process.stdout.write(
    '\nOn a page of this machine’s own, for trying endpoints: source-babelforce studio --help\n',
  )
