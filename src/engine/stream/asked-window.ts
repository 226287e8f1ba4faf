import type { Span } from '../time/spans.ts'

/** How a route asks for a span of time. */
export interface WindowParameters {
  readonly from: string
  readonly to: string
  readonly format: 'unix-seconds' | 'iso'
}

/** A span of time that stands somewhere in a written request. */
export interface WrittenWindow {
  /** The span that is really asked for, where moments are not written to the millisecond. */
  readonly widen: (window: Span) => Span
  /** The steps in which moments are written: no window need be shorter, and records may lie a step outside of it. */
  readonly stepMs: number
}
