import { Agent, get } from 'node:http'

/** The bare floor: what Node itself needs to fetch the same pages, parse them and write their records, with six pages in
 *  flight and nothing else: no schema, no state, no retries. Usage: floor.ts URL PAGES */
const [base = '', pages = '1'] = process.argv.slice(2)
const IN_FLIGHT = 6
const agent = new Agent({ keepAlive: true, maxSockets: IN_FLIGHT })
const headers = { 'X-Auth-Access-Id': 'demo-id', 'X-Auth-Access-Token': 'demo-token' }

let next = 1
await Promise.all(Array.from({ length: IN_FLIGHT }, work))

async function work(): Promise<void> {
  while (next <= Number(pages)) {
    const { items } = JSON.parse(await fetchPage(next++))
    let batch = ''
    for (const data of items) {
      batch += `${JSON.stringify({ type: 'RECORD', record: { stream: 'call_records', emitted_at: Date.now(), data } })}\n`
    }
    if (!process.stdout.write(batch)) await new Promise(resolve => process.stdout.once('drain', resolve))
  }
}

function fetchPage(page: number): Promise<string> {
  return new Promise((resolve, reject) => {
    get(`${base}/api/v2/calls/reporting?page=${page}&max=100`, { agent, headers }, response => {
      const chunks: Buffer[] = []
      response.on('data', chunk => chunks.push(chunk))
      response.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')))
      response.on('error', reject)
    }).on('error', reject)
  })
}
