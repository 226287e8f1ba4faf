import { BadBody } from '../../http/types.ts'
import { isObject } from '../../json.ts'
import type { Format } from './find-records.ts'
import { errorIn, outlineOf, parseXml, rootOf, toJson, type XmlDocument } from './xml.ts'
import { compileXPath } from './xpath.ts'

/** Responses in XML, searched by XPath. Only what is looked at becomes JSON. */
export const xmlFormat: Format<XmlDocument> = {
  compile: compileXPath,
  isPlain: () => false,
  parse: ({ bytes }) => {
    const root = parseXml(bytes)
    const whole = () => toJson(rootOf(root))
    return {
      root,
      get envelope() {
        const body = whole()
        return isObject(body) ? body : {}
      },
      outline: outlineOf(root),
      get whole() {
        return whole()
      },
      refuseError() {
        const said = errorIn(root)
        if (said !== undefined) throw new BadBody(`it speaks of an error${said === '' ? '' : `: ${said}`}`)
      },
    }
  },
}
