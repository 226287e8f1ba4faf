import { useState } from 'preact/hooks'
import { TestPanel } from '../result/test-panel.tsx'
import { ownStreams, useStudio } from '../studio.ts'
import { BuiltIn } from './built-in.tsx'
import { EndpointList } from './endpoint-list.tsx'
import { OwnEndpoint } from './own-endpoint.tsx'

/** An endpoint that is looked at: built in by its name, or one's own by its position. */
export type Choice = { readonly name: string } | { readonly at: number }

/** All endpoints, the settings of the chosen one, and what a test of it shows. */
export function Endpoints() {
  const { view, opening } = useStudio()
  const [choice, setChoice] = useState<Choice | undefined>(undefined)
  const own = choice !== undefined && 'at' in choice ? ownStreams(view)[choice.at] : undefined
  const builtIn =
    choice !== undefined && 'name' in choice
      ? opening.endpoints.find(({ name }) => name === choice.name)
      : undefined
  const name = own?.name ?? builtIn?.name
  return (
    <div class="columns three">
      <EndpointList choice={choice} choose={setChoice} />
      <section class="settings" aria-label="Settings">
        {builtIn !== undefined && <BuiltIn endpoint={builtIn} />}
        {own !== undefined && <OwnEndpoint key={own.at} own={own} leave={() => setChoice(undefined)} />}
        {name === undefined && <Nothing />}
      </section>
      {name !== undefined && (
        <TestPanel key={own?.at ?? name} stream={name} own={own?.at} disabled={builtIn?.disabled} />
      )}
    </div>
  )
}

function Nothing() {
  const { view } = useStudio()
  const [problem] = view.problems
  return (
    <div class="empty">
      <h1>Endpoints</h1>
      <p>Choose an endpoint on the left, or add your own. Then press Test, or Ctrl+Enter.</p>
      {problem !== undefined && <p class="error">{problem}</p>}
    </div>
  )
}
