#!/usr/bin/env node
// `npx source-babelforce` runs this with the project's own Node first in PATH. Written so that an old Node understands it.
if (Number.parseInt(process.versions.node, 10) < 22) {
  process.stderr.write(
    `source-babelforce needs Node 22.18 or later; this is ${process.versions.node}. Run it with its own: npx source-babelforce …\n`,
  )
  process.exit(2)
}
await import('../src/cli.ts')
