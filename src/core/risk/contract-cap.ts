/**
 * How many contracts a firm lets an account hold: all products together, and some of them less.
 *
 * ```text
 *   limit of the date    5 minis                       from the profit at the last close
 *   held                 3 ES + 10 MES = 4 minis       10 MES count as one ES where the firm says so
 *   room for MES         10, and less where a cap on the product is nearer
 * ```
 *
 * A good morning never allows more in the afternoon: within a trade date the limit can only come
 * down. Long and short count alike.
 */
import type { FirmPlan, ProductCap, SizeRule } from "../model/firm-plan.ts";
import type { Root } from "../model/instrument.ts";
import { instrumentOf } from "../model/instruments.ts";
import type { TradeDate } from "../model/trade-date.ts";
import type { Weight } from "../model/units.ts";
import { type Contracts, contracts, type Money, WEIGHT_PER_MINI, weight } from "../model/units.ts";
import { tierAt } from "./profit-tiers.ts";

/** The limit of one trade date. */
export interface SizeLimit {
  readonly date: TradeDate;
  readonly weight: Weight;
}

export interface Holding {
  readonly root: Root;
  /** Held or asked for, whatever the side. */
  readonly quantity: Contracts;
}

/** `profit` is that of the last close before `date`; `before` the limit that was known until now. */
export function sizeLimitOn(
  { limit }: Pick<SizeRule, "limit">,
  { date, profit }: { readonly date: TradeDate; readonly profit: Money },
  before: SizeLimit | null,
): SizeLimit {
  const allowed = tierAt(limit, profit);
  if (before?.date !== date || allowed < before.weight) return { date, weight: allowed };
  return before;
}

/** What one contract counts. */
export function weightOf(rule: Pick<SizeRule, "microWeight" | "weights">, root: Root): Weight {
  const isMini = instrumentOf(root).family === root;
  return rule.weights[root] ?? (isMini ? weight(WEIGHT_PER_MINI) : rule.microWeight);
}

export interface Room {
  /** So many more contracts may be taken. */
  readonly contracts: Contracts;
  /** What allows no more: the limit over all products, or a cap on some. */
  readonly bound: SizeLimit | ProductCap;
}

export function roomFor(
  rule: SizeRule,
  root: Root,
  held: readonly Holding[],
  limit: SizeLimit,
): Room {
  const one = weightOf(rule, root);
  const spare = limit.weight - weightHeld(rule, held);
  const over: Room = { contracts: wholeContracts(spare, one), bound: limit };
  return capsOn(rule, root, limit.date)
    .map((cap): Room => ({ contracts: roomUnder(cap, rule, root, held), bound: cap }))
    .reduce((least, room) => (room.contracts < least.contracts ? room : least), over);
}

/** A held contract of the same family in the other size, where a firm forbids both at once. */
export function mixedWith(
  { mixing }: Pick<SizeRule, "mixing">,
  root: Root,
  held: readonly Holding[],
): Root | null {
  if (mixing === "allowed") return null;
  const { family } = instrumentOf(root);
  const other = held.find(
    (one) => one.quantity > 0 && one.root !== root && instrumentOf(one.root).family === family,
  );
  return other?.root ?? null;
}

/** Whether the firm lets that contract be traded at all. */
export const isProductAllowed = ({ products }: Pick<FirmPlan, "products">, root: Root): boolean =>
  products.includes(root);

/** Caps on a contract that hold on that date. */
const capsOn = ({ caps }: SizeRule, root: Root, date: TradeDate): readonly ProductCap[] =>
  caps.filter(({ roots, until }) => roots.includes(root) && (until === null || date <= until));

function roomUnder(
  { roots, most }: ProductCap,
  rule: SizeRule,
  root: Root,
  held: readonly Holding[],
): Contracts {
  const spare = most.value - heldUnder({ roots, most }, rule, held);
  return wholeContracts(spare, most.unit === "minis" ? weightOf(rule, root) : 1);
}

/** What counts towards a cap, in its own unit. */
export function heldUnder(
  { roots, most }: Pick<ProductCap, "roots" | "most">,
  rule: SizeRule,
  held: readonly Holding[],
): number {
  const counted = held.filter((one) => roots.includes(one.root));
  if (most.unit === "minis") return weightHeld(rule, counted);
  return counted.reduce((sum, one) => sum + one.quantity, 0);
}

export const weightHeld = (rule: SizeRule, held: readonly Holding[]): number =>
  held.reduce((sum, one) => sum + one.quantity * weightOf(rule, one.root), 0);

const wholeContracts = (spare: number, one: number): Contracts =>
  contracts(Math.max(0, Math.floor(spare / one)));
