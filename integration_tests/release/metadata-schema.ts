/** The shape of metadata.yaml: the field list of Airbyte's ConnectorMetadataDefinitionV0, as far as a source uses it. */
const list = (items: object) => ({ type: 'array', items })
const oneOf = (...values: string[]) => ({ enum: values })
const string = { type: 'string', minLength: 1 }
const closed = (properties: object, required: readonly string[] = []) => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties,
})

const resources = closed({
  cpu_request: string,
  cpu_limit: string,
  memory_request: string,
  memory_limit: string,
})

const jobTypes = ['get_spec', 'check_connection', 'discover_schema', 'sync', 'reset_connection', 'replicate']

const required = {
  name: string,
  definitionId: { type: 'string', format: 'uuid' },
  connectorType: oneOf('source', 'destination'),
  dockerRepository: { type: 'string', pattern: '^[a-z0-9-]+/[a-z0-9-]+$' },
  dockerImageTag: { type: 'string', pattern: '^\\d+\\.\\d+\\.\\d+$' },
  license: oneOf('MIT', 'ELv2'),
  documentationUrl: { type: 'string', format: 'uri', pattern: '^https://' },
  githubIssueLabel: string,
  connectorSubtype: oneOf(
    'api',
    'database',
    'datalake',
    'file',
    'custom',
    'message_queue',
    'unknown',
    'vectorstore',
  ),
  releaseStage: oneOf('alpha', 'beta', 'generally_available', 'custom'),
}

const optional = {
  icon: string,
  tags: { type: 'array', items: string, contains: { pattern: '^language:' } },
  erdUrl: string,
  releaseDate: { type: 'string', format: 'date' },
  supportLevel: oneOf('community', 'certified', 'archived'),
  connectorBuildOptions: closed({ baseImage: string }),
  connectorTestSuitesOptions: list(
    closed({ suite: oneOf('unitTests', 'integrationTests', 'acceptanceTests', 'liveTests', 'smokeTests') }, [
      'suite',
    ]),
  ),
  allowedHosts: closed({ hosts: list(string) }),
  releases: { type: 'object' },
  suggestedStreams: closed({ streams: list(string) }),
  registryOverrides: closed({
    oss: closed({ enabled: { type: 'boolean' } }, ['enabled']),
    cloud: closed({ enabled: { type: 'boolean' } }, ['enabled']),
  }),
  resourceRequirements: closed({
    default: resources,
    jobSpecific: list(closed({ jobType: oneOf(...jobTypes), resourceRequirements: resources }, ['jobType'])),
  }),
  maxSecondsBetweenMessages: { type: 'integer' },
  supportsRefreshes: { type: 'boolean' },
  supportsFileTransfer: { type: 'boolean' },
  ab_internal: closed({ sl: { type: 'integer' }, ql: { type: 'integer' } }),
}

export const METADATA_SCHEMA = closed(
  {
    metadataSpecVersion: { const: '1.0' },
    data: closed({ ...required, ...optional }, Object.keys(required)),
  },
  ['metadataSpecVersion', 'data'],
)
