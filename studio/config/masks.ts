import { secretParameters } from '../../src/config/secret-parameters.ts'

const DOTS = '••••'

/** The text with each value that signs a request in shown as dots and a number. */
export function maskText(text: string): string {
  return secretValues(text).reduce(
    (masked, value, at) => replaceValue(masked, value, `${DOTS}${at + 1}`),
    text,
  )
}

/** The text with the values in place of the dots that `maskText` showed for `kept`; dots of other numbers are removed. */
export function restoreText(text: string, kept: string): string {
  const values = secretValues(kept)
  return text.replace(/••••(\d+)/g, (_, number) => values[Number(number) - 1] ?? '')
}

/** The text without the values that sign a request in. */
export function bareText(text: string): string {
  return restoreText(maskText(text), '')
}

/** The values as they are written in the text, each once. A user name in an address counts, with its password. */
function secretValues(text: string): readonly string[] {
  const users = Array.from(text.matchAll(/\/\/([^/?#@\s]+)@/g), ([, user = '']) => user)
  return [...new Set([...secretParameters(text), ...users])].filter(
    value => replaceValue(text, value, '') !== text,
  )
}

/** Replaces a value where it is one: after = in an address or a form, in quotes in JSON, before @ in an address. */
function replaceValue(text: string, value: string, by: string): string {
  const literal = value.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
  const places = new RegExp(
    `(?<==)${literal}(?=[&;#\\s]|$)|(?<=")${literal}(?=")|(?<=//)${literal}(?=@)`,
    'g',
  )
  return text.replace(places, () => by)
}
