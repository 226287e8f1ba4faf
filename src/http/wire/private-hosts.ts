import { type LookupAddress, lookup } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'

/** Addresses that are no part of the public internet. Sources: RFC 6890, RFC 4193, RFC 4291, RFC 6598. */
const PRIVATE = blockListOf([
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'],
  ...['192.0.0.0/24', '192.168.0.0/16', '198.18.0.0/15', '224.0.0.0/4', '240.0.0.0/4'],
  ...['::/128', '::1/128', '64:ff9b:1::/48', 'fc00::/7', 'fe80::/10', 'ff00::/8'],
])
const PRIVATE_NAME = /(^|\.)(localhost|local|internal|intranet|lan|home|corp)\.?$/i

/** Whether a URL's host lies in a private network, as far as its name tells: an address that does, a name that has no dot,
 *  or one that is kept for private use. */
export function isPrivateHost(hostname: string): boolean {
  const bare = hostname.replace(/^\[|\]$/g, '')
  return isIP(bare) === 0 ? !bare.includes('.') || PRIVATE_NAME.test(bare) : isPrivateAddress(bare)
}

/** Looks a name up, and refuses it when it stands for an address in a private network: a public name may point anywhere. */
export const lookupPublic: LookupFunction = (hostname, options, done) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    const [first] = addresses ?? []
    if (error !== null || first === undefined) return done(error, '', 0)
    const hidden = addresses.find(({ address }) => isPrivateAddress(address))
    if (hidden !== undefined) return done(privateName(hostname), '', 0)
    if (options.all === true) (done as (error: null, all: readonly LookupAddress[]) => void)(null, addresses)
    else done(null, first.address, first.family)
  })
}

function privateName(hostname: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${hostname} stands for an address in a private network`), {
    code: 'EPRIVATE',
  })
}

function isPrivateAddress(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  const plain = mapped ?? address
  return PRIVATE.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4')
}

function blockListOf(subnets: readonly string[]): BlockList {
  const list = new BlockList()
  for (const subnet of subnets) {
    const [net = '', prefix] = subnet.split('/')
    list.addSubnet(net, Number(prefix), net.includes(':') ? 'ipv6' : 'ipv4')
  }
  return list
}
