import type { Response } from '../../response.ts'
import type { Row } from '../../world/ground/rows.ts'
import type { Portion } from './rows.ts'

/** One page of calls as XML, each with its agent in an element of its own. */
export function xmlResponse({ records, total }: Omit<Portion, 'next'>, page: number): Response {
  const meta = `<meta><total>${total}</total><page>${page}</page></meta>`
  const data = `<data>${records.map(itemText).join('')}</data>`
  const text = `<?xml version="1.0" encoding="UTF-8"?>\n<response>${meta}${data}</response>\n`
  return {
    status: 200,
    headers: { 'content-type': 'application/xml;charset=UTF-8' },
    bytes: [Buffer.from(text)],
  }
}

function itemText({ id, dateCreated, duration, agentName }: Row): string {
  const agent = agentName === null ? '<agent/>' : `<agent>${element('name', agentName)}</agent>`
  const fields = element('id', id) + element('dateCreated', dateCreated) + element('duration', duration)
  return `<item id="${escaped(id)}">${fields}${agent}</item>`
}

function element(name: string, value: unknown): string {
  return `<${name}>${escaped(value)}</${name}>`
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function escaped(value: unknown): string {
  return String(value ?? '').replace(/[&<>"]/g, character => entities[character] ?? '')
}
