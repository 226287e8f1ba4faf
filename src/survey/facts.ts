/** What the connector takes for true of the API. Where a live account says otherwise, `survey` measures it and `read`
 *  notices it. */
export interface Fact {
  readonly id: string
  /** The fact, as a sentence. */
  readonly says: string
  /** Where it comes from. */
  readonly source: string
  /** What the connector does where it is false. */
  readonly otherwise: string
  /** The simulator's fault that makes it false, with an argument where it takes one. */
  readonly fault?: string
  /** The worlds of the simulator in which the fault shows, where it is not both. */
  readonly only?: 'documented'
}

/** Every fact, in the order in which a survey reports them. */
export const FACTS = [
  {
    id: 'container',
    says: 'Lists hold their records under the key that is documented for them.',
    source: "the vendor's documents; the seeds name other keys",
    otherwise:
      'tries the next known key; where none fits, the stream fails and names the keys that were there',
    fault: 'not-a-list',
  },
  {
    id: 'pages-named',
    says: 'Paged lists say how many pages they have.',
    source: "the vendor's documents; its client since 0.45.1 says that live accounts leave it out",
    otherwise: 'reads on until a page is empty or short',
    fault: 'no-pages',
    only: 'documented',
  },
  {
    id: 'total-named',
    says: 'Paged lists say how many records they have.',
    source: "the vendor's documents; its client since 0.45.1 says that live accounts leave it out",
    otherwise: 'reads on until a page is empty or short; a shortage cannot be noticed then',
    fault: 'no-total',
  },
  {
    id: 'current-named',
    says: 'Paged lists say which page they are.',
    source: "the vendor's documents; its client since 0.45.1 says that live accounts leave it out",
    otherwise: 'nothing: the number is never used',
    fault: 'no-current',
  },
  {
    id: 'total-exact',
    says: 'The number of records that a list names is the number that it has.',
    source: 'assumed; nothing is documented',
    otherwise:
      'reads once more and in halves; what stays short is reported and asked for again an hour later',
    fault: 'count-off:-1',
  },
  {
    id: 'page-size',
    says: 'A page holds as many records as requested, up to 500 (/api/v3: 100, SCIM: 200).',
    source: '500 is documented for one list only; 100 is what other connectors use',
    otherwise: 'goes by the size that came, and keeps it in the state',
    fault: 'clamp-size-silently:20',
  },
  {
    id: 'pages-differ',
    says: 'The page parameters of each list are understood.',
    source: "the vendor's documents",
    otherwise: 'stops the stream where page 2 is page 1 again',
    fault: 'ignore-page',
  },
  {
    id: 'past-the-end',
    says: 'A page past the end is empty.',
    source: "another connector's code; nothing is documented",
    otherwise:
      'takes a refusal after a full page for a cap, and splits the window; of other lists, for the end',
    fault: 'cap-400:50000000',
  },
  {
    id: 'readings-agree',
    says: 'Two readings of a page hold the same records in the same order.',
    source: 'assumed; no order is documented for most lists',
    otherwise: 'reads the smallest window again until nothing new comes',
    fault: 'unstable-ties',
  },
  {
    id: 'newest-first',
    says: 'Calls and call legs come newest first.',
    source: 'the author of the community connector',
    otherwise: 'nothing: no order is relied on',
    fault: 'oldest-first',
  },
  {
    id: 'ids-hex',
    says: 'Ids are 32 hexadecimal digits without hyphens.',
    source: "the vendor's clients, against its documents",
    otherwise: 'keeps ids as they come; matches them in any spelling, and asks without hyphens',
    fault: 'hyphened-ids',
  },
  {
    id: 'ids-present',
    says: 'Every record has its id.',
    source: "the vendor's documents",
    otherwise: 'hands on the record with an empty key',
    fault: 'no-id',
  },
  {
    id: 'ids-unique',
    says: 'No record comes twice in a list.',
    source: 'assumed',
    otherwise: 'leaves the second out and counts it',
    fault: 'duplicate-ids',
  },
  {
    id: 'time-filter',
    says: 'Calls are filtered by time.start and time.end in unix seconds, UTC, exactly and with both ends.',
    source: "the vendor's documents; its Rust client calls the end exclusive, others use other names",
    otherwise: 'finds out how far the filter is off and asks that much wider; filters here as well',
    fault: 'filter-shift:2',
  },
  {
    id: 'unfiltered-whole',
    says: 'A list that is asked for without a time holds all of it.',
    source: "the vendor's documents",
    otherwise: 'nothing: lists that can be filtered are always asked with a time',
    fault: 'filter-last-day',
  },
  {
    id: 'window-length',
    says: 'A time window may be as long as the data reaches back.',
    source: 'assumed; nothing is documented',
    otherwise: 'fails with the refusal: window_days must be set to what is accepted',
    fault: 'max-window-days:31',
  },
  {
    id: 'retention',
    says: 'A window may begin a year ago.',
    source: "the vendor's help pages: calls are kept for a year",
    otherwise: 'fails with the refusal: start_date must be later',
    fault: 'retention-days:180',
  },
  {
    id: 'interval-echoed',
    says: 'A metric says which stretch of time it is for, and it is the requested one.',
    source: "the vendor's documents",
    otherwise: 'stops the stream rather than report numbers of another time',
    fault: 'ignore-metric-dates',
  },
  {
    id: 'parameters-ignored',
    says: 'Parameters that a route does not know are ignored.',
    source: 'assumed',
    otherwise: 'nothing, as long as only documented parameters are sent',
    fault: 'strict-params',
  },
  {
    id: 'roles-list',
    says: 'The roles of an account are a list.',
    source: "the vendor's client 0.47; its older documents say text",
    otherwise: 'takes a text for a list of one',
    fault: 'roles-text',
    only: 'documented',
  },
  {
    id: 'queue-named',
    says: 'Call legs that went through a queue name it in bridged.queueId.',
    source: "the vendor's documents; its client says that live accounts send null",
    otherwise: 'leaves the column empty; a filter by queue finds nothing then',
    fault: 'queue-null',
  },
  {
    id: 'scim-served',
    says: 'SCIM is served.',
    source: 'the seed',
    otherwise: 'reads no record of scim_users, with a warning',
    fault: 'no-scim',
  },
  {
    id: 'unlimited',
    says: 'No rate limit is met at the pace of a survey.',
    source: 'no limit is documented anywhere',
    otherwise: 'waits as long as the limit asks, all streams together',
    fault: 'every-429:40',
  },
  {
    id: 'lifetime-named',
    says: 'A token comes with its lifetime.',
    source: "the vendor's documents",
    otherwise: 'takes it for an hour, and signs in again on a 401',
    fault: 'no-expires-in',
  },
  {
    id: 'date-named',
    says: 'Answers say when they were made (Date).',
    source: 'RFC 9110',
    otherwise: "goes by this machine's clock",
    fault: 'no-date',
  },
  {
    id: 'clocks-agree',
    says: "The API's clock and this machine's agree within a minute.",
    source: 'assumed',
    otherwise: "closes no time beyond the API's clock, and says so in check",
    fault: 'clock-skew:300',
  },
  {
    id: 'errors-json',
    says: 'Errors are JSON objects with a message.',
    source: "the vendor's clients; nothing is documented for /api/v2",
    otherwise: 'reports the status alone; asks again after a page that is not JSON',
  },
  {
    id: 'counts-settle',
    says: 'The number of calls of an hour does not change any more when the next hour is over.',
    source: 'assumed; nothing is documented',
    otherwise: 'reads the lookback again at each sync, and leaves the time after the newest record open',
  },
] as const satisfies readonly Fact[]

/** The id of a fact. */
export type FactId = (typeof FACTS)[number]['id']
