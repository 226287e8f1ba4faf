/** A secret in every form in which a server may send it back: plain; in a URL or a form, with hex digits of either case; in
 *  JSON, of any letters or ASCII alone; in HTML; in hex; in base64, alone or among other text. And each of these in a header,
 *  which is read byte by byte, and on one line. Its case does not matter to who masks it, from eight letters on. */
export function formsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret)
  const json = JSON.stringify(secret).slice(1, -1)
  const forms = [
    secret,
    ...withoutPadding(secret),
    ...inUrls(secret, bytes),
    json,
    json.replaceAll('/', '\\/'),
    json.replace(/[^ -~]/g, unicode),
    json.replace(/[<>&='+/]/g, unicode),
    ...HTML.map(escapes => inHtml(secret, escapes)),
    ...ENTITIES.map(entity => secret.replace(/[^\dA-Za-z]/g, entity)),
    ...ENTITIES.map(entity => secret.replace(/[^\w.~-]/g, entity)),
    bytes.toString('hex'),
    ...inBase64(bytes),
  ]
  const asBytes = forms.map(form => Buffer.from(form).toString('latin1'))
  const all = [...forms, ...asBytes].flatMap(form => [form, form.replace(/\s+/g, ' ').trim()])
  return [...new Set([...all, bytes.toString('hex').toUpperCase()])]
}

/** A secret that is base64 itself, which servers may send back without its padding. */
function withoutPadding(secret: string): string[] {
  return /[^=]{8,}={1,2}$/.test(secret) ? [secret.replace(/=+$/, '')] : []
}

function unicode(letter: string): string {
  return `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`
}

function inUrls(secret: string, bytes: Buffer): string[] {
  const url = encodeURIComponent(secret.toWellFormed())
  const forms = [
    url,
    url.replace(/[!'()*]/g, letter => percent(letter.charCodeAt(0))),
    new URLSearchParams({ '': secret }).toString().slice(1),
    Array.from(bytes, percent).join(''),
  ]
  const inEitherCase = forms.flatMap(form => [form, form.replace(/%[\dA-F]{2}/g, code => code.toLowerCase())])
  return [...inEitherCase, ...inEitherCase.map(form => form.replaceAll('%', '%25'))]
}

function percent(byte: number): string {
  return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
}

type Escapes = Readonly<Record<string, string>>

const NAMED: Escapes = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
const DOUBLE = ['"', '&quot;', '&#34;', '&#x22;']
const SINGLE = ["'", '&#39;', '&#039;', '&#x27;', '&apos;']

/** The escapes that libraries write: they agree on all but quotes, and some escape more. */
const HTML: readonly Escapes[] = [
  ...DOUBLE.flatMap(double => SINGLE.map(single => ({ ...NAMED, '"': double, "'": single }))),
  { ...NAMED, '"': '&quot;', "'": '&#x27;', '/': '&#x2F;' },
  { ...NAMED, '"': '&quot;', "'": '&#39;', '/': '&#x2F;', '`': '&#x60;', '=': '&#x3D;' },
  { ...NAMED, '"': '&quot;', "'": '&#x27;', '`': '&#x60;', '=': '&#x3D;' },
  { ...NAMED, '"': '&#34;', "'": '&#39;', '+': '&#43;' },
  { '&': '&#38;', '<': '&#60;', '>': '&#62;', '"': '&#34;', "'": '&#39;' },
]

/** Escapes of every letter that is not plain, as some libraries write them. */
const ENTITIES: readonly ((letter: string) => string)[] = [
  letter => `&#${letter.codePointAt(0)};`,
  letter => `&#x${letter.codePointAt(0)?.toString(16)};`,
  letter => `&#x${letter.codePointAt(0)?.toString(16).toUpperCase()};`,
]

function inHtml(secret: string, escapes: Escapes): string {
  return secret.replace(/[&<>"'/+=`]/g, letter => escapes[letter] ?? letter)
}

/** Fewer letters of base64 say too little to be masked among other text. */
const SHORTEST_PART = 6
const BYTES = 3
const LETTERS = 4

/** Base64 of the bytes alone, and the letters that stay the same wherever they stand among other bytes: base64 writes three
 *  bytes as four letters, so there are three ways. */
function inBase64(bytes: Buffer): string[] {
  const alone = bytes.toString('base64').replace(/=+$/, '')
  const parts = [0, 1, 2].map(before => {
    const after = (BYTES - ((before + bytes.length) % BYTES)) % BYTES
    const text = Buffer.concat([Buffer.alloc(before), bytes, Buffer.alloc(after)]).toString('base64')
    const first = Math.ceil((before * LETTERS) / BYTES)
    return text.slice(first, text.length - Math.ceil((after * LETTERS) / BYTES))
  })
  const forms = [alone, ...parts.filter(part => part.length >= SHORTEST_PART)]
  return forms.flatMap(form => [form, form.replaceAll('+', '-').replaceAll('/', '_')])
}
