import { ITEMS, type MistakeRow } from './row.ts'

/** What is not the answer that it should be. */
export const ANSWERS: readonly MistakeRow[] = [
  {
    says: 'a refusal in words beside an empty list',
    stream: { url: '/denied', data_path: '$.items' },
    sentence: /it speaks of an error: Access denied/,
  },
  {
    says: 'a refusal by its code beside an empty list',
    stream: { url: '/code', data_path: '$.items' },
    sentence: /it speaks of an error: 403/,
  },
  {
    says: 'lines of JSON where JSON is expected',
    stream: { url: '/lines' },
    sentence:
      /is not usable: it is JSON Lines \(one document a line\), not one JSON document\. .* ask the API for one list/,
  },
  {
    says: 'a list of nothing but null',
    stream: { url: '/nulls', data_path: '$.items' },
    sentence: /is not usable: its list holds nothing but null/,
  },
  {
    says: 'CSV where JSON is expected',
    stream: { url: '/csv' },
    sentence: /is not usable: it is not JSON \(it begins "id;name/,
  },
  {
    says: 'an answer that says why there is nothing',
    stream: { url: '/says', data_path: '$.items' },
    sentence: /it speaks of an error: Choose a range/,
  },
  {
    says: 'a SOAP fault',
    stream: { url: '/fault', response_format: 'xml', data_path: '/Envelope/Body/List/Item' },
    sentence: /it speaks of an error: Login first/,
  },
  {
    says: 'an error in XML',
    stream: { url: '/error.xml', response_format: 'xml', data_path: '/r/i' },
    sentence: /it speaks of an error: quota/,
  },
  {
    says: 'an error in JSON',
    stream: { url: '/error', data_path: '$.items' },
    sentence: /it speaks of an error: unknown parameter/,
  },
  {
    says: 'an answer without success',
    stream: { url: '/failure', data_path: '$.items' },
    sentence: /it speaks of an error: not today/,
  },
  {
    says: 'a text where the list should be',
    stream: { url: '/text', data_path: '$.items[*]' },
    sentence: /data_path \$\.items\[\*\], which finds nothing in any response: there are the keys items/,
  },
  {
    says: 'an error beside an empty list',
    stream: { url: '/errors', data_path: '$.data.items' },
    sentence: /it speaks of an error/,
  },
  {
    says: 'an error that would be taken for a record',
    stream: { url: '/error', data_path: '$' },
    sentence: /it speaks of an error: unknown parameter/,
  },
  { says: 'a web page', stream: { url: '/page' }, sentence: /is not usable: it is an HTML page, not JSON/ },
  {
    says: 'JSON where XML is expected',
    stream: { ...ITEMS, response_format: 'xml', data_path: '/items' },
    sentence: /is not usable: it is not XML/,
  },
  { says: 'XML where JSON is expected', stream: { url: '/xml' }, sentence: /is not usable: it is not JSON/ },
]
