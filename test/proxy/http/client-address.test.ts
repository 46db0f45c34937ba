import { expect, test } from "vitest";
import { createClientAddress, networkOf } from "#proxy/http/client-address.ts";

const client = "203.0.113.9";
const proxied = createClientAddress(["10.0.0.0/8", "192.0.2.7", "fd00::/8"]);

test.each([
  ["without a proxy of ours the peer is the client, whatever it claims", client, "198.51.100.1", client],
  ["a proxy of ours is believed about who asked it", "10.1.2.3", client, client],
  ["what the client itself wrote before that is not", "10.1.2.3", `198.51.100.1, ${client}`, client],
  ["several proxies of ours in a row are passed", "10.1.2.3", `${client}, 192.0.2.7,10.9.9.9`, client],
  ["a proxy that says nothing is itself the one who asked", "10.1.2.3", null, "10.1.2.3"],
  ["no address is made of words", "10.1.2.3", `${client}, unknown`, "10.1.2.3"],
  ["an address with a port is that address", "10.1.2.3", `${client}:443`, "203.0.113.9"],
  ["an IPv4 peer on an IPv6 socket is the same peer", "::ffff:10.1.2.3", client, client],
  ["IPv6 proxies and clients are told apart", "fd00::1", "2001:db8::5", "2001:db8::5"],
  ["with nothing but proxies of ours it is the farthest of them", "10.1.2.3", "10.4.4.4", "10.4.4.4"],
])("%s", (_, peer, forwardedFor, expected) => {
  expect(proxied(peer, forwardedFor)).toBe(expected);
});

test("where no proxy is trusted, no header is believed", () => {
  expect(createClientAddress([])("127.0.0.1", client)).toBe("127.0.0.1");
});

test("a hop may come with its port, IPv6 in brackets, and a zone", () => {
  const clientAddressOf = createClientAddress(["10.0.0.0/8", "fd00::/8"]);
  for (const [hops, address] of [
    ["203.0.113.9:41234", "203.0.113.9"],
    ["[2001:db8::1]:443", "2001:db8::1"],
    ["[2001:db8::1]", "2001:db8::1"],
    ["2001:db8::1", "2001:db8::1"],
    ['"[2001:db8::1]:443"', "2001:db8::1"],
    ["::ffff:203.0.113.9", "203.0.113.9"],
    ["[::ffff:203.0.113.9]:80", "203.0.113.9"],
    ["203.0.113.9:41234, 10.0.0.7:80", "203.0.113.9"],
    ["203.0.113.9, [fd00::7]:80", "203.0.113.9"],
    ["192.0.2.1, 203.0.113.9:5, 10.1.1.1", "203.0.113.9"],
    ["unknown", "10.0.0.2"],
    ["203.0.113.9:port", "10.0.0.2"],
    ["999.0.0.1:80", "10.0.0.2"],
    ["", "10.0.0.2"],
  ] as const)
    expect([hops, clientAddressOf("10.0.0.2", hops)]).toEqual([hops, address]);
  expect(clientAddressOf("198.51.100.7", "203.0.113.9:41234")).toBe("198.51.100.7");
});

test("one customer's IPv6 network is counted as one, and IPv4 addresses each for itself", () => {
  for (const [address, network] of [
    ["203.0.113.9", "203.0.113.9"],
    ["::ffff:203.0.113.9", "203.0.113.9"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:db8:1:2::9", "2001:db8:1:2::/64"],
    ["2001:0DB8:0001:2::", "2001:db8:1:2::/64"],
    ["2001:db8::1", "2001:db8:0:0::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
    ["in-process", "in-process"],
  ])
    expect([address, networkOf(address ?? "")]).toEqual([address, network]);
});
