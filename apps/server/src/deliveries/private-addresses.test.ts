import { expect, it } from "vitest";
import { isPrivateAddress } from "./private-addresses.ts";

it.each([
  ["8.8.8.8", false],
  ["1.1.1.1", false],
  ["172.32.0.1", false],
  ["2606:4700::1111", false],
  ["[2606:4700::1111]", false],
  ["127.0.0.1", true],
  ["127.8.9.10", true],
  ["0.0.0.0", true],
  ["10.1.2.3", true],
  ["172.16.0.1", true],
  ["172.31.255.255", true],
  ["192.168.1.1", true],
  ["169.254.169.254", true],
  ["100.64.0.1", true],
  ["255.255.255.255", true],
  ["224.0.0.1", true],
  ["::1", true],
  ["::", true],
  ["fe80::1%eth0", true],
  ["fd00::1", true],
  ["ff02::1", true],
  ["::ffff:127.0.0.1", true],
  ["::ffff:8.8.8.8", true],
  ["64:ff9b::7f00:1", true],
  ["2002:7f00:1::", true],
  ["2001:0:1::", true],
  ["localhost", true],
  ["", true],
])("isPrivateAddress(%s) is %s", (address, expected) => {
  expect(isPrivateAddress(address)).toBe(expected);
});
