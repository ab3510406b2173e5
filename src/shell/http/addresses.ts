/**
 * Lists of addresses that may send, judged by the address of the connection itself.
 *
 * Behind a reverse proxy every connection comes from the proxy, and the list belongs there: what a
 * header says about the address before it can be written by anybody.
 */
import { BlockList, isIP } from "node:net";
import { err, ok, type Result } from "../../std/result.ts";

export interface AddressList {
  has(address: string): boolean;
}

/** From TradingView's help page 43000529348 about webhooks, as of November 2026. */
const NAMED: ReadonlyMap<string, readonly string[]> = new Map([
  ["tradingview", ["52.89.214.238", "34.212.75.30", "54.218.53.128", "52.32.178.7"]],
]);

const EXPECTED = 'expected an address, a range such as 192.0.2.0/24, or "tradingview"';
const RANGE = /^([\da-f.:]+)\/(\d{1,3})$/i;

export function readAddresses(words: readonly string[]): Result<AddressList, string> {
  const list = new BlockList();
  for (const word of words.flatMap((one) => NAMED.get(one) ?? [one])) {
    if (!add(list, word)) return err(`${EXPECTED}, found ${JSON.stringify(word)}`);
  }
  return ok({ has: (address) => has(list, address) });
}

function add(list: BlockList, word: string): boolean {
  const [, net = word, bits] = RANGE.exec(word) ?? [];
  const version = isIP(net);
  if (version === 0) return false;
  const family = familyOf(version);
  if (bits === undefined) list.addAddress(net, family);
  else if (Number(bits) > (version === 4 ? 32 : 128)) return false;
  else list.addSubnet(net, Number(bits), family);
  return true;
}

/** A socket that takes both families shows an IPv4 address in the clothes of IPv6. */
function has(list: BlockList, address: string): boolean {
  const plain = address.replace(/^::ffff:(?=[\d.]+$)/i, "");
  const version = isIP(plain);
  return version !== 0 && list.check(plain, familyOf(version));
}

const familyOf = (version: number): "ipv4" | "ipv6" => (version === 4 ? "ipv4" : "ipv6");
