/** Which addresses the service may call of its own accord: public ones, and networks that the operator names. */
import { BlockList, isIP } from 'node:net';

/** Not globally reachable (IANA special-purpose registries for IPv4 and IPv6, 2025), and multicast. */
const SPECIAL_IPV4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];
/** All that IPv6 routes globally; embedded IPv4 (mapped, NAT64) lies outside of it, tunnels are taken out of it. */
const GLOBAL_IPV6 = '2000::/3';
const SPECIAL_IPV6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

function blockList(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address, bits] = network.split('/');
    list.addSubnet(address, Number(bits), isIP(address) === 6 ? 'ipv6' : 'ipv4');
  }
  return list;
}

const specialIpv4 = blockList(SPECIAL_IPV4);
const globalIpv6 = blockList([GLOBAL_IPV6]);
const specialIpv6 = blockList(SPECIAL_IPV6);

/** Whether text is a network such as `10.0.0.0/8` or `fd00::/8`. */
export function isNetwork(text: string): boolean {
  const [address, bits, ...rest] = text.split('/');
  const most = isIP(address) === 6 ? 128 : 32;
  return isIP(address) > 0 && rest.length === 0 && /^\d{1,3}$/.test(bits ?? '') && Number(bits) <= most;
}

/** `::ffff:127.0.0.1` and `::ffff:7f00:1` as `127.0.0.1`; any other address as it is. */
function withoutMapping(address: string): string {
  const mapped = /^::ffff:(?:(\d+\.\d+\.\d+\.\d+)|([0-9a-f]{1,4}):([0-9a-f]{1,4}))$/i.exec(address);
  if (!mapped) return address;
  if (mapped[1] !== undefined) return mapped[1];
  const value = (Number.parseInt(mapped[2], 16) << 16) | Number.parseInt(mapped[3], 16);
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 0xff).join('.');
}

/** A test of addresses: public, or within one of the networks allowed. */
export function addressTest(allowedNetworks: readonly string[]): (address: string) => boolean {
  const allowed = blockList(allowedNetworks);
  return (given) => {
    const address = withoutMapping(given.split('%')[0]);
    const family = isIP(address);
    if (family === 0) return false;
    const kind = family === 6 ? 'ipv6' : 'ipv4';
    if (allowed.check(address, kind)) return true;
    if (kind === 'ipv4') return !specialIpv4.check(address, kind);
    return globalIpv6.check(address, kind) && !specialIpv6.check(address, kind);
  };
}
