import { expect, test } from "vitest";
import { readAddresses } from "../../../../src/shell/http/addresses.ts";

const has = (words: readonly string[], address: string): boolean => {
  const list = readAddresses(words);
  return list.ok && list.value.has(address);
};

test("tradingview is its four addresses", () => {
  const four = ["52.89.214.238", "34.212.75.30", "54.218.53.128", "52.32.178.7"];
  for (const one of four) expect(has(["tradingview"], one)).toBe(true);
  expect(has(["tradingview"], "52.89.214.239")).toBe(false);
});

test("an address, a range, and IPv4 in the clothes of IPv6", () => {
  const words = ["192.0.2.1", "198.51.100.0/24", "2001:db8::/32", "::1"];
  for (const one of ["192.0.2.1", "::ffff:192.0.2.1", "198.51.100.77", "2001:db8::5", "::1"]) {
    expect(has(words, one)).toBe(true);
  }
  for (const one of ["192.0.2.2", "198.51.101.1", "2001:db9::1", "", "unix"]) {
    expect(has(words, one)).toBe(false);
  }
});

test.each(["", "localhost", "192.0.2.0/33", "2001:db8::/129", "192.0.2/24", "TradingView"])(
  "%j is no address",
  (word) => {
    expect(readAddresses([word])).toMatchObject({ ok: false });
  },
);
