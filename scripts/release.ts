import { writeFile } from 'node:fs/promises'
import { bump } from './release/bump.ts'
import { keepSnapshot } from './release/snapshot.ts'
import { FILES, readTexts } from './release/versions.ts'

/** npm run release -- 1.2.3: names the version everywhere at once, and keeps what its users will rest on. */
const version = process.argv[2] ?? ''
try {
  const texts = bump(await readTexts(), version, new Date().toISOString().slice(0, 10))
  for (const path of FILES) await writeFile(new URL(`../${path}`, import.meta.url), texts[path])
  await import('./build.ts')
  await keepSnapshot()
  process.stdout.write(
    `${version} is named everywhere. Look at git diff, commit, and push the tag v${version}.\n`,
  )
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
  process.exitCode = 1
}
