import { useEffect, useState } from 'preact/hooks'
import type { Saved, View } from '../../wire.ts'
import { useStudio } from '../studio.ts'
import { StreamChoice } from './stream-choice.tsx'

/** What leaves the studio: without secrets, but for the file that was named at start. */
export function Save() {
  const { ask, fail, chosen, view } = useStudio()
  const [saved, setSaved] = useState<Saved | undefined>(undefined)
  const streams = [...chosen]
  const [problem] = view.problems
  useEffect(() => {
    let isLatest = problem === undefined
    if (!isLatest) setSaved(undefined)
    else ask<Saved>('save', { streams }).then(next => isLatest && setSaved(next), fail)
    return () => {
      isLatest = false
    }
  }, [streams.join(), view.revision, problem])
  return (
    <div class="columns two">
      <section aria-labelledby="save">
        <h1 id="save">Save</h1>
        <WithSecrets />
        <StreamChoice />
      </section>
      <section class="panel" aria-label="What to save">
        {problem !== undefined && <Unready problem={problem} />}
        {saved !== undefined && <SavedTexts {...saved} />}
      </section>
    </div>
  )
}

function Unready({ problem }: { readonly problem: string }) {
  return (
    <>
      <p class="problem">{problem}</p>
      <p class="hint">
        Once that is done, this shows what to type into Airbyte’s form, the config and the catalog.
      </p>
    </>
  )
}

function WithSecrets() {
  const { opening, ask, show, fail, flush } = useStudio()
  const write = () =>
    flush()
      .then(() => ask<View>('write'))
      .then(show, fail)
  if (opening.file === undefined)
    return (
      <p class="hint">
        Secrets are written nowhere. To save the whole config in a file, start the studio with --config FILE.
      </p>
    )
  return (
    <p>
      <button type="button" class="main" onClick={write}>
        Save with secrets to {opening.file}
      </button>
    </p>
  )
}

function SavedTexts({ config, form, catalog, commands }: Saved) {
  return (
    <>
      <h2>What to type in Airbyte’s form</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Value</th>
          </tr>
        </thead>
        <tbody>
          {form.map(({ field, value }) => (
            <tr key={field}>
              <td>{field}</td>
              <td class="wide">
                <code>{value}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Copied title="The config, without secrets" text={config} />
      <Copied title="The configured catalog" text={catalog} />
      <Copied title="The command lines that do the same" text={commands.join('\n')} />
    </>
  )
}

function Copied({ title, text }: { readonly title: string; readonly text: string }) {
  const [isCopied, setCopied] = useState(false)
  const copy = () => navigator.clipboard.writeText(text).then(() => setCopied(true))
  return (
    <>
      <div class="bar">
        <h2>{title}</h2>
        <button type="button" onClick={copy} aria-label={`Copy: ${title}`}>
          {isCopied ? 'Copied' : 'Copy'}
        </button>
      </div>
      <section class="scrolls" tabIndex={0} aria-label={title}>
        <pre>{text}</pre>
      </section>
    </>
  )
}
