import ipaddr, { type IPv4, type IPv6 } from 'ipaddr.js'

/** Whether an address is no part of the public internet: what IANA's registries of special purposes do not call globally
 *  reachable, what is not assigned for anybody's use, and where clouds keep their metadata. IPv6 that holds an IPv4 address
 *  is judged by that one. Also true for what is no address. Sources: IANA's IPv4 and IPv6 special-purpose address
 *  registries, RFC 4291. */
export function isPrivateAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return true
  const address = ipaddr.parse(text)
  return address.kind() === 'ipv4' ? isPrivateV4(address as IPv4) : isPrivateV6(address as IPv6)
}

/** Ranges of the library that are reachable from everywhere. */
const PUBLIC_V4 = ['unicast', 'as112', 'amt']
const PUBLIC_V6 = ['unicast', 'as112v6', 'amt', 'orchid2', 'droneRemoteIdProtocolEntityTags']

/** Anycast addresses that stand out of a range that is not reachable. */
const ANYCAST = ['192.0.0.9/32', '192.0.0.10/32', '2001:1::1/128', '2001:1::2/128', '2001:1::3/128'].map(
  text => ipaddr.parseCIDR(text),
)

/** Azure's host, among public addresses. Those of other clouds are in private ranges. */
const METADATA = ['168.63.129.16']

function isPrivateV4(address: IPv4): boolean {
  if (isAnycast(address)) return false
  return METADATA.includes(address.toString()) || !PUBLIC_V4.includes(address.range())
}

function isPrivateV6(address: IPv6): boolean {
  if (isAnycast(address)) return false
  const inside = embedded(address)
  if (inside !== undefined) return isPrivateV4(inside)
  return !isGlobalUnicast(address) || !PUBLIC_V6.includes(address.range())
}

/** Of IPv6, only 2000::/3 is handed out. */
function isGlobalUnicast({ parts: [first = 0] }: IPv6): boolean {
  return first >> 13 === 1
}

function isAnycast(address: IPv4 | IPv6): boolean {
  return ANYCAST.some(([range, bits]) => range.kind() === address.kind() && address.match(range, bits))
}

/** The IPv4 address embedded in one of IPv6: mapped, compatible, behind NAT64's well-known prefix, of 6to4, or a Teredo
 *  client's. What stands behind prefixes of one's own (64:ff9b:1::/48) only their network knows. */
function embedded({ parts }: IPv6): IPv4 | undefined {
  const [a = 0, b = 0, c = 0] = parts
  const [high = 0, low = 0] = parts.slice(-2)
  const middle = parts.slice(2, 6)
  if (a === 0x2002) return ipv4Of(b, c)
  if (a === 0x2001 && b === 0) return ipv4Of(high ^ 0xffff, low ^ 0xffff)
  if (a === 0x64 && b === 0xff9b && middle.every(isZero)) return ipv4Of(high, low)
  const isMapped = parts.slice(0, 5).every(isZero) && parts[5] === 0xffff
  const isCompatible = parts.slice(0, 6).every(isZero) && (high !== 0 || low > 1)
  return isMapped || isCompatible ? ipv4Of(high, low) : undefined
}

function isZero(part: number): boolean {
  return part === 0
}

function ipv4Of(high: number, low: number): IPv4 {
  return new ipaddr.IPv4([high >> 8, high & 0xff, low >> 8, low & 0xff])
}
