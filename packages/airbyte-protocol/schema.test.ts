import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import schema from './protocol.schema.json' with { type: 'json' }

/*
 * The facts of protocol 0.18, by hand from its published definition. Each definition lists its fields in order:
 * `*` after the name marks a required field, [x] a list of x, a|b a choice, {…} a struct, {*} a free-form object,
 * =x a default. A name in capitals refers to another definition.
 */
const facts: Readonly<Record<string, string>> = {
  AirbyteMessage:
    '{type*:RECORD|STATE|LOG|SPEC|CONNECTION_STATUS|CATALOG|TRACE|CONTROL|DESTINATION_CATALOG log:AirbyteLogMessage spec:ConnectorSpecification connectionStatus:AirbyteConnectionStatus catalog:AirbyteCatalog record:AirbyteRecordMessage state:AirbyteStateMessage trace:AirbyteTraceMessage control:AirbyteControlMessage destination_catalog:DestinationCatalog}',
  AirbyteRecordMessage:
    '{namespace:string stream*:string data*:{*} emitted_at*:integer meta:AirbyteRecordMessageMeta file_reference:AirbyteRecordMessageFileReference}',
  AirbyteRecordMessageMeta: '{changes:[AirbyteRecordMessageMetaChange]}',
  AirbyteRecordMessageMetaChange:
    '{field*:string change*:NULLED|TRUNCATED reason*:SOURCE_RECORD_SIZE_LIMITATION|DESTINATION_RECORD_SIZE_LIMITATION|PLATFORM_RECORD_SIZE_LIMITATION|SOURCE_FIELD_SIZE_LIMITATION|DESTINATION_FIELD_SIZE_LIMITATION|PLATFORM_FIELD_SIZE_LIMITATION|SOURCE_SERIALIZATION_ERROR|DESTINATION_SERIALIZATION_ERROR|PLATFORM_SERIALIZATION_ERROR|SOURCE_RETRIEVAL_ERROR|DESTINATION_TYPECAST_ERROR}',
  AirbyteRecordMessageFileReference:
    '{staging_file_url:string source_file_relative_path:string file_size_bytes:integer}',
  AirbyteStateMessage:
    '{type:AirbyteStateType stream:AirbyteStreamState global:AirbyteGlobalState data:{*} sourceStats:AirbyteStateStats destinationStats:AirbyteStateStats}',
  AirbyteStateType: 'GLOBAL|STREAM|LEGACY',
  AirbyteStreamState: '{stream_descriptor*:StreamDescriptor stream_state:AirbyteStateBlob}',
  AirbyteGlobalState: '{shared_state:AirbyteStateBlob stream_states*:[AirbyteStreamState]}',
  StreamDescriptor: '{name*:string namespace:string}',
  AirbyteStateBlob: '{*}',
  AirbyteStateStats: '{recordCount:number rejectedRecordCount:number}',
  AirbyteLogMessage: '{level*:FATAL|ERROR|WARN|INFO|DEBUG|TRACE message*:string stack_trace:string}',
  AirbyteTraceMessage:
    '{type*:ERROR|ESTIMATE|STREAM_STATUS|ANALYTICS emitted_at*:number error:AirbyteErrorTraceMessage estimate:AirbyteEstimateTraceMessage stream_status:AirbyteStreamStatusTraceMessage analytics:AirbyteAnalyticsTraceMessage}',
  AirbyteErrorTraceMessage:
    '{message*:string internal_message:string stack_trace:string failure_type:system_error|config_error|transient_error stream_descriptor:StreamDescriptor}',
  AirbyteEstimateTraceMessage:
    '{name*:string type*:STREAM|SYNC namespace:string row_estimate:integer byte_estimate:integer}',
  AirbyteStreamStatus: 'STARTED|RUNNING|COMPLETE|INCOMPLETE',
  AirbyteStreamStatusReasonType: 'RATE_LIMITED',
  AirbyteStreamStatusRateLimitedReason: '{quota_reset:integer}',
  AirbyteStreamStatusReason:
    '{type*:AirbyteStreamStatusReasonType rate_limited:AirbyteStreamStatusRateLimitedReason}',
  AirbyteStreamStatusTraceMessage:
    '{stream_descriptor*:StreamDescriptor status*:AirbyteStreamStatus reasons:[AirbyteStreamStatusReason]}',
  AirbyteAnalyticsTraceMessage: '{type*:string value:string}',
  AirbyteControlMessage:
    '{type*:CONNECTOR_CONFIG emitted_at*:number connectorConfig:AirbyteControlConnectorConfigMessage}',
  AirbyteControlConnectorConfigMessage: '{config*:{*}}',
  AirbyteConnectionStatus: '{status*:SUCCEEDED|FAILED message:string}',
  AirbyteCatalog: '{streams*:[AirbyteStream]}',
  AirbyteStream:
    '{name*:string json_schema*:{*} supported_sync_modes*:[SyncMode]1+ source_defined_cursor:boolean default_cursor_field:[string] source_defined_primary_key:[[string]] namespace:string is_resumable:boolean is_file_based:boolean}',
  ConfiguredAirbyteCatalog: '{streams*:[ConfiguredAirbyteStream]}',
  ConfiguredAirbyteStream:
    '{stream*:AirbyteStream sync_mode*:SyncMode=full_refresh cursor_field:[string] destination_sync_mode*:DestinationSyncMode=append destination_object_name:string primary_key:[[string]] generation_id:integer minimum_generation_id:integer sync_id:integer include_files:boolean}',
  SyncMode: 'full_refresh|incremental',
  DestinationSyncMode: 'append|overwrite|append_dedup|update|soft_delete',
  DestinationCatalog: '{operations*:[DestinationOperation]}',
  DestinationOperation:
    '{object_name*:string sync_mode*:DestinationSyncMode json_schema*:{*} matching_keys:[[string]]}',
  OAuth2Specification:
    '{rootObject:[string or integer] oauthFlowInitParameters:[[string]] oauthFlowOutputParameters:[[string]]}',
  ConnectorSpecification:
    '{documentationUrl:string(uri) changelogUrl:string(uri) connectionSpecification*:{*} supportsIncremental:boolean supportsNormalization:boolean=false supportsDBT:boolean=false supported_destination_sync_modes:[DestinationSyncMode] authSpecification:{auth_type:oauth2.0 oauth2Specification:OAuth2Specification} advanced_auth:{auth_flow_type:oauth2.0|oauth1.0 predicate_key:[string] predicate_value:string oauth_config_specification:OAuthConfigSpecification} protocol_version:string}',
  OAuthConfigSpecification:
    '{oauth_user_input_from_connector_config_specification:{*} oauth_connector_input_specification:{consent_url*:string scope:string access_token_url*:string access_token_headers:{*} access_token_params:{*} extract_output:[string] state:{min:integer max:integer} client_id_key:string client_secret_key:string scope_key:string state_key:string auth_code_key:string redirect_uri_key:string token_expiry_key:string} complete_oauth_output_specification:{*} complete_oauth_server_input_specification:{*} complete_oauth_server_output_specification:{*}}',
}

const definitions: Readonly<Record<string, Shape>> = schema.definitions

test('the schema has exactly the definitions of the protocol', () => {
  assert.deepEqual(Object.keys(definitions).sort(), Object.keys(facts).sort())
})

describe('every definition has the fields, types, choices and required fields of the protocol', () => {
  for (const [name, fields] of Object.entries(facts))
    test(name, () => assert.equal(notation(definitions[name] ?? {}), fields))
})

test('every definition and every field is described, except where a reference names a described one', () => {
  const silent = Object.entries(definitions).flatMap(([name, shape]) => undescribed(name, shape))
  assert.deepEqual(silent, [])
})

interface Shape {
  readonly $ref?: string
  readonly description?: string
  readonly type?: string
  readonly format?: string
  readonly enum?: readonly string[]
  readonly default?: unknown
  readonly items?: Shape
  readonly minItems?: number
  readonly oneOf?: readonly Shape[]
  readonly properties?: Readonly<Record<string, Shape>>
  readonly required?: readonly string[]
}

function notation(shape: Shape): string {
  return kind(shape) + (shape.default === undefined ? '' : `=${shape.default}`)
}

function kind({ $ref, type, format, enum: choices, items, minItems, oneOf, ...struct }: Shape): string {
  if ($ref) return $ref.replace('#/definitions/', '')
  if (choices) return choices.join('|')
  if (oneOf) return oneOf.map(notation).join(' or ')
  if (items) return `[${notation(items)}]${minItems ? `${minItems}+` : ''}`
  if (type === 'object') return struct.properties ? `{${fields(struct)}}` : '{*}'
  return format ? `${type}(${format})` : `${type}`
}

function fields({ properties = {}, required = [] }: Shape): string {
  const one = ([name, shape]: [string, Shape]) =>
    `${name}${required.includes(name) ? '*' : ''}:${notation(shape)}`
  return Object.entries(properties).map(one).join(' ')
}

function undescribed(path: string, shape: Shape): readonly string[] {
  const inner = Object.entries(shape.properties ?? {}).flatMap(([name, field]) =>
    undescribed(`${path}.${name}`, field),
  )
  return shape.$ref || shape.description ? inner : [path, ...inner]
}
