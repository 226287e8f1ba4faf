import { useEffect, useRef, useState } from 'preact/hooks'
import { useStudio } from '../studio.ts'

const PAUSE_MS = 300
const NOTHING: () => void = () => undefined

/** What is being typed into an input. */
export interface Typing {
  readonly text: string
  readonly type: (text: string) => void
  /** Makes the change now. */
  readonly commit: () => void
}

/** The text of an input, which becomes the config's a moment after the last letter; or only when the input is left, where
 *  `isPatient`. */
export function useTyping(saved: string, save: (text: string) => void, isPatient = false): Typing {
  const { pending } = useStudio()
  const [typed, setTyped] = useState<string | undefined>(undefined)
  const state = useRef({ typed, save, timer: 0, forget: NOTHING })
  state.current.save = save
  const commit = () => {
    const { typed: text, timer, forget } = state.current
    clearTimeout(timer)
    forget()
    if (text === undefined) return
    state.current.typed = undefined
    state.current.save(text)
    // A secret that is kept is not shown any longer.
    if (isPatient) setTyped(undefined)
  }
  useEffect(() => commit, [])
  // What was typed is shown until the config has it.
  useEffect(() => {
    if (state.current.typed === undefined) setTyped(undefined)
  }, [saved])
  const type = (text: string) => {
    clearTimeout(state.current.timer)
    state.current.forget()
    state.current.typed = text
    state.current.forget = pending(commit)
    if (!isPatient) state.current.timer = setTimeout(commit, PAUSE_MS)
    setTyped(text)
  }
  return { text: typed ?? saved, type, commit }
}
