import { isObject, type Json, type JsonObject } from '../json.ts'

/** How a field of an older config is moved to where it belongs today. */
interface Move {
  readonly from: string
  readonly move: (value: Json, rest: JsonObject) => JsonObject
}

/** Fields of the community connector (airbyte/source-babelforce), and of earlier versions of this one, that have another name or
 *  place today. A field that is already in today's place wins. */
const MOVES: readonly Move[] = [
  {
    from: 'access_key_id',
    move: (access_id, { access_token = null }) => ({
      credentials: { auth_type: 'access_token', access_id, access_token },
    }),
  },
  { from: 'access_token', move: () => ({}) },
  { from: 'region', move: environment => ({ environment }) },
  { from: 'date_created_from', move: seconds => ({ start_date: moment(seconds) }) },
  { from: 'date_created_to', move: seconds => ({ end_date: moment(seconds) }) },
]

/** The config in today's shape, or undefined if it already is. */
export function migrateConfig(config: Json): JsonObject | undefined {
  if (!isObject(config)) return undefined
  const moves = MOVES.filter(({ from }) => config[from] !== undefined)
  if (moves.length === 0) return undefined
  const old = new Set(moves.map(({ from }) => from))
  const kept = Object.fromEntries(Object.entries(config).filter(([key]) => !old.has(key)))
  const moved = moves.map(({ from, move }) => move(config[from] as Json, config))
  return Object.assign({}, ...moved, kept)
}

/** The latest moment that a Date can hold. Source: ECMAScript, time values. */
const MOST_SECONDS = 8.64e12

/** The community connector's times are unix seconds, as a number or as text. Anything else is left for the user to fix. */
function moment(value: Json): Json {
  const seconds = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
  const isTime = typeof seconds === 'number' && Math.abs(seconds) <= MOST_SECONDS
  return isTime ? new Date(seconds * 1000).toISOString() : value
}
