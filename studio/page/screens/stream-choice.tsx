import { ownStreams, useStudio } from '../studio.ts'

/** Which streams go into the catalog, and are synced. */
export function StreamChoice() {
  const { opening, view, chosen, choose } = useStudio()
  const usable = opening.endpoints.filter(({ disabled }) => disabled === undefined)
  const names = [...ownStreams(view).map(({ name }) => name), ...usable.map(({ name }) => name)]
  const chooseAll = (which: readonly string[], isChosen: boolean) => {
    for (const name of which) choose(name, isChosen)
  }
  const suggested = usable.filter(({ isSuggested }) => isSuggested).map(({ name }) => name)
  return (
    <fieldset class="streams">
      <legend>Streams ({chosen.size.toLocaleString()} chosen)</legend>
      <p class="hint">Those that you tested are chosen already.</p>
      <p>
        <button type="button" onClick={() => chooseAll(suggested, true)}>
          Choose a good start
        </button>{' '}
        <button type="button" onClick={() => chooseAll(names, false)}>
          Choose none
        </button>
      </p>
      <div class="ticks">
        {names.map(name => (
          <label key={name} class="check">
            <input
              type="checkbox"
              checked={chosen.has(name)}
              onChange={event => choose(name, event.currentTarget.checked)}
            />{' '}
            {name}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
