import { useState } from 'preact/hooks'
import type { Endpoint } from '../../wire.ts'
import { ownStreams, useStudio } from '../studio.ts'
import type { Choice } from './endpoints.tsx'

interface ListProps {
  readonly choice: Choice | undefined
  readonly choose: (choice: Choice) => void
}

/** All endpoints, found by name, template, description or path. */
export function EndpointList({ choice, choose }: ListProps) {
  const { opening } = useStudio()
  const [words, setWords] = useState('')
  const found = opening.endpoints
    .filter(endpoint => isFound(endpoint, words))
    .sort((a, b) => Number(isNamed(b, words)) - Number(isNamed(a, words)))
  return (
    <section class="list" aria-label="All endpoints">
      <OwnList choice={choice} choose={choose} />
      <div class="field">
        <label for="search">Search the endpoints</label>
        <input
          id="search"
          type="search"
          placeholder="Get Agent, calls, /api/v2/…"
          value={words}
          onInput={event => setWords(event.currentTarget.value)}
        />
      </div>
      <p class="hint" aria-live="polite">
        {found.length.toLocaleString()} of {opening.endpoints.length.toLocaleString()}
        {found.length === 0 && ': none fits. Search for fewer words, or add your own endpoint.'}
      </p>
      <ul class="endpoints">
        {found.map(endpoint => (
          <li key={endpoint.name}>
            <Entry
              endpoint={endpoint}
              isChosen={choice !== undefined && 'name' in choice && choice.name === endpoint.name}
              choose={() => choose({ name: endpoint.name })}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}

function OwnList({ choice, choose }: ListProps) {
  const { view, set } = useStudio()
  const own = ownStreams(view)
  const add = () => {
    const at = own.length
    const taken = new Set(own.map(({ name }) => name))
    const numbers = Array.from({ length: at + 1 }, (_, index) => `my_endpoint_${index + 1}`)
    const name = numbers.find(one => !taken.has(one)) ?? ''
    void set(['custom_streams', at], { name }).then(() => choose({ at }))
  }
  return (
    <>
      <button type="button" class="main" onClick={add}>
        Your own endpoint
      </button>
      <ul class="endpoints">
        {own.map(({ at, name }) => (
          <li key={at}>
            <button
              type="button"
              aria-current={choice !== undefined && 'at' in choice && choice.at === at ? 'true' : undefined}
              onClick={() => choose({ at })}
            >
              <span class="name">{name}</span> <span class="badge">your own</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}

interface EntryProps {
  readonly endpoint: Endpoint
  readonly isChosen: boolean
  readonly choose: () => void
}

function Entry({ endpoint, isChosen, choose }: EntryProps) {
  const { name, template, isCostly, disabled, description } = endpoint
  return (
    <button type="button" aria-current={isChosen ? 'true' : undefined} onClick={choose} title={description}>
      <span class="name">{template ?? name}</span>
      {template !== undefined && <span class="sub">{name}</span>}
      {isCostly && <span class="badge warn">one request per record</span>}
      {disabled !== undefined && <span class="badge warn">changes data</span>}
    </button>
  )
}

/** Those that are called so come before those that mention it. */
function isNamed({ name, template = '' }: Endpoint, words: string): boolean {
  const text = `${name} ${name.replaceAll('_', ' ')} ${template}`.toLowerCase()
  return text.includes(words.toLowerCase().trim())
}

function isFound({ name, template = '', description, paths }: Endpoint, words: string): boolean {
  const text = [name, name.replaceAll('_', ' '), template, description, ...paths].join(' ').toLowerCase()
  return words
    .toLowerCase()
    .split(/\s+/)
    .every(word => text.includes(word))
}
