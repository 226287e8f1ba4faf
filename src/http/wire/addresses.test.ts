import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isPrivateAddress } from './addresses.ts'

interface Range {
  readonly says: string
  /** An address at its start, and one at its end. */
  readonly ends: readonly string[]
  readonly isPrivate: boolean
}

/** Every row of IANA's registries of special-purpose addresses, of IPv4 and IPv6, whether its addresses are globally reachable or
 *  not; and what surrounds them. */
const RANGES: readonly Range[] = [
  { says: '0.0.0.0/8, this network', ends: ['0.0.0.0', '0.255.255.255'], isPrivate: true },
  { says: '10.0.0.0/8, private use', ends: ['10.0.0.0', '10.255.255.255'], isPrivate: true },
  { says: '100.64.0.0/10, shared address space', ends: ['100.64.0.0', '100.127.255.255'], isPrivate: true },
  { says: '127.0.0.0/8, loopback', ends: ['127.0.0.0', '127.255.255.255'], isPrivate: true },
  { says: '169.254.0.0/16, link local', ends: ['169.254.0.0', '169.254.255.255'], isPrivate: true },
  { says: '172.16.0.0/12, private use', ends: ['172.16.0.0', '172.31.255.255'], isPrivate: true },
  { says: '192.0.0.0/24, protocol assignments', ends: ['192.0.0.11', '192.0.0.255'], isPrivate: true },
  { says: '192.0.0.0/29, service continuity', ends: ['192.0.0.0', '192.0.0.7'], isPrivate: true },
  { says: '192.0.0.8/32, dummy', ends: ['192.0.0.8'], isPrivate: true },
  { says: '192.0.0.9/32, port control anycast', ends: ['192.0.0.9'], isPrivate: false },
  { says: '192.0.0.10/32, TURN anycast', ends: ['192.0.0.10'], isPrivate: false },
  { says: '192.0.0.170/31, NAT64 discovery', ends: ['192.0.0.170', '192.0.0.171'], isPrivate: true },
  { says: '192.0.2.0/24, documentation', ends: ['192.0.2.0', '192.0.2.255'], isPrivate: true },
  { says: '192.31.196.0/24, AS112', ends: ['192.31.196.0', '192.31.196.255'], isPrivate: false },
  { says: '192.52.193.0/24, AMT', ends: ['192.52.193.0', '192.52.193.255'], isPrivate: false },
  { says: '192.88.99.0/24, 6to4 relays of old', ends: ['192.88.99.0', '192.88.99.255'], isPrivate: true },
  { says: '192.168.0.0/16, private use', ends: ['192.168.0.0', '192.168.255.255'], isPrivate: true },
  { says: '192.175.48.0/24, AS112', ends: ['192.175.48.0', '192.175.48.255'], isPrivate: false },
  { says: '198.18.0.0/15, benchmarking', ends: ['198.18.0.0', '198.19.255.255'], isPrivate: true },
  { says: '198.51.100.0/24, documentation', ends: ['198.51.100.0', '198.51.100.255'], isPrivate: true },
  { says: '203.0.113.0/24, documentation', ends: ['203.0.113.0', '203.0.113.255'], isPrivate: true },
  { says: '224.0.0.0/4, multicast', ends: ['224.0.0.0', '239.255.255.255'], isPrivate: true },
  { says: '240.0.0.0/4, reserved', ends: ['240.0.0.0', '255.255.255.254'], isPrivate: true },
  { says: '255.255.255.255/32, broadcast', ends: ['255.255.255.255'], isPrivate: true },
  {
    says: 'what surrounds them',
    ends: [
      ...[
        '1.0.0.0',
        '9.255.255.255',
        '11.0.0.0',
        '100.63.255.255',
        '100.128.0.0',
        '126.255.255.255',
        '128.0.0.0',
      ],
      ...[
        '169.253.255.255',
        '169.255.0.0',
        '172.15.255.255',
        '172.32.0.0',
        '191.255.255.255',
        '192.0.1.0',
        '192.0.3.0',
      ],
      ...['192.88.98.255', '192.88.100.0', '192.167.255.255', '192.169.0.0', '198.17.255.255', '198.20.0.0'],
      ...['198.51.99.255', '198.51.101.0', '203.0.112.255', '203.0.114.0', '223.255.255.255', '8.8.8.8'],
    ],
    isPrivate: false,
  },
  { says: '::1/128, loopback', ends: ['::1'], isPrivate: true },
  { says: '::/128, unspecified', ends: ['::'], isPrivate: true },
  {
    says: '64:ff9b:1::/48, NAT64 of one’s own',
    ends: ['64:ff9b:1::', '64:ff9b:1:ffff:ffff:ffff:808:808'],
    isPrivate: true,
  },
  { says: '100::/64, discard only', ends: ['100::', '100::ffff:ffff:ffff:ffff'], isPrivate: true },
  { says: '100:0:0:1::/64, dummy', ends: ['100:0:0:1::', '100:0:0:1:ffff:ffff:ffff:ffff'], isPrivate: true },
  {
    says: '2001::/23, protocol assignments',
    ends: ['2001:1::', '2001:1::4', '2001:5::', '2001:1ff:ffff::'],
    isPrivate: true,
  },
  { says: '2001:1::1/128, port control anycast', ends: ['2001:1::1'], isPrivate: false },
  { says: '2001:1::2/128, TURN anycast', ends: ['2001:1::2'], isPrivate: false },
  { says: '2001:1::3/128, DNS-SD anycast', ends: ['2001:1::3'], isPrivate: false },
  {
    says: '2001:2::/48, benchmarking',
    ends: ['2001:2::', '2001:2:0:ffff:ffff:ffff:ffff:ffff'],
    isPrivate: true,
  },
  { says: '2001:3::/32, AMT', ends: ['2001:3::', '2001:3:ffff:ffff:ffff:ffff:ffff:ffff'], isPrivate: false },
  {
    says: '2001:4:112::/48, AS112',
    ends: ['2001:4:112::', '2001:4:112:ffff:ffff:ffff:ffff:ffff'],
    isPrivate: false,
  },
  { says: '2001:10::/28, ORCHID of old', ends: ['2001:10::', '2001:1f:ffff::'], isPrivate: true },
  { says: '2001:20::/28, ORCHIDv2', ends: ['2001:20::', '2001:2f:ffff::'], isPrivate: false },
  { says: '2001:30::/28, drones', ends: ['2001:30::', '2001:3f:ffff::'], isPrivate: false },
  { says: '2001:db8::/32, documentation', ends: ['2001:db8::', '2001:db8:ffff::'], isPrivate: true },
  { says: '2620:4f:8000::/48, AS112', ends: ['2620:4f:8000::', '2620:4f:8000:ffff::'], isPrivate: false },
  { says: '3fff::/20, documentation', ends: ['3fff::', '3fff:fff:ffff::'], isPrivate: true },
  { says: '5f00::/16, segment routing', ends: ['5f00::', '5f00:ffff::'], isPrivate: true },
  { says: 'fc00::/7, unique local', ends: ['fc00::', 'fdff:ffff::'], isPrivate: true },
  { says: 'fe80::/10, link local', ends: ['fe80::', 'febf:ffff::', 'fe80::1%eth0'], isPrivate: true },
  { says: 'fec0::/10, site local of old', ends: ['fec0::', 'feff:ffff::'], isPrivate: true },
  { says: 'ff00::/8, multicast', ends: ['ff00::', 'ffff::'], isPrivate: true },
  { says: '::ffff:0:0:0/96, translated', ends: ['::ffff:0:808:808'], isPrivate: true },
  {
    says: 'what IANA has not handed out',
    ends: ['200::1', '1fff::1', '4000::1', 'e000::1', '64:ff9b:2::808:808'],
    isPrivate: true,
  },
  {
    says: 'what surrounds them in IPv6',
    ends: [
      '2000::1',
      '2001:200::',
      '2001:db7:ffff::',
      '2001:db9::',
      '2003::1',
      '2606:4700::1111',
      '3ffe:ffff::',
      '3fff:1000::',
    ],
    isPrivate: false,
  },
]

for (const { says, ends, isPrivate } of RANGES) {
  test(`${says}: ${isPrivate ? 'private' : 'public'}`, () => {
    assert.deepEqual(
      ends.filter(one => isPrivateAddress(one) !== isPrivate),
      [],
    )
  })
}

/** The ways in which IPv6 holds an address of IPv4, whose halves are given in hex. */
const EMBEDDINGS = [
  { says: 'mapped', of: (high: string, low: string) => `::ffff:${high}:${low}` },
  { says: 'compatible', of: (high: string, low: string) => `::${high}:${low}` },
  { says: 'behind NAT64', of: (high: string, low: string) => `64:ff9b::${high}:${low}` },
  { says: 'of 6to4', of: (high: string, low: string) => `2002:${high}:${low}:1::1` },
  {
    says: 'of a Teredo client',
    of: (high: string, low: string) => `2001:0:4136:e378:8000:63bf:${flipped(high)}:${flipped(low)}`,
  },
] as const

function flipped(half: string): string {
  return (Number.parseInt(half, 16) ^ 0xffff).toString(16)
}

const INSIDE = [
  { address: '8.8.8.8', halves: ['808', '808'], isPrivate: false },
  { address: '93.184.216.34', halves: ['5db8', 'd822'], isPrivate: false },
  { address: '192.0.0.9', halves: ['c000', '9'], isPrivate: false },
  { address: '10.0.0.1', halves: ['a00', '1'], isPrivate: true },
  { address: '127.0.0.1', halves: ['7f00', '1'], isPrivate: true },
  { address: '169.254.169.254', halves: ['a9fe', 'a9fe'], isPrivate: true },
  { address: '192.168.1.1', halves: ['c0a8', '101'], isPrivate: true },
  { address: '100.64.0.1', halves: ['6440', '1'], isPrivate: true },
  { address: '168.63.129.16', halves: ['a83f', '8110'], isPrivate: true },
] as const

for (const { says, of } of EMBEDDINGS) {
  for (const { address, halves, isPrivate } of INSIDE) {
    const text = of(halves[0], halves[1])
    test(`${address} ${says}, ${text}, is ${isPrivate ? 'private' : 'public'}`, () => {
      assert.equal(isPrivateAddress(text), isPrivate)
    })
  }
}

test('a mapped address may be written with dots', () => {
  assert.deepEqual(['::ffff:8.8.8.8', '::ffff:10.0.0.1', '64:ff9b::10.0.0.1'].map(isPrivateAddress), [
    false,
    true,
    true,
  ])
})

/** Where clouds tell machines who they are, with credentials. */
const METADATA = [
  ['most clouds', '169.254.169.254'],
  ['containers of Amazon', '169.254.170.2'],
  ['Amazon over IPv6', 'fd00:ec2::254'],
  ['Google over IPv6', 'fd20:ce::254'],
  ['Azure’s host', '168.63.129.16'],
  ['Alibaba', '100.100.100.200'],
  ['Oracle', '192.0.0.192'],
  ['Tencent', '169.254.0.23'],
] as const
for (const [says, address] of METADATA) {
  test(`the metadata of ${says} at ${address} are private`, () =>
    assert.equal(isPrivateAddress(address), true))
}

for (const text of ['', 'example.com', '999.1.1.1', ':::', '1.2.3.4.5']) {
  test(`"${text}" is no address, and so not public`, () => assert.equal(isPrivateAddress(text), true))
}
