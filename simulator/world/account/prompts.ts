import { daysAgo, type Facts } from '../ground/facts.ts'
import { idOf } from '../ground/ids.ts'
import type { Row } from '../ground/rows.ts'
import { isoTime } from '../ground/time.ts'

const texts = [
  'Willkommen bei Müller & Söhne.',
  'Tous nos conseillers sont en ligne. Merci de patienter…',
  'お待ちください。',
  'You are caller number {position}.',
] as const

/** How many prompts a world has. */
export const PROMPTS = 9

/** Prompt `index`; every third one was recorded and has no text. `duration` is in milliseconds. */
export function promptAt(facts: Facts, index: number): Row {
  const { dateCreated, lastUpdated } = promptFileAt(facts, index)
  return {
    id: idOf(facts.seed, 'prompts', index),
    label: `Ansage ${index + 1}`,
    key: `greeting_${index + 1}`,
    ...(index % 3 === 2 ? {} : { text: texts[index % texts.length], locale: index % 2 ? 'fr_FR' : 'de_DE' }),
    ...(index % 4 === 3 ? {} : { duration: 1800 + index * 731, default: index === 0 }),
    url: `https://files.example.com/prompts/${idOf(facts.seed, 'prompt_files', index)}.wav`,
    tags: index % 2 ? [] : ['ansage'],
    file: briefOf(facts, index),
    dateCreated,
    lastUpdated,
  }
}

/** The stored file of prompt `index`. */
export function promptFileAt(facts: Facts, index: number): Row {
  const created = daysAgo(facts, facts.days + 20 + index * 11)
  const { id, state, name, size, contentType } = briefOf(facts, index)
  return {
    id,
    dateCreated: isoTime(created),
    lastUpdated: isoTime(created + 5000),
    url: `https://files.example.com/prompts/${id}.wav`,
    path: `/prompts/${id}.wav`,
    filename: name,
    contentType,
    size,
    state,
    type: 'prompt',
  }
}

function briefOf(facts: Facts, index: number) {
  const id = idOf(facts.seed, 'prompt_files', index)
  const name = `Begrüßung ${index + 1}.wav`
  return { id, state: 'stored', name, size: 64_000 + index * 1000, contentType: 'audio/wav' } as const
}
