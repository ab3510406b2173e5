/**
 * The contracts TradeStream knows, and what one tick of each is worth.
 *
 * Figures are the exchange's own specifications, cross-checked against what the TopstepX gateway
 * reports for each contract; ZF and ZT come from the gateway alone. A venue that states another
 * tick size or value than this table is an alarm, never a reason to guess.
 *
 * Why some numbers look odd:
 * - Treasuries are written in fractions of a point. A ZB tick is 1/32; notes are finer: ZN halves
 *   it (1/64), ZF takes a quarter (1/128), ZT an eighth (1/256).
 * - A ZT contract is 200,000 dollars of notes where the others are 100,000, so its point is worth
 *   2,000 dollars and its finer tick is still worth as much as ZF's.
 * - 6E moves in half-pips (0.00005), M6E in whole pips: not every 6E price exists in M6E.
 * - SIL is a fifth of SI, not a tenth like every other micro.
 */
import type { Side } from "./alert.ts";
import type { Group, Instrument, Root } from "./instrument.ts";
import { dollars, type Money, money } from "./units.ts";

const QUARTERLY = "HMUZ";
const EVERY_MONTH = "FGHJKMNQUVXZ";
const GOLD = "GJMQVZ";

// Columns: root, exchange, group, family, tick in points, dollars per tick, listed months.
export const INSTRUMENTS: Readonly<Record<Root, Instrument>> = {
  ES: row("ES", "CME", "equity", "ES", "0.25", 12.5, QUARTERLY),
  MES: row("MES", "CME", "equity", "ES", "0.25", 1.25, QUARTERLY),
  NQ: row("NQ", "CME", "equity", "NQ", "0.25", 5, QUARTERLY),
  MNQ: row("MNQ", "CME", "equity", "NQ", "0.25", 0.5, QUARTERLY),
  YM: row("YM", "CBOT", "equity", "YM", "1", 5, QUARTERLY),
  MYM: row("MYM", "CBOT", "equity", "YM", "1", 0.5, QUARTERLY),
  RTY: row("RTY", "CME", "equity", "RTY", "0.1", 5, QUARTERLY),
  M2K: row("M2K", "CME", "equity", "RTY", "0.1", 0.5, QUARTERLY),
  CL: row("CL", "NYMEX", "energy", "CL", "0.01", 10, EVERY_MONTH),
  MCL: row("MCL", "NYMEX", "energy", "CL", "0.01", 1, EVERY_MONTH),
  NG: row("NG", "NYMEX", "energy", "NG", "0.001", 10, EVERY_MONTH),
  GC: row("GC", "COMEX", "metals", "GC", "0.1", 10, GOLD),
  MGC: row("MGC", "COMEX", "metals", "GC", "0.1", 1, GOLD),
  SI: row("SI", "COMEX", "metals", "SI", "0.005", 25, "HKNUZ"),
  SIL: row("SIL", "COMEX", "metals", "SI", "0.005", 5, "FHKNUZ"),
  ZB: row("ZB", "CBOT", "rates", "ZB", "0.03125", 31.25, QUARTERLY),
  ZN: row("ZN", "CBOT", "rates", "ZN", "0.015625", 15.625, QUARTERLY),
  ZF: row("ZF", "CBOT", "rates", "ZF", "0.0078125", 7.8125, QUARTERLY),
  ZT: row("ZT", "CBOT", "rates", "ZT", "0.00390625", 7.8125, QUARTERLY),
  "6E": row("6E", "CME", "fx", "6E", "0.00005", 6.25, QUARTERLY),
  M6E: row("M6E", "CME", "fx", "6E", "0.0001", 1.25, QUARTERLY),
};

export const instrumentOf = (root: Root): Instrument => INSTRUMENTS[root];

/** The smaller contract of the same family, and how many of it make one. */
export interface Micro {
  readonly instrument: Instrument;
  readonly ratio: number;
}

/** Null for a micro itself, and for a product that has none. */
export const microOf = ({ root }: Pick<Instrument, "root">): Micro | null => MICROS[root] ?? null;

/** Whether a word typed by somebody names a contract of ours, in exactly this spelling. */
export const isRoot = (text: string): text is Root => Object.hasOwn(INSTRUMENTS, text);

/** The product of a contract: `MESZ26` without month and year. Null for one nobody lists. */
export function rootOf(contract: string): Root | null {
  const root = contract.slice(0, -3);
  return isRoot(root) ? root : null;
}

/** What is counted for one side of a product goes by one text: `ES/long`. */
export const sideKeyOf = (root: Root, side: Side): string => SIDE_KEYS[root][side];

/** Dollars one contract gains or loses per whole point: 50 on ES, 5 on MES. Always exact. */
export const pointValue = (instrument: Instrument): Money =>
  money((instrument.tickValue * 10 ** instrument.decimals) / instrument.tickUnits);

const MICROS: Readonly<Partial<Record<Root, Micro>>> = Object.fromEntries(
  Object.values(INSTRUMENTS)
    .filter(({ root, family }) => root !== family)
    .map((micro) => {
      const ratio = pointValue(instrumentOf(micro.family)) / pointValue(micro);
      return [micro.family, { instrument: micro, ratio }] as const;
    }),
);

/** Written once: a key that is put together each time has to be looked up before it can be used. */
const SIDE_KEYS = Object.fromEntries(
  Object.values(INSTRUMENTS).map(({ root }) => [
    root,
    { long: `${root}/long`, short: `${root}/short` },
  ]),
) as Readonly<Record<Root, Readonly<Record<Side, string>>>>;

function row(
  root: Root,
  exchange: Instrument["exchange"],
  group: Group,
  family: Root,
  tick: string,
  tickDollars: number,
  months: string,
): Instrument {
  const decimals = tick.split(".")[1]?.length ?? 0;
  const tickUnits = Number(tick.replace(".", ""));
  const tickValue = dollars(tickDollars);
  return { root, exchange, group, family, tickUnits, decimals, tickValue, months };
}
