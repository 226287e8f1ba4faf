import { ITEMS, type MistakeRow, PAGE_2, TEN, TOKEN } from './row.ts'

/** Mistakes in paging, which answers show. */
export const PAGES: readonly MistakeRow[] = [
  {
    says: 'pages without a path to their lists',
    stream: { url: '/ten', pagination: { type: 'page', size: 10 } },
    sentence: /takes the whole response for a record, though its items is a list\. Set data_path/,
  },
  {
    says: 'a path to the total that names something smaller',
    stream: { ...ITEMS, total_path: '$.pages' },
    sentence: /total_path \$\.pages, which finds no number of all records in any response/,
  },
  {
    says: 'a next page by a Link header that is this page',
    stream: { url: '/self', data_path: '$.items', primary_key: ['id'], pagination: { type: 'link_header' } },
    sentence: /page 1 again as page 2|led back to a page that came before/,
    unseenByCheck: PAGE_2,
  },
  {
    says: 'a page parameter that the API does not know',
    stream: { ...TEN, pagination: { type: 'page', page_parameter: 'pge', size: 10 } },
    sentence: /page 1 again as page 2: does the API know pge\? .* choose paging none/,
    unseenByCheck: PAGE_2,
  },
  {
    says: 'an offset that the API does not know',
    stream: { ...TEN, pagination: { type: 'offset', offset_parameter: 'ofset', size: 10 } },
    sentence: /does the API know ofset\?/,
    unseenByCheck: PAGE_2,
  },
  {
    says: 'a path to the token that names nothing',
    stream: { ...TEN, pagination: { type: 'next_token', token_path: '$.nxt', token_parameter: 't' } },
    sentence: /full page of 10 records, but no response has anything at \$\.nxt/,
  },
  {
    says: 'a path to the next address that names nothing',
    stream: { ...TEN, pagination: { type: 'next_url', url_path: '$.nxt' } },
    sentence: /no response has anything at \$\.nxt/,
  },
  {
    says: 'a Link header that never comes',
    stream: { ...TEN, pagination: { type: 'link_header' } },
    sentence: /no response has a Link header/,
  },
  {
    says: 'a path to a token that names something else',
    stream: { ...TEN, pagination: { type: 'next_token', token_path: '$.version', token_parameter: 't' } },
    sentence: /is led back to a page that came before \(v1\)/,
    unseenByCheck: PAGE_2,
  },
  {
    says: 'a next page on another host',
    stream: { ...TEN, pagination: { type: 'next_url', url_path: '$.elsewhere' } },
    sentence: /next page of custom stream \w+ is on another host/,
    unseenByCheck: PAGE_2,
  },
  {
    says: 'a path to a token that only says that there is one',
    stream: { ...TEN, pagination: { type: 'next_token', token_path: '$.more', token_parameter: 't' } },
    sentence: /finds true at \$\.more, which does not name the next page/,
  },
  {
    says: 'a path to an object that holds the token',
    stream: {
      ...TEN,
      pagination: { type: 'next_token', token_path: '$.items[0].who', token_parameter: 't' },
    },
    sentence: /finds \{"id":1\} at \$\.items\[0\]\.who, which|led back to a page that came before/,
  },
  {
    says: 'a token parameter that the API does not know',
    stream: { url: '/fresh', data_path: '$.items', primary_key: ['id'], pagination: TOKEN },
    sentence: /page 1 again as page 2: does the API know tkn\?/,
    unseenByCheck: PAGE_2,
  },
  {
    says: 'a page parameter that the API does not know, where records tell the time',
    stream: {
      url: '/fresh',
      data_path: '$.items',
      primary_key: ['id'],
      pagination: { type: 'page', size: 10 },
    },
    sentence: /page 1 again as page 2: does the API know page\?/,
    unseenByCheck: PAGE_2,
  },
  {
    says: 'a path to the total that finds no number',
    stream: { ...ITEMS, total_path: '$.items' },
    sentence: /total_path \$\.items, which finds no number of all records in any response/,
  },
  {
    says: 'an offset that counts pages',
    stream: { ...TEN, url: '/numbered', pagination: { type: 'offset', offset_parameter: 'page', size: 10 } },
    sentence:
      /counts records in the parameter page, by whose name it counts pages: .* Choose pagination page/,
  },
  {
    says: 'a page that counts records',
    stream: {
      url: '/skipping',
      data_path: '$.items',
      primary_key: ['id'],
      pagination: { type: 'page', page_parameter: 'skip', size: 10 },
    },
    sentence: /as page 2 what page 1 has but for its first record: skip counts records, not pages\. Choose/,
    unseenByCheck: PAGE_2,
  },
  {
    says: "no paging for a list of Babelforce's own that has more pages",
    stream: { url: '/own', data_path: '$.items' },
    sentence: /received 3 records, but the response names a page after them \(next: "\/own\?page=2"\)/,
  },
  {
    says: 'no paging, though the answer names a next address',
    stream: { url: '/goes/next', data_path: '$.items' },
    sentence:
      /received 3 records, but the response names a page after them \(next: "\/goes\/next\?page=2"\)\. Set pagination/,
  },
  {
    says: 'no paging, though the answer says that there is more',
    stream: { url: '/goes/more', data_path: '$.items' },
    sentence: /names a page after them \(has_more: true\)/,
  },
  {
    says: 'no paging, though a Link header names a next page',
    stream: { url: '/goes/linked', data_path: '$.items' },
    sentence: /names a page after them \(Link: \?again=1\)/,
  },
  {
    says: 'no paging, though a full page comes with a token',
    stream: { url: '/fresh', data_path: '$.items' },
    sentence: /received 10 records, but the response names a page after them \(next: "t\d+"\)/,
  },
]
