import { CHILD, ITEMS, LOOKUP, type MistakeRow, PARENT, TEN, XML } from './row.ts'

/** Mistakes in what fields, filters and paths are called, which answers show. */
export const FIELDS: readonly MistakeRow[] = [
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
    says: 'a path to one record of many',
    stream: { ...ITEMS, data_path: '$.items[0]' },
    sentence:
      /data_path \$\.items\[0\], which takes one of 3 records\. Write \$\.items for all of them; for one only, /,
  },
  {
    says: 'an XPath to one record of many',
    stream: { url: '/two.xml', response_format: 'xml', data_path: '/r/i[1]' },
    sentence: /data_path \/r\/i\[1\], which takes one of 2 records\. Write \/r\/i for all of them/,
  },
  {
    says: 'a schema of which no record has a column',
    stream: { ...ITEMS, json_schema: '{"properties": {"ID": {}, "Name": {}}}' },
    sentence:
      /json_schema, but no record has any of its columns \(ID, Name\); did you mean id\? they have id, /,
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
    says: 'a key that most records share',
    stream: { ...TEN, primary_key: ['at'] },
    sentence: /primary_key at, which is the same in many records: a response has 10 .* with 1 different keys/,
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
]
