import { open, rename } from 'node:fs/promises'

/** Writes a file so that, whatever happens, it holds either all of the text or what it held before. */
export async function writeWhole(path: string, text: string, mode = 0o666): Promise<void> {
  const next = `${path}.next`
  const file = await open(next, 'w', mode)
  try {
    await file.writeFile(text)
    await file.datasync()
  } finally {
    await file.close()
  }
  await rename(next, path)
}

/** Writes a config where only its owner may read it. */
export function writeConfig(path: string, config: object): Promise<void> {
  return writeWhole(path, `${JSON.stringify(config, undefined, 2)}\n`, 0o600)
}
