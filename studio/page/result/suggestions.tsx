import type { Suggested, Tested } from '../../wire.ts'
import { useStudio } from '../studio.ts'

/** Paths that the response suggests: a click puts one into its field. */
export function Suggestions({ tested, own }: { readonly tested: Tested; readonly own: number }) {
  const { data, metadata } = tested
  return (
    <fieldset class="suggestions">
      <legend>Suggestions</legend>
      <PathList title="Path to Data" paths={data} field="data_path" own={own} />
      <PathList title="Path to Metadata" paths={metadata} field="metadata_path" own={own} />
    </fieldset>
  )
}

interface PathListProps {
  readonly title: string
  readonly paths: readonly Suggested[]
  readonly field: string
  readonly own: number
}

function PathList({ title, paths, field, own }: PathListProps) {
  const { set } = useStudio()
  if (paths.length === 0) return null
  return (
    <p>
      Suggestions for {title}:{' '}
      {paths.map(({ path, count }) => (
        <span key={path} class="chip">
          <button
            type="button"
            aria-label={`Use ${path} as ${title}`}
            onClick={() => void set(['custom_streams', own, field], path)}
          >
            {path}
          </button>
          {count !== undefined && <small> {count.toLocaleString()} records</small>}
        </span>
      ))}
    </p>
  )
}
