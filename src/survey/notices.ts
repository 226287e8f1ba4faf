import { MINUTE_MS } from '../durations.ts'
import type { PageSeen } from '../engine/stream/context.ts'
import { FACTS, type FactId } from './facts.ts'

/** What a sync notices at no cost: in words for its log, and when a page of a documented list shows it. */
interface Notice {
  readonly id: FactId
  readonly says: string
  readonly shows: (page: PageSeen, nowMs: number) => boolean
}

const NOTICES: readonly Notice[] = [
  {
    id: 'pages-named',
    says: 'the number of pages is left out here',
    shows: page => isDocumentedList(page) && page.facts.pages === undefined,
  },
  {
    id: 'total-named',
    says: 'the number of records is left out here',
    shows: page => isDocumentedList(page) && page.facts.total === undefined,
  },
  {
    id: 'page-size',
    says: 'pages hold less than requested here',
    shows: ({ facts: { rows, max }, requested, route }) =>
      route.source !== 'custom' && rows > 0 && max !== undefined && max < requested,
  },
  {
    id: 'date-named',
    says: 'answers are not dated here',
    shows: ({ dateMs, route }) => route.source !== 'custom' && dateMs === undefined,
  },
  {
    id: 'clocks-agree',
    says: "this machine's clock and the API's differ by more than a minute",
    shows: ({ dateMs, route }, nowMs) =>
      route.source !== 'custom' && dateMs !== undefined && Math.abs(dateMs - nowMs) > 2 * MINUTE_MS,
  },
]

/** Watches the pages of a run, and says once for each fact that they contradict: never more than a remark. */
export function createNotices(say: (remark: string) => void, now: () => number): (page: PageSeen) => void {
  let open = NOTICES
  return page => {
    if (open.length === 0) return
    const shown = open.filter(({ shows }) => shows(page, now()))
    if (shown.length === 0) return
    open = open.filter(notice => !shown.includes(notice))
    for (const { id, says } of shown)
      say(`Noticed that ${says}. The connector can cope with that: it ${otherwise(id)}.`)
  }
}

function isDocumentedList({ route, facts }: PageSeen): boolean {
  return route.source === 'documented' && route.paginate.kind === 'page' && facts.rows > 0
}

function otherwise(id: FactId): string {
  return FACTS.find(fact => fact.id === id)?.otherwise ?? ''
}
