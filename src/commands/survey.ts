import { writeFile } from 'node:fs/promises'
import { configError } from '../errors.ts'
import { BRISK } from '../http/retry/patience.ts'
import { isList, isObject, type Json } from '../json.ts'
import { readJsonFile } from '../protocol/input.ts'
import { STREAMS } from '../streams/index.ts'
import { readSchema } from '../streams/schemas.ts'
import { createWitness } from '../survey/ask/witness.ts'
import type { Settling } from '../survey/measure/settling.ts'
import { type Survey, survey } from '../survey/survey.ts'
import type { Program } from './runtime/program.ts'
import { refuseToLoseToken, runInTerminal, type Terminal } from './runtime/terminal.ts'
import { VERSION } from './runtime/version.ts'
import { openCall, readSetup, type Setup } from './setup/setup.ts'
import type { SurveyOptions } from './survey/arguments.ts'
import { surveyTable } from './survey/table.ts'

/** Requests a second, where the config does not set another pace. */
const PACE = 5

/** Measures what the connector takes for true of a live account, in at most 120 GET requests, one after the other. Prints a
 *  table or JSON. Resolves to the exit code: 0 when the account could be asked, whatever it answers. */
export function surveyAccount(options: SurveyOptions, terminal: Terminal): Promise<number> {
  return runInTerminal(terminal, options.saveConfig, async program => {
    const setup = await readSetup(options.config, program)
    refuseToLoseToken(setup.config.credentials, options.saveConfig)
    const earlier = options.compare === undefined ? undefined : await readEarlier(options.compare)
    const found = await takeSurvey(setup, program, {
      load: options.load,
      earlier,
      progress: what => onTerminal(what, terminal),
    })
    onTerminal('', terminal)
    const json = `${JSON.stringify(found, undefined, 2)}\n`
    if (options.out !== undefined) await writeFile(options.out, json)
    terminal.print(options.format === 'json' ? json : surveyTable(found))
    terminal.tell(howToSend(options.out))
    return 0
  })
}

function takeSurvey(
  setup: Setup,
  program: Program,
  how: {
    readonly load: boolean
    readonly earlier: Pick<Survey, 'settling'> | undefined
    readonly progress: (what: string) => void
  },
): Promise<Survey> {
  const witness = createWitness(setup.apiClock, program.clock.now)
  const { requestsPerSecond = PACE } = setup.settings
  const settings = { ...setup.settings, requestsPerSecond }
  // The log of each request would name ids.
  const quiet = { ...program, log: { ...program.log, debug: () => undefined } }
  return survey({
    ...how,
    witness,
    call: openCall({ ...setup, settings, apiClock: witness }, quiet, BRISK, () => undefined),
    defs: STREAMS.filter(({ onlyIf }) => onlyIf === undefined),
    schemaOf: readSchema,
    now: program.clock.now,
    version: VERSION,
  })
}

async function readEarlier(path: string): Promise<Pick<Survey, 'settling'>> {
  const value: Json = await readJsonFile(path, 'earlier survey')
  const settling = isObject(value) && value['survey'] === 1 ? value['settling'] : undefined
  if (!isList(settling))
    throw configError(`${path} is no survey: write one with survey --out, and compare a later one with it.`)
  return { settling: settling.flatMap(one => settlingIn(one) ?? []) }
}

function settlingIn(value: Json): Settling | undefined {
  if (!isObject(value)) return undefined
  const { hour, count } = value
  return typeof hour === 'string' && Number.isInteger(count) ? { hour, count: Number(count) } : undefined
}

/** A line that is written over by the next one; nothing where nobody looks. */
function onTerminal(text: string, terminal: Terminal): void {
  if (process.stderr.isTTY === true) terminal.tell(`\r\u001b[K${text}`)
}

function howToSend(out: string | undefined): string {
  const file =
    out === undefined ? 'Run it again with --out survey.json for a file' : `${out} holds it as JSON`
  return (
    `No value of any record is in it: only counts, lengths, types, hours and names of fields. ${file}; please read it, and send ` +
    'it with the issue form "Survey of an account", so that the next account is one that we know.\n'
  )
}
