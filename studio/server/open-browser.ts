import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** Starts a program without waiting for it. */
export type StartProgram = (program: string, args: readonly string[]) => void

const OPENERS: Readonly<Record<string, readonly string[]>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', '""'],
  linux: ['xdg-open'],
}

/** Opens a browser at an address that holds a token. The browser is given a file that leads there and that only its owner can
 *  read: what a program is started with can be seen by every user of the machine. Returns what removes the file. */
export async function openBrowser(
  address: string,
  platform: NodeJS.Platform = process.platform,
  start: StartProgram = startProgram,
): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'babelforce-studio-'))
  const file = join(folder, 'studio.html')
  const page = `<!doctype html><meta charset="utf-8"><title>Babelforce studio</title><meta http-equiv="refresh" content="0;url=${address}">\n`
  await writeFile(file, page, { mode: 0o600 })
  const [program = 'xdg-open', ...args] = OPENERS[platform] ?? ['xdg-open']
  start(program, [...args, pathToFileURL(file).href])
  return () => rm(folder, { recursive: true, force: true })
}

/** Whether a browser is likely to appear when one is opened: not on a machine without a screen. */
export function hasScreen(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): boolean {
  return (
    platform !== 'linux' ||
    [env['DISPLAY'], env['WAYLAND_DISPLAY']].some(one => one !== undefined && one !== '')
  )
}

function startProgram(program: string, args: readonly string[]): void {
  // Without a browser the address is in the terminal all the same.
  spawn(program, args, { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref()
}
