/**
 * What the venue lists: every contract by the gateway's own names, which are rarely the exchange's.
 *
 * ```text
 * ESZ26, front month ─► id CON.F.US.EP.Z26 · name ESZ6 · symbolId F.US.EP · display ESZ26
 * ```
 *
 * Products TradeStream knows trade here, with tick sizes and expiries from its own tables. The others
 * of the gateway's list are there to be found by a search that was not asked for them, as in
 * life: "NQ" also finds NQM and NQG. They have no market.
 */
import {
  type Contract,
  contractsFrom,
  frontContract,
  lastTradeDate,
} from "../../core/model/expiry.ts";
import type { Root } from "../../core/model/instrument.ts";
import { INSTRUMENTS } from "../../core/model/instruments.ts";
import { addDays, tradeDate, tradeDateOf } from "../../core/model/trade-date.ts";
import { type Millis, toDollars } from "../../core/model/units.ts";

export interface ListedContract {
  readonly id: string;
  /** `ESZ6`: one digit of the year. */
  readonly name: string;
  readonly description: string;
  readonly tickSize: number;
  readonly tickValue: number;
  readonly activeContract: boolean;
  readonly symbolId: string;
}

/** A contract with a market here. */
export interface TradedContract {
  readonly id: string;
  readonly symbolId: string;
  readonly root: Root;
  /** `ESZ26`, as the books of the paper venue name it. */
  readonly code: string;
}

// Exchange symbol -> the gateway's root, where they differ.
const GATEWAY_ROOTS: Readonly<Partial<Record<Root, string>>> = {
  ES: "EP",
  NQ: "ENQ",
  CL: "CLE",
  MCL: "MCLE",
  GC: "GCE",
  SI: "SIE",
  NG: "NGE",
  ZB: "USA",
  ZN: "TYA",
  ZF: "FVA",
  ZT: "TUA",
  "6E": "EU6",
};

/** The gateway's root, exchange symbol, tick size, tick value; from its list of August 2026. */
const EXTRAS: readonly (readonly [string, string, number, number])[] = [
  ["MNG", "MNG", 0.001, 1],
  ["CPE", "HG", 0.0005, 12.5],
  ["MHG", "MHG", 0.0005, 1.25],
  ["NQM", "QM", 0.025, 12.5],
  ["NQG", "QG", 0.005, 12.5],
  ["NKD", "NKD", 5, 25],
  ["PLE", "PL", 0.1, 5],
  ["TNA", "TN", 0.015625, 15.625],
  ["ULA", "UB", 0.03125, 31.25],
  ["BP6", "6B", 0.0001, 6.25],
  ["JY6", "6J", 0.0000005, 6.25],
  ["DA6", "6A", 0.00005, 5],
  ["CA6", "6C", 0.00005, 5],
  ["SF6", "6S", 0.00005, 6.25],
  ["MBT", "MBT", 5, 0.5],
  ["GMET", "MET", 0.5, 0.05],
];

const SYMBOL_START = "F.US.";
const ROOTS = Object.keys(INSTRUMENTS) as readonly Root[];
const MONTHS = "FGHJKMNQUVXZ";
const ROOT_OF: ReadonlyMap<string, Root> = new Map(ROOTS.map((root) => [gatewayRoot(root), root]));

/** A search gives no more, and has no second page. */
const FOUND_MAX = 20;
/** Contracts of a product a search finds: the active one and those after it. */
const FOUND_EACH = 2;

function gatewayRoot(root: Root): string {
  return GATEWAY_ROOTS[root] ?? root;
}

/** The market behind a contract id; null for one that has none here. */
export function tradedContract(id: string): TradedContract | null {
  const match = /^CON\.F\.US\.([A-Z0-9]{1,4})\.([FGHJKMNQUVXZ])(\d\d)$/.exec(id);
  const root = ROOT_OF.get(match?.[1] ?? "");
  if (match === null || root === undefined) return null;
  if (!INSTRUMENTS[root].months.includes(match[2] as string)) return null;
  const symbolId = `${SYMBOL_START}${match[1]}`;
  return { id, symbolId, root, code: `${root}${match[2]}${match[3]}` };
}

/** The id under which the front contract of a product trades at that moment. */
export const activeId = (root: Root, at: Millis): string =>
  idOf(frontContract(root, tradeDateOf(at)));

/** One active contract a product. */
export const availableContracts = (at: Millis): readonly ListedContract[] => [
  ...ROOTS.map((root) => listed(frontContract(root, tradeDateOf(at)), at)),
  ...EXTRAS.map((extra) => listedExtra(extra, at)),
];

/** By id, the expired and the future ones too. */
export function contractById(id: string, at: Millis): ListedContract | null {
  const extra = EXTRAS.map((one) => listedExtra(one, at)).find((one) => one.id === id);
  if (extra !== undefined) return extra;
  const traded = tradedContract(id);
  if (traded === null) return null;
  const month = MONTHS.indexOf(traded.code.at(-3) as string) + 1;
  const year = 2000 + Number(traded.code.slice(-2));
  return listed({ root: traded.root, year, month, code: traded.code }, at);
}

/** Whatever looks a little like the text, in the order of ids: the wanted one need not come first. */
export function searchContracts(text: string, at: Millis): readonly ListedContract[] {
  const wanted = text.trim().toUpperCase();
  const date = tradeDateOf(at);
  const ours = ROOTS.flatMap((root) => contractsFrom(root, date, FOUND_EACH));
  return [
    ...ours.map((contract) => listed(contract, at)),
    ...EXTRAS.map((extra) => listedExtra(extra, at)),
  ]
    .filter((one) => isLike(one, wanted))
    .toSorted((one, other) => (one.id < other.id ? -1 : 1))
    .slice(0, FOUND_MAX);
}

/** By a part of the name or of the gateway's root, or by the whole of either id. */
const isLike = ({ id, name, symbolId }: ListedContract, wanted: string): boolean =>
  name.includes(wanted) ||
  symbolId.slice(SYMBOL_START.length).includes(wanted) ||
  [id, symbolId].includes(wanted);

/** Whether orders are taken for it: it is the active one of its product. */
export const isActive = (contract: TradedContract, at: Millis): boolean =>
  activeId(contract.root, at) === contract.id;

function listed(contract: Contract, at: Millis): ListedContract {
  const { root, year, month, code } = contract;
  const { tickUnits, decimals, tickValue, group } = INSTRUMENTS[root];
  const id = idOf(contract);
  const over = lastTradeDate(root, year, month) < tradeDateOf(at);
  return {
    id,
    name: `${root}${code.at(-3)}${code.at(-1)}`,
    description: `${root} futures (${group}), ${code}`,
    tickSize: Number((tickUnits / 10 ** decimals).toFixed(decimals)),
    tickValue: toDollars(tickValue),
    activeContract: !over && id === activeId(root, at),
    symbolId: `${SYMBOL_START}${gatewayRoot(root)}`,
  };
}

function listedExtra(
  [root, symbol, tickSize, tickValue]: (typeof EXTRAS)[number],
  at: Millis,
): ListedContract {
  const [month, year] = nextQuarter(at);
  return {
    id: `CON.F.US.${root}.${month}${year}`,
    name: `${symbol}${month}${year.at(-1)}`,
    description: `${symbol} futures, ${symbol}${month}${year}`,
    tickSize,
    tickValue,
    activeContract: true,
    symbolId: `${SYMBOL_START}${root}`,
  };
}

/** Good enough for products nobody trades here: the quarter month at or after this one. */
function nextQuarter(at: Millis): readonly [month: string, year: string] {
  const date = tradeDate(addDays(tradeDateOf(at), 14));
  const quarter = Math.ceil(Number(date.slice(5, 7)) / 3);
  return ["HMUZ".charAt(quarter - 1), date.slice(2, 4)];
}

const idOf = ({ root, code }: Contract): string =>
  `CON.F.US.${gatewayRoot(root)}.${code.slice(-3)}`;
