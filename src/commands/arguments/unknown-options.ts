import { nearest } from '../../config/nearest.ts'

/** What is understood with every command. */
const COMMON = ['debug', 'about', 'help', 'version']

/** A sentence for each option on the command line that its command does not have, with the one that it resembles. None if the
 *  command is not one of these. Values are never quoted, since they may be secrets. */
export function unknownOptions(
  argv: readonly string[],
  options: Readonly<Record<string, object>>,
): readonly string[] {
  const of = options[argv.find(word => !word.startsWith('-')) ?? '']
  if (of === undefined) return []
  const known = [...Object.keys(of), ...COMMON]
  return optionsIn(argv)
    .filter(name => !known.includes(name) && !known.includes(name.replace(/^no-/, '')))
    .map(name => unknownOption(name, nearest(name, known)))
}

/** The command line with a hyphen that is an option's value joined to the option; yargs would take it for a word of its own. */
export function withHyphens(argv: readonly string[]): string[] {
  return argv.flatMap((word, at) => {
    if (word === '-' && argv[at - 1]?.startsWith('--')) return []
    return argv[at + 1] === '-' && word.startsWith('--') ? [`${word}=-`] : [word]
  })
}

/** The names of options, as far as they look like names. */
function optionsIn(argv: readonly string[]): readonly string[] {
  return argv.flatMap(word => /^--([a-z][a-z-]*)(?:=|$)/.exec(word)?.[1] ?? [])
}

function unknownOption(name: string, near: string | undefined): string {
  return `There is no option --${name}.${near === undefined ? '' : ` Did you mean --${near}?`}`
}
