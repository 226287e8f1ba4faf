/** What the studio in the terminal said no with. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** Asks the studio in the terminal. Rejects with a Refused; its status is 0 where nobody answered. */
export type Ask = <T>(call: string, body?: object) => Promise<T>

/** Trades the token in the address for a session, which is kept in this page's memory only. Rejects with a Refused. */
export async function connect(): Promise<Ask> {
  const token = location.hash.slice(1)
  history.replaceState(null, '', location.pathname)
  if (token === '') throw new Refused(401, RELOADED)
  const { session } = await post<{ session: string }>('session', { token }, {})
  return (call, body = {}) => post(call, body, { 'X-Studio-Session': session })
}

const RELOADED =
  'This page was loaded again, and its key was in its memory only. Press Enter in the terminal for a new address.'
const GONE =
  'The studio does not answer: it was stopped, or this machine slept. Start it again in the terminal: npx source-babelforce studio'

async function post<T>(call: string, body: object, headers: Record<string, string>): Promise<T> {
  const response = await fetch(`/api/${call}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  }).catch(() => {
    throw new Refused(0, GONE)
  })
  const value = await response.json().catch(() => ({ error: 'The studio sent no JSON.' }))
  if (response.ok) return value
  throw new Refused(response.status, value.error)
}
