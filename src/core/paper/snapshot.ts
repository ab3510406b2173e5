/** The venue's own truth about an account: what rests, what ended lately, what is held. */
import type { Millis } from "../model/units.ts";
import type { VenueReport } from "../model/venue.ts";
import type { PaperAccount } from "./state.ts";
import { KEPT_FOR } from "./turn.ts";

/** As of now; `askedAt` is handed back so that the asker knows what it can not speak of. */
export function snapshotOf(account: PaperAccount, askedAt: Millis, since: Millis): VenueReport {
  const oldest = Math.max(since, askedAt - KEPT_FOR);
  const isRecent = (one: { readonly at: Millis }): boolean => one.at >= oldest;
  return {
    kind: "snapshot",
    account: account.id,
    askedAt,
    orders: [
      ...account.live.map((order) => order.view),
      ...account.ended.filter(isRecent).map((one) => one.order),
    ],
    positions: account.positions.map(({ contract, net }) => ({ contract, net })),
    fills: account.fills.filter(isRecent),
    balance: account.balance,
  };
}
