import { fetchLists, printRecords } from './wire.ts'

/** The bare floor of a stream with parents: all agents, then the log of each. Usage: floor-parents.ts URL AGENTS FROM TO,
 *  both in seconds since 1970. */
const [base = '', agents = '1', from = '', to = ''] = process.argv.slice(2)
const pages = Array.from(
  { length: Math.ceil(Number(agents) / 100) },
  (_, page) => `${base}/api/v2/agents?page=${page + 1}&max=100`,
)
const ids: string[] = []
await fetchLists(pages, async items => {
  ids.push(...(items as { id: string }[]).map(({ id }) => id))
})
const logs = ids.map(id => `${base}/api/v2/agents/${id}/logs?filters.from=${from}&filters.to=${to}&max=100`)
await fetchLists(logs, items => printRecords('agent_logs', items))
