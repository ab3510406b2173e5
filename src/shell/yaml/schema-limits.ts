/**
 * The limits of the day in the configuration file: daily loss and its steps, streaks, breakers.
 *
 * `off` takes a limit away; leaving its key out keeps the default.
 */
import * as z from "zod";
import { DEFAULT_RULES } from "../../core/model/defaults.ts";
import type { Root } from "../../core/model/instrument.ts";
import { INSTRUMENTS } from "../../core/model/instruments.ts";
import { ENTRIES_MAX, REMEMBERED_MAX } from "../../core/model/limits.ts";
import { type Money, millis, toDollars } from "../../core/model/units.ts";
import { invariant } from "../../std/assert.ts";
import { block, key, list, lossAmount, wholeOrOff, written } from "./fields.ts";
import { duration, share, shareOrOff } from "./notation.ts";

const { limits } = DEFAULT_RULES;
const { dailyLoss, breakers } = limits;
invariant(
  dailyLoss !== undefined && breakers?.errors !== undefined && breakers.feed !== undefined,
  "the defaults limit the day",
);
const { steps } = dailyLoss;
const { errors, feed } = breakers;

const FAMILIES: readonly Root[] = Object.values(INSTRUMENTS)
  .filter((one) => one.root === one.family)
  .map((one) => one.root);

const CONTRACTS_MAX = 1_000;
const TRADES_MAX = 1_000;
const STREAK_MAX = 100;
const minutes = (n: number) => millis(n * 60_000);
const UP_TO_AN_HOUR = duration(millis(1_000), minutes(60));
const UP_TO_A_DAY = duration(millis(1_000), minutes(1_440));

const inDollars = (value: unknown): number => toDollars(value as Money); // of a default in dollars
const shareText = (value: number | null): string => shareOrOff.write(value ?? "off");

const STEPS = block({
  warn: key(
    list(written(share), 0, 10, "shares"),
    steps.warn.map((one) => share.write(one)),
    "At each of these parts of the daily loss a warning.",
  ),
  half: key(written(shareOrOff), shareText(steps.half), "From here on half the size is bought."),
  block: key(written(shareOrOff), shareText(steps.block), "From here on nothing is entered."),
  flatten: key(
    written(shareOrOff),
    shareText(steps.flatten),
    "Here everything is closed, and nothing entered until the next trade date.",
  ),
});

const exposureExpected = "expected contracts by product family such as {ES: 5}";
const EXPOSURE = z
  .partialRecord(
    z.enum(FAMILIES, exposureExpected),
    z.int(exposureExpected).min(1, exposureExpected).max(CONTRACTS_MAX, exposureExpected),
    exposureExpected,
  )
  .meta({ errorMessage: exposureExpected });

const TOTAL = block({
  dailyLoss: key(
    lossAmount("same", "off"),
    "same",
    "Daily loss of all accounts together, with the same steps; `same` is the figure of one account.",
  ),
  exposure: key(EXPOSURE, {}, "Contracts of a product family over all accounts."),
});

const part = (of: string) =>
  block({
    tradesPerDay: key(wholeOrOff(1, TRADES_MAX), "off", `Trades on one trade date ${of}.`),
    lossPerTrade: key(lossAmount("off"), "off", `What one trade ${of} may lose.`),
    dailyLoss: key(lossAmount("off"), "off", `What trades ${of} that are over may lose in a day.`),
  });

const ofLetter = (letter: string) =>
  key(part(`of size ${letter}`), {}, `Limits for alerts of size ${letter} alone.`);

const BREAKERS = block({
  drawdown: key(
    lossAmount("off"),
    inDollars(breakers.drawdown?.limit),
    "From the best the day had booked down to where it stands: no entries until the next trade date.",
  ),
  errors: key(
    block({
      count: key(
        wholeOrOff(1, REMEMBERED_MAX),
        errors.count,
        "So many orders refused or left without an answer open the breaker.",
      ),
      within: key(
        written(UP_TO_AN_HOUR),
        UP_TO_AN_HOUR.write(errors.within),
        "In how short a time.",
      ),
      pause: key(
        written(UP_TO_A_DAY),
        UP_TO_A_DAY.write(errors.pause),
        "For how long nothing is entered; then one trade at the smallest size.",
      ),
    }),
    {},
    "Orders the venue refuses, or does not answer.",
  ),
  slippage: key(
    wholeOrOff(1, REMEMBERED_MAX),
    breakers.slippage?.fills ?? "off",
    "So many fills of stops and market orders are averaged; worse than `slippage` ticks opens it.",
  ),
  feedPause: key(
    written(UP_TO_A_DAY),
    UP_TO_A_DAY.write(feed.pause),
    "For how long nothing is entered after a price was too old to trade on.",
  ),
});

/** Keys of `limits`. */
export const DAY_LIMITS = {
  dailyLoss: key(
    lossAmount("off"),
    inDollars(dailyLoss.limit),
    "What the account may lose on one CME trade date, open trades and fees included. No entry is " +
      "sent unless, with every stop hit, it would still hold.",
  ),
  dailyLossSteps: key(STEPS, {}, "What happens on the way there."),
  consecutiveLosses: key(
    wholeOrOff(1, STREAK_MAX),
    limits.consecutiveLosses ?? "off",
    "So many losing trades in a row stop entries until the next trade date; then one trade at the " +
      "smallest size, whose win lifts it. Worse than a tenth of the risk is a loss.",
  ),
  entriesPerMinute: key(
    wholeOrOff(1, ENTRIES_MAX),
    limits.entriesPerMinute ?? "off",
    "Trades entered in any minute.",
  ),
  exposure: key(
    EXPOSURE,
    {},
    "Contracts of a product family, where that is to be less than `positionSize`.",
  ),
  total: key(TOTAL, {}, "Of all accounts together; twins on paper are counted by themselves."),
  bySize: key(
    block({ A: ofLetter("A"), B: ofLetter("B"), C: ofLetter("C") }),
    {},
    "Limits for one size letter.",
  ),
  bySource: key(
    z.record(z.string(), part("of this source"), "expected a block of sources"),
    {},
    "Limits for one channel, by its id, or for one kind of source, by its name.",
  ),
  breakers: key(BREAKERS, {}, "What else stops entries for a while."),
};
