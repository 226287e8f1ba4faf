import type { RouteMemories } from '../../evidence/route-memories.ts'
import type { ReadFirst } from '../../fetch/served-route.ts'
import type { SharedKeys } from '../../records/duplicates.ts'
import type { Sink } from '../../records/filter.ts'
import type { FitKey } from '../../records/fit-schema.ts'
import type { Tally } from '../../records/tally.ts'
import type { Engine } from '../../stream/context.ts'
import type { StreamDef } from '../../stream/definition.ts'
import type { Span } from '../../time/spans.ts'

/** What the slices of one stream share while it is read. */
export interface SliceContext {
  readonly def: StreamDef
  readonly engine: Engine
  readonly readFirst: ReadFirst
  readonly routes: RouteMemories
  readonly bounds: Span | undefined
  readonly keys: SharedKeys
  readonly tally: Tally
  readonly fitKey?: FitKey
  readonly sink: Sink
  /** Lets only those records on to another sink that are let on to this one; all of them where it is left out. */
  readonly narrow?: (sink: Sink) => Sink
}
