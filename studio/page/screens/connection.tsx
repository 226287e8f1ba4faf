import { useState } from 'preact/hooks'
import { connectionParts } from '../../endpoints/places.ts'
import type { Checked } from '../../wire.ts'
import { Field } from '../form/field.tsx'
import { useStudio } from '../studio.ts'
import { SignIn } from './sign-in.tsx'

const FIRST = ['environment', 'base_url', 'credentials']

/** Where to connect, and how to sign in; and whether that works. */
export function Connection() {
  const { opening } = useStudio()
  const rest = connectionParts(opening).filter(name => !FIRST.includes(name))
  return (
    <div class="columns two">
      <section aria-labelledby="connect">
        <h1 id="connect">Connection</h1>
        {FIRST.map(name => (
          <Field key={name} path={[name]} />
        ))}
        <SignIn />
        <details>
          <summary>Settings for all streams</summary>
          {rest.map(name => (
            <Field key={name} path={[name]} />
          ))}
        </details>
      </section>
      <CheckPanel />
    </div>
  )
}

function CheckPanel() {
  const { ask, flush, fail, view } = useStudio()
  const [checked, setChecked] = useState<Checked | 'busy' | undefined>(undefined)
  const check = () => {
    if (checked === 'busy') return
    setChecked('busy')
    flush()
      .then(() => ask<Checked>('check'))
      .then(setChecked, error => {
        setChecked(undefined)
        fail(error)
      })
  }
  return (
    <section class="panel" aria-labelledby="check">
      <div class="bar">
        <h2 id="check">Does it work?</h2>
        <button type="button" class="main" aria-disabled={checked === 'busy'} onClick={check}>
          {checked === 'busy' ? 'Checking…' : 'Check'}
        </button>
      </div>
      <div aria-live="polite" class="steady">
        {checked === undefined && (
          <p class="hint">{view.problems[0] ?? 'Check asks each area of the API once, with this sign-in.'}</p>
        )}
        {checked !== undefined && checked !== 'busy' && <Findings {...checked} />}
      </div>
    </section>
  )
}

const WORDS = {
  open: 'can be read',
  closed: 'refused to this sign-in',
  absent: 'not served by this account',
} as const

function Findings({ areas, message, error }: Checked) {
  return (
    <>
      {error !== undefined && <p class="error">{error}</p>}
      <ul class="areas">
        {areas.map(({ area, is }) => (
          <li key={area} class={is}>
            <span aria-hidden="true">{is === 'open' ? '✓' : is === 'closed' ? '✕' : '–'}</span> {area}:{' '}
            {WORDS[is]}
          </li>
        ))}
      </ul>
      {message !== undefined && <p>{message}</p>}
      {error === undefined && (
        <p class="hint">Next: choose an endpoint on the screen Endpoints, and test it.</p>
      )}
    </>
  )
}
