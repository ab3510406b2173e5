/**
 * What somebody does on the platform itself, past the program: the same venue, another hand.
 *
 * It is put to the venue like any request, so the venue answers and reports as it always does.
 */
import { readName, type Tag } from "../../src/core/model/ids.ts";
import type { Settings } from "../../src/core/model/rules.ts";
import { contracts, type Ticks } from "../../src/core/model/units.ts";
import type { BuySell, VenueOrder, VenueRequest } from "../../src/core/model/venue.ts";
import type { VenueState } from "../../src/core/paper/state.ts";
import { valuesOf } from "../../src/std/trie.ts";

export type HandAct =
  | {
      readonly kind: "order";
      readonly side: BuySell;
      readonly contract: string;
      /** Null takes what the market offers. */
      readonly limit: Ticks | null;
    }
  /** Of the leg of that role and tranche, whoever's it is. */
  | { readonly kind: "cancel"; readonly role: "stop" | "target"; readonly tranche: number }
  | {
      readonly kind: "move";
      readonly role: "stop" | "target";
      readonly tranche: number;
      readonly to: Ticks;
    }
  | { readonly kind: "close"; readonly contract: string; readonly quantity: number | null };

/** On the first account. */
export function requestByHand(
  act: HandAct,
  id: string,
  state: VenueState,
  { accounts: [first] }: Settings,
): VenueRequest {
  if (first === undefined) throw new Error("there is no account");
  const about = { id, account: first.id };
  switch (act.kind) {
    case "order": {
      const { side, contract, limit } = act;
      const type = limit === null ? "market" : "limit";
      const [tag, quantity] = [id as Tag, contracts(1)];
      return {
        ...about,
        kind: "place",
        role: "entry",
        tag,
        side,
        contract,
        type,
        quantity,
        price: limit,
        bracket: null,
      };
    }
    case "close":
      return act.quantity === null
        ? { ...about, kind: "close", contract: act.contract }
        : {
            ...about,
            kind: "close-part",
            contract: act.contract,
            quantity: contracts(act.quantity),
          };
    default: {
      const { order, contract } = legOf(act, state);
      return act.kind === "cancel"
        ? { ...about, kind: "cancel", contract, order }
        : { ...about, kind: "modify", contract, order, price: act.to, quantity: null };
    }
  }
}

function legOf(
  { role, tranche }: Extract<HandAct, { readonly role: unknown }>,
  { accounts }: VenueState,
): VenueOrder {
  const live = valuesOf(accounts).flatMap((account) => account.live.map(({ view }) => view));
  const found = live.find(
    (one) => one.role === role && readName(one.parent ?? one.tag ?? "")?.tranche === tranche,
  );
  if (found === undefined) throw new Error(`no ${role} of tranche ${tranche + 1} rests`);
  return found;
}
