import { BlockList, isIP } from 'node:net'

const PRIVATE = new BlockList()
PRIVATE.addSubnet('10.0.0.0', 8)
PRIVATE.addSubnet('172.16.0.0', 12)
PRIVATE.addSubnet('192.168.0.0', 16)
PRIVATE.addSubnet('127.0.0.0', 8)
PRIVATE.addSubnet('169.254.0.0', 16)
PRIVATE.addSubnet('fc00::', 7, 'ipv6')
PRIVATE.addSubnet('fe80::', 10, 'ipv6')
PRIVATE.addAddress('::1', 'ipv6')

/** Where clouds keep the machine's credentials; no printer lives there. */
const METADATA = ['169.254.169.254', 'fd00:ec2::254']

/** Whether an IP address is of the house: private, link-local or this machine. */
export function isPrivateAddress(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  const plain = (mapped ?? address).replace(/%.*$/, '')
  const family = isIP(plain)
  if (family === 0 || METADATA.includes(plain.toLowerCase())) return false
  return PRIVATE.check(plain, family === 6 ? 'ipv6' : 'ipv4')
}
