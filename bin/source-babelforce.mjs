#!/usr/bin/env node
// `npx source-babelforce` runs this with the project's own Node first in PATH. Written so that an old Node understands it.
if (Number.parseInt(process.versions.node, 10) < 22) {
  process.stderr.write(
    `source-babelforce needs Node 22.18 or later; this is ${process.versions.node}. Run it with its own: npx source-babelforce …\n`,
  )
  process.exit(2)
}
// The studio is a part of the checkout and not of the image, so the connector itself does not know it.
await import(process.argv[2] === 'studio' ? '../studio/main.ts' : '../src/cli.ts')
