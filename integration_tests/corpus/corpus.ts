import { globSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { reply } from '../../src/http/testing.ts'
import type { Reply } from '../../src/http/types.ts'
import { inUtf8 } from '../../src/http/wire/charset.ts'

/** A body that a server may send for a page of recordings. Its file is named by what it is, and stands in the folder of its
 *  kind. */
export interface Body {
  readonly kind: string
  readonly name: string
  readonly bytes: Buffer
  readonly contentType: string
}

const FOLDER = fileURLToPath(new URL('./bodies/', import.meta.url))

/** The corpus, in the same order everywhere. */
export function readCorpus(): Body[] {
  const files = globSync('*/*.body', { cwd: FOLDER }).sort()
  return files.map(file => {
    const kind = dirname(file)
    const name = basename(file, '.body')
    return { kind, name, bytes: readFileSync(join(FOLDER, file)), contentType: contentTypeOf(kind, name) }
  })
}

/** A body as the rooms above the wire get it. Rejects for a charset that nobody knows. */
export async function received({ bytes, contentType }: Body): Promise<Reply> {
  const answer = { ...reply(200), bytes, headers: { 'content-type': contentType } }
  return inUtf8(async () => answer)({ method: 'GET', path: '/api/v2/recordings' })
}

/** Files of charsets are named by what the header says of them. */
function contentTypeOf(kind: string, name: string): string {
  const isNamed = kind === 'charsets' && !name.startsWith('none')
  return isNamed ? `application/json; charset=${name}` : 'application/json'
}
