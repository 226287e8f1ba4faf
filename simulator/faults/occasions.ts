import { type Request, requestedPage } from '../request.ts'
import { everyNth, firstOnes, wholeIn } from './fault.ts'

/** What users may write for WHEN, for --help. */
export const WHEN = 'WHEN is first-N, every-N or page-N; always without'

/** A function that says whether a request is one of those that WHEN names. Throws when it names none. */
export function occasionIn(when: string): (request: Request) => boolean {
  if (when === '') return () => true
  const [, kind, n = ''] = /^(first|every|page)-(\d+)$/.exec(when) ?? []
  if (kind === 'first') return firstOnes(wholeIn(n, 1))
  if (kind === 'every') return everyNth(n)
  if (kind === 'page') return request => requestedPage(request.query) === Number(n)
  throw new Error(`A fault's WHEN must be first-N, every-N or page-N; it is "${when}".`)
}
