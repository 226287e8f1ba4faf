import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What the demo shows of a call. Times are in seconds. */
export interface Call {
  readonly id: string
  readonly dateCreated: string
  readonly queueName: string | null
  readonly agentName: string | null
  readonly waitTime: number | null
  readonly talkTime: number | null
  readonly wrapupTime: number | null
}

/** The calls in a folder that syncs wrote to, each as it was read last, newest first. */
export async function readCalls(folder: string): Promise<readonly Call[]> {
  const { streams } = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'))
  const files: readonly { readonly path: string }[] = streams.calls.files
  const texts = await Promise.all(files.map(({ path }) => readFile(join(folder, path), 'utf8')))
  const calls = texts.flatMap(text => text.trim().split('\n')).map((line): Call => JSON.parse(line))
  const newest = new Map(calls.map(call => [call.id, call]))
  return [...newest.values()].toSorted((one, other) => other.dateCreated.localeCompare(one.dateCreated))
}
