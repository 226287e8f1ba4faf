import { useState } from 'preact/hooks'
import type { Opening } from '../wire.ts'
import { type Ask, Refused } from './ask.ts'
import { Connection } from './screens/connection.tsx'
import { Endpoints } from './screens/endpoints.tsx'
import { Look } from './screens/look.tsx'
import { Save } from './screens/save.tsx'
import { Sync } from './screens/sync.tsx'
import { Provider } from './studio.ts'
import { useStudioState } from './use-studio-state.ts'

const SCREENS = [
  { name: 'Connection', Screen: Connection },
  { name: 'Endpoints', Screen: Endpoints },
  { name: 'Save', Screen: Save },
  { name: 'Sync', Screen: Sync },
  { name: 'Look', Screen: Look },
] as const

/** The page, once it is connected to the studio in the terminal. */
export function App({ ask, opening }: { readonly ask: Ask; readonly opening: Opening }) {
  const [at, setAt] = useState(0)
  const [error, setError] = useState<unknown>(undefined)
  const studio = useStudioState(ask, opening, setError)
  const { Screen } = SCREENS[at] ?? SCREENS[0]
  const show = (index: number) => {
    setError(undefined)
    void studio.flush().then(() => setAt(index))
  }
  if (error instanceof Refused && [0, 401].includes(error.status)) return <Closed why={error.message} />
  return (
    <Provider value={studio}>
      <header class="top">
        <p class="brand">
          Babelforce studio {opening.isDemo && <span class="badge">demo: a simulated Babelforce</span>}
        </p>
        <nav aria-label="Screens">
          {SCREENS.map(({ name }, index) => (
            <button
              key={name}
              type="button"
              aria-current={index === at ? 'page' : undefined}
              onClick={() => show(index)}
            >
              {name}
            </button>
          ))}
        </nav>
      </header>
      <main>
        <Messages notices={studio.view.notices} error={error} close={() => setError(undefined)} />
        <Screen />
      </main>
    </Provider>
  )
}

/** The page without the studio behind it. */
export function Closed({ why }: { readonly why: string }) {
  return (
    <main class="closed">
      <h1>Babelforce studio</h1>
      <p role="alert">{why}</p>
    </main>
  )
}

interface MessagesProps {
  readonly notices: readonly string[]
  readonly error: unknown
  readonly close: () => void
}

function Messages({ notices, error, close }: MessagesProps) {
  return (
    <div class="messages" aria-live="polite">
      {notices.map(notice => (
        <p key={notice} class="notice">
          {notice}
        </p>
      ))}
      {error !== undefined && (
        <p class="error" role="alert">
          {error instanceof Error ? error.message : String(error)}{' '}
          <button type="button" onClick={close}>
            Close
          </button>
        </p>
      )}
    </div>
  )
}
