/**
 * Plays a story of the wire book against a venue on the network, and says where they differ.
 *
 * It speaks bare HTTP and WebSocket. The only thing it wants of a venue besides is that somebody
 * makes happen there what the book says happens first.
 */
import { Agent } from "node:http";
import { type BareAnswer, bareExchange, type Row } from "./bare-wire.ts";
import type { BookAnswer, BookEntry, BookFile, BookRequest, Said } from "./wire-book.ts";
import { bookTalks, headersOf, type Words } from "./wire-book-talks.ts";
import { type Allowance, type Bound, inWordsOf, match } from "./wire-match.ts";

export interface PlayedVenue {
  readonly url: string;
  /** Makes happen what a line of the book says; false if it does not know how. */
  happens(words: readonly string[]): boolean;
}

/** The key of the venue the book speaks of. */
export const BOOK_LOGIN = { userName: "trader", apiKey: "book-key" };
const ACCOUNT = 26280001;

/** `orders.txt:17 buy one at the market: status: book 200, venue 500` */
export async function playBook(file: BookFile, venue: PlayedVenue): Promise<readonly string[]> {
  const agent = new Agent({ keepAlive: true });
  const words: Words = { bound: new Map() };
  const caller = callerOf(file, { url: venue.url, agent, words });
  const talks = bookTalks(venue.url, words);
  const literals = new Set(file.varying.map(({ literal }) => literal));
  const wrong: string[] = [];

  async function play({ before, said, ...entry }: BookEntry): Promise<readonly string[]> {
    for (const text of before) {
      await talks.settle();
      if (!(await caller.does(text)) && !venue.happens(text.split(" "))) {
        return [`the venue cannot make it happen: ${text}`];
      }
    }
    const { rows, order, varyingKeys } = entry;
    const allowed = { literals, rows, order, keys: new Set(varyingKeys) };
    return said.kind === "exchange" ? caller.play(said, allowed) : talks.play(said, allowed);
  }

  try {
    await caller.login();
    for (const entry of file.entries.filter(({ unplayed }) => unplayed === null)) {
      const place = `${entry.file}:${entry.line} ${entry.title}`;
      wrong.push(...(await play(entry)).map((difference) => `${place}: ${difference}`));
    }
    wrong.push(...talks.nulls().map((frame) => `${file.file}: a null in ${frame}`));
    return wrong;
  } finally {
    talks.close();
    agent.destroy();
  }
}

interface Caller {
  login(): Promise<void>;
  /** What the client does by itself; false where that is the venue's business. */
  does(text: string): Promise<boolean>;
  play(said: Exchange, allowed: Allowance): Promise<readonly string[]>;
}

type Exchange = Extract<Said, { readonly kind: "exchange" }>;

function callerOf(
  file: BookFile,
  { url, agent, words }: { readonly url: string; readonly agent: Agent; readonly words: Words },
): Caller {
  const token = file.varying.find(({ name }) => name === "token")?.literal ?? "";

  function send({ method, path, headers, body }: BookRequest): Promise<BareAnswer> {
    const { bound } = words;
    return bareExchange(url, {
      ...{ agent, method, path: inWordsOf(path, bound), body: inWordsOf(body, bound) },
      headers: headersOf(headers, bound),
    });
  }

  function call(path: string, body: Row): Promise<BareAnswer> {
    const headers = [{ name: "Authorization", value: `Bearer ${token}` }];
    return send({ method: "POST", path: `/api/${path}`, headers, body: JSON.stringify(body) });
  }

  async function login(): Promise<void> {
    const answer = await call("Auth/loginKey", BOOK_LOGIN);
    words.bound = new Map([...words.bound, [token, (JSON.parse(answer.body) as Row)["token"]]]);
  }

  return {
    login,
    async does(text) {
      const [, what = "", count = "", path = ""] = /^(\S+) (\d+) ?(\S*)$/.exec(text) ?? [];
      if (text === "login again") await login();
      else if (what === "calls") {
        for (let i = 0; i < Number(count); i += 1) await call(path, askedOf(path));
      } else if (what === "rests") {
        for (let i = 1; i <= Number(count); i += 1) await call("Order/place", restingOrder(i));
      } else return false;
      return true;
    },
    async play({ request, answer }, allowed) {
      const said = await send(request);
      // A login gives another token, and the first one stays where there is none.
      const isLogin = request.path === "/api/Auth/loginKey";
      const before = isLogin ? without(words.bound, token) : words.bound;
      const { bound, differences } = compared(answer, said, allowed, before);
      // Even where something was wrong: what follows needs the numbers.
      words.bound = new Map([...words.bound, ...bound]);
      return differences;
    },
  };
}

function compared(book: BookAnswer, venue: BareAnswer, allowed: Allowance, bound: Bound) {
  const differ = (one: unknown, other: unknown) => ({
    ...{ bound, differences: one === other ? [] : [`book ${one}, venue ${other}`] },
  });
  if (venue.status !== book.status) return differ(`status ${book.status}`, venue.status);
  if (book.body.startsWith("{")) {
    return match(JSON.parse(book.body), JSON.parse(venue.body), allowed, bound);
  }
  // What stands in other answers without a body in the book is not told.
  const isTold = book.body !== "" || book.status === 401 || book.status === 429;
  return isTold ? differ(book.body, venue.body) : { bound, differences: [] };
}

const without = (bound: Bound, literal: string): Bound =>
  new Map([...bound].filter(([name]) => name !== literal));

/** Enough for the call to be counted; what it answers does not matter. */
function askedOf(path: string): Row {
  if (path === "Account/search") return { onlyActiveAccounts: true };
  return {
    ...{ contractId: "CON.F.US.MES.U26", live: false },
    ...{ startTime: "2026-08-18T13:00:00Z", endTime: "2026-08-18T14:30:00Z" },
    ...{ unit: 2, unitNumber: 1, limit: 1, includePartialBar: false },
  };
}

const restingOrder = (i: number): Row => ({
  ...{ accountId: ACCOUNT, contractId: "CON.F.US.MES.U26", type: 1, side: 0, size: 1 },
  ...{ limitPrice: 6200, customTag: `ts-book-many-${i}` },
});
