import type {
  AirbyteControlMessage,
  AirbyteMessage,
  AirbyteStateMessage,
  AirbyteTraceMessage,
} from './index.ts'

/** Any message that a source writes. `type` tells which, and the content of that kind is never missing. */
export type Message =
  | RecordMessage
  | StateMessage
  | LogMessage
  | SpecMessage
  | ConnectionStatusMessage
  | CatalogMessage
  | TraceMessage
  | ControlMessage

/** A row of a stream. */
export type RecordMessage = Variant<AirbyteMessage, 'RECORD', 'record'>

/** A line for the log. */
export type LogMessage = Variant<AirbyteMessage, 'LOG', 'log'>

/** The answer of `spec`. */
export type SpecMessage = Variant<AirbyteMessage, 'SPEC', 'spec'>

/** The answer of `check`. */
export type ConnectionStatusMessage = Variant<AirbyteMessage, 'CONNECTION_STATUS', 'connectionStatus'>

/** The answer of `discover`. */
export type CatalogMessage = Variant<AirbyteMessage, 'CATALOG', 'catalog'>

/** The bookmark of one stream; GLOBAL and LEGACY states are read, never written. */
export type StateMessage = Narrowed<'STATE', 'state', StreamState>

/** A failure, an estimate, the status of a stream, or a usage event. */
export type TraceMessage = Narrowed<'TRACE', 'trace', Trace>

/** A changed configuration for the platform to save. It carries secrets. */
export type ControlMessage = Narrowed<'CONTROL', 'control', ConfigUpdate>

export type StreamState = Variant<AirbyteStateMessage, 'STREAM', 'stream', 'sourceStats'>

export type Trace = ErrorTrace | EstimateTrace | StreamStatusTrace | AnalyticsTrace

export type ErrorTrace = Variant<AirbyteTraceMessage, 'ERROR', 'error' | 'emitted_at'>
export type EstimateTrace = Variant<AirbyteTraceMessage, 'ESTIMATE', 'estimate' | 'emitted_at'>
export type StreamStatusTrace = Variant<AirbyteTraceMessage, 'STREAM_STATUS', 'stream_status' | 'emitted_at'>
export type AnalyticsTrace = Variant<AirbyteTraceMessage, 'ANALYTICS', 'analytics' | 'emitted_at'>

export type ConfigUpdate = Variant<
  AirbyteControlMessage,
  'CONNECTOR_CONFIG',
  'connectorConfig' | 'emitted_at'
>

/** The value read-only through and through: a message is written, never changed. */
export type ReadonlyDeep<T> = T extends object ? { readonly [Key in keyof T]: ReadonlyDeep<T[Key]> } : T

/** The struct when its `type` is this one: `Required` are there, `Optional` may be, nothing else is. */
type Variant<
  Struct extends { type?: string },
  Type extends NonNullable<Struct['type']>,
  Required extends keyof Struct,
  Optional extends keyof Struct = never,
> = ReadonlyDeep<{ type: Type } & { [Key in Required]-?: Struct[Key] } & Pick<Struct, Optional>>

/** The message of this type, with a narrower content than the schema's. */
type Narrowed<
  Type extends AirbyteMessage['type'],
  Field extends keyof AirbyteMessage,
  Content extends ReadonlyDeep<AirbyteMessage[Field]>,
> = { readonly type: Type } & { readonly [Key in Field]: Content }

type Same<A, B> = [A, B] extends [B, A] ? true : false

// The unions above and the lists of the schema stay in step: a type on one side only does not compile.
true satisfies Same<Message['type'], Exclude<AirbyteMessage['type'], 'DESTINATION_CATALOG'>>
true satisfies Same<Trace['type'], AirbyteTraceMessage['type']>
true satisfies Same<ConfigUpdate['type'], AirbyteControlMessage['type']>
true satisfies Message extends ReadonlyDeep<AirbyteMessage> ? true : false
