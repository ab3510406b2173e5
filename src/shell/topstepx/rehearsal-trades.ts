/**
 * The trades of a rehearsal: one contract each, in with a stop and a target (`rehearsal-legs.ts`), and
 * out in another way.
 *
 * ```text
 * at the market ─► stop moved ─► out through the target ─► the stop went with it?
 * at the market ─► closed by the venue's own call ─► legs left? ─► one cancelled ─► the other?
 * far below ─► its waiting stop moved ─► brought to the market ─► one leg made larger
 *                                                            └─► its stop moved through the price
 * ```
 */
import type { Check } from "../../core/model/check.ts";
import { failureText } from "./asking.ts";
import { leftOpen, settled } from "./open-questions.ts";
import {
  alone,
  covered,
  enter,
  fillOf,
  HOW_LEFT,
  isLeft,
  type Legs,
  NOT_KEPT,
  restFar,
  whyNoLegs,
} from "./rehearsal-legs.ts";
import {
  BRACKET,
  checkOf,
  clear,
  farBelow,
  heldIn,
  orderNow,
  priceFrom,
  type Stage,
  settle,
  stillThere,
  tagOf,
  until,
  whyOf,
} from "./rehearsal-stage.ts";

/** Where it filled; null when nothing more should be tried. */
export async function throughTheLeg(stage: Stage): Promise<number | null> {
  const legs = await enter(stage, "1");
  if (legs === null) return null;
  await alone(stage, legs);
  const { ask, accountId, checks, contract } = stage;
  const { id: orderId, stopPrice } = legs.stop;
  const aim = priceFrom(stopPrice ?? 0, contract, 4);
  const moved = await ask("Order/modify", { accountId, orderId, stopPrice: aim }, "protect");
  const isMoved =
    moved.kind === "done" &&
    (await until(stage, async () => {
      const now = await orderNow(stage, orderId);
      return now?.stopPrice === aim ? true : null;
    })) !== null;
  const says = isMoved ? "by modify, its id kept" : `not moved: ${whyOf(moved)}`;
  checks.push(checkOf("stop moved", isMoved, says));
  checks.push(await leave(stage, legs, "exit through the leg"));
  return fillOf(legs.stop, contract);
}

/** A sell limit well below the fill is marketable, and still above the stop's own price. */
async function leave(stage: Stage, legs: Legs, what: string): Promise<Check> {
  const { ask, accountId, brackets, contract } = stage;
  const { target } = legs;
  const limitPrice = priceFrom(target.limitPrice ?? 0, contract, -(BRACKET + BRACKET / 2));
  const out = { accountId, orderId: target.id, limitPrice };
  const left = await ask("Order/modify", out, "reduce");
  const isOut = left.kind === "done" && (await isLeft(stage, legs));
  const says = isOut ? HOW_LEFT[brackets] : `not out: ${whyOf(left)}`;
  return checkOf(what, isOut, says);
}

/** What does the venue's own close call leave behind? */
export async function byTheCloseCall(stage: Stage): Promise<void> {
  const legs = await enter(stage, "2");
  if (legs === null) return;
  const { ask, accountId, checks, contract, answers } = stage;
  const asked = { accountId, contractId: contract.id };
  const closed = await ask("Position/closeContract", asked, "reduce");
  const isFlat =
    closed.kind === "done" &&
    (await until(stage, async () => ((await heldIn(stage)) === 0 ? true : null))) !== null;
  const says = isFlat ? "flat by the venue's own call" : `not flat: ${whyOf(closed)}`;
  checks.push(checkOf("close", isFlat, says));
  await settle(stage);
  const left = await stillThere(stage, [legs.stop, legs.target]);
  if (left === null || !isFlat) return;
  settled(answers, "closeLegs", left.length === 2 ? null : "they are cancelled with it");
  if (stage.brackets === "none") {
    leftOpen(answers, "cancelLeg", NOT_KEPT);
    return clear(stage, left);
  }
  if (left.length === 2) return cancelOneLeg(stage, legs);
  leftOpen(answers, "cancelLeg", "no leg is left to try it with");
}

async function cancelOneLeg(stage: Stage, { stop, target }: Legs): Promise<void> {
  const { ask, accountId, answers } = stage;
  const cancelled = await ask("Order/cancel", { accountId, orderId: stop.id }, "reduce");
  await settle(stage);
  const left = await stillThere(stage, [target]);
  if (cancelled.kind !== "done") return leftOpen(answers, "cancelLeg", whyOf(cancelled));
  if (left === null) return leftOpen(answers, "cancelLeg", "the orders could not be read");
  settled(answers, "cancelLeg", left.length === 1 ? null : "the other is cancelled too");
  await clear(stage, left);
}

/** An entry that waits has legs that wait; then it is made to fill. */
export async function broughtToTheMarket(stage: Stage, market: number): Promise<void> {
  const { ask, accountId, contract, answers } = stage;
  const rests = await restFar(stage, market, tagOf(stage, "3"));
  if (!rests.ok) return leftOpen(answers, "waitingLeg", rests.error);
  const { entry, legs: waiting } = rests.value;
  const aim = priceFrom(farBelow(stage, market), contract, -BRACKET - BRACKET / 2);
  const moved = await moveWaiting(stage, waiting, aim);
  const near = { accountId, orderId: entry, limitPrice: priceFrom(market, contract, BRACKET) };
  const brought = await ask("Order/modify", near, "enter");
  const legs = brought.kind === "done" ? await covered(stage, entry, "3") : null;
  if (legs === null) return leftOpen(answers, "waitingLeg", `not filled: ${whyOf(brought)}`);
  if (moved !== null) leftOpen(answers, "waitingLeg", moved.why);
  if (moved?.isRefused === true) settled(answers, "waitingLeg", `refused: ${moved.why}`);
  if (moved === null) {
    const isKept = legs.stop.stopPrice === aim;
    settled(answers, "waitingLeg", isKept ? null : "taken, and its price forgotten");
  }
  await resizeOne(stage, legs);
  await pastThePrice(stage, legs);
}

/** Null when the change was taken. */
async function moveWaiting(
  stage: Stage,
  legs: Legs | null,
  stopPrice: number,
): Promise<{ readonly why: string; readonly isRefused: boolean } | null> {
  const { ask, accountId } = stage;
  if (legs === null) return { why: whyNoLegs(stage), isRefused: false };
  const asked = { accountId, orderId: legs.stop.id, stopPrice };
  const moved = await ask("Order/modify", asked, "protect");
  if (moved.kind === "done") return null;
  return { why: failureText(moved), isRefused: moved.kind === "refused" };
}

/** The target for a moment one larger, for a smaller one there is not. */
async function resizeOne(stage: Stage, { stop, target }: Legs): Promise<void> {
  const { ask, accountId, answers, brackets } = stage;
  if (brackets === "none") return leftOpen(answers, "legSize", NOT_KEPT);
  const resized = (size: number) =>
    ask("Order/modify", { accountId, orderId: target.id, size }, "protect");
  const grown = await resized(2);
  if (grown.kind !== "done") return leftOpen(answers, "legSize", whyOf(grown));
  await settle(stage);
  const other = await orderNow(stage, stop.id);
  await resized(1);
  if (other === null) return leftOpen(answers, "legSize", "the other leg was not seen");
  settled(answers, "legSize", other.size === 1 ? null : "the other follows");
}

/** The end of the third trade, whatever the answer. */
async function pastThePrice(stage: Stage, legs: Legs): Promise<void> {
  const { ask, accountId, contract, answers } = stage;
  const market = priceFrom(legs.target.limitPrice ?? 0, contract, -BRACKET);
  const stopPrice = priceFrom(market, contract, BRACKET / 2);
  const asked = { accountId, orderId: legs.stop.id, stopPrice };
  const moved = await ask("Order/modify", asked, "protect");
  if (moved.kind === "refused") settled(answers, "wrongSide", null);
  if (moved.kind === "done") {
    const isOut = await isLeft(stage, legs);
    const says = isOut ? "triggered at once" : "taken, and it rests";
    settled(answers, "wrongSide", says);
    if (isOut) return;
  }
  stage.checks.push(await leave(stage, legs, "exit of an entry that waited"));
}
