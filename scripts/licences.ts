import { readdir, readFile } from 'node:fs/promises'
import type { Metafile } from 'esbuild'

/** The licence texts of all packages that went into a bundle, as one text: most of them ask to be passed on with it. Throws
 *  where a package has none. */
export async function licencesOf({ inputs }: Metafile, root: string): Promise<string> {
  const packages = new Set(
    Object.keys(inputs)
      .map(packageIn)
      .filter(name => name !== undefined),
  )
  const parts = await Promise.all([...packages].sort().map(name => licenceOf(name, `${root}${name}/`)))
  return parts.join(`\n${'-'.repeat(80)}\n\n`)
}

/** The folder of the package that a bundled file is from, the innermost one. */
function packageIn(file: string): string | undefined {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]
}

async function licenceOf(name: string, folder: string): Promise<string> {
  const { version, license } = JSON.parse(await readFile(`${folder}package.json`, 'utf8'))
  const file = (await readdir(folder)).find(one => /^licen[cs]e(\.|-|$)/i.test(one))
  const text = file === undefined ? undefined : await readFile(folder + file, 'utf8')
  if (text === undefined && license === undefined) throw new Error(`${name} says nothing of its licence`)
  return `${name.replace(/^.*node_modules\//, '')} ${version} (${license})\n\n${text?.trim() ?? 'No text is given.'}\n`
}
