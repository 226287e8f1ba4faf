import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { useStudio } from '../studio.ts'
import type { TextProps } from './suggesting.tsx'

interface MacroTextProps extends TextProps {
  /** The position of the custom stream. */
  readonly at: number
  readonly isLong: boolean
}

const MOST_SHOWN = 40

/** What is used of a text box on one line or several. */
interface Box {
  readonly value: string
  readonly selectionStart: number | null
  setSelectionRange(start: number, end: number): void
}

/** A text in which macros are completed: { opens a list of those that the stream may use. */
export function MacroText(props: MacroTextProps) {
  const { id, typing, at } = props
  const box = useRef<Box>(null)
  const completion = useCompletion(at, typing.text, typing.type, box)
  const { options, active, pick } = completion
  return (
    <div class="completing">
      <TextBox {...props} completion={completion} box={box} />
      <div class="menu" id={`${id}-macros`} role="listbox" aria-label="Macros" hidden={options.length === 0}>
        {options.map((macro, index) => (
          <MacroOption
            key={macro}
            id={`${id}-macro-${index}`}
            macro={macro}
            isActive={index === active}
            pick={pick}
          />
        ))}
      </div>
    </div>
  )
}

interface TextBoxProps extends MacroTextProps {
  readonly completion: ReturnType<typeof useCompletion>
  readonly box: { current: Box | null }
}

/** A box of several lines cannot be a combobox: there the list is announced by the option that is active alone. */
function TextBox({ id, typing, hint, placeholder, isLong, completion, box }: TextBoxProps) {
  const { options, active, look, close, onKeyDown } = completion
  const isOpen = options.length > 0
  const shared = {
    id,
    spellcheck: false,
    placeholder,
    value: typing.text,
    'aria-autocomplete': 'list',
    'aria-controls': `${id}-macros`,
    'aria-activedescendant': isOpen ? `${id}-macro-${active}` : undefined,
    'aria-describedby': hint,
    onInput: ({ currentTarget }: { readonly currentTarget: Box }) => {
      box.current = currentTarget
      typing.type(currentTarget.value)
      look()
    },
    onKeyDown,
    onBlur: () => {
      typing.commit()
      close()
    },
  } as const
  if (isLong) return <textarea rows={4} {...shared} />
  return <input type="text" role="combobox" autocomplete="off" aria-expanded={isOpen} {...shared} />
}

interface MacroOptionProps {
  readonly id: string
  readonly macro: string
  readonly isActive: boolean
  readonly pick: (macro: string) => void
}

/** The text box keeps the focus: keys are handled there. */
function MacroOption({ id, macro, isActive, pick }: MacroOptionProps) {
  return (
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isActive}
      onMouseDown={event => {
        event.preventDefault()
        pick(macro)
      }}
    >
      {`{${macro}}`}
    </div>
  )
}

function useCompletion(
  at: number,
  text: string,
  type: (text: string) => void,
  box: { readonly current: Box | null },
) {
  const macros = useMacros(at)
  const [begun, setBegun] = useState<string | undefined>(undefined)
  const [active, setActive] = useState(0)
  const options =
    begun === undefined ? [] : macros.names.filter(name => name.startsWith(begun)).slice(0, MOST_SHOWN)
  const putCaret = useCaret(box, text)
  const close = () => setBegun(undefined)
  const look = () => {
    const before = (box.current?.value ?? '').slice(0, box.current?.selectionStart ?? 0)
    const next = /\{([\w.+-]*)$/.exec(before)?.[1]
    if (next !== undefined && begun === undefined) macros.load()
    setBegun(next)
    setActive(0)
  }
  const pick = (macro: string) => {
    const caret = box.current?.selectionStart ?? text.length
    const start = text.lastIndexOf('{', caret - 1)
    const rest = text.slice(caret).replace(/^\}/, '')
    const before = `${text.slice(0, start)}{${macro}}`
    type(before + rest)
    putCaret(before.length)
    close()
  }
  const onKeyDown = keysFor({ options, active, setActive, pick, close })
  return { options, active, pick, look, close, onKeyDown }
}

/** Puts the caret where it belongs once the next text is shown: a text that is replaced would leave it at the end. */
function useCaret(box: { readonly current: Box | null }, text: string): (at: number) => void {
  const next = useRef<number | undefined>(undefined)
  useLayoutEffect(() => {
    const { current: at } = next
    next.current = undefined
    if (at !== undefined) box.current?.setSelectionRange(at, at)
  }, [text])
  return at => {
    next.current = at
  }
}

interface Keys {
  readonly options: readonly string[]
  readonly active: number
  readonly setActive: (active: number) => void
  readonly pick: (macro: string) => void
  readonly close: () => void
}

function keysFor({ options, active, setActive, pick, close }: Keys) {
  const count = options.length
  const actions: Readonly<Record<string, () => void>> = {
    ArrowDown: () => setActive((active + 1) % count),
    ArrowUp: () => setActive((active + count - 1) % count),
    Enter: () => pick(options[active] ?? ''),
    Tab: () => pick(options[active] ?? ''),
    Escape: close,
  }
  return (event: KeyboardEvent) => {
    const action = actions[event.key]
    if (count === 0 || action === undefined || event.ctrlKey) return
    event.preventDefault()
    action()
  }
}

/** The macros of a stream, asked for each time a list is opened: a parent or lookup may have been added. */
function useMacros(at: number) {
  const { ask, flush, fail } = useStudio()
  const [names, setNames] = useState<readonly string[]>([])
  const load = () =>
    flush()
      .then(() => ask<{ macros: readonly string[] }>('macros', { at }))
      .then(({ macros }) => setNames(macros), fail)
  useEffect(() => void load(), [at])
  return { names, load }
}
