/**
 * Orders far from the market, which never fill: what their waiting legs, their tags and their ends
 * tell of the venue.
 */
import { isoOf } from "../../core/model/iso-time.ts";
import { millis } from "../../core/model/units.ts";
import { failureText } from "./asking.ts";
import { leftOpen, seen, settled } from "./open-questions.ts";
import { type Legs, NOT_KEPT, restFar, whyNoLegs } from "./rehearsal-legs.ts";
import {
  checkOf,
  clear,
  farBelow,
  place,
  type Stage,
  settle,
  stillThere,
  tagOf,
  whyOf,
} from "./rehearsal-stage.ts";

/** Placed, looked at, placed again with its tag, cancelled, and cancelled once more. */
export async function farAndCancelled(stage: Stage, market: number): Promise<void> {
  const tag = tagOf(stage, "4");
  const rests = await restFar(stage, market, tag);
  if (!rests.ok) {
    return void stage.checks.push(checkOf("an order far from the market", false, rests.error));
  }
  const { entry, legs } = rests.value;
  if (legs !== null) tellIds(stage, entry, legs);
  else leftOpen(stage.answers, "ids", whyNoLegs(stage));
  await sameTagAgain(stage, market, tag);
  await cancelTwice(stage, entry, legs);
}

function tellIds({ answers }: Stage, entry: number, { stop, target }: Legs): void {
  const isRow = stop.id === entry + 1 && target.id === entry + 2;
  settled(answers, "ids", isRow ? null : `+${stop.id - entry} and +${target.id - entry}`);
}

/** What a repeated order rests on: the venue takes no tag twice. */
async function sameTagAgain(stage: Stage, market: number, tag: string): Promise<void> {
  const { ask, accountId, answers, begun, checks } = stage;
  const again = await place(stage, { limit: farBelow(stage, market), tag });
  if (again.kind === "done") {
    const says =
      "the venue took the same tag twice: an order repeated after a lost answer could be doubled; do not trade live, and report it";
    return void checks.push(checkOf("one tag, one order", false, says));
  }
  if (again.kind !== "refused") return leftOpen(answers, "tagAgain", failureText(again));
  checks.push(checkOf("one tag, one order", true, "the same tag is refused"));
  await settle(stage);
  const since = { accountId, startTimestamp: isoOf(begun) };
  const listed = await ask("Order/search", since, "read");
  if (listed.kind !== "done") return leftOpen(answers, "tagAgain", failureText(listed));
  const count = listed.value.orders.filter(({ customTag }) => customTag === tag).length;
  settled(answers, "tagAgain", count === 1 ? null : "it is kept, rejected");
}

async function cancelTwice(stage: Stage, orderId: number, legs: Legs | null): Promise<void> {
  const { ask, accountId, answers } = stage;
  const first = await ask("Order/cancel", { accountId, orderId }, "reduce");
  await settle(stage);
  const left = legs === null ? null : await stillThere(stage, [legs.stop, legs.target]);
  if (first.kind !== "done") return leftOpen(answers, "waitingLegs", whyOf(first));
  if (left === null) leftOpen(answers, "waitingLegs", whyNoLegs(stage));
  else settled(answers, "waitingLegs", left.length === 0 ? null : "its legs stay");
  await clear(stage, [{ id: orderId }, ...(left ?? [])]);
  const second = await ask("Order/cancel", { accountId, orderId }, "reduce");
  if (second.kind === "done") settled(answers, "endedOrder", "taken");
  else if (second.kind !== "refused") leftOpen(answers, "endedOrder", failureText(second));
  else {
    const { code, name } = second;
    settled(answers, "endedOrder", code === 5 ? null : `refused with code ${code} (${name})`);
  }
}

/** Whether the account is set to what the configuration says of it. */
export async function bracketsRefused(stage: Stage, market: number): Promise<void> {
  const { answers, checks } = stage;
  const wish = { limit: farBelow(stage, market), tag: tagOf(stage, "5") };
  const placed = await place({ ...stage, brackets: "native" }, wish);
  leftOpen(answers, "untagged", NOT_KEPT);
  const says =
    placed.kind === "done"
      ? "the account takes them; leave `brackets` out of the configuration, and the venue keeps stop and target"
      : `kept by us, as the configuration says: ${failureText(placed)}`;
  checks.push({ what: "rehearsal: brackets", state: "note", says });
  const id = placed.kind === "done" ? placed.value.orderId : null;
  if (id !== null) await clear(stage, [{ id }]);
}

/** Every order of ours has a tag; what is without one was somebody else's. */
export async function farAndUntagged(stage: Stage, market: number): Promise<void> {
  const { answers } = stage;
  const rests = await restFar(stage, market, null);
  if (!rests.ok) return leftOpen(answers, "untagged", rests.error);
  const { entry, legs } = rests.value;
  const tags = legs === null ? null : [legs.stop.customTag, legs.target.customTag];
  if (tags === null) leftOpen(answers, "untagged", whyNoLegs(stage));
  else {
    const isBare = tags.every((tag) => tag === null || tag === "");
    settled(answers, "untagged", isBare ? null : tags.join(" and "));
  }
  await clear(stage, [{ id: entry }, ...(legs === null ? [] : [legs.stop, legs.target])]);
}

const DAYS = 30;
const MILLIS_PER_DAY = 86_400_000;

/** How old the oldest of what the lists give is; a young account cannot tell more. */
export async function lookBack(stage: Stage): Promise<void> {
  const { ask, accountId, answers, clock } = stage;
  const now = clock.now();
  const startTimestamp = isoOf(millis(now - DAYS * MILLIS_PER_DAY));
  const orders = await ask("Order/search", { accountId, startTimestamp }, "read");
  const trades = await ask("Trade/search", { accountId, startTimestamp }, "read");
  if (orders.kind !== "done") return leftOpen(answers, "lookBack", failureText(orders));
  if (trades.kind !== "done") return leftOpen(answers, "lookBack", failureText(trades));
  const oldest = (list: readonly { readonly creationTimestamp: string }[]): string =>
    list.map((one) => one.creationTimestamp.slice(0, 10)).sort()[0] ?? "none";
  const says = `asked for ${DAYS} days, the oldest order is of ${oldest(orders.value.orders)}, the oldest trade of ${oldest(trades.value.trades)}`;
  seen(answers, "lookBack", says);
}
