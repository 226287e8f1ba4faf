import { objectIn, type Response, withJson } from './response.ts'

/** A refusal in the format of its area of the API (`refuse` writes that of /api/v2). Anything else stays as it is. */
export function worded(response: Response, path: string): Response {
  if (response.status < 400) return response
  const word = wordings.find(({ start }) => path.startsWith(start))?.word
  const { code, message } = (word && objectIn(response)) ?? {}
  if (!word || typeof code !== 'string' || typeof message !== 'string') return response
  return withJson(response, word({ status: response.status, code, message }))
}

interface Refusal {
  readonly status: number
  readonly code: string
  readonly message: string
}

const scimError = 'urn:ietf:params:scim:api:messages:2.0:Error'

// The v3 names are documented; SCIM's body, with its status as text, is that of RFC 7644 section 3.12.
const wordings: readonly { readonly start: string; readonly word: (refusal: Refusal) => object }[] = [
  { start: '/api/v3/', word: ({ code, message }) => ({ error_message: code, error_detail: message }) },
  {
    start: '/auth/scim/',
    word: ({ status, message }) => ({ schemas: [scimError], status: String(status), detail: message }),
  },
]
