/**
 * The books against the venue's list: the same contracts, or nobody enters until a person has looked.
 */
import { valuesOf } from "../../std/trie.ts";
import { directionOf } from "../model/alert.ts";
import type { AccountId } from "../model/ids.ts";
import { heldOf } from "../model/trade-sums.ts";
import type { VenueReport } from "../model/venue.ts";
import { accountOf, openTradesOf } from "../state.ts";
import { record, type Turn } from "../turn.ts";
import { bookOverlooked } from "./overlooked.ts";

type Snapshot = Extract<VenueReport, { kind: "snapshot" }>;

/** True when they agree. A list older than our last fill cannot say either way. */
export function comparePositions(turn: Turn, snapshot: Snapshot): boolean {
  const { account, askedAt } = snapshot;
  const books = booksOf(turn, account);
  if (books.lastFillAt >= askedAt) return false;
  const detail = firstDifference(books.byContract, snapshot);
  if (detail === null) return true;
  if (hasEndedSince(turn, snapshot) || bookOverlooked(turn, snapshot)) return false;
  if (accountOf(turn.state, account).gate !== "active") return false;
  const reason = "the venue's position differs from the books";
  record(
    turn,
    { at: turn.at, kind: "IncidentFound", account, trade: null, what: "position-mismatch", detail },
    { at: turn.at, kind: "GateMoved", account, gate: "reducing", reason },
  );
  return false;
}

/** What left since the question was asked is still in the list, and no longer in the open trades. */
const hasEndedSince = ({ state }: Turn, { account, askedAt }: Snapshot): boolean =>
  valuesOf(state.trades).some(
    (one) => one.account === account && one.closedAt !== null && one.closedAt >= askedAt,
  );

function firstDifference(
  ours: ReadonlyMap<string, number>,
  { positions }: Snapshot,
): string | null {
  const theirs = new Map(positions.map((one) => [one.contract, one.net]));
  const contracts = [...ours.keys(), ...theirs.keys()];
  const differs = (one: string): boolean => (ours.get(one) ?? 0) !== (theirs.get(one) ?? 0);
  const contract = contracts.find(differs);
  if (contract === undefined) return null;
  return `${contract}: ${ours.get(contract) ?? 0} in the books, ${theirs.get(contract) ?? 0} at the venue`;
}

function booksOf(turn: Turn, account: AccountId) {
  const byContract = new Map<string, number>();
  let lastFillAt = 0;
  for (const trade of openTradesOf(turn.state, accountOf(turn.state, account))) {
    const { contract, side } = trade.plan;
    byContract.set(contract, (byContract.get(contract) ?? 0) + directionOf(side) * heldOf(trade));
    for (const tranche of trade.tranches) lastFillAt = Math.max(lastFillAt, tranche.filledAt ?? 0);
  }
  return { byContract, lastFillAt };
}
