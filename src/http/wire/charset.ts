import { isUtf8 } from 'node:buffer'
import { TextDecoder } from 'node:util'
import { systemError } from '../../errors.ts'
import { pathOf, type Reply, type Send } from '../types.ts'

/** Sends, and turns every answer's body into UTF-8 without a byte order mark, whatever charset it came in. Throws a
 *  system_error for an answer in a charset that nobody here knows. */
export function inUtf8(send: Send): Send {
  return async request => {
    const reply = await send(request)
    const bytes = utf8Of(reply)
    if (bytes !== undefined) return bytes === reply.bytes ? reply : { ...reply, bytes }
    throw systemError(
      `The answer to ${request.method} ${pathOf(request)} is in the charset ${charsetOf(reply)}, which the connector cannot ` +
        'read. Ask the API for UTF-8.',
    )
  }
}

/** Undefined for a charset that is not known, unless the text is UTF-8 all the same, or speaks of an error. */
function utf8Of(reply: Reply): Buffer | undefined {
  const { bytes, status } = reply
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return bytes.subarray(3)
  const charset = charsetOf(reply)
  if (UTF_8.test(charset)) return bytes
  const decoder = decoderOf(charset)
  if (decoder !== undefined) return Buffer.from(decoder.decode(bytes))
  return status >= 400 || isUtf8(bytes) ? bytes : undefined
}

/** ASCII is a part of UTF-8; who says the one may well mean the other. */
const UTF_8 = /^(utf-?8|(us-)?ascii)$/i

/** The charset of an answer: by the mark with which wide letters may begin, by the zeros in them, as the header says, or as
 *  the text itself declares. Source: RFC 7303 section 3, XML 1.0 appendix F. */
function charsetOf({ bytes, headers }: Reply): string {
  const [first, second] = bytes
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le'
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0)) return 'utf-16be'
  const named = /;\s*charset\s*=\s*["']?([^\s"';]+)/i.exec(headers['content-type'] ?? '')?.[1]
  return withoutWide(named ?? declaredIn(bytes))
}

/** Text that was read byte by byte so far cannot be in wide letters, whatever it says. */
function withoutWide(charset: string): string {
  return /^(utf-?(16|32)|ucs)/i.test(charset) ? 'utf-8' : charset
}

/** The charset that an XML declaration names. */
function declaredIn(bytes: Buffer): string {
  if (bytes[0] !== 0x3c) return 'utf-8'
  const start = bytes.toString('latin1', 0, 200)
  return /^<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(start)?.[1] ?? 'utf-8'
}

function decoderOf(charset: string): TextDecoder | undefined {
  try {
    return new TextDecoder(charset)
  } catch {
    return undefined
  }
}
