/**
 * Where prices come from, made ready: the market itself, the clock it runs on, and words about it.
 *
 * ```text
 * none        no prices: alerts are kept as shadows           the host's clock
 * simulated   an endless honest market, from now on           the host's clock
 * topstepx    the venue's own quotes                           the host's clock
 * file        recorded prices, from their first to their last  a clock of their own
 * ```
 */
import type { Config, MarketConfig } from "../core/model/config.ts";
import type { Root } from "../core/model/instrument.ts";
import { priceToTicks } from "../core/model/instrument.ts";
import { INSTRUMENTS, instrumentOf } from "../core/model/instruments.ts";
import { QUOTE_AGE_MAX } from "../core/model/quote.ts";
import type { Sessions } from "../core/model/rules.ts";
import { tradeDateOf } from "../core/model/trade-date.ts";
import { type Millis, millis, type Ticks } from "../core/model/units.ts";
import { simulatedMarket } from "../core/paper/simulated-market.ts";
import { alsoAs, type Tape } from "../core/paper/tape.ts";
import { formatTime } from "../core/views/timeline.ts";
import type { Clock } from "../ports/clock.ts";
import type { MarketData } from "../ports/market-data.ts";
import { invariant } from "../std/assert.ts";
import { err, ok, type Result } from "../std/result.ts";
import { wire } from "./wire.ts";

export interface Prices {
  /** Null: the host's. */
  readonly playedFrom: Millis | null;
  /** What is played, if anything is. */
  readonly tape: Tape | null;
  /** When the last price is; null when they do not end. */
  readonly endsAt: Millis | null;
  readonly followed: readonly Root[];
  /** For people: where they come from. */
  readonly words: string;
  readonly market: (clock: Clock) => MarketData;
}

/** They come as they come, and do not end. */
export const UNPLAYED = { playedFrom: null, tape: null, endsAt: null } as const;

/** A quote older than this is no quote: 3 s, or one and a half bars. */
export const priceAgeMax = ({ resolution }: MarketData): Millis =>
  millis(Math.max(QUOTE_AGE_MAX, Math.ceil(resolution * 1.5)));

/** `live`: the quotes of the venue, where they come from there. */
export async function preparePrices(
  { market: config, paper: { sessions }, settings }: Pick<Config, "market" | "paper" | "settings">,
  path: (name: string) => string,
  live: MarketData | null = null,
): Promise<Result<Prices, string>> {
  if (config.kind === "topstepx") {
    invariant(live !== null, "live quotes come with their venue");
    const { instruments: followed } = config;
    return ok({ ...UNPLAYED, followed, words: "live quotes of TopstepX", market: () => live });
  }
  const { tapeMarket } = await wire.tapeMarket();
  if (config.kind === "none") {
    const market = (clock: Clock): MarketData => tapeMarket([], clock);
    return ok({ ...UNPLAYED, followed: [], words: "none", market });
  }
  if (config.kind === "simulated") return ok(await simulated(config, sessions));
  const { explainPriceFault, readPriceFile } = await wire.priceFile();
  const { instrument, barPath } = config;
  const read = await readPriceFile({
    path: path(config.path),
    instrument,
    bars: { path: barPath, against: null },
    sessions,
    calendar: settings.calendar,
  });
  if (!read.ok) return err(explainPriceFault(read.error));
  const { tape, rows, kind, strays } = read.value;
  const outside = strays === 0 ? "" : `, ${strays} outside trading hours left out`;
  const words = `${rows} ${kind} of ${instrument} from ${config.path}${outside}`;
  return ok(playedFrom(tape, words, tapeMarket));
}

/** Prices of a tape, on a clock that starts with it. */
export function playedFrom(
  tape: Tape,
  words: string,
  tapeMarket: (tapes: readonly Tape[], clock: Clock) => MarketData,
): Prices {
  const [first, last] = [tape.at[0], tape.at[tape.length - 1]];
  invariant(first !== undefined && last !== undefined, "a tape that is played has prices");
  const tapes = familyOf(tape);
  return {
    playedFrom: millis(first),
    tape,
    endsAt: millis(last),
    followed: tapes.map(({ instrument }) => instrument),
    words: `${words}, ${momentOf(millis(first))} to ${momentOf(millis(last))}`,
    market: (clock) => tapeMarket(tapes, clock),
  };
}

/** `2025-07-15 08:30:00 CT`; an evening belongs to the trade date that follows. */
const momentOf = (at: Millis): string => `${tradeDateOf(at)} ${formatTime(at)}`;

/** The same prices for every product of the family that counts the same ticks. */
function familyOf(tape: Tape): readonly Tape[] {
  const from = instrumentOf(tape.instrument);
  const kin = Object.values(INSTRUMENTS).filter(
    (one) =>
      one.family === from.family &&
      one.tickUnits === from.tickUnits &&
      one.decimals === from.decimals,
  );
  return kin.map(({ root }) => (root === tape.instrument ? tape : alsoAs(tape, root)));
}

const SIMULATED: Root = "ES";
/** Made in a few milliseconds: the first hour is made while the start waits. */
const SIMULATED_AT_ONCE = millis(3_600_000);

type Simulated = Extract<MarketConfig, { kind: "simulated" }>;

async function simulated(config: Simulated, sessions: Sessions): Promise<Prices> {
  const { rollingMarket } = await wire.rollingMarket();
  const start = priceToTicks(instrumentOf(SIMULATED), config.startPrice);
  invariant(start.ok, "a start price that was checked lies on the grid");
  const tapes = (at: Millis, round: number, before: MarketData | null): readonly Tape[] =>
    familyOf(
      simulatedMarket({
        seed: config.seed + round,
        instrument: SIMULATED,
        startPrice: lastOf(before) ?? start.value,
        startAt: at,
        duration: SIMULATED_AT_ONCE,
        sessions,
      }),
    );
  return {
    ...UNPLAYED,
    followed: ["ES", "MES"],
    words: `simulated, seed ${config.seed}`,
    market: (clock) => rollingMarket({ clock, lasts: SIMULATED_AT_ONCE, tapes }),
  };
}

const lastOf = (market: MarketData | null): Ticks | null => market?.quote(SIMULATED)?.last ?? null;
