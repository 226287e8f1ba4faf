import { useState } from 'preact/hooks'
import type { View } from '../../wire.ts'
import { useStudio } from '../studio.ts'

/** Signing in through the browser, which brings a refresh token. */
export function SignIn() {
  const { ask, show, flush, fail, opening } = useStudio()
  const [address, setAddress] = useState<string | undefined>(undefined)
  const [client, setClient] = useState({ client_id: '', client_secret: '' })
  const begin = async () => {
    try {
      await flush()
      const begun = await ask<{ address: string }>('sign-in', client)
      setAddress(begun.address)
      show(await ask<View>('signed-in'))
    } catch (error) {
      fail(error)
    }
    setAddress(undefined)
  }
  return (
    <details>
      <summary>Sign in with the browser</summary>
      <p class="hint">
        For accounts whose users sign in at a page of Babelforce. It needs a client that Babelforce issued to
        you, and brings a refresh token.{' '}
        {opening.file === undefined
          ? 'Start the studio with --config FILE to use it here: the token changes with each use, and the next one must be kept.'
          : `Each next token is saved in ${opening.file} before it is used.`}
      </p>
      <ClientField name="client_id" label="Client ID for the sign-in" client={client} change={setClient} />
      <ClientField
        name="client_secret"
        label="Client secret, if it has one"
        client={client}
        change={setClient}
      />
      {address === undefined ? (
        <button type="button" onClick={() => void begin()}>
          Sign in with the browser
        </button>
      ) : (
        <p>
          <a href={address} target="_blank" rel="noopener noreferrer">
            Open the page to sign in
          </a>{' '}
          (waiting for it, five minutes at most)
        </p>
      )}
    </details>
  )
}

interface Client {
  readonly client_id: string
  readonly client_secret: string
}

interface ClientFieldProps {
  readonly name: keyof Client
  readonly label: string
  readonly client: Client
  readonly change: (client: Client) => void
}

function ClientField({ name, label, client, change }: ClientFieldProps) {
  return (
    <div class="field">
      <label for={`sign-in-${name}`}>{label}</label>
      <input
        id={`sign-in-${name}`}
        type={name === 'client_secret' ? 'password' : 'text'}
        autocomplete="off"
        value={client[name]}
        onInput={event => change({ ...client, [name]: event.currentTarget.value })}
      />
    </div>
  )
}
