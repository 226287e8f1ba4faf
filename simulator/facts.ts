import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import type { WorldName } from './dialects/worlds.ts'

/** What a survey says of an account, as far as a simulator can be like it. */
interface Account {
  readonly world: WorldName
  /** As --faults takes them. */
  readonly faults: string
}

const schema = new URL('../docs/survey.schema.json', import.meta.url)

/** The account that a survey's JSON file describes. Throws when the file is no survey. */
export function readAccount(path: string): Account {
  return accountOf(JSON.parse(readFileSync(path, 'utf8')))
}

/** The account that a survey describes: its world, and a fault for each fact that it contradicts. Throws when it is not as
 *  docs/survey.schema.json says. */
export function accountOf(survey: unknown): Account {
  const ajv = new Ajv({ strict: false })
  if (!ajv.validate(JSON.parse(readFileSync(schema, 'utf8')), survey))
    throw new Error(`This is no survey: ${ajv.errorsText(undefined, { dataVar: 'survey' })}.`)
  const { world, facts } = survey as Survey
  const faults = Object.values(facts).flatMap(({ verdict, fault }) =>
    verdict === 'contradicted' && fault !== undefined ? [fault] : [],
  )
  return { world, faults: faults.join(',') }
}

interface Survey {
  readonly world: WorldName
  readonly facts: Readonly<Record<string, { readonly verdict: string; readonly fault?: string }>>
}
