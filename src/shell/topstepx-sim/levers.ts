/** The levers of the stand-in venue, for cues: products instead of contract ids, ticks instead of points. */
import { ticksToPoints } from "../../core/model/instrument.ts";
import { instrumentOf } from "../../core/model/instruments.ts";
import type { Ticks } from "../../core/model/units.ts";
import type { Clock } from "../../ports/clock.ts";
import { invariant } from "../../std/assert.ts";
import { activeId } from "./contracts.ts";
import type { Print, SessionWord } from "./cues.ts";
import type { Levers } from "./stage.ts";
import type { StandInVenue } from "./venue.ts";

const SESSIONS: Readonly<Record<SessionWord, boolean | null>> = {
  open: true,
  closed: false,
  clock: null,
};

export function leversOf(venue: StandInVenue, clock: Clock): Levers {
  /** In points, for the contract that is traded now. */
  const quoteOf = ({ root, last, bid, ask, size }: Print) => {
    const points = (price: Ticks): number => ticksToPoints(instrumentOf(root), price);
    const quote = { last: points(last), bid: points(bid), ask: points(ask), volume: size };
    return { contract: activeId(root, clock.now()), quote };
  };
  return {
    price(print) {
      const { contract, quote } = quoteOf(print);
      const set = venue.setQuote(contract, quote);
      invariant(set.ok, "a price that was checked fits its contract");
    },
    remember(root, prints) {
      const quotes = prints.map((print) => ({ ...quoteOf(print).quote, at: print.at }));
      const fed = venue.feed(activeId(root, clock.now()), quotes);
      invariant(fed.ok, "a history that was made fits its contract");
    },
    session: (session) => venue.setSession(SESSIONS[session]),
    turn: venue.setSwitch,
    // The name and its value were read together, so they belong together.
    account: ({ id, name, value }) => venue.setAccount(id, { [name]: value }),
    flatten: venue.flatten,
    refuseNext: ({ path, code, message }) =>
      venue.refuseNext(path, { errorCode: code, errorMessage: message }),
    delay: ({ name, by }) => venue.setDelays({ [name]: by }),
    matching: ({ change }) => venue.setMatching(change),
    misstate: ({ root, change }) => venue.misstate(activeId(root, clock.now()), change),
    logOut: venue.logOut,
    revokeTokens: venue.revokeTokens,
    dump: venue.dump,
  };
}
