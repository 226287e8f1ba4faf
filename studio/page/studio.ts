import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Json } from '../../src/json.ts'
import type { Path } from '../config/schema.ts'
import type { Opening, Tested, View } from '../wire.ts'
import type { Ask } from './ask.ts'

/** What every part of the page works with. */
export interface Studio {
  readonly opening: Opening
  readonly view: View
  readonly ask: Ask
  /** Changes one value of the config; undefined removes it. Changes are made one after the other. */
  readonly set: (path: Path, value: Json | undefined) => Promise<void>
  readonly show: (view: View) => void
  /** Makes the changes that are still being typed. */
  readonly flush: () => Promise<void>
  /** Registers what is being typed, to be made by `flush`; returns what takes it back. */
  readonly pending: (commit: () => void) => () => void
  readonly tests: ReadonlyMap<string, Tested>
  readonly keepTest: (stream: string, tested: Tested) => void
  /** The streams that are chosen for Save and Sync. */
  readonly chosen: ReadonlySet<string>
  readonly choose: (stream: string, isChosen: boolean) => void
  /** Says that something failed, on top of the page. */
  readonly fail: (error: unknown) => void
}

const Context = createContext<Studio | undefined>(undefined)

/** Gives the studio to everything inside. */
export const { Provider } = Context

/** The studio of the part that asks. */
export function useStudio(): Studio {
  const studio = useContext(Context)
  if (studio === undefined) throw new Error('There is no studio around this part of the page.')
  return studio
}

/** The name and position of a stream of one's own. */
export interface OwnStream {
  readonly at: number
  readonly name: string
}

/** The streams of one's own, in the order of the config. */
export function ownStreams({ config }: View): readonly OwnStream[] {
  return listAt(config['custom_streams']).map((one, at) => ({
    at,
    name: nameOf(one) || `(unnamed ${at + 1})`,
  }))
}

/** The names of the lookups in the config. */
export function lookupNames({ config }: View): readonly string[] {
  return listAt(config['lookups'])
    .map(nameOf)
    .filter(name => name !== '')
}

function listAt(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : []
}

function nameOf(value: Json): string {
  const name = (value as { name?: unknown } | null)?.name
  return typeof name === 'string' ? name : ''
}
