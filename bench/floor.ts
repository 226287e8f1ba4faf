import { fetchLists, printRecords } from './wire.ts'

/** The bare floor: what Node itself needs to fetch the same pages, parse them and write their records, with six pages in
 *  flight and nothing else: no schema, no state, no retries. Usage: floor.ts URL PAGES SIZE */
const [base = '', pages = '1', size = '100'] = process.argv.slice(2)
const urls = Array.from(
  { length: Number(pages) },
  (_, page) => `${base}/api/v2/calls/reporting?page=${page + 1}&max=${size}`,
)
await fetchLists(urls, items => printRecords('call_records', items))
