import { nearest } from '../../config/nearest.ts'

/** What is checked of an option, as yargs has it. */
export interface OptionKind {
  readonly type?: string
  readonly array?: boolean
  readonly choices?: readonly string[]
}

/** What is understood with every command. */
const COMMON: Readonly<Record<string, OptionKind>> = Object.fromEntries(
  ['debug', 'about', 'help', 'version'].map(name => [name, { type: 'boolean' }]),
)

/** An option on the command line, and the words after it. */
interface Given {
  readonly name: string
  readonly words: string[]
}

/** A sentence for each option on the command line that its command does not have, that has no value, too many, or comes twice.
 *  None if the command is not one of these. Values are never quoted, since they may be secrets. */
export function optionMistakes(
  argv: readonly string[],
  commands: Readonly<Record<string, Readonly<Record<string, OptionKind>>>>,
): readonly string[] {
  const options = commands[argv.find(word => !word.startsWith('-')) ?? '']
  if (options === undefined) return []
  const known = { ...options, ...COMMON }
  const given = optionsIn(argv)
  return given.flatMap(({ name, words }, at) => {
    const kind = known[name] ?? known[name.replace(/^no-/, '')]
    if (kind === undefined) return [unknownOption(name, nearest(name, Object.keys(known)))]
    const isRepeated = kind.array !== true && given.findIndex(one => one.name === name) < at
    return [
      isRepeated ? `--${name} is given twice; give it once.${aboutLists(name)}` : undefined,
      wordsMistake({ name, words }, kind),
    ].filter(mistake => mistake !== undefined)
  })
}

/** The command line with a hyphen that is an option's value joined to the option; yargs would take it for a word of its own. */
export function withHyphens(argv: readonly string[]): string[] {
  return argv.flatMap((word, at) => {
    if (word === '-' && argv[at - 1]?.startsWith('--')) return []
    return argv[at + 1] === '-' && word.startsWith('--') ? [`${word}=-`] : [word]
  })
}

function wordsMistake({ name, words: [first, ...more] }: Given, kind: OptionKind): string | undefined {
  if (kind.type === 'boolean')
    return first === undefined || /^(true|false)$/.test(first) ? undefined : `--${name} takes no value.`
  if (first === undefined || first === '') return `--${name} needs a value.`
  if (more.length > 0 && kind.array !== true) return `--${name} takes one value.${aboutLists(name)}`
  return undefined
}

function aboutLists(name: string): string {
  return name === 'streams' ? ' A list has commas and no spaces: --streams calls,agents.' : ''
}

/** The options, as far as they look like ones: --save-config, --save-config=FILE or --saveConfig. */
function optionsIn(argv: readonly string[]): readonly Given[] {
  const given: Given[] = []
  for (const word of argv) {
    const [, name, value] = /^--([a-z][a-z-]*)(?:=(.*))?$/is.exec(word) ?? []
    if (name !== undefined) given.push({ name: hyphenated(name), words: value === undefined ? [] : [value] })
    else if (!/^-[a-z]/i.test(word)) given.at(-1)?.words.push(word)
  }
  return given
}

function hyphenated(name: string): string {
  return name.replace(/(?<=[a-z])[A-Z]/g, letter => `-${letter.toLowerCase()}`)
}

function unknownOption(name: string, near: string | undefined): string {
  return `There is no option --${name}.${near === undefined ? '' : ` Did you mean --${near}?`}`
}
