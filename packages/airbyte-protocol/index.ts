// Generated from protocol.schema.json by `npm run generate`. Change the schema, not this file.

/**
 * What the destination does with arriving rows: add them, replace the table, add and keep one row per key, change the rows with the same key, or mark them as deleted.
 */
export type DestinationSyncMode = 'append' | 'overwrite' | 'append_dedup' | 'update' | 'soft_delete'
/**
 * full_refresh: everything each time. incremental: what is new or changed since the last state.
 */
export type SyncMode = 'full_refresh' | 'incremental'
/**
 * Where the bookmark is kept. STREAM: in `stream`, for one stream. GLOBAL: in `global`, for all streams and what they share. LEGACY, or no type at all: in `data`.
 */
export type AirbyteStateType = 'GLOBAL' | 'STREAM' | 'LEGACY'
/**
 * STARTED: work on the stream began. RUNNING: its first row is there. COMPLETE: all of it was read. INCOMPLETE: an error or an interruption ended it early.
 */
export type AirbyteStreamStatus = 'STARTED' | 'RUNNING' | 'COMPLETE' | 'INCOMPLETE'
/**
 * Why a stream has its status. RATE_LIMITED: the API asked the source to wait.
 */
export type AirbyteStreamStatusReasonType = 'RATE_LIMITED'

/**
 * The two documents of the protocol: what a connector writes, line by line, and what tells it which streams to read. Version 0.18.
 */
export interface AirbyteProtocol {
  airbyte_message?: AirbyteMessage
  configured_airbyte_catalog?: ConfiguredAirbyteCatalog
}
/**
 * One line of output: `type` names the kind, and the field of that kind holds the content.
 */
export interface AirbyteMessage {
  /**
   * Which kind of message this is.
   */
  type:
    | 'RECORD'
    | 'STATE'
    | 'LOG'
    | 'SPEC'
    | 'CONNECTION_STATUS'
    | 'CATALOG'
    | 'TRACE'
    | 'CONTROL'
    | 'DESTINATION_CATALOG'
  log?: AirbyteLogMessage
  spec?: ConnectorSpecification
  connectionStatus?: AirbyteConnectionStatus
  catalog?: AirbyteCatalog
  record?: AirbyteRecordMessage
  state?: AirbyteStateMessage
  trace?: AirbyteTraceMessage
  control?: AirbyteControlMessage
  destination_catalog?: DestinationCatalog
}
/**
 * A line for the log of the sync.
 */
export interface AirbyteLogMessage {
  /**
   * How grave it is, the gravest first.
   */
  level: 'FATAL' | 'ERROR' | 'WARN' | 'INFO' | 'DEBUG' | 'TRACE'
  /**
   * The text of the line.
   */
  message: string
  /**
   * Call stack, when the line is about an exception.
   */
  stack_trace?: string
}
/**
 * The answer of `spec`: how to configure the connector and what it can do.
 */
export interface ConnectorSpecification {
  /**
   * Page that explains the connector.
   */
  documentationUrl?: string
  /**
   * Page that lists its changes.
   */
  changelogUrl?: string
  /**
   * JSON schema of the configuration; the form in the user interface is drawn from it.
   */
  connectionSpecification: {
    [k: string]: unknown
  }
  /**
   * Deprecated: each stream declares its sync modes.
   */
  supportsIncremental?: boolean
  /**
   * Destinations only: can normalise the rows after loading.
   */
  supportsNormalization?: boolean
  /**
   * Destinations only: can run dbt after loading.
   */
  supportsDBT?: boolean
  /**
   * Destinations only: the sync modes on offer.
   */
  supported_destination_sync_modes?: DestinationSyncMode[]
  /**
   * Deprecated: use advanced_auth.
   */
  authSpecification?: {
    /**
     * Kind of login.
     */
    auth_type?: 'oauth2.0'
    oauth2Specification?: OAuth2Specification
  }
  /**
   * A login by button instead of typed credentials. An administrator prepares it; the typed fields keep working without it.
   */
  advanced_auth?: {
    /**
     * Protocol of the login.
     */
    auth_flow_type?: 'oauth2.0' | 'oauth1.0'
    /**
     * Path to the configuration field that switches the button on.
     */
    predicate_key?: string[]
    /**
     * Value which that field must have.
     */
    predicate_value?: string
    oauth_config_specification?: OAuthConfigSpecification
  }
  /**
   * Version of the protocol that the connector speaks, as in 0.2.0.
   */
  protocol_version?: string
}
/**
 * The former way to describe an OAuth login. Deprecated: use advanced_auth.
 */
export interface OAuth2Specification {
  /**
   * Path within the configuration to the object with the OAuth fields; a number picks an alternative of a oneOf, an empty path is the top.
   */
  rootObject?: (string | number)[]
  /**
   * Paths, from that object, to the fields that the login needs.
   */
  oauthFlowInitParameters?: string[][]
  /**
   * Paths, from that object, to the fields that the login fills in.
   */
  oauthFlowOutputParameters?: string[][]
}
/**
 * Which values go into the login, where each comes from, and where its results are kept.
 */
export interface OAuthConfigSpecification {
  /**
   * Flat JSON schema of what the user types before the login, such as a host. `path_in_connector_config` says where in the configuration each value is.
   */
  oauth_user_input_from_connector_config_specification?: {
    [k: string]: unknown
  }
  /**
   * The login described as data, so that the platform can run it for any connector. Texts may hold placeholders such as {{ client_id_value }}.
   */
  oauth_connector_input_specification?: {
    /**
     * Template of the page on which the user agrees.
     */
    consent_url: string
    /**
     * Permissions to ask for, parted by spaces.
     */
    scope?: string
    /**
     * Template of the address that trades the code for tokens.
     */
    access_token_url: string
    /**
     * Headers to send to that address.
     */
    access_token_headers?: {
      [k: string]: unknown
    }
    /**
     * Parameters to send to that address, written as JSON.
     */
    access_token_params?: {
      [k: string]: unknown
    }
    /**
     * Names of the fields to take from its answer into the configuration.
     */
    extract_output?: string[]
    /**
     * Bounds for the random `state` value.
     */
    state?: {
      /**
       * Shortest length.
       */
      min?: number
      /**
       * Greatest length.
       */
      max?: number
    }
    /**
     * Name to use in place of client_id.
     */
    client_id_key?: string
    /**
     * Name to use in place of client_secret.
     */
    client_secret_key?: string
    /**
     * Name to use in place of scope.
     */
    scope_key?: string
    /**
     * Name to use in place of state.
     */
    state_key?: string
    /**
     * Name to use in place of code.
     */
    auth_code_key?: string
    /**
     * Name to use in place of redirect_uri.
     */
    redirect_uri_key?: string
    /**
     * Name to use for the field with the end of the token’s life.
     */
    token_expiry_key?: string
  }
  /**
   * JSON schema of what the login yields. `path_in_oauth_response` says where each value is found, `path_in_connector_config` where it goes.
   */
  complete_oauth_output_specification?: {
    [k: string]: unknown
  }
  /**
   * Flat JSON schema of what the administrator sets for the login, such as the client’s id and secret.
   */
  complete_oauth_server_input_specification?: {
    [k: string]: unknown
  }
  /**
   * The part of the administrator’s values that the connector needs as well; `path_in_connector_config` says where each goes.
   */
  complete_oauth_server_output_specification?: {
    [k: string]: unknown
  }
}
/**
 * The answer of `check`.
 */
export interface AirbyteConnectionStatus {
  /**
   * SUCCEEDED: the configuration works. FAILED: the user has to correct it.
   */
  status: 'SUCCEEDED' | 'FAILED'
  /**
   * What to correct, in words for the user.
   */
  message?: string
}
/**
 * The answer of `discover`: what the source can read.
 */
export interface AirbyteCatalog {
  /**
   * The streams on offer.
   */
  streams: AirbyteStream[]
}
/**
 * A stream on offer, with its columns and abilities.
 */
export interface AirbyteStream {
  /**
   * Name of the stream, unique within its namespace.
   */
  name: string
  /**
   * JSON schema of the rows.
   */
  json_schema: {
    [k: string]: unknown
  }
  /**
   * Ways in which the stream can be read, at least one.
   *
   * @minItems 1
   */
  supported_sync_modes: [SyncMode, ...SyncMode[]]
  /**
   * True when the source alone decides how it tracks progress, so that no choice of the user counts. A resumable stream says true.
   */
  source_defined_cursor?: boolean
  /**
   * Path to the column that tells new and changed rows from known ones, unless the user picks another.
   */
  default_cursor_field?: string[]
  /**
   * Paths to the columns that identify a row. When given, the user cannot pick others.
   */
  source_defined_primary_key?: string[][]
  /**
   * Group that the stream belongs to; a database destination may use it as schema name.
   */
  namespace?: string
  /**
   * True when an interrupted read can go on from its last state, in a full refresh too. Any incremental stream should be; false unless said.
   */
  is_resumable?: boolean
  /**
   * True when each row stands for a file.
   */
  is_file_based?: boolean
}
/**
 * One row of one stream.
 */
export interface AirbyteRecordMessage {
  /**
   * Namespace of the stream, when it has one.
   */
  namespace?: string
  /**
   * Name of the stream that the row belongs to.
   */
  stream: string
  /**
   * The row itself: column names and their values.
   */
  data: {
    [k: string]: unknown
  }
  /**
   * Moment the source read the row, in milliseconds since 1970.
   */
  emitted_at: number
  meta?: AirbyteRecordMessageMeta
  file_reference?: AirbyteRecordMessageFileReference
}
/**
 * What happened to a row on its way.
 */
export interface AirbyteRecordMessageMeta {
  /**
   * Columns whose value is not what the source holds, one entry each.
   */
  changes?: AirbyteRecordMessageMetaChange[]
}
/**
 * One column that was altered, how and why.
 */
export interface AirbyteRecordMessageMetaChange {
  /**
   * Name of the altered column.
   */
  field: string
  /**
   * NULLED: the value was replaced by null. TRUNCATED: only its beginning was kept.
   */
  change: 'NULLED' | 'TRUNCATED'
  /**
   * Who altered it (source, platform or destination) and what forced it: the size of the row or of the column, a value that cannot be written down, a value that could not be fetched, or a type that does not fit.
   */
  reason:
    | 'SOURCE_RECORD_SIZE_LIMITATION'
    | 'DESTINATION_RECORD_SIZE_LIMITATION'
    | 'PLATFORM_RECORD_SIZE_LIMITATION'
    | 'SOURCE_FIELD_SIZE_LIMITATION'
    | 'DESTINATION_FIELD_SIZE_LIMITATION'
    | 'PLATFORM_FIELD_SIZE_LIMITATION'
    | 'SOURCE_SERIALIZATION_ERROR'
    | 'DESTINATION_SERIALIZATION_ERROR'
    | 'PLATFORM_SERIALIZATION_ERROR'
    | 'SOURCE_RETRIEVAL_ERROR'
    | 'DESTINATION_TYPECAST_ERROR'
}
/**
 * Where to find the file that a row stands for.
 */
export interface AirbyteRecordMessageFileReference {
  /**
   * Full path of the copy that waits in the staging area.
   */
  staging_file_url?: string
  /**
   * Path of the original, counted from the root of the source.
   */
  source_file_relative_path?: string
  /**
   * Size of the file, in bytes.
   */
  file_size_bytes?: number
}
/**
 * A bookmark: whatever was emitted before it need not be read again.
 */
export interface AirbyteStateMessage {
  type?: AirbyteStateType
  stream?: AirbyteStreamState
  global?: AirbyteGlobalState
  /**
   * The whole bookmark of a LEGACY state. Deprecated.
   */
  data?: {
    [k: string]: unknown
  }
  sourceStats?: AirbyteStateStats
  destinationStats?: AirbyteStateStats
}
/**
 * The bookmark of one stream.
 */
export interface AirbyteStreamState {
  stream_descriptor: StreamDescriptor
  stream_state?: AirbyteStateBlob
}
/**
 * Names a stream.
 */
export interface StreamDescriptor {
  /**
   * Name of the stream, as in the catalog.
   */
  name: string
  /**
   * Namespace of the stream, when it has one.
   */
  namespace?: string
}
/**
 * A bookmark in a shape of the connector’s own; nobody else reads it.
 */
export interface AirbyteStateBlob {
  [k: string]: unknown
}
/**
 * The bookmarks of all streams, beside what they have in common.
 */
export interface AirbyteGlobalState {
  shared_state?: AirbyteStateBlob
  /**
   * One entry for each stream.
   */
  stream_states: AirbyteStreamState[]
}
/**
 * Counts since the previous state of the same stream, for comparison between source, platform and destination.
 */
export interface AirbyteStateStats {
  /**
   * Rows that this state covers. A whole number, yet written with a decimal point.
   */
  recordCount?: number
  /**
   * Rows among them that were refused. A whole number, yet written with a decimal point.
   */
  rejectedRecordCount?: number
}
/**
 * News about the run itself rather than its data; `type` names the field that holds them.
 */
export interface AirbyteTraceMessage {
  /**
   * Which kind of news this is.
   */
  type: 'ERROR' | 'ESTIMATE' | 'STREAM_STATUS' | 'ANALYTICS'
  /**
   * Moment of writing, in milliseconds since 1970.
   */
  emitted_at: number
  error?: AirbyteErrorTraceMessage
  estimate?: AirbyteEstimateTraceMessage
  stream_status?: AirbyteStreamStatusTraceMessage
  analytics?: AirbyteAnalyticsTraceMessage
}
/**
 * A failure, told twice: to the user and to the developer.
 */
export interface AirbyteErrorTraceMessage {
  /**
   * What the user reads: the cause, and what to do.
   */
  message: string
  /**
   * The technical cause, for the developer.
   */
  internal_message?: string
  /**
   * Call stack of the failure.
   */
  stack_trace?: string
  /**
   * Who has to act. config_error: the user; transient_error: nobody, a later try may succeed; system_error: the developer.
   */
  failure_type?: 'system_error' | 'config_error' | 'transient_error'
  stream_descriptor?: StreamDescriptor
}
/**
 * How much data the sync is going to bring, as far as the source can tell.
 */
export interface AirbyteEstimateTraceMessage {
  /**
   * Name of the stream.
   */
  name: string
  /**
   * What is being estimated: one stream, or the sync as a whole for sources that cannot tell streams apart beforehand. A run uses one of the two, never both.
   */
  type: 'STREAM' | 'SYNC'
  /**
   * Namespace of the stream, when it has one.
   */
  namespace?: string
  /**
   * Rows expected in this sync.
   */
  row_estimate?: number
  /**
   * Bytes expected in this sync.
   */
  byte_estimate?: number
}
/**
 * Tells how far a stream has come.
 */
export interface AirbyteStreamStatusTraceMessage {
  stream_descriptor: StreamDescriptor
  status: AirbyteStreamStatus
  /**
   * Why the stream is where it is.
   */
  reasons?: AirbyteStreamStatusReason[]
}
/**
 * One reason for the status of a stream.
 */
export interface AirbyteStreamStatusReason {
  type: AirbyteStreamStatusReasonType
  rate_limited?: AirbyteStreamStatusRateLimitedReason
}
/**
 * Details of a wait that the API imposed.
 */
export interface AirbyteStreamStatusRateLimitedReason {
  /**
   * When requests are allowed again, in milliseconds since 1970, if known.
   */
  quota_reset?: number
}
/**
 * A usage event of the connector, for its developers. Kinds are fixed in code, never composed at run time.
 */
export interface AirbyteAnalyticsTraceMessage {
  /**
   * Kind of event. All connectors share one set of names.
   */
  type: string
  /**
   * Detail of the event. Numbers too are written as text.
   */
  value?: string
}
/**
 * Asks the platform to change something it keeps.
 */
export interface AirbyteControlMessage {
  /**
   * What to change. CONNECTOR_CONFIG: the saved configuration.
   */
  type: 'CONNECTOR_CONFIG'
  /**
   * Moment of writing, in milliseconds since 1970.
   */
  emitted_at: number
  connectorConfig?: AirbyteControlConnectorConfigMessage
}
/**
 * The configuration to save, for example after a refresh token was replaced.
 */
export interface AirbyteControlConnectorConfigMessage {
  /**
   * The complete new configuration. It carries the secrets.
   */
  config: {
    [k: string]: unknown
  }
}
/**
 * What a destination can write to. No source emits it.
 */
export interface DestinationCatalog {
  /**
   * What can be done, and to which object.
   */
  operations: DestinationOperation[]
}
/**
 * One way to write to one object of a destination.
 */
export interface DestinationOperation {
  /**
   * Object that is written to.
   */
  object_name: string
  sync_mode: DestinationSyncMode
  /**
   * JSON schema of the rows that the object takes.
   */
  json_schema: {
    [k: string]: unknown
  }
  /**
   * Keys by which an existing row can be found, each as a path.
   */
  matching_keys?: string[][]
}
/**
 * What the user chose to read; input of `read`.
 */
export interface ConfiguredAirbyteCatalog {
  /**
   * The chosen streams.
   */
  streams: ConfiguredAirbyteStream[]
}
/**
 * A chosen stream and how to sync it.
 */
export interface ConfiguredAirbyteStream {
  stream: AirbyteStream
  sync_mode: SyncMode
  /**
   * Path to the column that tracks progress. Needed for incremental reading, unused otherwise.
   */
  cursor_field?: string[]
  destination_sync_mode: DestinationSyncMode
  /**
   * Name of the object that the destination writes to.
   */
  destination_object_name?: string
  /**
   * Paths to the columns that identify a row. Needed when the destination removes duplicates.
   */
  primary_key?: string[][]
  /**
   * Counter that grows with every refresh of the stream; syncs may share a value. Absent when the platform knows no refreshes.
   */
  generation_id?: number
  /**
   * Rows of generations below this one are to be deleted by the destination; 0 deletes nothing. Absent when the platform knows no refreshes.
   */
  minimum_generation_id?: number
  /**
   * Number of this sync, growing and not used twice. Absent when the platform knows no refreshes.
   */
  sync_id?: number
  /**
   * For a stream of files: true to bring the files themselves along.
   */
  include_files?: boolean
}
