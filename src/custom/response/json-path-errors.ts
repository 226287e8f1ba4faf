/** What was expected where a JSONPath goes wrong, by the parser's complaint; the first that fits. */
const EXPECTED: readonly (readonly [complaint: RegExp, expected: string])[] = [
  [/'\.\.' or/, '"." or "["'],
  [/token '='/, '"=="'],
  [/unclosed string/, 'a closing quote'],
  [/unclosed bracket|end of query/, '"]"'],
  [/unbalanced/, 'a closing "]" or ")" for each that opens'],
  [/escape|surrogate|codepoint|invalid character/, 'a character, or an escape such as \\n, \\\\ or \\u00e9'],
  [/trailing comma|TOKEN_COMMA'?, found/, '"," between selectors, or "]"'],
  [/leading zero|out of range/, 'a whole number without leading zeros'],
  [/bracketed se/, 'a name in quotes, a number, "*", a slice such as 0:10, or a filter such as ?@.id'],
  [/no such function/, 'length(), count(), value(), match() or search()'],
  [/takes \d|argument/, 'other arguments for this function'],
  [/must be compared/, 'a comparison such as == "x"'],
  [/not comparable/, 'a single value to compare'],
  [/fractional digit/, 'a digit after the point'],
  [/filter|expression|^unexpected '/, 'a test such as @.id, @.a == "b" or !@.deleted, joined by && or ||'],
  [/whitespace after dot|shorthand|beyond start|descend/, 'a name or "*" (or in brackets: [\'my key\'])'],
]

/** What is wrong with a text that is not a JSONPath, for messages: what was expected, and where. */
export function expectedInJsonPath(path: string, complaint: string, index: number): string {
  const expected = EXPECTED.find(([pattern]) => pattern.test(complaint))?.[1] ?? 'something else'
  const found = path.slice(index, index + 1)
  const there = found === '' ? 'the path ends' : `found "${found}" at character ${index + 1}`
  return `expected ${expected}, but ${there}`
}

/** What is wrong with a text that lacks the "$" of a JSONPath, and what was probably meant. */
export function noRoot(text: string, isJsonPath: (text: string) => boolean): string {
  if (text === '') return 'it is empty; write a path such as $.items[*]'
  const likely = likelyJsonPaths(text).find(isJsonPath) ?? 'a path such as $.items[*]'
  return `it must begin with "$"; write ${likely}`
}

function likelyJsonPaths(text: string): string[] {
  if (text.startsWith('/')) return [`$${text.replace(/\/+/g, '.')}`]
  const rest = text.replace(/^@/, '').replaceAll('.[', '[')
  return /^[.[]/.test(rest) ? [`$${rest}`] : [`$.${rest}`, quoted(rest)]
}

/** The text up to its first bracket as one name. */
function quoted(text: string): string {
  const [name = '', ...rest] = text.split(/(?=\[)/)
  return `$['${name}']${rest.join('')}`
}
