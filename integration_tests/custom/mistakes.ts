/** A mistake in a custom stream, and the sentence that names it. */
export interface MistakeRow {
  readonly says: string
  readonly stream: Readonly<Record<string, unknown>>
  /** What else the config has. */
  readonly more?: object
  readonly sentence: RegExp
  /** Why `check` does not see it, where it does not. */
  readonly unseenByCheck?: string
}

const ITEMS = { url: '/items', data_path: '$.items[*]' }
const XML = { url: '/xml', response_format: 'xml' }
const PAGE_2 = 'it asks for one page only'
const PARENT = 'it reads no parents'
const TEN = { url: '/ten', data_path: '$.items[*]' }
const LOOKUP = {
  lookups: [{ name: 'rows', source: { type: 'values', column: 'id', values: ['a', 'b'] } }],
}
const TOKEN = { type: 'next_token', token_path: '$.next', token_parameter: 'tkn' }
const CHILD = { data_path: '$.items[*]', parent: 'fine' }

/** Mistakes that only answers show. */
const SHOWN: readonly MistakeRow[] = [
  {
    says: 'a key that no record has',
    stream: { ...ITEMS, primary_key: ['idd'] },
    sentence: /primary_key idd, which no record has; did you mean id\? they have id, /,
  },
  {
    says: 'a key that lies deeper and is misspelt',
    stream: { ...ITEMS, primary_key: ['who.idd'] },
    sentence: /primary_key who\.idd, which no record has/,
  },
  {
    says: 'a key of two fields, one of them misspelt',
    stream: { ...ITEMS, primary_key: ['id', 'nme'] },
    sentence: /primary_key nme, which no record has/,
  },
  {
    says: 'a cursor that no record has',
    stream: { ...ITEMS, cursor_field: 'created' },
    sentence: /cursor_field created, which no record has; they have id, /,
  },
  {
    says: 'a cursor in epoch seconds',
    stream: { ...ITEMS, cursor_field: 'epoch' },
    sentence: /cursor_field epoch, but its value 1700000000 is not a time in ISO 8601\. Set cursor_format/,
  },
  {
    says: 'a cursor with days first',
    stream: { ...ITEMS, cursor_field: 'day' },
    sentence: /its value "12\/11\/2026" is not a time in ISO 8601/,
  },
  {
    says: 'a cursor of days, in windows that are asked for by the second',
    stream: { ...ITEMS, url: '/days?from={window.start}&to={window.end}', cursor_field: 'day' },
    sentence:
      /cursor_field day, whose values are days such as 2026-11-12, .* Set cursor_format to yyyy-MM-dd/,
  },
  {
    says: 'a cursor in another format than the one named',
    stream: { ...ITEMS, cursor_field: 'day', cursor_format: 'epoch_millis' },
    sentence: /"12\/11\/2026" is not a time of the cursor_format epoch_millis/,
  },
  {
    says: 'a path that is misspelt',
    stream: { ...ITEMS, data_path: '$.itms[*]' },
    sentence:
      /data_path \$\.itms\[\*\], which finds nothing in any response: there are the keys items, total/,
  },
  {
    says: 'a path in other capitals',
    stream: { ...ITEMS, data_path: '$.Items' },
    sentence: /data_path \$\.Items, which finds nothing/,
  },
  {
    says: 'a path through what is not there',
    stream: { ...ITEMS, data_path: '$.data.items[*]' },
    sentence: /data_path \$\.data\.items\[\*\], which finds nothing/,
  },
  {
    says: 'an XPath that is misspelt',
    stream: { ...XML, data_path: '/response/data/itm' },
    sentence: /data_path \/response\/data\/itm, which finds nothing .* the root response with data/,
  },
  {
    says: 'an XPath in other capitals',
    stream: { ...XML, data_path: '/Response/Data/Item' },
    sentence: /finds nothing in any response/,
  },
  {
    says: 'an XPath that may be anywhere, and is nowhere',
    stream: { ...XML, data_path: '//itm' },
    sentence: /data_path \/\/itm, which finds nothing/,
  },
  {
    says: 'a filter by a field that no record has',
    stream: { ...ITEMS, data_path: "$.items[?@.nam == 'x']" },
    sentence: /whose filter finds nothing: no record has @\.nam; did you mean name\? they have id, name, at,/,
  },
  {
    says: 'a filter by two fields, one of them misspelt',
    stream: { ...ITEMS, data_path: "$.items[?@.id == 9 || @.nam == 'x']" },
    sentence: /no record has @\.nam; did you mean name\?/,
  },
  {
    says: 'a filter by a field within a field',
    stream: { ...ITEMS, data_path: '$.items[?@.who.no == 9]' },
    sentence: /no record has @\.who\.no; they have id, /,
  },
  {
    says: 'a filter on the way to the records',
    stream: { ...ITEMS, data_path: '$.items[?@.idd == 1].who' },
    sentence: /no record has @\.idd; did you mean id\?/,
  },
  {
    says: 'a filter for what is there, in other capitals',
    stream: { ...ITEMS, data_path: '$.items[?@.Name]' },
    sentence: /no record has @\.Name; did you mean name\?/,
  },
  {
    says: 'a filter by an element that no record has',
    stream: { ...XML, data_path: "/response/data/item[stat='open']" },
    sentence: /whose filter finds nothing: no record has stat; they have id\./,
  },
  {
    says: 'a filter by an attribute that no record has',
    stream: { ...XML, data_path: "/response/data/item[@kind='x']" },
    sentence: /no record has @kind; they have id\./,
  },
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
    says: 'a key in other capitals',
    stream: { ...ITEMS, primary_key: ['ID'] },
    sentence: /primary_key ID, which no record has; did you mean id\?/,
  },
  {
    says: 'a cursor that is an object',
    stream: { ...ITEMS, cursor_field: 'who' },
    sentence: /cursor_field who, but its value \{"id":1\} is not a time/,
  },
  {
    says: 'lines of JSON where JSON is expected',
    stream: { url: '/lines' },
    sentence: /is not usable: its JSON is cut off or broken/,
  },
  {
    says: 'CSV where JSON is expected',
    stream: { url: '/csv' },
    sentence: /is not usable: it is not JSON \(it begins "id;name/,
  },
  {
    says: 'a next page by a Link header that is this page',
    stream: { url: '/self', data_path: '$.items', primary_key: ['id'], pagination: { type: 'link_header' } },
    sentence: /page 1 again as page 2|led back to a page that came before/,
    unseenByCheck: PAGE_2,
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
    says: 'a key that most records share',
    stream: { ...TEN, primary_key: ['at'] },
    sentence: /primary_key at, which is the same in many records: a response has 10 .* with 1 different keys/,
  },
  {
    says: 'a path to the total that finds no number',
    stream: { ...ITEMS, total_path: '$.items' },
    sentence: /total_path \$\.items, which finds no number of all records in any response/,
  },
  {
    says: 'a path to metadata that is misspelt',
    stream: { ...ITEMS, metadata_path: '$.met' },
    sentence: /metadata_path \$\.met, which finds nothing in any response: there are the keys items, total/,
  },
  {
    says: 'an XPath to metadata that is misspelt',
    stream: { ...XML, data_path: '/response/data/item', metadata_path: '/response/meta' },
    sentence: /metadata_path \/response\/meta, which finds nothing in any response/,
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
  {
    says: 'a cursor in seconds that is said to be in milliseconds',
    stream: { ...ITEMS, cursor_field: 'epoch', cursor_format: 'epoch_millis' },
    sentence: /is not a time of the cursor_format epoch_millis/,
  },
  {
    says: 'a field that no parent has',
    stream: { ...CHILD, url: '/of/{parent.idd}' },
    sentence:
      /takes the field idd from fine, but none of its records has one; did you mean id\? they have id, /,
    unseenByCheck: PARENT,
  },
  {
    says: 'an included field that no parent has',
    stream: { ...CHILD, url: '/of/{parent.id}', include_fields: ['parent.nmae'] },
    sentence: /takes the field nmae from fine/,
    unseenByCheck: PARENT,
  },
  {
    says: 'a path of a child that is misspelt',
    stream: { ...CHILD, url: '/fo/{parent.id}' },
    sentence: /received 404 for all of its \d+ parts: \/fo\/\{parent\.id\} may be misspelt/,
    unseenByCheck: PARENT,
  },
  {
    says: 'a path for rows that is misspelt',
    stream: { ...ITEMS, url: '/fo/{rows.id}', lookups: ['rows'] },
    more: LOOKUP,
    sentence: /received 404 for all of its 2 parts/,
  },
  {
    says: 'a body that is no JSON with the values of parents',
    stream: { ...CHILD, url: '/items', method: 'POST', body: '{"id": {parent.name}}' },
    sentence:
      /stream \w+ cannot be requested: body is not JSON once its macros are filled in \(\{"id": name-1\}\); put quotes/,
    unseenByCheck: PARENT,
  },
  {
    says: 'a path that does not exist',
    stream: { url: '/nowhere' },
    sentence: /was not accepted \(404: no such path\)\. Fix its url/,
  },
  { says: 'a web page', stream: { url: '/page' }, sentence: /is not usable: it is an HTML page, not JSON/ },
  {
    says: 'JSON where XML is expected',
    stream: { ...ITEMS, response_format: 'xml', data_path: '/items' },
    sentence: /is not usable: it is not XML/,
  },
  { says: 'XML where JSON is expected', stream: { url: '/xml' }, sentence: /is not usable: it is not JSON/ },
]

/** Mistakes that the config shows by itself. */
const WRITTEN: readonly MistakeRow[] = [
  {
    says: 'a unit in a macro',
    stream: { url: '/items?d={now-1d}' },
    sentence: /url has the macro \{now-1d\}, .* did you mean \{now-1\}\?/,
  },
  {
    says: "the seed's own spelling of an id",
    stream: { url: "/api/v2/outbound/lists/{'{list_id}'}/leads" },
    sentence: /does not exist here; there are .*\{LOOKUP\.COLUMN\}\), and \{parent\.FIELD\}/,
  },
  {
    says: 'a macro that is never closed',
    stream: { url: '/items?d={now-1' },
    sentence: /\{now-1 without its \}/,
  },
  {
    says: 'capitals in a macro of a body',
    stream: { url: '/items', method: 'POST', body: '{"d": "{Now-1}"}' },
    sentence: /body has the macro \{Now-1\}, .* did you mean \{now-1\}\?/,
  },
  {
    says: 'a macro in a header that does not exist',
    stream: { url: '/items', headers: 'X-Day:{today}' },
    sentence: /headers has the macro \{today\}/,
  },
  {
    says: 'a macro in parentheses with a unit',
    stream: { url: '/items?d=(now-4d)' },
    sentence: /the macro \(now-4d\), .* did you mean \{now-4\}\?/,
  },
  {
    says: 'a window that is asked for backwards',
    stream: { url: '/items?from={window.end}&to={window.start}' },
    sentence: /url \(or body\) asks from \{window\.end\} to \{window\.start\}; swap them/,
  },
  {
    says: 'minutes for months',
    stream: { url: '/items?d={now}', date_format: 'yyyy-mm-dd' },
    sentence: /date_format cannot be meant: m is minutes; months are M/,
  },
  {
    says: 'hours to 12 without a half of the day',
    stream: { url: '/items?d={now}', date_format: 'yyyy-MM-dd hh:mm' },
    sentence: /h and K count to 12, which needs a; hours of the day are H/,
  },
  {
    says: 'a window with an end only',
    stream: { url: '/items?to={window.end}' },
    sentence: /\{window\.end\} without \{window\.start\}; a window has two ends/,
  },
  {
    says: 'a window with a start only, to the second',
    stream: { url: '/items?from={window.start}' },
    sentence: /alone with date_format yyyy-MM-dd/,
  },
  {
    says: 'a cursor format that is none',
    stream: { ...ITEMS, cursor_field: 'at', cursor_format: 'epoch' },
    sentence: /cursor_format/,
  },
  {
    says: 'a path to the total that is none',
    stream: { ...ITEMS, total_path: 'total' },
    sentence: /total_path is not a JSONPath: it must begin with "\$"; write \$\.total/,
  },
  {
    says: 'a column that a lookup lacks',
    stream: { url: '/of/{rows.ide}', lookups: ['rows'] },
    more: LOOKUP,
    sentence:
      /url has the macro \{rows\.ide\}, which does not exist here; did you mean \{rows\.id\}\? there are .*, \{rows\.id\}/,
  },
  {
    says: 'a body that is no JSON with the values of a lookup',
    stream: { url: '/items', method: 'POST', body: '{"id": {rows.id}}', lookups: ['rows'] },
    more: LOOKUP,
    sentence: /body is not JSON once its macros are filled in \(\{"id": a\}\); put quotes around them/,
  },
  {
    says: 'an included column without its lookup',
    stream: { ...ITEMS, include_fields: ['rows.id'] },
    sentence: /include_fields names rows\.id, which is not a value that this stream has/,
  },
]

/** All of them. */
export const MISTAKES: readonly MistakeRow[] = [...SHOWN, ...WRITTEN]
