import { BlockList, isIP } from "node:net";

/** Networks that are not the internet: they may hold what trusts whoever reaches it. */
const PRIVATE: readonly (readonly [string, number])[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
];

/** The only part of IPv6 that is the internet. */
const GLOBAL_IPV6 = ["2000::", 3] as const;

/** Parts of it that lead to IPv4 addresses, or to nobody. */
const NOT_GLOBAL_IPV6: readonly (readonly [string, number])[] = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
];

const ipv4 = new BlockList();
for (const [network, prefix] of PRIVATE) ipv4.addSubnet(network, prefix, "ipv4");
const global = new BlockList();
global.addSubnet(GLOBAL_IPV6[0], GLOBAL_IPV6[1], "ipv6");
const notGlobal = new BlockList();
for (const [network, prefix] of NOT_GLOBAL_IPV6) notGlobal.addSubnet(network, prefix, "ipv6");

/** Whether an address is not one of the internet; true for what is no address. */
export function isPrivateAddress(address: string): boolean {
  const [bare = ""] = address.replace(/^\[|\]$/g, "").split("%");
  switch (isIP(bare)) {
    case 4:
      return ipv4.check(bare, "ipv4");
    case 6:
      return !global.check(bare, "ipv6") || notGlobal.check(bare, "ipv6");
    default:
      return true;
  }
}
