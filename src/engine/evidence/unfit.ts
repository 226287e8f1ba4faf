import { counted } from '../../counted.ts'
import { type ConnectorError, transientError } from '../../errors.ts'

/** So many records of a slice came, and why they are not what was asked for. */
export interface Unfit {
  readonly count: number
  readonly why: 'no key' | 'another id'
}

/** What is wrong with unfit records, and what follows once that is believed. */
const UNFIT: Readonly<
  Record<Unfit['why'], { readonly came: string; readonly hence: string; readonly so: string }>
> = {
  'no key': {
    came: 'came without a key that can be used',
    hence: 'the API is taken to have no keys for them',
    so: 'They are left out for good.',
  },
  'another id': {
    came: 'came with another id than the one that was asked for',
    hence: 'the API is taken to have nothing else for it',
    so: 'Nothing else is expected for it.',
  },
}

/** What to say of unfit records at first. */
export function notAskedFor(stream: string, { count, why }: Unfit): ConnectorError {
  const { came, hence } = UNFIT[why]
  return transientError(
    `Stream ${stream} is not whole: ${counted(count, 'record')} of one part ${came}. That part stays open, and the next ` +
      `sync reads it again. If nothing has changed an hour from now, ${hence}.`,
  )
}

/** What to say of them once they are believed. */
export function unfitAgain(stream: string, { count, why }: Unfit): string {
  const { came, so } = UNFIT[why]
  return `${stream}: ${counted(count, 'record')} of one part ${came}, as at least an hour ago. ${so}`
}
