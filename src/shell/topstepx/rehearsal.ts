/**
 * One contract of MES, on a practice account, through everything a trade may go through.
 *
 * ```text
 * entry with its bracket ─► stop moved ─► out through the target ─► the stop went with it?
 * entry with its bracket ─► closed by the venue's own call ─► legs left? ─► cancelled ─► flat
 * ```
 *
 * Some of what the venue does is written nowhere. What is seen here is kept as notes; what has to be
 * so, or nothing should trade live, is a problem when it is not.
 */
import type { Root } from "../../core/model/instrument.ts";
import { ticksToPoints } from "../../core/model/instrument.ts";
import { millis, ticks } from "../../core/model/units.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Check, Rehearsal } from "../../ports/venue-desk.ts";
import { err, ok, type Result } from "../../std/result.ts";
import { type Ask, failureText, ordersAtWork, pause } from "./asking.ts";
import { BRACKET_TYPE, ORDER_SIDE, ORDER_STATUS, ORDER_TYPE } from "./codes.ts";
import type { KnownContract } from "./contract-names.ts";
import { flattenAccount } from "./flatten.ts";
import type { WireAccount, WireContract, WireOrder } from "./wire-types.ts";

export interface RehearsalParts {
  readonly ask: Ask;
  readonly clock: Clock;
  /** By name; null: the first practice account. */
  readonly account: string | null;
  readonly say: (line: string) => void;
  readonly check: (root: Root, rows: readonly WireContract[]) => Result<KnownContract, string>;
}

const ROOT: Root = "MES";
const PRACTICE = /^PRAC-/;
/** Ticks from the fill to the stop, and to the target. */
const BRACKET = 40;
const LOOK_EVERY = 250;
const PATIENCE = 10_000;
const FLATTEN_PATIENCE = millis(30_000);

/** Everything a step needs. */
interface Stage extends RehearsalParts {
  readonly accountId: number;
  readonly contract: KnownContract;
  readonly checks: Check[];
}

export async function rehearse(parts: RehearsalParts): Promise<Rehearsal> {
  const at = parts.clock.now();
  const found = await accountFor(parts);
  if (!found.ok) return failedAt(at, parts.account ?? "no account", found.error);
  const { id: account, name } = found.value;
  const contract = await contractFor(parts);
  if (!contract.ok) return failedAt(at, name, contract.error);
  const checks: Check[] = [];
  const stage: Stage = { ...parts, accountId: account, contract: contract.value, checks };
  const busy = await whatIsThere(stage);
  if (busy !== null) return failedAt(at, name, busy);
  parts.say(`rehearsing with one ${contract.value.code} on ${name}`);
  if (await throughTheLeg(stage, `${at.toString(36)}-1`)) {
    await byTheCloseCall(stage, `${at.toString(36)}-2`);
  }
  const end = await flattenAccount({ ...stage, patience: FLATTEN_PATIENCE });
  checks.push(checkOf("the end", end.isFlat, end.says));
  return { at, account, name, checks, passed: checks.every(({ state }) => state !== "problem") };
}

const failedAt = (at: Rehearsal["at"], name: string, says: string): Rehearsal => ({
  ...{ at, account: 0, name, passed: false },
  checks: [{ what: "rehearsal", state: "problem", says }],
});

const checkOf = (what: string, isWell: boolean, says: string): Check => ({
  what: `rehearsal: ${what}`,
  state: isWell ? "ok" : "problem",
  says,
});

async function accountFor({ ask, account }: RehearsalParts): Promise<Result<WireAccount, string>> {
  const listed = await ask("Account/search", { onlyActiveAccounts: true }, "read");
  if (listed.kind !== "done") return err(`accounts cannot be listed: ${failureText(listed)}`);
  const fit = listed.value.accounts.filter(
    (one) => PRACTICE.test(one.name) && one.canTrade && one.simulated !== false,
  );
  const chosen = account === null ? fit[0] : fit.find(({ name }) => name === account);
  if (chosen !== undefined) return ok(chosen);
  return err("no practice account (PRAC-...) that may trade; make one on the platform");
}

async function contractFor({ ask, check }: RehearsalParts): Promise<Result<KnownContract, string>> {
  const listed = await ask("Contract/available", { live: false }, "read");
  if (listed.kind !== "done") return err(`contracts cannot be listed: ${failureText(listed)}`);
  return check(ROOT, listed.value.contracts);
}

async function whatIsThere(stage: Stage): Promise<string | null> {
  const held = await heldIn(stage);
  const orders = await ordersAtWork(stage.ask, stage.accountId);
  if (held === null || orders.kind !== "done") return "what it holds cannot be read; try again";
  if (held === 0 && orders.value.length === 0) return null;
  return "the account is not flat; close what is there, then rehearse";
}

/** In, the stop moved, out through the target. False when nothing more should be tried. */
async function throughTheLeg(stage: Stage, tag: string): Promise<boolean> {
  const legs = await enter(stage, tag);
  if (legs === null) return false;
  const { ask, accountId, checks, contract } = stage;
  const { stop, target } = legs;
  const aim = pricesFrom(stop.stopPrice ?? 0, contract, 4);
  const moved = await ask(
    "Order/modify",
    { accountId, orderId: stop.id, stopPrice: aim },
    "protect",
  );
  const isMoved =
    moved.kind === "done" &&
    (await until(stage, async () => {
      const orders = await ordersAtWork(ask, accountId);
      if (orders.kind !== "done") return null;
      return orders.value.some(({ id, stopPrice }) => id === stop.id && stopPrice === aim) || null;
    })) !== null;
  checks.push(
    checkOf(
      "stop moved",
      isMoved,
      isMoved ? "by modify, its id kept" : `not moved: ${whyOf(moved)}`,
    ),
  );
  // A sell limit well below the fill is marketable and still above the stop.
  const out = pricesFrom(target.limitPrice ?? 0, contract, -(BRACKET + BRACKET / 2));
  const left = await ask(
    "Order/modify",
    { accountId, orderId: target.id, limitPrice: out },
    "reduce",
  );
  const isOut = left.kind === "done" && (await until(stage, () => nothingLeft(stage))) !== null;
  const says = isOut ? "out at once, and the stop went with it" : `not out: ${whyOf(left)}`;
  checks.push(checkOf("exit through the leg", isOut, says));
  return true;
}

/** In again, and out by the venue's own close call: what does it leave behind? */
async function byTheCloseCall(stage: Stage, tag: string): Promise<void> {
  const legs = await enter(stage, tag);
  if (legs === null) return;
  const { ask, accountId, checks, contract } = stage;
  const asked = { accountId, contractId: contract.id };
  const closed = await ask("Position/closeContract", asked, "reduce");
  const isFlat =
    closed.kind === "done" &&
    (await until(stage, async () => ((await heldIn(stage)) === 0 ? true : null))) !== null;
  const says = isFlat ? "flat by the venue's own call" : `not flat: ${whyOf(closed)}`;
  checks.push(checkOf("close", isFlat, says));
  await pause(stage.clock, 1_000);
  const left = await ordersAtWork(ask, accountId);
  if (left.kind !== "done") return;
  const stays = left.value.some(({ id }) => id === legs.stop.id);
  const orphans = stays ? "stay at work and have to be cancelled" : "are cancelled with it";
  note(stage, "legs after a close", `they ${orphans}`);
  if (stays) await cancelOneLeg(stage, legs);
}

/** Open question (a): does cancelling one leg cancel the other? */
async function cancelOneLeg(stage: Stage, { stop, target }: Legs): Promise<void> {
  const { ask, accountId, clock } = stage;
  const cancelled = await ask("Order/cancel", { accountId, orderId: stop.id }, "reduce");
  await pause(clock, 1_000);
  const left = await ordersAtWork(ask, accountId);
  if (cancelled.kind !== "done" || left.kind !== "done") return;
  const isThere = left.value.some(({ id }) => id === target.id);
  note(stage, "one leg cancelled", `the other ${isThere ? "stays" : "is cancelled too"}`);
}

const note = ({ checks }: Stage, what: string, says: string): void =>
  void checks.push({ what: `rehearsal: ${what}`, state: "note", says });

interface Legs {
  readonly stop: WireOrder;
  readonly target: WireOrder;
}

async function enter(stage: Stage, name: string): Promise<Legs | null> {
  const { ask, accountId, contract, clock, checks } = stage;
  const begun = clock.now();
  const placed = await ask(
    "Order/place",
    {
      ...{
        accountId,
        contractId: contract.id,
        type: ORDER_TYPE.market,
        side: ORDER_SIDE.buy,
        size: 1,
      },
      customTag: `ts-rehearsal-${name}`,
      stopLossBracket: { ticks: -BRACKET, type: BRACKET_TYPE.stop },
      takeProfitBracket: { ticks: BRACKET, type: BRACKET_TYPE.target },
    },
    "enter",
  );
  const entry = placed.kind === "done" ? placed.value.orderId : null;
  const legs = entry === null ? null : await until(stage, () => legsOf(stage, entry));
  const took = `${clock.now() - begun} ms`;
  if (legs !== null)
    checks.push(checkOf("entry", true, `filled, stop and target rest after ${took}`));
  else checks.push(checkOf("entry", false, `not filled with stop and target: ${whyOf(placed)}`));
  return legs;
}

/** Both children at work. */
async function legsOf({ ask, accountId }: Stage, entry: number): Promise<Legs | null> {
  const orders = await ordersAtWork(ask, accountId);
  if (orders.kind !== "done") return null;
  const own = orders.value.filter(
    ({ parentOrderId, status }) => parentOrderId === entry && status === ORDER_STATUS.open,
  );
  const stop = own.find(({ type }) => type === BRACKET_TYPE.stop);
  const target = own.find(({ type }) => type === BRACKET_TYPE.target);
  return stop === undefined || target === undefined ? null : { stop, target };
}

const WRONG_MODE = /Position Brackets/i;

function whyOf(called: Awaited<ReturnType<Ask>>): string {
  if (called.kind === "done") return "nothing seen of it in time; look at the platform";
  const text = failureText(called);
  const hint = "set the account to Auto OCO Brackets (Settings, Risk Settings)";
  return WRONG_MODE.test(text) ? `${text} ${hint}` : text;
}

const pricesFrom = (price: number, { instrument }: KnownContract, away: number): number => {
  const grid = ticksToPoints(instrument, ticks(1));
  return ticksToPoints(instrument, ticks(Math.round(price / grid) + away));
};

async function heldIn({ ask, accountId, contract }: Stage): Promise<number | null> {
  const open = await ask("Position/searchOpen", { accountId }, "read");
  if (open.kind !== "done") return null;
  return open.value.positions
    .filter(({ contractId }) => contractId === contract.id)
    .reduce((sum, { size }) => sum + size, 0);
}

async function nothingLeft(stage: Stage): Promise<true | null> {
  const orders = await ordersAtWork(stage.ask, stage.accountId);
  const isBare = orders.kind === "done" && orders.value.length === 0;
  return isBare && (await heldIn(stage)) === 0 ? true : null;
}

/** What `look` finds, once it finds something; null when time is up. */
async function until<T>({ clock }: Stage, look: () => Promise<T | null>): Promise<T | null> {
  const deadline = clock.now() + PATIENCE;
  for (;;) {
    const found = await look();
    if (found !== null || clock.now() >= deadline) return found;
    await pause(clock, LOOK_EVERY);
  }
}
