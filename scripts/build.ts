import { chmod, rm, writeFile } from 'node:fs/promises'
import { builtinModules } from 'node:module'
import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'esbuild'
import { licencesOf } from './licences.ts'

/** Bundles the connector into dist/main.mjs and the chunks that its commands load when they are needed. */
const root = fileURLToPath(new URL('../', import.meta.url))

/** Modules that the bundle has in a smaller form: what is left out is never used here, and takes longer to load than all the
 *  rest. An import of Node's own modules makes Node look at all their exports, and those of node:http load fetch. */
const SMALLER: readonly (readonly [file: RegExp, contents: (path: string) => string])[] = [
  [/^http2$/, () => 'module.exports = {}'],
  [
    new RegExp(`^(node:)?(${builtinModules.join('|')})$`),
    path => `module.exports = process.getBuiltinModule('${path}')`,
  ],
  [/^\.\/(fetch|xhr)\.js$/, () => 'export default null; export const getFetch = () => null'],
  [/^form-data$/, () => 'export default class FormData {}'],
]

const smaller: Plugin = {
  name: 'smaller',
  setup(builder) {
    for (const [filter, contents] of SMALLER) {
      const namespace = `smaller ${filter.source}`
      builder.onResolve({ filter }, ({ path, importer }) =>
        path.startsWith('.') && !importer.includes('axios/lib/adapters') ? undefined : { path, namespace },
      )
      builder.onLoad({ filter: /./, namespace }, ({ path }) => ({ contents: contents(path) }))
    }
  },
}

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
  banner: { js: '#!/usr/bin/env node' },
  plugins: [smaller],
  logLevel: 'warning',
})
await writeFile(`${root}dist/LICENCES.txt`, await licencesOf(metafile, root))
await chmod(`${root}dist/main.mjs`, 0o755)
