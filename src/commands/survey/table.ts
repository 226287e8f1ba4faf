import type { Container } from '../../survey/ask/answers.ts'
import { FACTS } from '../../survey/facts.ts'
import type { StreamFinding } from '../../survey/measure/streams.ts'
import type { Survey } from '../../survey/survey.ts'
import type { Finding, Verdict } from '../../survey/verdicts.ts'

const ORDER: readonly Verdict[] = ['contradicted', 'unknown', 'confirmed']

/** What a survey found, for a person: the facts that do not hold first, then what of the streams is worth a look. */
export function surveyTable({ facts, streams, requests, world, load, rate_headers }: Survey): string {
  const lines = [
    `${requests} requests; the account fits the ${world} API.`,
    ...ORDER.flatMap(verdict => [
      '',
      verdict,
      ...FACTS.filter(({ id }) => facts[id].verdict === verdict).map(
        ({ id, says }) => `  ${id.padEnd(18)} ${says}${seenIn(facts[id])}`,
      ),
    ]),
    '',
    'streams',
    ...Object.entries(streams)
      .map(([name, finding]) => [name, remarksOn(finding)] as const)
      .filter(([, remarks]) => remarks.length > 0)
      .map(([name, remarks]) => `  ${name.padEnd(26)} ${remarks.join('; ')}`),
    ...Object.entries(rate_headers).map(([name, value]) => `header ${name}: ${value}`),
    ...load.map(
      ({ in_flight, median_ms, refused }) =>
        `${in_flight} in flight: ${median_ms} ms (median)${refused > 0 ? ', refused' : ''}`,
    ),
  ]
  return `${lines.join('\n')}\n`
}

function seenIn({ seen }: Finding): string {
  return seen === undefined
    ? ''
    : ` (${Object.entries(seen)
        .map(([name, value]) => `${name} ${value}`)
        .join(', ')})`
}

const LACKS = { parent: 'not asked: its parent has no record', answer: 'no answer' } as const

/** In which form an answer came that no route documents. */
const ANOTHER = 'in another form'
const FORMS = {
  list: ANOTHER,
  object: ANOTHER,
  null: ANOTHER,
  other: ANOTHER,
  missing: ANOTHER,
  nothing: 'with no content',
  'not-json': 'with something that is not JSON',
  'too-deep': 'with JSON that is nested more than 2,000 levels deep',
} as const satisfies Readonly<Record<Container, string>>

function remarksOn({
  lacks,
  status = 0,
  source,
  container = 'missing',
  omitted = [],
  beyond = {},
  unnamed = 0,
  against = {},
}: StreamFinding): string[] {
  if (lacks !== undefined) return [LACKS[lacks]]
  if (source === undefined) return [`answered ${status}${status < 300 ? ` ${FORMS[container]}` : ''}`]
  return [
    ...(source === 'seed' ? ['the older description'] : []),
    ...(omitted.length === 0 ? [] : [`names no ${omitted.join(', ')}`]),
    ...Object.entries(beyond).map(([field, types]) => `beyond its schema: ${field} (${types.join(', ')})`),
    ...(unnamed === 0 ? [] : [`${unnamed} more fields beyond its schema`]),
    ...Object.entries(against).map(([field, types]) => `against its schema: ${field} (${types.join(', ')})`),
  ]
}
