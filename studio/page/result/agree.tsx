import { useLayoutEffect, useRef } from 'preact/hooks'

interface AgreeProps {
  readonly asks: readonly string[]
  readonly answer: (isAgreed: boolean) => void
}

/** Asks before requests that could change something. */
export function Agree({ asks, answer }: AgreeProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  useModal(dialog)
  return (
    <dialog ref={dialog} aria-labelledby="agree" onCancel={() => answer(false)}>
      <h2 id="agree">Send this?</h2>
      <p>A POST request can change data. Send it only if this endpoint just searches.</p>
      <ul>
        {asks.map(ask => (
          <li key={ask}>
            <code>{ask}</code>
          </li>
        ))}
      </ul>
      <div class="bar">
        <button type="button" onClick={() => answer(false)}>
          Do not send
        </button>
        <button type="button" class="main" onClick={() => answer(true)}>
          Send it
        </button>
      </div>
    </dialog>
  )
}

/** Opens the dialog before it is painted, so that no key gets past it; when it goes, the focus returns to where it was. */
function useModal(dialog: { readonly current: HTMLDialogElement | null }): void {
  useLayoutEffect(() => {
    const { current } = dialog
    current?.showModal()
    return () => current?.close()
  }, [])
}
