import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

/** A file of the page. */
export interface PageFile {
  readonly type: string
  readonly content: string | Uint8Array
}

const folder = fileURLToPath(new URL('../page/', import.meta.url))

const SHELL = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Babelforce studio</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/app.css">
<script type="module" src="/app.js"></script>
</head>
<body><div id="app"><main class="closed"><h1>Babelforce studio</h1></main></div><noscript>The studio needs JavaScript.</noscript></body>
</html>
`

/** The page's files by their paths, bundled into memory: nothing of them is part of the connector's image. */
export async function buildPage(): Promise<ReadonlyMap<string, PageFile>> {
  const [{ outputFiles }, icon] = await Promise.all([
    build({
      absWorkingDir: folder,
      entryPoints: { app: 'main.tsx', style: 'style.css' },
      outdir: folder,
      write: false,
      bundle: true,
      minify: true,
      format: 'esm',
      target: 'es2022',
      jsx: 'automatic',
      jsxImportSource: 'preact',
      logLevel: 'silent',
    }),
    readFile(new URL('../../icon.svg', import.meta.url)),
  ])
  const content = (ending: string) =>
    outputFiles.find(({ path }) => path.endsWith(ending))?.contents ?? new Uint8Array()
  return new Map([
    ['/', { type: 'text/html; charset=utf-8', content: SHELL }],
    ['/app.js', { type: 'text/javascript; charset=utf-8', content: content('.js') }],
    ['/app.css', { type: 'text/css; charset=utf-8', content: content('.css') }],
    ['/icon.svg', { type: 'image/svg+xml', content: icon }],
  ])
}
