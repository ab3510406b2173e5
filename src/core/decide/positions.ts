/**
 * The books against the venue's list: the same contracts, or nobody enters until a person has looked.
 *
 * ```text
 * differs once ─► entries wait ─┬─ the next list agrees ─────────────► on as before
 *                               └─ it says the same ─► incident, exits only
 *                                       └─ less than ours ─► what is gone is booked as closed by hand;
 *                                          a person may also take back what was sold too much
 * ```
 *
 * Lists are put together from several reads and lag behind themselves, so one alone proves nothing.
 * The venue is right in the end: contracts that left by a stranger's order are booked at its price;
 * contracts that no fill explains for half a minute are booked at the last price we know.
 */
import { valuesOf } from "../../std/trie.ts";
import type { Difference } from "../model/account.ts";
import { directionOf } from "../model/alert.ts";
import type { Fact } from "../model/fact.ts";
import { type AccountId, fillId, orderId, tradeOfTag } from "../model/ids.ts";
import { instrumentOf, rootOf } from "../model/instruments.ts";
import type { Trade } from "../model/trade.ts";
import { heldOf } from "../model/trade-sums.ts";
import { contracts, money } from "../model/units.ts";
import type { BuySell, VenueFill, VenueReport } from "../model/venue.ts";
import { opponentText } from "../notify/explain-accounts.ts";
import { accountOf, openTradesOf } from "../state.ts";
import { readCloseFill } from "../track/read-fill.ts";
import { quoteIn, record, type Turn } from "../turn.ts";
import { bookNetted } from "./netted.ts";
import { opponentFor } from "./opposing.ts";
import { bookEvened, bookOverlooked } from "./overlooked.ts";

type Snapshot = Extract<VenueReport, { kind: "snapshot" }>;

/** Lists nearer to each other than this would agree about one and the same lag. */
const APART = 900;
/** So long nothing explains where the contracts went. */
const UNEXPLAINED = 30_000;

/** True when they agree. A list older than our last fill, or our last end, cannot say either way. */
export function comparePositions(turn: Turn, snapshot: Snapshot): boolean {
  const { account, askedAt } = snapshot;
  const books = booksOf(turn, account);
  if (books.lastFillAt >= askedAt || hasEndedSince(turn, snapshot)) return false;
  const found = firstDifference(books.byContract, snapshot);
  if (found === null) return !bookEvened(turn, snapshot) && !bookNetted(turn, snapshot);
  if (bookOverlooked(turn, snapshot)) return false;
  const { differs } = accountOf(turn.state, account);
  if (differs === undefined || !isSame(differs, found))
    record(turn, { at: turn.at, kind: "PositionDiffered", account, ...found });
  else if (askedAt >= differs.askedAt + APART) believe(turn, snapshot, differs);
  return false;
}

const isSame = (a: Difference, b: Difference): boolean =>
  a.contract === b.contract && a.ours === b.ours && a.theirs === b.theirs;

function believe(turn: Turn, snapshot: Snapshot, differs: Difference): void {
  const { account } = snapshot;
  const { at } = turn;
  if (accountOf(turn.state, account).gate === "active") {
    const [what, detail] = ["position-mismatch" as const, wordsFor(differs)];
    const reason = "the venue's position differs from the books";
    record(
      turn,
      { at, kind: "IncidentFound", account, trade: null, what, detail },
      { at, kind: "GateMoved", account, gate: "reducing", reason },
      ...opposingByHand(turn, account, differs),
    );
  }
  bookWhatIsGone(turn, snapshot, differs);
}

/** What a person does on the platform is not forbidden here, and whoever does it should know. */
function opposingByHand(
  turn: Turn,
  account: AccountId,
  { contract, theirs }: Difference,
): readonly Fact[] {
  const root = rootOf(contract);
  if (root === null || theirs === 0) return [];
  const side = theirs > 0 ? "long" : "short";
  const { family } = instrumentOf(root);
  const stand = opponentFor(turn, accountOf(turn.state, account), family, side);
  if (stand === null) return [];
  const detail = `${contract}: ${Math.abs(theirs)} ${side} by hand, and ${opponentText(stand)}`;
  return [{ at: turn.at, kind: "IncidentFound", account, trade: null, what: "opposing", detail }];
}

const wordsFor = ({ contract, ours, theirs }: Difference): string =>
  `${contract}: ${ours} in the books, ${theirs} at the venue`;

/** Less than we hold, or have sold too much, on our side: the rest of it left without us. */
function bookWhatIsGone(turn: Turn, snapshot: Snapshot, differs: Difference): void {
  const { contract, ours, theirs } = differs;
  const gone = Math.abs(ours) - Math.abs(theirs);
  if (gone <= 0 || theirs * ours < 0) return;
  const { account, askedAt } = snapshot;
  const trades = openTradesOf(turn.state, accountOf(turn.state, account)).filter(
    (one) => one.plan.contract === contract && Math.sign(netOf(one)) === Math.sign(ours),
  );
  const seen = fillOfStranger(snapshot, trades, differs);
  if (seen === undefined && askedAt < differs.askedAt + UNEXPLAINED) return;
  const fills = seen === undefined ? trades.slice(0, 1).map(unseenFill(turn, snapshot)) : [seen];
  const detail = `${wordsFor(differs)}; booked as closed by hand`;
  record(
    turn,
    { at: turn.at, kind: "IncidentFound", account, trade: null, what: "position-gone", detail },
    ...fills.flatMap((fill) =>
      readCloseFill(
        trades,
        { ...fill, quantity: contracts(gone) },
        { at: turn.at, fromList: true },
      ),
    ),
  );
}

/** As the venue counts: below nothing for a short, and for a long that sold more than it held. */
const netOf = (trade: Trade): number => directionOf(trade.plan.side) * heldOf(trade);

/** What takes contracts out of such a position. */
const awayFrom = (net: number): BuySell => (net > 0 ? "sell" : "buy");

/** The newest one that took contracts of these trades, is not ours, and has not been booked. */
const fillOfStranger = (
  { fills }: Snapshot,
  trades: readonly Trade[],
  { contract, ours }: Difference,
): VenueFill | undefined =>
  fills.findLast(
    (one) =>
      tradeOfTag(one.parent ?? one.tag) === null &&
      one.contract === contract &&
      one.side === awayFrom(ours) &&
      trades.some(({ plannedAt }) => one.at >= plannedAt) &&
      !trades.some((trade) => trade.fills.includes(one.fill)),
  );

/** At the last price we know, or where the stop would have been. */
const unseenFill =
  (turn: Turn, { account, askedAt }: Snapshot) =>
  (trade: Trade): VenueFill => {
    const { plan, stopAim } = trade;
    const quote = quoteIn(turn, instrumentOf(plan.instrument));
    const name = `unseen-${account}-${askedAt}`;
    return {
      fill: fillId(name),
      order: orderId(name),
      tag: null,
      parent: null,
      role: "close",
      contract: plan.contract,
      side: awayFrom(netOf(trade)),
      price: quote?.last ?? stopAim,
      quantity: contracts(0),
      fees: money(0),
      at: turn.at,
    };
  };

/**
 * What left since the question was asked is still in the list, and no longer in the open trades; and
 * where the list agrees all the same, its cash is without what that cost.
 */
const hasEndedSince = ({ state }: Turn, { account, askedAt }: Snapshot): boolean =>
  valuesOf(state.trades).some(
    (one) => one.account === account && one.closedAt !== null && one.closedAt >= askedAt,
  );

function firstDifference(
  books: ReadonlyMap<string, number>,
  { positions, askedAt }: Snapshot,
): Difference | null {
  const theirs = new Map(positions.map((one) => [one.contract, one.net]));
  for (const contract of [...books.keys(), ...theirs.keys()]) {
    const [ours, held] = [books.get(contract) ?? 0, theirs.get(contract) ?? 0];
    if (ours !== held) return { contract, ours, theirs: held, askedAt };
  }
  return null;
}

function booksOf(turn: Turn, account: AccountId) {
  const byContract = new Map<string, number>();
  let lastFillAt = 0;
  for (const trade of openTradesOf(turn.state, accountOf(turn.state, account))) {
    const { contract } = trade.plan;
    byContract.set(contract, (byContract.get(contract) ?? 0) + netOf(trade));
    for (const tranche of trade.tranches) lastFillAt = Math.max(lastFillAt, tranche.filledAt ?? 0);
  }
  return { byContract, lastFillAt };
}
