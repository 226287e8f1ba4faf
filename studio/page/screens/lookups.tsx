import { isList } from '../../../src/json.ts'
import { Field } from '../form/field.tsx'
import { lookupNames, useStudio } from '../studio.ts'

/** The lookups of the config: one for all endpoints of one's own. */
export function Lookups() {
  const { view, set } = useStudio()
  const lookups = isList(view.config['lookups']) ? view.config['lookups'] : []
  const add = () => {
    const taken = lookupNames(view)
    const names = Array.from({ length: lookups.length + 1 }, (_, index) => `lookup_${index + 1}`)
    void set(['lookups', lookups.length], { name: names.find(name => !taken.includes(name)) ?? '' })
  }
  return (
    <details open={lookups.length > 0}>
      <summary>All lookups (they are shared by your endpoints)</summary>
      {lookups.map((_, at) => (
        <fieldset key={lookups.length + at}>
          <legend>Lookup {at + 1}</legend>
          <p class="problem">{view.streamProblems[`lookups[${at}]`]}</p>
          <Field path={['lookups', at, 'name']} />
          <Field path={['lookups', at, 'source']} />
          <button type="button" onClick={() => void set(['lookups', at], undefined)}>
            Remove lookup {at + 1}
          </button>
        </fieldset>
      ))}
      <button type="button" onClick={add}>
        Add a lookup
      </button>
    </details>
  )
}
