import { describe, expect, test } from '@jest/globals'
import { AppError } from '../../../graph/errors.ts'
import { reachOf } from '../../../src/webhooks/addresses.ts'
import { checkedAddresses, RefusedAddress } from '../../../src/webhooks/post.ts'

const nobody = reachOf([])
const never = async (): Promise<never> => {
  throw new Error('nothing is to be resolved')
}

/** Every way to write somebody's inside that we know of. */
const inside = [
  '127.0.0.1',
  '127.1',
  '127.255.255.254',
  '2130706433',
  '0x7f.1',
  '0x7f000001',
  '0177.0.0.1',
  '017700000001',
  '①②⑦.⓪.⓪.①',
  '127。0。0。1',
  '0',
  '0.0.0.0',
  '0.1.2.3',
  '10.0.0.1',
  '10.255.255.255',
  '167772161',
  '100.64.0.1',
  '100.100.100.200',
  '169.254.0.1',
  '169.254.169.254',
  '2852039166',
  '0xa9fea9fe',
  '0251.0376.0251.0376',
  '168.63.129.16',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.192',
  '192.0.2.1',
  '192.88.99.1',
  '192.168.0.1',
  '192.168.255.255',
  '198.18.0.1',
  '198.19.255.255',
  '198.51.100.1',
  '203.0.113.9',
  '224.0.0.1',
  '239.255.255.250',
  '240.0.0.1',
  '255.255.255.255',
  '[::]',
  '[::1]',
  '[0:0:0:0:0:0:0:1]',
  '[::127.0.0.1]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[::ffff:a9fe:a9fe]',
  '[0:0:0:0:0:ffff:10.0.0.1]',
  '[::ffff:0:127.0.0.1]',
  '[64:ff9b::7f00:1]',
  '[64:ff9b:1::1]',
  '[100::1]',
  '[2001::1]',
  '[2001:10::1]',
  '[2001:20::1]',
  '[2001:db8::1]',
  '[2002:7f00:1::]',
  '[2002:a9fe:a9fe::]',
  '[3fff::1]',
  '[5f00::1]',
  '[fc00::1]',
  '[fd00:ec2::254]',
  '[fdff:ffff::1]',
  '[fe80::1]',
  '[fec0::1]',
  '[ff02::1]',
]

test.each(inside)('https://%s is refused', async (host) => {
  const checked = checkedAddresses(new URL(`https://${host}/`), { reach: nobody, resolve: never })

  await expect(checked).rejects.toBeInstanceOf(RefusedAddress)
})

test.each(['1.1.1.1', '9.255.255.255', '11.0.0.1', '172.32.0.1', '[2606:4700::1]', '[2a00:1450::1]'])(
  'https://%s may be called',
  async (host) => {
    const url = new URL(`https://${host}/`)

    expect(await checkedAddresses(url, { reach: nobody, resolve: never })).toHaveLength(1)
  },
)

describe('a name', () => {
  const standingFor =
    (...addresses: readonly string[]) =>
    async () =>
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
  const check = (url: string, addresses: readonly string[], allowed: readonly string[] = []) =>
    checkedAddresses(new URL(url), { reach: reachOf(allowed), resolve: standingFor(...addresses) }).then(
      () => true,
      (error: unknown) => !(error instanceof RefusedAddress),
    )

  test('is refused when any of its addresses is inside, or it has none', async () => {
    expect(await check('https://x.example/', ['1.1.1.1', '2606:4700::1'])).toBe(true)
    expect(await check('https://x.example/', ['1.1.1.1', '10.0.0.1'])).toBe(false)
    expect(await check('https://x.example/', ['::ffff:10.0.0.1'])).toBe(false)
    expect(await check('https://localhost./', ['127.0.0.1'])).toBe(false)
    expect(await check('https://x.example/', [])).toBe(false)
    expect(await check('https://x.example/', ['no address'])).toBe(false)
  })

  test('inside may be called where the operator allows it, and only there without TLS', async () => {
    const allowed = ['10.1.0.0/16', 'fd00::/8', '192.168.1.7']

    expect(await check('https://x.example/', ['10.1.2.3'], allowed)).toBe(true)
    expect(await check('http://x.example/', ['10.1.2.3', 'fd12::1', '192.168.1.7'], allowed)).toBe(true)
    expect(await check('https://x.example/', ['10.2.0.1'], allowed)).toBe(false)
    expect(await check('https://x.example/', ['192.168.1.8'], allowed)).toBe(false)
    expect(await check('http://x.example/', ['1.1.1.1'], allowed)).toBe(false)
  })
})

test.each(['10.0.0.0/33', '10.0.0/8', 'host.example', '10.0.0.0/', '::1/129', '10.0.0.0/-1'])(
  'an allowance for %s is refused',
  (network) => {
    expect(() => reachOf([network])).toThrow(AppError)
  },
)
