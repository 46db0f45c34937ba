import { BlockList, isIP } from "node:net";

/** Whether a text is an address, or a subnet such as 10.0.0.0/8. */
export function isSubnet(text: string): boolean {
  const [address = "", bits, more] = text.split("/");
  const family = isIP(address);
  if (family === 0 || more !== undefined) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

/** An IPv4 address that came in over an IPv6 socket, as itself. */
const plain = (address: string) => address.replace(/^::ffff:(?=\d+\.)/i, "");

/** A hop as an address: some proxies write its port as well, and IPv6 in brackets then. */
function addressOf(hop: string): string {
  const [, bracketed, withPort] =
    /^(?:\[([^\]]+)\](?::\d{1,5})?|([\d.]+):\d{1,5})$/.exec(hop.trim().replace(/^"(.*)"$/, "$1")) ?? [];
  return plain((bracketed ?? withPort ?? hop).trim());
}

/**
 * What is counted together for an address: of IPv6 one customer's whole network, who may take
 * another address for each connection.
 */
export function networkOf(address: string): string {
  const bare = plain(address).replace(/%.*$/, "");
  if (isIP(bare) !== 6) return bare;
  const [head = "", tail] = bare.split("::");
  const groups = (text: string | undefined) => (text ? text.split(":") : []);
  const [before, after] = [groups(head), groups(tail)];
  const zeros = tail === undefined ? [] : Array(Math.max(0, 8 - before.length - after.length)).fill("0");
  const network = [...before, ...zeros, ...after]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16));
  return `${network.join(":")}::/64`;
}

/** Whether an address is a proxy of ours. */
export function createIsTrusted(trustedProxies: readonly string[]): (address: string) => boolean {
  const trusted = new BlockList();
  for (const subnet of trustedProxies) {
    const [address = "", bits] = subnet.split("/");
    const family = isIP(address) === 6 ? "ipv6" : "ipv4";
    if (bits === undefined) trusted.addAddress(address, family);
    else trusted.addSubnet(address, Number(bits), family);
  }
  if (trustedProxies.length === 0) return () => false;
  return (address) => {
    const bare = plain(address).replace(/%.*$/, "");
    return isIP(bare) !== 0 && trusted.check(bare, isIP(bare) === 6 ? "ipv6" : "ipv4");
  };
}

/**
 * Who a request comes from. Anybody can write X-Forwarded-For: it counts only as far as each hop from
 * here backwards is a proxy of ours, and the first one that is not is the client.
 */
export function createClientAddress(trustedProxies: readonly string[]) {
  const isOurs = createIsTrusted(trustedProxies);
  return (peer: string, forwardedFor: string | null): string => {
    let address = plain(peer);
    if (!isOurs(address)) return address;
    const hops = (forwardedFor ?? "").split(",").map(addressOf);
    while (isOurs(address)) {
      const before = hops.pop();
      if (before === undefined || isIP(before) === 0) break;
      address = before;
    }
    return address;
  };
}
