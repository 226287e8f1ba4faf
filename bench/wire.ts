import { Agent, get } from 'node:http'

/** How many requests a bare program has under way. */
const IN_FLIGHT = 6
const agent = new Agent({ keepAlive: true, maxSockets: IN_FLIGHT })
const headers = { 'X-Auth-Access-Id': 'demo-id', 'X-Auth-Access-Token': 'demo-token' }

/** Fetches the list at each of these addresses, six at a time, and hands its items to `take`. */
export async function fetchLists(
  urls: readonly string[],
  take: (items: readonly unknown[]) => Promise<void>,
): Promise<void> {
  let next = 0
  const work = async () => {
    for (let url = urls[next++]; url !== undefined; url = urls[next++]) {
      await take(JSON.parse(await fetchText(url)).items)
    }
  }
  await Promise.all(Array.from({ length: IN_FLIGHT }, work))
}

/** Writes each item as a record of the stream; resolves when there is room for more. */
export async function printRecords(stream: string, items: readonly unknown[]): Promise<void> {
  let batch = ''
  for (const data of items) {
    batch += `${JSON.stringify({ type: 'RECORD', record: { stream, emitted_at: Date.now(), data } })}\n`
  }
  if (!process.stdout.write(batch)) await new Promise(resolve => process.stdout.once('drain', resolve))
}

function fetchText(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    get(url, { agent, headers }, response => {
      const chunks: Buffer[] = []
      response.on('data', chunk => chunks.push(chunk))
      response.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')))
      response.on('error', reject)
    }).on('error', reject)
  })
}
