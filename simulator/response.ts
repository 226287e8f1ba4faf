/** How a response travels: as it should, or broken in one of these ways. */
export type Delivery = 'whole' | 'never' | 'reset-headers' | 'reset-body' | 'truncated'

/** A response before it is written: a JSON value, or finished bytes. */
export interface Response {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly json?: unknown
  readonly bytes?: readonly Uint8Array[]
  readonly delivery?: Delivery
  /** How long the body is delayed on its way, in ms. */
  readonly bodyMs?: number
  readonly gzip?: boolean
  /** Whether it leaves without a Date header. */
  readonly isUndated?: boolean
}

/** An object in a JSON body. */
export type JsonObject = Readonly<Record<string, unknown>>

const jsonHeaders = { 'content-type': 'application/json;charset=UTF-8' }

/** A response with a JSON body. */
export function json(body: unknown, status = 200): Response {
  return { status, headers: jsonHeaders, json: body }
}

/** A 200 whose JSON has already been rendered, in pieces. */
export function jsonBytes(bytes: readonly Uint8Array[]): Response {
  return { status: 200, headers: jsonHeaders, bytes }
}

/** A response without a body. */
export function empty(status: number, headers: Readonly<Record<string, string>> = {}): Response {
  return { status, headers, bytes: [] }
}

/** A refusal as /api/v2 words it. The shape of the body comes from the vendor's SDK tests; it is not documented. */
export function refuse(status: keyof typeof codes, message?: string): Response {
  const [code, usual] = codes[status]
  return json({ code, message: message ?? usual }, status)
}

/** The body as a JSON object, if it is one. */
export function objectIn(response: Response): JsonObject | undefined {
  const value = response.bytes?.length ? parsed(response.bytes) : response.json
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isObject ? (value as JsonObject) : undefined
}

/** The same response with another JSON body. */
export function withJson(response: Response, body: unknown): Response {
  const { bytes: _, ...rest } = response
  return { ...rest, json: body }
}

const codes = {
  400: ['BAD_REQUEST', 'bad request'],
  401: ['UNAUTHORIZED', 'not signed in, or the token is not valid'],
  403: ['FORBIDDEN', 'these credentials may not do this'],
  404: ['NOT_FOUND', 'not found'],
  405: ['METHOD_NOT_ALLOWED', 'this path does not allow this method'],
  413: ['PAYLOAD_TOO_LARGE', 'this request is too large'],
  422: ['UNPROCESSABLE_ENTITY', 'this request cannot be processed'],
  429: ['TOO_MANY_REQUESTS', 'too many requests'],
  503: ['SERVICE_UNAVAILABLE', 'try again later'],
} as const

function parsed(bytes: readonly Uint8Array[]): unknown {
  try {
    return JSON.parse(Buffer.concat(bytes).toString())
  } catch {
    return undefined
  }
}
