import { type LookupAddress, lookup } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { NetworkError } from '../types.ts'
import { isPrivateAddress } from './addresses.ts'

const PRIVATE_NAME = /(^|\.)(localhost|local|internal|intranet|lan|home|corp|home\.arpa)\.?$/i

/** Whether a URL's host lies in a private network, as far as its name tells: an address that does, a name that has no dot,
 *  or one that is kept for private use. */
export function isPrivateHost(hostname: string): boolean {
  const bare = hostname.replace(/^\[|\]$/g, '')
  return isIP(bare) === 0 ? !bare.includes('.') || PRIVATE_NAME.test(bare) : isPrivateAddress(bare)
}

/** Looks names up, and refuses this one when it stands for an address in a private network: a public name may point
 *  anywhere. Any other name, such as a proxy's, may. */
export function createPublicLookup(
  host: string,
  find: LookupFunction = lookup as LookupFunction,
): LookupFunction {
  return (hostname, options, done) => {
    if (hostname !== host) return find(hostname, options, done)
    find(hostname, { ...options, all: true }, (error, found) => {
      const addresses = Array.isArray(found) ? found : []
      const [first] = addresses
      if (error !== null || first === undefined) return done(error, '', 0)
      if (addresses.some(isHidden)) return done(hiddenName(hostname), '', 0)
      if (options.all === true) done(null, addresses)
      else done(null, first.address, first.family)
    })
  }
}

/** For a name that a proxy looks up: rejects when it stands for an address in a private network here. One that does not
 *  resolve here is left to the proxy. */
export async function refuseHidden(
  host: string,
  find: LookupFunction = lookup as LookupFunction,
): Promise<void> {
  const addresses = await new Promise<readonly LookupAddress[]>(done => {
    find(host, { all: true }, (error, found) => done(error === null && Array.isArray(found) ? found : []))
  })
  if (addresses.some(isHidden)) throw hiddenName(host)
}

function isHidden({ address }: LookupAddress): boolean {
  return isPrivateAddress(address)
}

function hiddenName(hostname: string): NetworkError {
  return new NetworkError('EPRIVATE', `${hostname} stands for an address in a private network`)
}
