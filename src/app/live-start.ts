/**
 * What stands between a configuration and a live venue: everything is looked at before the first
 * order can leave, and a start that is not right does not start.
 *
 * ```text
 * enabled by name? ─► rehearsed lately? ─► the venue's own words ─┬─ all well ─► start
 *                                                                 ├─ a problem, nothing open ─► exit 2
 *                                                                 ├─ a problem, contracts open ─► exits only
 *                                                                 └─ login refused, account unknown ─► exit 2
 * ```
 *
 * With something open at the venue or in the books only the last of these ends the program: there
 * nothing could be looked after anyway.
 */

import { unenabled } from "../core/decide/live.ts";
import { isLive } from "../core/model/account.ts";
import type { Check } from "../core/model/check.ts";
import type { Config, TopstepxConfig } from "../core/model/config.ts";
import { isTwin } from "../core/model/ids.ts";
import type { Settings } from "../core/model/rules.ts";
import { type TradeDate, tradeDateOf } from "../core/model/trade-date.ts";
import { calendarOf } from "../core/risk/hours.ts";
import { initialState, type State } from "../core/state.ts";
import type { LiveVenue } from "../ports/live-venue.ts";
import type { Log } from "../ports/log.ts";
import type { Look } from "../ports/venue-desk.ts";
import { err, ok, type Result } from "../std/result.ts";
import { getIn } from "../std/trie.ts";
import { type Context, type Stopped, stopped } from "./context.ts";
import { openTrades } from "./exposure.ts";
import { automationProblems } from "./firm-remarks.ts";
import { lastGoodFor } from "./last-good.ts";
import { openVenue } from "./open-venue.ts";
import { peekState } from "./peek-state.ts";
import { rehearsalFault } from "./rehearsals.ts";

export interface LiveStart {
  /** Null where everything stays on this machine. */
  readonly venue: LiveVenue | null;
  /** With the balances the venue has named. */
  readonly config: Config;
  /** Why only exits are allowed; null when all is well. */
  readonly reduceBecause: string | null;
}

export interface LiveSpec {
  readonly config: Config;
  readonly directory: string;
  readonly log: Log;
}

export async function liveStart(
  context: Context,
  spec: LiveSpec,
): Promise<Result<LiveStart, Stopped>> {
  const { config, directory } = spec;
  const { broker, mode, market } = config;
  const state = (await peekState(directory)) ?? initialState;
  const crossed = crossedModes(config, state);
  if (crossed !== null) return crossedStart(context, spec, crossed);
  if (broker === undefined || (mode === "paper" && market.kind !== "topstepx")) {
    return ok({ venue: null, config, reduceBecause: null });
  }
  const opened = await openVenue(context, { ...spec, broker });
  if (!opened.ok) return opened;
  const venue = opened.value;
  const look = await venue.desk.look();
  const ready = await judged(context, { ...spec, broker, state, look });
  if (!ready.ok) venue.close();
  return ready.ok ? ok({ ...ready.value, venue }) : ready;
}

/** Live contracts are looked after all the same, as the last good configuration says. */
async function crossedStart(
  context: Context,
  spec: LiveSpec,
  crossed: string,
): Promise<Result<LiveStart, Stopped>> {
  const last = spec.config.mode === "paper" ? await lastGoodFor(spec.directory) : null;
  if (last === null || last.mode === "paper") return err(stopped(2, crossed));
  const started = await liveStart(context, { ...spec, config: last });
  return started.ok ? ok({ ...started.value, reduceBecause: crossed }) : started;
}

/** Contracts at one venue are not looked after at another. */
function crossedModes({ mode }: Config, state: State): string | null {
  const open = openTrades(state).map(({ account }) => getIn(state.accounts, account));
  const live = open.some((one) => one !== undefined && isLive(one));
  if (mode === "paper") {
    return live ? "live trades are open; start with mode: live until they are closed" : null;
  }
  const paper = open.some((one) => one !== undefined && !isLive(one) && !isTwin(one.id));
  return paper ? `paper trades are open; close them with mode: paper before mode: ${mode}` : null;
}

interface Judging extends LiveSpec {
  readonly broker: TopstepxConfig;
  readonly state: State;
  readonly look: Look;
}

async function judged(
  { clock }: Context,
  { config, directory, broker, state, look }: Judging,
): Promise<Result<Omit<LiveStart, "venue">, Stopped>> {
  const isPaper = config.mode === "paper";
  const checks = isPaper ? look.checks.filter(isOfQuotes) : look.checks;
  const problems = [
    ...(isPaper ? [] : notEnabled(config, state)),
    ...(isPaper ? [] : await notRehearsed(directory, clock, broker)),
    ...(isPaper ? [] : expiredCalendar(config.settings, tradeDateOf(clock.now()))),
    ...(isPaper ? [] : automationProblems(config)),
    ...problemLines(checks),
  ];
  if (look.login === "refused") return err(stopped(2, ...problems));
  const unknown = isPaper ? 0 : broker.accounts.length - look.accounts.length;
  if (look.login === "in" && unknown > 0) return err(stopped(2, ...problems));
  const named = { ...config, balances: balancesOf(config, look) };
  const [first] = problems;
  if (first === undefined) return ok({ config: named, reduceBecause: null });
  if (!isExposed(state, look)) return err(stopped(look.login === "in" ? 2 : 1, ...problems));
  return ok({ config: named, reduceBecause: problems.join("; ") });
}

/** Of a venue that only tells prices its accounts do not matter. */
const isOfQuotes = ({ what }: Check): boolean => !what.startsWith("account");

const notEnabled = ({ settings }: Config, state: State): readonly string[] =>
  settings.accounts
    .filter(({ id }) => !isTwin(id))
    .flatMap((one) => {
      const why = unenabled(state, settings, one);
      const [said] = why;
      return said === undefined
        ? []
        : [`live: ${why.join("; ")}; say: tradestream live enable ${one.name}`];
    });

async function notRehearsed(
  directory: string,
  clock: Context["clock"],
  { brackets }: TopstepxConfig,
): Promise<readonly string[]> {
  const fault = await rehearsalFault(directory, clock.now(), brackets);
  return fault === null ? [] : [`live: ${fault}`];
}

/** Past it nobody knows on which days the market stops early, and positions would stay. */
function expiredCalendar(settings: Settings, date: TradeDate): readonly string[] {
  const { validUntil } = calendarOf(settings);
  return date <= validUntil
    ? []
    : [
        `live: holidays are known until ${validUntil} only; name a newer file: calendar: ./cme.yaml`,
      ];
}

export const problemLines = (checks: readonly Check[]): readonly string[] =>
  checks
    .filter(({ state }) => state === "problem")
    .map(({ what, says }) => `topstepx: ${what}: ${says}`);

const isExposed = (state: State, { accounts }: Look): boolean =>
  openTrades(state).length > 0 || accounts.some(({ exposure }) => exposure.length > 0);

const balancesOf = ({ balances }: Config, { accounts }: Look): Config["balances"] =>
  balances.map((one) => {
    const found = accounts.find(({ account }) => account === one.account);
    return found === undefined ? one : { ...one, balance: found.balance };
  });

/** The venue's rules, which a person has to have read once. */
export function liveNotices({ mode, broker }: Config): readonly string[] {
  if (mode === "paper" || broker === undefined) return [];
  const names = broker.accounts.map(({ name }) => name).join(", ");
  const count = broker.accounts.length;
  const poll = count === 1 ? "every second" : `in turn, every ${count} seconds`;
  return [
    `LIVE: orders go to ${names} at TopstepX; each exposed account is compared with the venue ${poll}`,
    "LIVE: the venue allows this on your own device only: no server, no VPS, no VPN, no cloud",
    "LIVE: somebody has to be near; nothing is traded on Live Funded accounts; what is sent is final",
    ...(mode === "twin"
      ? ["TWIN: every trade is taken on paper too; see tradestream trades --twin"]
      : []),
  ];
}
