import { SECOND_MS } from '../../durations.ts'
import { momentOf } from '../../engine/time/timestamps.ts'
import { isObject, type Json } from '../../json.ts'
import type { ListSurvey } from '../measure/lists.ts'
import { contradiction, type Findings, verdictOn } from '../verdicts.ts'

/** What the deep questions on lists say. */
export function judgeLists(lists: readonly ListSurvey[]): Findings {
  const any = (holds: (list: ListSurvey) => boolean) => lists.some(holds)
  const known = <T>(value: (list: ListSurvey) => T | undefined) =>
    lists.map(value).filter(one => one !== undefined)
  const differ = known(list => list.pagesDiffer)
  const agree = known(list => list.readingsAgree)
  const hasRows = any(({ rows }) => rows.length > 1)
  const withoutId = lists.reduce((sum, list) => sum + list.withoutId, 0)
  const duplicates = lists.reduce((sum, list) => sum + list.duplicates, 0)
  return {
    ...judgeSize(lists),
    ...judgeEnds(known(list => list.pastTheEnd)),
    ...judgeTotal(known(list => list.miscount)),
    ...verdictOn('pages-differ', differ.length === 0 ? undefined : !differ.includes(false)),
    ...verdictOn('readings-agree', agree.length === 0 ? undefined : !agree.includes(false)),
    ...verdictOn('ids-present', hasRows ? withoutId === 0 : undefined, { without: withoutId }),
    ...verdictOn('ids-unique', hasRows ? duplicates === 0 : undefined, { twice: duplicates }),
    ...judgeForms(lists.flatMap(({ rows }) => rows)),
  }
}

function judgeSize(lists: readonly ListSurvey[]): Findings {
  const sizes = lists.flatMap(({ clampedTo }) => clampedTo ?? [])
  if (sizes.length === 0)
    return verdictOn('page-size', lists.some(({ cameFull }) => cameFull) ? true : undefined)
  const largest = Math.min(...sizes)
  return { 'page-size': contradiction('page-size', largest, { largest }) }
}

function judgeEnds(ends: readonly ('empty' | 'records' | number)[]): Findings {
  const refused = ends.find(end => typeof end === 'number')
  if (refused !== undefined) {
    const is = contradiction('past-the-end', undefined, { status: refused })
    const { fault: _, ...rest } = is
    const known = [400, 404, 422].includes(refused)
    return { 'past-the-end': known ? { ...is, fault: `cap-${refused}:50000000` } : rest }
  }
  if (ends.includes('records'))
    return { 'past-the-end': { verdict: 'contradicted', seen: { page: 'records' } } }
  return verdictOn('past-the-end', ends.length === 0 ? undefined : true)
}

function judgeTotal(miscounts: readonly number[]): Findings {
  const off = miscounts.find(count => count !== 0)
  if (off === undefined) return verdictOn('total-exact', miscounts.length === 0 ? undefined : true)
  return { 'total-exact': contradiction('total-exact', off, { off }) }
}

const FORMS: readonly (readonly [name: string, form: RegExp])[] = [
  ['hex', /^[0-9a-f]{32}$/],
  ['hyphens', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/],
  ['upper', /^[0-9A-F-]{32,36}$/],
  ['digits', /^\d+$/],
]

function judgeForms(rows: readonly Json[]): Findings {
  const ids = rows.filter(isObject).flatMap(({ id }) => (id === undefined || id === null ? [] : [id]))
  const forms = new Set(
    ids.map(id =>
      typeof id === 'string' ? (FORMS.find(([, form]) => form.test(id))?.[0] ?? 'other') : typeof id,
    ),
  )
  const others = [...forms].filter(form => form !== 'hex')
  if (others.length === 0) return verdictOn('ids-hex', ids.length === 0 ? undefined : true)
  const { fault, ...is } = contradiction('ids-hex', undefined, { form: others.sort().join(' ') })
  return { 'ids-hex': others.includes('hyphens') && fault !== undefined ? { ...is, fault } : is }
}

/** Whether lists come newest first, by the whole seconds of their records. */
export function judgeOrder(lists: readonly ListSurvey[]): Findings {
  const orders = lists.map(({ rows }) => orderOf(rows)).filter(order => order !== undefined)
  if (orders.every(order => order === 'newest'))
    return verdictOn('newest-first', orders.length === 0 ? undefined : true)
  const { fault, ...is } = contradiction('newest-first', undefined, {
    order: [...new Set(orders)].sort().join(' '),
  })
  return { 'newest-first': orders.includes('oldest') && fault !== undefined ? { ...is, fault } : is }
}

function orderOf(rows: readonly Json[]): 'newest' | 'oldest' | 'none' | undefined {
  const seconds = rows.filter(isObject).flatMap(row => {
    const ms = momentOf(row['dateCreated'])
    return ms === undefined || Number.isNaN(ms) ? [] : [Math.floor(ms / SECOND_MS)]
  })
  if (new Set(seconds).size < 3) return undefined
  const falls = seconds.every((second, index) => index === 0 || second <= (seconds[index - 1] ?? 0))
  const rises = seconds.every((second, index) => index === 0 || second >= (seconds[index - 1] ?? 0))
  return falls ? 'newest' : rises ? 'oldest' : 'none'
}
