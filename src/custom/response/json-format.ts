import { parseBody } from '../../engine/bytes/body.ts'
import { holdsMore, refuseError } from '../../engine/fetch/error-envelope.ts'
import { BadBody, type Reply } from '../../http/types.ts'
import { excerpt, isNothing, isObject, type Json, type JsonObject } from '../../json.ts'
import type { Format, ParsedResponse } from './find-records.ts'
import { compileJsonPath } from './json-path.ts'

/** Responses in JSON, searched by JSONPath. */
export const jsonFormat: Format<Json> = {
  parse: parseJsonResponse,
  compile: compileJsonPath,
  isPlain: text => /^\$(\.[\w-]+|\[(['"])[^'"]+\2\])?(\[\*\])?$/.test(text.trim()),
}

/** How words beside an empty list say that there is no right to one. */
const REFUSED = /\b(denied|forbidden|unauthori[sz]ed|not (allowed|authori[sz]ed|permitted)|expired)\b/i

/** Parses a response as JSON. Throws BadBody for what is not JSON. */
export function parseJsonResponse(reply: Reply): ParsedResponse<Json> {
  const root = parseBody(reply, { keepsFractions: true })
  const envelope = isObject(root) ? root : {}
  const { message, detail, error, errors, status, code } = envelope
  const keys = Object.keys(envelope).slice(0, 20).join(', ')
  const said = [message, detail, errors].find(one => typeof one === 'string')
  const isError = !isNothing(error) || !isNothing(errors) || /^(error|fail(ed|ure)?)$/i.test(`${status}`)
  const isRefusal = REFUSED.test(`${said}`) || [status, code].some(one => /^(4(?!04)|5)\d\d$/.test(`${one}`))
  return {
    root,
    envelope,
    outline: `${keys === '' ? 'no keys at its top level' : `the keys ${keys}`}${said === undefined ? '' : `; it says "${excerpt(`${said}`)}"`}`,
    whole: root,
    refuseError({ isMissing, values }) {
      refuseError(envelope, !isError && !(isMissing && hasOnlyWords(envelope)))
      if (values.length === 0 && isRefusal)
        throw new BadBody(`it speaks of an error: ${excerpt(`${said ?? code ?? status}`)}`)
    },
  }
}

/** Whether all that an envelope holds is words, beside no code that means success. */
function hasOnlyWords(envelope: JsonObject): boolean {
  return !/^(0|2\d\d|ok|success)$/i.test(`${envelope['code']}`) && !holdsMore(envelope)
}
