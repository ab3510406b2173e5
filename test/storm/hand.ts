/**
 * A person on the platform itself, past the program: closes, moves and cancels what is ours.
 *
 * Everything such a hand may do is somewhere answered (adopted, put back, or the trade is over), so
 * it is one more kind of weather. It never adds contracts: those are not managed.
 */

import { contracts, ticks } from "../../src/core/model/units.ts";
import type { VenueOrder, VenueRequest } from "../../src/core/model/venue.ts";
import type { PaperAccount, VenueState } from "../../src/core/paper/state.ts";
import { valuesOf } from "../../src/std/trie.ts";
import type { Faults } from "./weather.ts";

/** What a hand asks for is named so. */
const MARK = "hand-";

export const isByHand = ({ id }: VenueRequest): boolean => id.startsWith(MARK);

/** Null when there is nothing to lay a hand on. */
export function handAct(state: VenueState, number: number, faults: Faults): VenueRequest | null {
  const accounts = valuesOf(state.accounts);
  const account = accounts[faults.draw("hand-account", accounts.length)];
  if (account === undefined) return null;
  const about = { id: `${MARK}${number}`, account: account.id };
  const isClosing = faults.draw("hand-kind", 4) === 0;
  return isClosing ? closing(about, account, faults) : onOrder(about, account, faults);
}

type About = Pick<VenueRequest, "id" | "account">;

function closing(about: About, account: PaperAccount, faults: Faults): VenueRequest | null {
  const [held] = account.positions;
  if (held === undefined) return null;
  const { contract } = held;
  return faults.draw("hand-part", 2) === 0
    ? { ...about, kind: "close", contract }
    : { ...about, kind: "close-part", contract, quantity: contracts(1) };
}

function onOrder(about: About, account: PaperAccount, faults: Faults): VenueRequest | null {
  const working = account.live.map(({ view }) => view).filter((one) => one.status === "working");
  const chosen = working[faults.draw("hand-order", Math.max(1, working.length))];
  if (chosen === undefined || chosen.tag?.startsWith("stranger-") === true) return null;
  return faults.draw("hand-cancel", 3) === 0
    ? { ...about, kind: "cancel", contract: chosen.contract, order: chosen.order }
    : moving(about, chosen, faults);
}

function moving(
  about: About,
  { order, contract, price }: VenueOrder,
  faults: Faults,
): VenueRequest | null {
  if (price === null) return null;
  const to = ticks(price + faults.draw("hand-move", 41) - 20);
  return { ...about, kind: "modify", contract, order, price: to, quantity: null };
}
