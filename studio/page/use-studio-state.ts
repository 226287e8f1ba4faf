import { useMemo, useRef, useState } from 'preact/hooks'
import type { Json, JsonObject } from '../../src/json.ts'
import { type Path, schemaAt } from '../config/schema.ts'
import { setAt } from '../config/set-at.ts'
import type { Opening, Tested, View } from '../wire.ts'
import type { Ask } from './ask.ts'
import { ownStreams, type Studio } from './studio.ts'

/** The state of the page once it is connected. */
export function useStudioState(ask: Ask, opening: Opening, fail: (error: unknown) => void): Studio {
  const [view, setView] = useState(opening.view)
  const [tests, setTests] = useState<ReadonlyMap<string, Tested>>(new Map())
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const edits = useEdits(ask, setView, fail)
  const show = (next: View) => setView(before => (next.revision < before.revision ? before : next))
  return {
    opening,
    view,
    ask,
    show,
    ...edits,
    tests,
    keepTest: (stream, tested) => setTests(before => new Map(before).set(stream, tested)),
    chosen: stillThere(chosen, opening, view),
    choose: (stream, isChosen) => setChosen(before => changed(before, stream, isChosen)),
    fail,
  }
}

function useEdits(
  ask: Ask,
  setView: (change: (before: View) => View) => void,
  fail: (error: unknown) => void,
) {
  const waiting = useRef(new Set<() => void>())
  const queue = useRef<Promise<void>>(Promise.resolve())
  return useMemo(() => {
    const changes = createChanges(setView)
    const failed = (error: unknown) => {
      fail(error)
      // What was refused is not left on the page.
      return ask<View>('view').then(view => setView(() => view), fail)
    }
    const set: Studio['set'] = (path, value) => {
      changes.begin(path, value)
      const change = () =>
        ask<View>('set', { path, value: value ?? null }).then(changes.end, changes.fail(failed))
      queue.current = queue.current.then(change)
      return queue.current
    }
    const flush = () => {
      for (const commit of [...waiting.current]) commit()
      return queue.current
    }
    const pending = (commit: () => void) => {
      waiting.current.add(commit)
      return () => void waiting.current.delete(commit)
    }
    return { set, flush, pending }
  }, [ask])
}

/** Changes that are on their way. They are shown at once, so that nothing jumps back meanwhile; what the studio says of them is
 *  shown when the last one has arrived. */
function createChanges(setView: (change: (before: View) => View) => void) {
  let under = 0
  let notices: readonly string[] = []
  return {
    begin(path: Path, value: Json | undefined) {
      under++
      setView(before => {
        const isSecret = schemaAt(before.config, path)?.['airbyte_secret'] === true
        return isSecret ? before : { ...before, config: setAt(before.config, path, value) as JsonObject }
      })
    },
    end(view: View) {
      under--
      notices = [...notices, ...view.notices]
      if (under > 0) return
      const told = notices
      notices = []
      setView(() => ({ ...view, notices: told }))
    },
    fail: (fail: (error: unknown) => Promise<void>) => (error: unknown) => {
      under--
      return fail(error)
    },
  }
}

/** The chosen streams without those of one's own that were removed, or are called something else now. */
function stillThere(chosen: ReadonlySet<string>, { endpoints }: Opening, view: View): ReadonlySet<string> {
  const names = new Set([...endpoints, ...ownStreams(view)].map(({ name }) => name))
  return new Set([...chosen].filter(name => names.has(name)))
}

function changed(before: ReadonlySet<string>, stream: string, isChosen: boolean): ReadonlySet<string> {
  const next = new Set(before)
  if (isChosen) next.add(stream)
  else next.delete(stream)
  return next
}
