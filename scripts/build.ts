import { chmod, rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { licencesOf } from './licences.ts'

/** Bundles the connector into dist/main.mjs and the chunks that its commands load when they are needed. */
const root = fileURLToPath(new URL('../', import.meta.url))

await rm(`${root}dist`, { recursive: true, force: true })
const { metafile } = await build({
  metafile: true,
  absWorkingDir: root,
  entryPoints: { main: 'src/cli.ts' },
  outdir: 'dist',
  outExtension: { '.js': '.mjs' },
  chunkNames: '[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node22.18',
  minifySyntax: true,
  minifyWhitespace: true,
  define: { BUNDLED: 'true' },
  // CommonJS dependencies (axios brings some) call require for Node's own modules.
  banner: {
    js: '#!/usr/bin/env node\nimport { createRequire as __createRequire } from "node:module";const require = __createRequire(import.meta.url);',
  },
  logLevel: 'warning',
})
await writeFile(`${root}dist/LICENCES.txt`, await licencesOf(metafile, root))
await chmod(`${root}dist/main.mjs`, 0o755)
