/**
 * When the venue is asked for its truth: by the clock, and sooner when something was heard.
 *
 * An account by itself is asked every second while anything of it could fill or it has not been
 * compared yet, every ten seconds while all is flat. Accounts of one *login* share its calls, so they take turns, one pair of reads a
 * second in all; n exposed accounts are asked every n seconds each.
 *
 * ```text
 * second       0   1   2   3   4   5   6 ...
 * exposed      a   b   c   a   b   c   a
 * b is bare    b   b   a   b   b   b   b   (two seconds in three, until its stop is seen)
 * flat         f                        (1 in 10 s, in turn; with nobody exposed each every 10 s)
 * news                   x              in a moment, if the login was quiet for 5 s before it,
 *                                       or, once in 30 s, if it leaves something without its stop
 * ```
 *
 * That is at most 120 + 12 + 24 + 4 = 160 calls in any minute, of the 200 a venue allows. Whose turn it is
 * follows from the second alone, so nothing has to be remembered: after a restart the round goes on.
 */
import { getIn, valuesOf } from "../../std/trie.ts";
import type { Account } from "../model/account.ts";
import type { Effect } from "../model/effect.ts";
import { type AccountId, accountId } from "../model/ids.ts";
import type { Trade } from "../model/trade.ts";
import { heldOfTranche } from "../model/trade-sums.ts";
import { type Millis, millis } from "../model/units.ts";
import { accountOf, openTradesOf, type State } from "../state.ts";
import type { Turn } from "../turn.ts";

/** How often an account by itself is asked: while anything could fill, and while all is flat. */
const POLL_EXPOSED = 1_000;
const POLL_FLAT = 10_000;

const SLOT = 1_000;
/** Flat accounts: one in so many slots, or each in so many when nobody is exposed. */
const FLAT_SLOTS = 10;
/** So many slots an account counts as exposed after the last news of it. */
const WATCHED = 30;
/** From news to the look at it: a stop that comes with a fill must be there by then. */
const MOMENT = 350;
/** The same where something was left without its stop. */
const MOMENT_BARE = 150;
/** Of so many seconds one is not for those that are bare, but for all in their turn. */
const BARE_SLOTS = 3;
/** Only after this silence is news followed up at once; what follows it closely waits for a slot. */
const QUIET = 5_000;

/** And so long after the last time something was left without its stop. */
const RARE = 30_000;

/** How far back the list reaches when nothing is open: long enough for any late fill. */
const LOOK_BACK = 5 * 60_000;
/** The venue's clock may run behind ours. */
const CLOCK_LEEWAY = 60_000;

const POLL_PREFIX = "poll/";
const LOGIN_PREFIX = "login/";
const SOON_PREFIX = "soon/";

export const isLookKey = (key: string): boolean =>
  [POLL_PREFIX, LOGIN_PREFIX, SOON_PREFIX].some((prefix) => key.startsWith(prefix));

/** All accounts, at a start. */
export function lookAtAll(turn: Turn): void {
  const logins = new Set<string>();
  for (const { id, login } of valuesOf(turn.state.accounts)) {
    if (login === undefined) look(turn, id);
    else logins.add(login);
  }
  for (const login of logins) lookInTurn(turn, login);
}

/** An alarm set here has rung. */
export function lookByAlarm(turn: Turn, key: string): void {
  if (key.startsWith(LOGIN_PREFIX)) return lookInTurn(turn, key.slice(LOGIN_PREFIX.length));
  const isSoon = key.startsWith(SOON_PREFIX);
  const account = accountId(key.slice(isSoon ? SOON_PREFIX.length : POLL_PREFIX.length));
  if (getIn(turn.state.accounts, account) === undefined) return;
  if (isSoon) ask(turn, account);
  else look(turn, account);
}

/**
 * The venue said something about an account: what it says of the rest is wanted as well. A moment
 * later, because a list asked for in the same instant could not tell what became of it.
 *
 * Where it left contracts without their stop, only a list can say that they are really there: whoever
 * that is does not wait for a turn.
 */
export function lookAtNews(turn: Turn, before: State, id: AccountId): void {
  const account = accountOf(turn.state, id);
  const { login, newsAt, bareAt } = account;
  const isNews = login !== undefined && newsAt === turn.at;
  const isUrgent = bareAt === turn.at && isRare(turn, before, account);
  const moment = isUrgent ? MOMENT_BARE : MOMENT;
  if (isUrgent || (isNews && isQuiet(turn, before, login)))
    turn.asks.push({ kind: "WakeAt", key: SOON_PREFIX + id, at: millis(turn.at + moment) });
  if (isNews) turn.asks.push(wakeInTurn(turn.state, login, turn.at));
}

/** Out of turn so seldom that all together stay within the calls of a login. */
function isRare({ at }: Turn, before: State, { id, login }: Account): boolean {
  const accounts = login === undefined ? [accountOf(before, id)] : ofLogin(before, login);
  return accounts.every(({ bareAt }) => bareAt === undefined || bareAt <= at - RARE);
}

/** Something may have been missed. */
export function lookAgain(turn: Turn, before: State, id: AccountId): void {
  const { login } = accountOf(turn.state, id);
  if (login === undefined) return look(turn, id);
  if (isQuiet(turn, before, login)) ask(turn, id);
  turn.asks.push(wakeInTurn(turn.state, login, turn.at));
}

const isQuiet = ({ at }: Turn, before: State, login: string): boolean =>
  ofLogin(before, login).every((one) => heardAt(one) <= at - QUIET);

/** A trade that is new, or on again, makes the account's truth interesting from now on. */
export function firstLook(state: State, id: AccountId, at: Millis): Effect {
  const { login } = accountOf(state, id);
  return login === undefined
    ? { kind: "WakeAt", key: POLL_PREFIX + id, at: millis(at + POLL_EXPOSED) }
    : wakeInTurn(state, login, at);
}

function look(turn: Turn, id: AccountId): void {
  ask(turn, id);
  const { open, settled } = accountOf(turn.state, id);
  const next = turn.at + (open.length > 0 || !settled ? POLL_EXPOSED : POLL_FLAT);
  turn.asks.push({ kind: "WakeAt", key: POLL_PREFIX + id, at: millis(next) });
}

function ask(turn: Turn, id: AccountId): void {
  const trades = openTradesOf(turn.state, accountOf(turn.state, id));
  // What ended long before the oldest open trade can say nothing about it.
  const since = Math.min(
    turn.at - LOOK_BACK,
    ...trades.map((trade) => trade.plannedAt - CLOCK_LEEWAY),
  );
  turn.asks.push({ kind: "AskVenue", account: id, since: millis(since) });
}

function lookInTurn(turn: Turn, login: string): void {
  const accounts = ofLogin(turn.state, login);
  // The settings of this run know it no more.
  if (accounts.length === 0) return;
  for (const id of askedIn(slotOf(turn.at), accounts, bareIn(turn.state))) ask(turn, id);
  turn.asks.push(wakeInTurn(turn.state, login, turn.at));
}

const slotOf = (at: Millis): number => Math.floor(at / SLOT);

const ofLogin = ({ accounts }: State, login: string): readonly Account[] =>
  valuesOf(accounts).filter((one) => one.login === login);

/**
 * Whoever this second belongs to: at most one that is exposed and one that is flat. Nobody but the
 * venue's list can tell of a stop that was not heard of, so whoever lacks one comes first.
 */
export function askedIn(
  slot: number,
  accounts: readonly Account[],
  isBare: (account: Account) => boolean = () => false,
): readonly AccountId[] {
  const exposed: Account[] = [];
  const flat: Account[] = [];
  for (const one of accounts) (isExposed(one, slot) ? exposed : flat).push(one);
  const first = exposed.length === 0 ? undefined : inRound(slot, exposed, isBare);
  const second = exposed.length === 0 ? flatAlone(slot, flat) : flatBeside(slot, flat);
  const asked: AccountId[] = [];
  if (first !== undefined) asked.push(first.id);
  if (second !== undefined) asked.push(second.id);
  return asked;
}

/**
 * What has not been compared yet may hold anything. And what has just been left is watched on: a leg
 * that fills beside a close turns the position.
 */
const isExposed = ({ open, settled, newsAt }: Account, slot: number): boolean =>
  open.length > 0 || !settled || (newsAt !== undefined && newsAt >= (slot - WATCHED) * SLOT);

const bareIn =
  (state: State) =>
  (account: Account): boolean =>
    openTradesOf(state, account).some(lacksStop);

/** Contracts are held, and no stop is known to work for them. */
const lacksStop = ({ tranches }: Trade): boolean =>
  tranches.some((one) => heldOfTranche(one) > 0 && one.stop?.state !== "working");

/**
 * By the list, so that nobody waits longer than one round, whatever is heard of the others; or than
 * three rounds, where some are bare.
 */
function inRound(
  slot: number,
  exposed: readonly Account[],
  isBare: (account: Account) => boolean,
): Account | undefined {
  const bare = exposed.filter(isBare);
  if (bare.length === 0) return exposed[slot % exposed.length];
  const turn = Math.floor(slot / BARE_SLOTS);
  const isForAll = slot % BARE_SLOTS === BARE_SLOTS - 1;
  return isForAll ? exposed[turn % exposed.length] : bare[(slot - turn) % bare.length];
}

const heardAt = ({ newsAt = millis(0) }: Account): Millis => newsAt;

const flatAlone = (slot: number, flat: readonly Account[]): Account | undefined =>
  flat[slot % Math.max(FLAT_SLOTS, flat.length)];

const flatBeside = (slot: number, flat: readonly Account[]): Account | undefined =>
  slot % FLAT_SLOTS === 0 ? flat[(slot / FLAT_SLOTS) % flat.length] : undefined;

/** The next second that belongs to somebody. */
function wakeInTurn(state: State, login: string, at: Millis): Effect {
  const accounts = ofLogin(state, login);
  let slot = slotOf(at) + 1;
  while (askedIn(slot, accounts).length === 0) slot++;
  return { kind: "WakeAt", key: LOGIN_PREFIX + login, at: millis(slot * SLOT) };
}
