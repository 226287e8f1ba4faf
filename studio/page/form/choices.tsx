import { isList } from '../../../src/json.ts'
import { useStudio } from '../studio.ts'
import type { InputProps } from './field.tsx'

/** One of the values that the spec lists. */
export function Choice({ id, path, schema, value }: InputProps) {
  const { set } = useStudio()
  const values = (isList(schema['enum']) ? schema['enum'] : []).map(String)
  const byDefault = schema['default']
  return (
    <select
      id={id}
      aria-describedby={`${id}-hint`}
      value={value === undefined ? '' : String(value)}
      onChange={event => set(path, event.currentTarget.value || undefined)}
    >
      <option value="">{byDefault === undefined ? '(not set)' : `${byDefault} (default)`}</option>
      {values
        .filter(one => one !== byDefault || value === one)
        .map(one => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
    </select>
  )
}

/** A switch. */
export function Flag({ id, path, value }: InputProps) {
  const { set } = useStudio()
  return (
    <input
      id={id}
      type="checkbox"
      aria-describedby={`${id}-hint`}
      checked={value === true}
      onChange={event => set(path, event.currentTarget.checked)}
    />
  )
}
