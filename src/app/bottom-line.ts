/** Draws the bottom line of a run once a second, between everything else; nothing waits for it. */
import { nextCutOff } from "../core/decide/duties.ts";
import { isTwin } from "../core/model/ids.ts";
import type { Root } from "../core/model/instrument.ts";
import { type Millis, millis } from "../core/model/units.ts";
import type { State } from "../core/state.ts";
import { bottomLine, type Moment } from "../core/views/bottom-line.ts";
import type { Clock } from "../ports/clock.ts";
import type { StatusBar } from "../ports/console.ts";
import type { MarketData } from "../ports/market-data.ts";
import { getIn } from "../std/trie.ts";
import { openTrades } from "./exposure.ts";
import { priceAgeMax } from "./prices.ts";

export interface BottomLineParts {
  readonly clock: Clock;
  readonly bar: StatusBar;
  readonly mode: Moment["mode"];
  readonly market: MarketData;
  readonly followed: readonly Root[];
  readonly state: () => State;
}

const EVERY = 1_000;

export function keepBottomLine(parts: BottomLineParts): { stop(): void } {
  const { clock, bar } = parts;
  let callOff = (): void => {};
  const draw = (): void => {
    const moment = momentOf(parts);
    bar.show((columns) => bottomLine(moment, columns));
    callOff = clock.schedule(millis(clock.now() + EVERY), draw);
  };
  draw();
  return {
    stop() {
      callOff();
      bar.end();
    },
  };
}

function momentOf({ clock, mode, market, followed, state: stateNow }: BottomLineParts): Moment {
  const at = clock.now();
  const state = stateNow();
  const quotes = followed.flatMap((root) => market.quote(root) ?? []);
  const ids = state.settings.accounts.map(({ id }) => id).filter((id) => !isTwin(id));
  return {
    ...{ at, mode, quotes, quoteAgeMax: priceAgeMax(market), sources: state.sources ?? {} },
    accounts: ids.flatMap((id) => getIn(state.accounts, id) ?? []),
    trades: openTrades(state),
    cutOff: nextCutOff({ state, quotes, at }),
    local: localTime(at),
  };
}

const CHICAGO = "America/Chicago";
const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;
const CLOCK = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });

const localTime = (at: Millis): string | null =>
  ZONE === CHICAGO ? null : `${CLOCK.format(at)} ${ZONE}`;
