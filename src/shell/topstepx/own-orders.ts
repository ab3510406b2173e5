/**
 * What we asked for ourselves on one account, so that what the venue says can be told apart: ours,
 * or somebody else's.
 *
 * | the venue's order                | is                                                    |
 * |----------------------------------|-------------------------------------------------------|
 * | bears a tag we gave, or of ours  | what we said it is: entry, stop, target               |
 * | bears such a tag and `-SL`, `-TP`| a child of that entry, kept by the venue              |
 * | untagged, shortly after our close| the venue's closing order: side, size and time fit    |
 * | anything else                    | somebody's own; reported, never touched               |
 *
 * The words of a refusal exist in the answer only, so they are kept here for the lists. And a refused
 * order stands in the lists like any other, so a tag that was sent twice may be there twice.
 */
import { type LegRole, readName } from "../../core/model/ids.ts";
import { parseIso } from "../../core/model/iso-time.ts";
import type { Millis } from "../../core/model/units.ts";
import type { OrderRole } from "../../core/model/venue.ts";
import { ORDER_SIDE, ORDER_TYPE } from "./codes.ts";
import type { WireOrder } from "./wire-types.ts";

const STOP_ENDING = "-SL";
const TARGET_ENDING = "-TP";

const TAGS_MAX = 2_000;
const CLOSES_MAX = 50;
/** Mostly a moment after it was asked for; a request may be carried out when nobody waits any more. */
const CLOSE_WITHIN = 20_000;
/** Clocks differ by seconds. */
const CLOCKS_APART = 5_000;

export interface Family {
  readonly tag: string | null;
  readonly parent: string | null;
  readonly role: OrderRole;
}

interface Told {
  readonly role: "entry" | "stop" | "target";
  readonly reason: string | null;
}

interface Sent {
  /** The order of that tag that was known before it was sent again. */
  readonly first: number | null;
  readonly twins: number;
  readonly at: Millis;
}

interface Close {
  readonly contractId: string;
  /** Null while nobody knows how much is held. */
  readonly net: number | null;
  /** Of a partial close. */
  readonly size: number | null;
  readonly at: Millis;
}

export class OwnOrders {
  readonly #told = new Map<string, Told>();
  /** Tags of orders of ours by the venue's number, from answers that came before any event. */
  readonly #accepted = new Map<number, string>();
  readonly #awaited = new Map<string, number>();
  readonly #sent = new Map<string, Sent>();
  readonly #closes = new Map<string, Close>();
  /** Untagged market orders: is it one of ours? */
  readonly #closing = new Map<number, boolean>();

  /** Before it is sent: events may come before the answer. */
  told(tag: string, role: Told["role"]): void {
    if (!this.#told.has(tag)) this.#told.set(tag, { role, reason: null });
    keep(this.#told, TAGS_MAX);
  }

  refused(tag: string, reason: string): void {
    const told = this.#told.get(tag);
    if (told !== undefined) this.#told.set(tag, { ...told, reason });
  }

  accepted(order: number, tag: string): void {
    this.#accepted.set(order, tag);
    keep(this.#accepted, TAGS_MAX);
  }

  closeAsked(id: string, close: Close): void {
    this.#closes.set(id, close);
    keep(this.#closes, CLOSES_MAX);
  }

  closeRefused(id: string): void {
    this.#closes.delete(id);
  }

  /**
   * A place with this tag is under way: what the venue says of it waits for the answer's words.
   * `known` are the orders it has of that tag already.
   */
  sent(tag: string, known: readonly number[], at: Millis): void {
    this.#awaited.set(tag, (this.#awaited.get(tag) ?? 0) + 1);
    const sent = this.#sent.get(tag);
    this.#sent.set(tag, { first: sent?.first ?? known[0] ?? null, twins: sent?.twins ?? 0, at });
    keep(this.#sent, TAGS_MAX);
  }

  /** A refusal because the tag is in use may leave a second order of that tag behind: a twin. */
  answered(tag: string, isTwin: boolean): void {
    const left = (this.#awaited.get(tag) ?? 1) - 1;
    if (left > 0) this.#awaited.set(tag, left);
    else this.#awaited.delete(tag);
    const sent = this.#sent.get(tag);
    if (isTwin && sent !== undefined) this.#sent.set(tag, { ...sent, twins: sent.twins + 1 });
  }

  isAwaited(tag: string): boolean {
    return this.#awaited.has(tag);
  }

  /** Of a refused order, the first of its tag among `count`: is it the one the others are twins of? */
  isOriginal({ customTag, creationTimestamp, id }: WireOrder, count: number): boolean {
    const sent = customTag === null ? undefined : this.#sent.get(customTag);
    if (sent === undefined || count > sent.twins || sent.first === id) return true;
    const at = parseIso(creationTimestamp);
    return at !== null && at < sent.at - CLOCKS_APART;
  }

  reasonFor(tag: string | null): string | null {
    return tag === null ? null : (this.#told.get(tag)?.reason ?? null);
  }

  /** Of an order nobody has shown us yet, if an answer named it. */
  familyOfNumber(order: number): Family | null {
    const tag = this.#accepted.get(order);
    return tag === undefined ? null : { tag, parent: null, role: this.#roleOf(tag) ?? "entry" };
  }

  /** `parentTag` is that of the entry the order names as its parent, where it is known. */
  familyOf(order: WireOrder, parentTag: string | null): Family {
    const tag = order.customTag;
    const parent = this.#parentIn(order) ?? (order.parentOrderId === null ? null : parentTag);
    if (parent !== null || order.parentOrderId !== null)
      return { tag, parent, role: legRole(order, tag) };
    if (tag === null && this.#isClose(order)) return { tag, parent: null, role: "close" };
    const role = tag === null ? null : this.#roleOf(tag);
    return { tag, parent: null, role: role ?? (order.type === ORDER_TYPE.stop ? "stop" : "entry") };
  }

  #roleOf(tag: string): Told["role"] | null {
    const role = this.#told.get(tag)?.role;
    if (role !== undefined) return role;
    const named = readName(tag);
    return named === null ? null : (ROLES[named.role] ?? null);
  }

  /** A child bears its parent's tag and an ending; one of ours could bear that by itself. */
  #parentIn({ customTag, parentOrderId }: WireOrder): string | null {
    if (customTag === null || this.#told.has(customTag)) return null;
    const isChild = customTag.endsWith(STOP_ENDING) || customTag.endsWith(TARGET_ENDING);
    const parent = isChild ? customTag.slice(0, -STOP_ENDING.length) : null;
    if (parent === null || parentOrderId !== null) return parent;
    return this.#roleOf(parent) === null ? null : parent;
  }

  /** Said once and for all when it is first seen: a later close is not what an older order did. */
  #isClose(order: WireOrder): boolean {
    if (order.type !== ORDER_TYPE.market) return false;
    const known = this.#closing.get(order.id);
    if (known !== undefined) return known;
    const at = parseIso(order.creationTimestamp);
    const close = [...this.#closes].find(([, one]) => at !== null && answers(order, one, at));
    if (close !== undefined) this.#closes.delete(close[0]);
    this.#closing.set(order.id, close !== undefined);
    keep(this.#closing, TAGS_MAX);
    return close !== undefined;
  }
}

const ROLES: Readonly<Partial<Record<LegRole, Told["role"]>>> = {
  e: "entry",
  s: "stop",
  t: "target",
};

const legRole = ({ type }: WireOrder, tag: string | null): "stop" | "target" => {
  if (tag?.endsWith(STOP_ENDING)) return "stop";
  if (tag?.endsWith(TARGET_ENDING)) return "target";
  return type === ORDER_TYPE.stop ? "stop" : "target";
};

function answers({ contractId, side, size }: WireOrder, close: Close, at: Millis): boolean {
  if (contractId !== close.contractId) return false;
  if (at < close.at - CLOCKS_APART || at > close.at + CLOSE_WITHIN) return false;
  if (close.size !== null && size !== close.size) return false;
  return close.net === null || close.net > 0 === (side === ORDER_SIDE.sell);
}

/** The oldest goes. */
function keep(things: Map<unknown, unknown>, most: number): void {
  const [oldest] = things.keys();
  if (things.size > most && oldest !== undefined) things.delete(oldest);
}
