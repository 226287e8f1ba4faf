// Generated from src/config/spec.json by npm run generate. Do not edit.

export interface Config {
  /**
   * The first part of the address under which you use Babelforce. Leave "services" if you sign in at apps.babelforce.com; with an address of your own, e.g. https://my-company.babelforce.com, enter my-company.
   */
  environment?: string
  /**
   * How the connector signs in. Most data needs a user with the manager role: see Global settings > User management in the manager app.
   */
  credentials:
    | {
        auth_type: 'client_credentials'
        /**
         * The id of an application of your account. An owner or manager creates one in Babelforce; nobody's password is needed, and nothing breaks when a person leaves.
         */
        client_id: string
        /**
         * The secret that was shown when the application was created. If it is lost, reset it there.
         */
        client_secret: string
        /**
         * Only for partners who read one of their sub-accounts: its orgKey, as the stream sub_accounts lists it. Leave it empty to read your own account.
         */
        org_key?: string
      }
    | {
        auth_type: 'password'
        /**
         * The e-mail address with which the user signs in to the manager app.
         */
        username: string
        /**
         * That user's password.
         */
        password: string
        /**
         * Leave this as it is, unless Babelforce gave you a client of your own. An empty value is not sent.
         */
        client_id?: string
        /**
         * Only for partners who read one of their sub-accounts: its orgKey, as the stream sub_accounts lists it. Leave it empty to read your own account.
         */
        org_key?: string
      }
    | {
        auth_type: 'refresh_token'
        /**
         * A refresh token from a sign-in in the browser; the command sign-in of this connector gets one. It can be used once: each sync saves the next one, so no other connection may share it. Babelforce deletes it when no sync has used it for 14 days.
         */
        refresh_token: string
        /**
         * The client for which the refresh token was issued.
         */
        client_id: string
        /**
         * The client's secret, if it has one.
         */
        client_secret?: string
        /**
         * Only for partners who read one of their sub-accounts: its orgKey, as the stream sub_accounts lists it. Leave it empty to read your own account.
         */
        org_key?: string
      }
    | {
        auth_type: 'access_token'
        /**
         * The access id of the account, shown in the manager app next to its token. Newer accounts no longer accept this pair.
         */
        access_id: string
        /**
         * The access token that belongs to the access id.
         */
        access_token: string
      }
    | {
        auth_type: 'bearer'
        /**
         * A token that you obtained elsewhere. It is not renewed: tokens of Babelforce live for twelve hours, so this is for trying things out.
         */
        bearer_token: string
        /**
         * Only for partners who read one of their sub-accounts: its orgKey, as the stream sub_accounts lists it. Leave it empty to read your own account.
         */
        org_key?: string
      }
  /**
   * Calls that began before this moment (UTC) are not read. Left empty, the connector goes back one year, which is how long Babelforce keeps calls unless your account says otherwise.
   */
  start_date?: string
  /**
   * Calls that began after this moment (UTC) are not read. Left empty, each sync reads up to its own start.
   */
  end_date?: string
  /**
   * How far each sync reads back before the point that the last one reached. Calls change after they begin: recordings, tags and wrap-up times arrive late.
   */
  lookback_hours?: number
  /**
   * The longest window of time to request at once. The connector shortens windows by itself where an account is busy; lower this only if the API refuses long ones.
   */
  window_days?: number
  /**
   * How many requests may run at once at most. The connector begins with four, and goes no further than makes it faster.
   */
  concurrency?: number
  /**
   * A ceiling for the rate of requests, if other programs use the same account. Left empty, only the API itself sets the pace.
   */
  requests_per_second?: number
  /**
   * The most records to ask for in one request. Left empty, the connector finds out how many an endpoint gives, up to 500.
   */
  page_size?: number
  /**
   * Instead of the environment: scheme, host and port of the API, for a proxy of your own or a test server. Must be https, unless it is this machine itself.
   */
  base_url?: string
  /**
   * Read only a part of some streams. docs/streams.md says which stream each filter touches.
   */
  filters?: {
    /**
     * Only call records and metrics of this agent. Find the id in the stream agents, or in the address of the agent's page in the manager app.
     */
    agent_id?: string
    /**
     * Only call records and metrics of this queue. Find the id in the stream queues.
     */
    queue_id?: string
    /**
     * Only agents that came from this outside source, as shown on the agent's page.
     */
    source_id?: string
    /**
     * Only agents that are enabled, or only those that are not: for the streams agents and total_agents. Left empty, both.
     */
    enabled?: 'true' | 'false'
  }
  /**
   * Ids for the streams that request records one by one. If a list is empty, the stream requests every record of its parent stream, at one request each.
   */
  ids?: {
    /**
     * Ids for the stream agent_details.
     */
    agents?: string[]
    /**
     * Ids for the stream call_details.
     */
    calls?: string[]
    /**
     * Ids for the stream campaign_details.
     */
    campaigns?: string[]
    /**
     * Ids for the stream conversation_details.
     */
    conversations?: string[]
    /**
     * Ids for the stream queue_details.
     */
    queues?: string[]
    /**
     * Ids for the stream recording_details.
     */
    recordings?: string[]
    /**
     * Ids for the stream session_variables.
     */
    sessions?: string[]
    /**
     * Ids for the stream outbound_leads.
     */
    outbound_lists?: string[]
  }
  /**
   * How the metric streams are read.
   */
  metrics?: {
    /**
     * The length of the intervals of average_call_duration, average_wrapup_time and total_calls, aligned to UTC. "none" reads one value for the whole time from start date to end date.
     */
    interval?: 'day' | 'hour' | 'none'
    /**
     * Read each agent or each queue separately, at one request for each of them and each interval; "none" reads the account as a whole.
     */
    by?: 'none' | 'agent' | 'queue'
    /**
     * Which metrics the stream metrics reads. Left empty, every metric that the account has; the stream metric_definitions lists them.
     */
    ids?: string[]
  }
  /**
   * Off unless you turn it on, since it changes data: it starts a synchronization of agents in each sync that selects the stream agent_sync.
   */
  agent_sync?: {
    /**
     * Offer the stream agent_sync. Selecting it then starts one synchronization per sync.
     */
    enabled?: boolean
    /**
     * How the request is sent.
     */
    method?: 'POST' | 'GET'
    /**
     * The path that starts the synchronization, from your Babelforce contact or the developer hub: it is not published.
     */
    path?: string
  }
  /**
   * Endpoints that no built-in stream covers, each as a stream of its own. docs/custom-streams.md has worked examples.
   */
  custom_streams?: {
    /**
     * What the stream is called in the destination.
     */
    name: string
    /**
     * A path such as /api/v2/calls in the configured environment, or a full address. Requests to any other host are sent without your credentials. May contain macros: {now}, {now-1}, {now+1}, {window.start}, {window.end}, {LOOKUP.COLUMN}, {parent.FIELD}.
     */
    url: string
    /**
     * Where the records are in the response: a JSONPath such as $.calls[*], or for XML an XPath such as /response/data/item. Left empty, the whole response is taken. The command "sample --suggest" finds candidates.
     */
    data_path?: string
    /**
     * How the endpoint splits long lists into pages. With POST, the parameters go into the body.
     */
    pagination?:
      | {
          type: 'none'
        }
      | {
          type: 'page'
          /**
           * The parameter for the number of the page.
           */
          page_parameter?: string
          /**
           * The parameter for the number of records per page. Write none where the endpoint takes no such parameter.
           */
          size_parameter?: string
          /**
           * How many records to ask for in one request.
           */
          size?: number
          /**
           * The number that the endpoint starts counting from.
           */
          start?: number
        }
      | {
          type: 'offset'
          /**
           * The parameter for the number of records to skip.
           */
          offset_parameter?: string
          /**
           * The parameter for the number of records per page. Write none where the endpoint takes no such parameter.
           */
          limit_parameter?: string
          /**
           * How many records to ask for in one request.
           */
          size?: number
          /**
           * The number that the endpoint starts counting from.
           */
          start?: number
        }
      | {
          type: 'next_token'
          /**
           * Where the response has the token of the next page: a JSONPath, or an XPath for XML. A page without one is the last.
           */
          token_path: string
          /**
           * The parameter in which the next request sends the token.
           */
          token_parameter: string
        }
      | {
          type: 'next_url'
          /**
           * Where the response has the address of the next page: a JSONPath, or an XPath for XML. A page without one is the last.
           */
          url_path: string
        }
      | {
          type: 'link_header'
        }
    /**
     * The fields that identify a record; customer.id is the id within customer. Left empty, records are not compared, and one that comes twice is emitted twice.
     */
    primary_key?: string[]
    /**
     * The field with the time of a record. With {window.start} and {window.end} in the request, only new records are requested; without them, everything is requested and only new records are emitted.
     */
    cursor_field?: string
    /**
     * GET for most; POST for endpoints that are searched with a request body.
     */
    method?: 'GET' | 'POST'
    /**
     * Only for POST. May contain the same macros as the URL.
     */
    body?: string
    /**
     * json: the body is JSON. form: it is written like the part of an address after the question mark, a=1&b=2.
     */
    body_format?: 'json' | 'form'
    /**
     * Additional headers as name:value pairs, separated by commas. A value in double quotes may hold commas and colons. Those of the sign-in are added automatically.
     */
    headers?: string
    /**
     * The format of the endpoint's responses.
     */
    response_format?: 'json' | 'xml'
    /**
     * A part of the response outside the records, such as a total, to add to every record as the column metadata.
     */
    metadata_path?: string
    /**
     * Where the response says how many records the whole list has: a JSONPath, or an XPath for XML. Only then is that number compared with what came. Left empty, no number in a response counts, except those of Babelforce's own lists.
     */
    total_path?: string
    /**
     * A stream, built-in or custom: the request is sent once for each of its records, and {parent.id} becomes the id of that record.
     */
    parent?: string
    /**
     * Names of the lookups whose columns the macros use. The request is sent once for each row; two lookups multiply.
     */
    lookups?: string[]
    /**
     * Values to add to each record as columns: columns of lookups (lists.id becomes the column lists_id) and fields of the parent (parent.id becomes parent_id).
     */
    include_fields?: string[]
    /**
     * How macros write a moment, always in UTC: a pattern such as yyyy-MM-dd'T'HH:mm:ss'Z', or epoch_seconds, or epoch_millis.
     */
    date_format?: string
    /**
     * The unit of {now-1} and {now+1}: with day, {now-1} is the moment one day before the sync began.
     */
    time_unit?: 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year'
    /**
     * How the cursor field writes its times: iso8601, epoch_seconds, epoch_millis, epoch_micros, epoch_nanos, or a pattern such as dd/MM/yyyy HH:mm. Times without a zone are in UTC.
     */
    cursor_format?: string
    /**
     * For streams that are read day by day: exclusive when the API leaves out the moment that {window.end} names, so that it is the next midnight; inclusive when it takes it, so that it is the last moment of the same day.
     */
    window_end?: 'exclusive' | 'inclusive'
    /**
     * The columns as a JSON schema. Left empty, they are inferred from a sample when the schema is discovered.
     */
    json_schema?: string
    /**
     * How many requests of this stream may run at once. Left empty, as many as of any other stream.
     */
    parallelism?: number
  }[]
  /**
   * Tables of values for the macros of custom streams, such as the ids of the lists to read.
   */
  lookups?: {
    /**
     * How macros refer to it: {NAME.COLUMN}. Not now, window or parent, which are taken.
     */
    name: string
    /**
     * Where the rows come from.
     */
    source:
      | {
          type: 'values'
          /**
           * What the values are called.
           */
          column: string
          /**
           * The values, one row for each.
           */
          values: string[]
        }
      | {
          type: 'csv'
          /**
           * Rows with commas between their cells; the first row names the columns.
           */
          csv: string
        }
      | {
          type: 'json'
          /**
           * A list of objects that all have the same fields.
           */
          json: string
        }
      | {
          type: 'stream'
          /**
           * The stream, built-in or custom, whose records are the rows; any of its fields can be named as a column.
           */
          stream: string
        }
  }[]
}
