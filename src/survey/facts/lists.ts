import type { Fact } from './fact.ts'

/** What is taken for true of every list. */
export const LIST_FACTS = [
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
] as const satisfies readonly Fact[]
