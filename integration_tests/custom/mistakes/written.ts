import { ITEMS, LOOKUP, type MistakeRow } from './row.ts'

/** Mistakes that the config shows by itself. */
export const WRITTEN: readonly MistakeRow[] = [
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
    says: 'moments that are asked for backwards',
    stream: { url: '/items?startDate={now}&endDate={now-1}' },
    sentence: /url \(or body\) asks from \{now\} to \{now-1\}; swap them/,
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
