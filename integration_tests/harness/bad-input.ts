const login = { auth_type: 'password', username: 'demo@example.com', password: 'demo-password' }

/** Configs that are refused, and by what message. */
export const CONFIGS = [
  ['is not JSON', '{"credentials": ', /^The config file config.json is not JSON/],
  ['is a list', [], /^The config must be a JSON object; it is a list\./],
  [
    'lacks its credentials',
    {},
    /^The config is not valid\. The config needs credentials, which is missing\./,
  ],
  [
    'names no kind of credentials',
    { credentials: {} },
    /credentials needs auth_type, one of client_credentials, password, refresh_token/,
  ],
  [
    'misspells a needed field',
    { credentials: { auth_type: 'password', username: 'a', pasword: 'b' } },
    /credentials needs password, which is missing\. credentials\.pasword is not a known field; did you mean password\?/,
  ],
  [
    'has a number as text',
    { credentials: login, concurrency: 'many' },
    /concurrency must be an integer; it is text\./,
  ],
  [
    'has a day that is none',
    { credentials: login, start_date: 'May 1st' },
    /start_date must look like YYYY-MM-DD.*"May 1st"/,
  ],
] as const

/** Catalogs that are refused. */
export const CATALOGS = [
  ['is what discover printed', { type: 'CATALOG', catalog: { streams: [] } }, /discover/],
  [
    'has an unknown sync mode',
    {
      streams: [
        {
          stream: { name: 'agents', json_schema: {}, supported_sync_modes: ['full_refresh'] },
          sync_mode: 'fast',
          destination_sync_mode: 'append',
        },
      ],
    },
    /sync_mode is "fast"; expected one of full_refresh, incremental/,
  ],
] as const

/** A state file with this state of a stream. */
export const stateOf = (stream: string, stream_state: unknown) => [
  { type: 'STREAM', stream: { stream_descriptor: { name: stream }, stream_state } },
]

/** States of calls that are refused. */
export const STATES = [
  ['is text', '"yesterday"', /state/],
  [
    'has a cursor that is no time',
    stateOf('calls', { version: 1, cursor: 'soon' }),
    /^The saved state of stream calls cannot be used: cursor must be a time/,
  ],
  [
    'comes from a later version',
    stateOf('calls', { version: 9 }),
    /version is 9; this connector writes version 2/,
  ],
] as const

/** Answers of the API that are refused, and the faults that make it give them. */
export const BODIES = [
  ['an HTML page', 'html:1@/api', 'transient_error', /is not usable: it is an HTML page, not JSON/],
  ['truncated JSON', 'truncated:1@/api', 'transient_error', /is not usable: its JSON is cut off or broken/],
  [
    'a record list that is no list',
    'not-a-list@/api',
    'system_error',
    /with an object in "items", where a list of records was expected/,
  ],
] as const
