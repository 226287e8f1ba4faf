const NAME = '[\\w.~-]*(?:key|token|secret|pass|auth|sig|credential)[\\w.~-]*'
/** In a URL or a form, and in JSON. */
const PARAMETER = new RegExp(`(?:^|[?&;])${NAME}=([^&;#\\s]+)`, 'gi')
const MEMBER = new RegExp(`"${NAME}"\\s*:\\s*"((?:[^"\\\\]|\\\\.)+)"`, 'gi')

/** The values in a URL, a form or a JSON text that sign a request in, by the names of their parameters, as written and as
 *  meant. Values with macros in them are none. */
export function secretParameters(text: string): string[] {
  const found = [PARAMETER, MEMBER].flatMap(pattern =>
    Array.from(text.matchAll(pattern), ([, value = '']) => value),
  )
  return found.filter(value => !/[{}]/.test(value)).flatMap(value => [value, meant(value)])
}

function meant(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}
