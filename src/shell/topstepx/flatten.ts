/**
 * Out of everything on one account, until the venue itself says that nothing is left.
 *
 * ```text
 * read ─┬─ nothing held, nothing at work, twice ─► flat
 *       └─ entries cancelled, positions closed ─► legs of what is closed cancelled ─► read again
 * ```
 *
 * For a panic, when there are no books and no prices to go by: it looks at the venue and at nothing
 * else. A close leaves the legs of a bracket at work, so these go next; if one of them fills in
 * between, the next read finds the reversed position and closes that. A position that could not be
 * closed keeps its stop.
 */
import type { Millis } from "../../core/model/units.ts";
import type { Clock } from "../../ports/clock.ts";
import { type Ask, failureText, ordersAtWork, pause } from "./asking.ts";
import { ORDER_SIDE, POSITION_TYPE } from "./codes.ts";
import type { Called } from "./gateway.ts";
import type { WireOrder, WirePosition } from "./wire-types.ts";

export interface FlattenParts {
  readonly ask: Ask;
  readonly clock: Clock;
  readonly accountId: number;
  readonly patience: Millis;
  readonly say: (line: string) => void;
}

export interface FlatEnd {
  readonly isFlat: boolean;
  readonly says: string;
}

/** Between two looks. */
const LOOK_EVERY = 500;
/** Lists may lag behind for a moment. */
const LOOKS_TO_BELIEVE = 2;

export async function flattenAccount(parts: FlattenParts): Promise<FlatEnd> {
  const { clock, patience, say } = parts;
  const deadline = clock.now() + patience;
  let empty = 0;
  let last = "never read";
  for (;;) {
    const read = await readAccount(parts);
    if (read.kind !== "done") {
      empty = 0;
      const now = `cannot be read: ${failureText(read)}`;
      if (now !== last) say(`${now}; trying on: close it on the platform by hand meanwhile`);
      last = now;
    } else if (isEmpty(read.value)) {
      empty += 1;
      if (empty === LOOKS_TO_BELIEVE) return { isFlat: true, says: PROOF };
    } else {
      empty = 0;
      last = `still there: ${summaryOf(read.value)}`;
      await leave(parts, read.value);
    }
    if (clock.now() >= deadline) return { isFlat: false, says: last };
    await pause(clock, LOOK_EVERY);
  }
}

const PROOF = `flat: no position and no order at work, read ${LOOKS_TO_BELIEVE} times from the venue`;

interface Found {
  readonly positions: readonly WirePosition[];
  readonly orders: readonly WireOrder[];
}

async function readAccount({ ask, accountId }: FlattenParts): Promise<Called<Found>> {
  const [positions, orders] = await Promise.all([
    ask("Position/searchOpen", { accountId }, "reduce"),
    ordersAtWork(ask, accountId),
  ]);
  if (positions.kind !== "done") return positions;
  if (orders.kind !== "done") return orders;
  const held = positions.value.positions.filter(({ size }) => size !== 0);
  return { kind: "done", value: { positions: held, orders: orders.value } };
}

const isEmpty = ({ positions, orders }: Found): boolean =>
  positions.length === 0 && orders.length === 0;

const summaryOf = ({ positions, orders }: Found): string =>
  [
    ...positions.map(
      ({ size, type, contractId }) =>
        `${size} ${contractId} ${type === POSITION_TYPE.short ? "short" : "long"}`,
    ),
    ...(orders.length === 0 ? [] : [`${orders.length} order${orders.length === 1 ? "" : "s"}`]),
  ].join(", ");

async function leave(parts: FlattenParts, { positions, orders }: Found): Promise<void> {
  const held = new Map(positions.map(({ contractId, type }) => [contractId, type]));
  const openers = orders.filter((one) => opens(one, held.get(one.contractId)));
  const [closed] = await Promise.all([
    Promise.all(positions.map((one) => closeOne(parts, one))),
    Promise.all(openers.map((one) => cancelOne(parts, one))),
  ]);
  const stillHeld = new Set(closed.flatMap((contract) => contract ?? []));
  const done = new Set(openers.map(({ id }) => id));
  const left = orders.filter(({ id, contractId }) => !done.has(id) && !stillHeld.has(contractId));
  await Promise.all(left.map((one) => cancelOne(parts, one)));
}

/** Of the other side it may be what protects the position. Children go with their entry. */
const opens = ({ parentOrderId, side }: WireOrder, held: number | undefined): boolean =>
  parentOrderId === null &&
  (held === undefined || (side === ORDER_SIDE.buy) === (held === POSITION_TYPE.long));

/** The contract, where it could not be closed. */
async function closeOne(
  { ask, accountId, say }: FlattenParts,
  { contractId, size }: WirePosition,
): Promise<string | null> {
  const closed = await ask("Position/closeContract", { accountId, contractId }, "reduce");
  if (closed.kind === "done") {
    say(`closed ${size} ${contractId}`);
    return null;
  }
  say(`${contractId} could not be closed: ${failureText(closed)}`);
  return contractId;
}

/** One that has ended meanwhile is refused; the next look tells. */
async function cancelOne(
  { ask, accountId, say }: FlattenParts,
  { id, contractId }: WireOrder,
): Promise<void> {
  const cancelled = await ask("Order/cancel", { accountId, orderId: id }, "reduce");
  if (cancelled.kind === "done") say(`cancelled order ${id} in ${contractId}`);
  else say(`order ${id} could not be cancelled: ${failureText(cancelled)}`);
}
