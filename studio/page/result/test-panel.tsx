import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { TestReply } from '../../wire.ts'
import { useStudio } from '../studio.ts'
import { Agree } from './agree.tsx'
import { Result } from './result.tsx'

interface PanelProps {
  readonly stream: string
  /** Its position, of a stream of one's own. */
  readonly own: number | undefined
  readonly disabled: string | undefined
}

/** The test of a stream, and what it showed. */
export function TestPanel({ stream, own, disabled }: PanelProps) {
  const { tests, view } = useStudio()
  const { isBusy, asks, run, answer } = useTest(stream)
  const tested = tests.get(stream)
  const isStale = tested !== undefined && tested.revision !== view.revision
  useCtrlEnter(() => disabled === undefined && !isBusy && run([]))
  return (
    <section class="panel result" aria-label="Endpoint Test Result">
      <div class="bar">
        <h2>Endpoint Test Result</h2>
        <button
          type="button"
          class="main"
          disabled={disabled !== undefined}
          aria-disabled={isBusy}
          title={disabled ?? 'Ctrl+Enter'}
          aria-describedby={disabled === undefined ? undefined : 'why-disabled'}
          onClick={() => !isBusy && run([])}
        >
          {isBusy ? 'Testing…' : 'Test'}
        </button>
      </div>
      {disabled !== undefined && (
        <p class="hint" id="why-disabled">
          {disabled}
        </p>
      )}
      <p class="steady" role="status">
        {isStale && <span class="stale">Stale: a field has changed since this test. Test again.</span>}
      </p>
      {asks !== undefined && <Agree asks={asks} answer={answer} />}
      {tested === undefined ? (
        <p class="hint">Nothing was tested yet. A test makes a few requests and shows the first records.</p>
      ) : (
        <Result tested={tested} own={own} />
      )}
    </section>
  )
}

function useTest(stream: string) {
  const { ask, flush, keepTest, fail, choose } = useStudio()
  const [isBusy, setBusy] = useState(false)
  const [asks, setAsks] = useState<readonly string[] | undefined>(undefined)
  const run = (agreed: readonly string[]) => {
    setBusy(true)
    flush()
      .then(() => ask<TestReply>('test', { stream, agreed }))
      .then(reply => {
        if ('asks' in reply) return setAsks(reply.asks)
        keepTest(stream, reply.tested)
        if (reply.tested.error === undefined) choose(stream, true)
      })
      .catch(fail)
      .finally(() => setBusy(false))
  }
  const answer = (isAgreed: boolean) => {
    setAsks(undefined)
    if (isAgreed && asks !== undefined) run(asks)
  }
  return { isBusy, asks, run, answer }
}

/** Listens from the moment that the panel is shown: an effect after the paint would miss keys that are pressed at once. */
function useCtrlEnter(act: () => void): void {
  const latest = useRef(act)
  latest.current = act
  useLayoutEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) latest.current()
    }
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [])
}
