/**
 * The books of the stand-in venue as the judge reads them: with the names the trader gave.
 *
 * ```text
 * in the books   101-w3400000001      101-w3400000001-SL     whatever it is called outside
 * to the judge   ts-...-e1-1          ts-...-e1-1-SL         and an id that the wire knows
 * ```
 *
 * Books and orders never change, they are replaced, so each is translated once.
 */
import { orderId, readName } from "../../src/core/model/ids.ts";
import type { OrderRole } from "../../src/core/model/venue.ts";
import type { PaperAccount, VenueState } from "../../src/core/paper/state.ts";
import type { StandInVenue } from "../../src/shell/topstepx-sim/venue.ts";
import { emptyTrie, setIn, type Trie, valuesOf } from "../../src/std/trie.ts";

interface Row {
  readonly id: number;
  readonly tag: string | null;
}

interface Named {
  readonly order: ReturnType<typeof orderId>;
  readonly tag: string | null;
  readonly parent: string | null;
  readonly role: OrderRole;
}

const ROLES: Readonly<Record<string, OrderRole>> = { e: "entry", s: "stop", t: "target" };
const LIMIT = 1;

export function wireBooks(venue: Pick<StandInVenue, "dump">): (books: VenueState) => VenueState {
  const rows = new Map<string, Row>();
  const translated = new WeakMap<object, object>();

  /** By what the books call it. */
  function learn(): void {
    for (const one of venue.dump().orders) {
      const row = one as Readonly<Record<string, number | string | null | undefined>>;
      const parent = row["parentOrderId"];
      const leg = row["type"] === LIMIT ? "TP" : "SL";
      const name = parent === undefined ? `w${row["id"]}` : `w${parent}-${leg}`;
      const tag = row["customTag"];
      rows.set(`${row["accountId"]}-${name}`, {
        id: Number(row["id"]),
        tag: typeof tag === "string" ? tag : null,
      });
    }
  }

  function rowOf(name: string): Row | null {
    if (!rows.has(name)) learn();
    return rows.get(name) ?? null;
  }

  function outside(name: string | null): string | null {
    if (name === null) return null;
    const [entry = "", ending = ""] = name.split(/(?=-(?:SL|TP)$)/);
    const tag = rowOf(entry)?.tag ?? null;
    return tag === null ? null : `${tag}${ending}`;
  }

  /** The very same but for its names. */
  function once<T extends Named>(one: T): T {
    const known = translated.get(one);
    if (known !== undefined) return known as T;
    const tag = outside(one.tag);
    const row = one.tag === null ? null : rowOf(one.tag);
    const made: T = {
      ...one,
      order: row === null ? one.order : orderId(String(row.id)),
      tag,
      parent: outside(one.parent),
      role: ROLES[readName(tag ?? "")?.role ?? ""] ?? one.role,
    };
    translated.set(one, made);
    return made;
  }

  function account(books: PaperAccount): PaperAccount {
    const known = translated.get(books);
    if (known !== undefined) return known as PaperAccount;
    const live = books.live.map((order) => ({ ...order, view: once(order.view) }));
    const made = { ...books, live, fills: books.fills.map(once) };
    translated.set(books, made);
    return made;
  }

  return (books) => {
    let accounts: Trie<PaperAccount> = emptyTrie();
    for (const one of valuesOf(books.accounts)) accounts = setIn(accounts, one.id, account(one));
    return { ...books, accounts };
  };
}
