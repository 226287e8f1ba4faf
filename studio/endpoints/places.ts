import type { JsonObject } from '../../src/json.ts'
import { namesIn, SPEC } from '../config/schema.ts'
import type { Opening } from '../wire.ts'

/** The parts of the config that are a stream of one's own, and what goes with it. */
const OWN = ['custom_streams', 'lookups']

/** The parts of the config on the connection screen: those that touch all streams. What touches some is beside these, on the
 *  endpoints screen. */
export function connectionParts(
  { touches }: Pick<Opening, 'touches'>,
  spec: JsonObject = SPEC,
): readonly string[] {
  const ofStreams = new Set(Object.keys(touches).map(field => field.split('.')[0]))
  return namesIn(spec).filter(name => !OWN.includes(name) && !ofStreams.has(name))
}
