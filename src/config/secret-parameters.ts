const NAME = '[\\w.~-]*(?:key|token|secret|pass|pwd|auth|sig|jwt|session|credential)[\\w.~-]*'
/** In a URL or a form, and in JSON. */
const PARAMETER = new RegExp(`(?:^|[?&;])${NAME}=([^&;#\\s]+)`, 'gi')
const MEMBER = new RegExp(`"${NAME}"\\s*:\\s*"((?:[^"\\\\]|\\\\.)+)"`, 'gi')

/** A value in the query of a URL, or in a form. */
const VALUE = /[?&][^=&?;#\s"]*=([^&;#\s"]+)/g

/** The values in a URL, a form or a JSON text that sign a request in, as written and as meant: by the names of their parameters,
 *  and in a query those that look like it. Values with macros in them are none. */
export function secretParameters(text: string): string[] {
  const valuesOf = (pattern: RegExp) => Array.from(text.matchAll(pattern), ([, value = '']) => value)
  const found = [...valuesOf(PARAMETER), ...valuesOf(MEMBER), ...valuesOf(VALUE).filter(looksRandom)]
  return found.filter(value => !/[{}]/.test(value)).flatMap(value => [value, meant(value)])
}

/** From so many letters on, letters and digits together are hardly a word. */
const LONGEST_WORD = 16

/** Whether a value looks drawn at random, but is not an id of the vendor's, a UUID or a moment. */
function looksRandom(value: string): boolean {
  const isKnown = /^[\da-f]{32}$|^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$|^\d{4}-\d\d-\d\d/i.test(value)
  return (
    value.length >= LONGEST_WORD &&
    !isKnown &&
    /[a-z]/i.test(value) &&
    /\d/.test(value) &&
    !/[,/@]/.test(value)
  )
}

function meant(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}
