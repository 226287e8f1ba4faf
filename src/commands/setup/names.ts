import { configError } from '../../errors.ts'

/** The names in a list with commas. Throws a config_error if there are none. */
export function namesIn(list: string): readonly string[] {
  const names = list
    .split(',')
    .map(name => name.trim())
    .filter(name => name !== '')
  if (names.length === 0)
    throw configError('--streams takes names with commas between them, e.g. calls,agents.')
  return names
}
