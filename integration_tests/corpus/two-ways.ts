import { isDeepStrictEqual } from 'node:util'
import type { Scan } from '../../src/engine/bytes/scan.ts'
import { extractPage, isNoContainer } from '../../src/engine/fetch/extract.ts'
import { compileStream } from '../../src/engine/records/compile.ts'
import { keyOf } from '../../src/engine/records/key.ts'
import { listAt } from '../../src/engine/stream/definition.ts'
import { momentOf } from '../../src/engine/time/timestamps.ts'
import { reply } from '../../src/http/testing.ts'
import type { Reply } from '../../src/http/types.ts'
import { isObject, type Json, type JsonObject } from '../../src/json.ts'
import { recordings } from '../../src/streams/recordings.ts'
import { readSchema } from '../../src/streams/schemas.ts'

/** What an answer comes to: its error in words, or the texts of its records with what they are judged by, and its facts. */
type Outcome = { readonly error: string } | { readonly rows: readonly unknown[]; readonly facts: unknown }

/** What came of an answer on both ways. */
export interface Compared {
  /** What either way came to, where they differ. */
  readonly difference: { readonly fast: unknown; readonly slow: unknown } | undefined
  /** Whether it holds records. */
  readonly isTaken: boolean
  /** How many records stayed bytes. */
  readonly lines: number
}

/** Compares what comes of an answer whose records stay bytes where they can with what comes of it when all is parsed.
 *  `spoil` changes the fast way, to prove that the comparison sees something. */
export async function createComparison(
  spoil: (scan: Scan) => Scan = scan => scan,
): Promise<(bytes: Buffer) => Compared> {
  const def = { ...recordings, parent: { stream: 'x', field: 'id', as: 'x', stamp: 'state' } }
  const timed = { ...def, incremental: { strategy: 'windowed', field: 'dateCreated' } as const }
  const { fit, fitKey, scan } = compileStream(timed, await readSchema('recordings'), false)
  if (scan === undefined) throw new Error('The stream of the corpus no longer passes as bytes.')
  const judge = (record: JsonObject) => {
    const fitting = fitKey(record)
    if (fitting === undefined) return 'refused'
    const { data } = fit(fitting)
    const named = fitting['state']
    return {
      text: canonical(JSON.stringify(data)),
      key: keyOf(fitting, def.primaryKey),
      moment: momentOf(fitting['dateCreated']),
      parent: named === undefined || named === null ? undefined : String(named),
    }
  }
  let lines = 0
  const readRow = (json: Json) => (isObject(json) ? judge(json) : 'no object')
  const read = (answer: Reply, chosen: Scan | undefined): Outcome => {
    try {
      const request = { method: 'GET', path: '/x' } as const
      const page = extractPage(answer, { request, at: listAt('items'), scan: chosen, service: 'x' })
      if (isNoContainer(page)) return { error: `no container: ${page.keys.join()}` }
      const rows = page.rows.map(row => {
        if (!('bytes' in row)) return readRow(row.json)
        lines++
        const text = row.bytes.toString('utf8', row.start, row.end)
        if (/[\n\r]/.test(text)) return 'more than a line'
        return {
          text: canonical(text),
          key: row.key,
          moment: row.moment,
          parent: row.parent ?? undefined,
        }
      })
      return { rows, facts: page.facts }
    } catch (error) {
      return { error: String(error) }
    }
  }
  const spoilt = spoil(scan)
  return bytes => {
    lines = 0
    const fast = read({ ...reply(200), bytes }, spoilt)
    const slow = read({ ...reply(200), bytes }, undefined)
    const difference = isDeepStrictEqual(fast, slow) ? undefined : { fast, slow }
    return { difference, isTaken: 'rows' in slow, lines }
  }
}

/** A JSON text in one spelling: each number by its digits and its exponent, each text well formed, the last of a key's
 *  values. */
function canonical(text: string): string {
  const value = JSON.parse(text, (_key, one: unknown, { source }: { source?: string } = {}) => {
    if (typeof one === 'number') return `number ${decimalOf(source ?? String(one))}`
    if (typeof one === 'string' && !one.isWellFormed()) return `broken ${JSON.stringify(one)}`
    return typeof one === 'string' ? `text ${one}` : one
  })
  return JSON.stringify(value)
}

/** Written apart from the program's own, since it judges it. */
function decimalOf(source: string): string {
  const [mantissa = '', exponent = '0'] = source.toLowerCase().split('e')
  const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.')
  const digits = (whole + fraction).replace(/^0+/, '')
  const significant = digits.replace(/0+$/, '')
  if (significant === '') return '0'
  const power = BigInt(exponent) - BigInt(fraction.length) + BigInt(digits.length - significant.length)
  return `${mantissa.startsWith('-') ? '-' : ''}${significant}e${power}`
}
