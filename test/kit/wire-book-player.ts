/**
 * Plays a story of the wire book against a venue on the network, and says where they differ.
 *
 * It speaks bare HTTP and WebSocket; the only thing it wants of a venue besides is somebody who
 * makes happen there what the book says happens (`Happening`).
 */
import { Agent } from "node:http";
import { type BareLine, bareExchange, bareLine, type Row } from "./bare-wire.ts";
import {
  type BookEntry,
  type BookFile,
  type BookRequest,
  framesOf,
  type Said,
} from "./wire-book.ts";
import { type Allowance, type Bound, inAnyOrder, inOrder, inWordsOf, match } from "./wire-match.ts";

export interface PlayedVenue {
  readonly url: string;
  /** Makes happen what a line of the book says; false if it does not know how. */
  happens(words: readonly string[], hub: "user" | "market" | null): boolean;
}

/** `orders.txt:17 buy one at the market: status: book 200, venue 500` */
export async function playBook(file: BookFile, venue: PlayedVenue): Promise<readonly string[]> {
  const stage = stageOf(file, venue);
  const wrong: string[] = [];
  try {
    await stage.login();
    for (const entry of file.entries) {
      if (entry.unplayed !== null) continue;
      for (const difference of await stage.play(entry)) {
        wrong.push(`${entry.file}:${entry.line} ${entry.title}: ${difference}`);
      }
    }
    wrong.push(...stage.nulls().map((frame) => `${file.file}: a null in ${frame}`));
    return wrong;
  } finally {
    stage.close();
  }
}

/** The key of the venue the book speaks of. */
export const BOOK_LOGIN = { userName: "trader", apiKey: "book-key" };
const ACCOUNT = 26280001;
/** Milliseconds of the host's time for what is on its way over loopback. */
const PATIENCE = 2_000;

interface Listening {
  readonly line: BareLine;
  /** Frames before this one belong to what was played already. */
  from: number;
}

interface Stage {
  login(): Promise<void>;
  play(entry: BookEntry): Promise<readonly string[]>;
  /** User events that are wrapped leave out what is null. */
  nulls(): readonly string[];
  close(): void;
}

function stageOf(file: BookFile, venue: PlayedVenue): Stage {
  const agent = new Agent({ keepAlive: true });
  const lines = new Map<string, Listening>();
  const all: BareLine[] = [];
  const literals = new Set(file.varying.map(({ literal }) => literal));
  const token = file.varying.find(({ name }) => name === "token")?.literal ?? "";
  let bound: Bound = new Map();
  let barriers = 0;

  const send = ({ method, path, headers, body }: BookRequest) =>
    bareExchange(venue.url, {
      ...{ agent, method, path: inWordsOf(path, bound), body: inWordsOf(body, bound) },
      headers: headersOf(headers, bound),
    });
  const bearer = () => [{ name: "Authorization", value: `Bearer ${token}` }];
  const call = (path: string, body: unknown) =>
    send({ method: "POST", path: `/api/${path}`, headers: bearer(), body: JSON.stringify(body) });

  async function login(): Promise<void> {
    const body = JSON.stringify(BOOK_LOGIN);
    const answer = await send({ method: "POST", path: "/api/Auth/loginKey", headers: [], body });
    bound = new Map([...bound, [token, (JSON.parse(answer.body) as Row)["token"]]]);
  }

  async function happen(text: string, entry: BookEntry): Promise<readonly string[]> {
    // What was said before must have arrived before time passes.
    for (const one of lines.values()) await barrier(one);
    const words = text.split(" ");
    const [what = "", count = "", path = ""] = words;
    if (text === "login again") await login();
    else if (what === "calls") {
      for (let i = 0; i < Number(count); i += 1) await call(path, bodyFor(path));
    } else if (what === "resting") {
      for (let i = 1; i <= Number(path); i += 1) await call("Order/place", restingOrder(i));
    } else if (!venue.happens(words, entry.said.kind === "talk" ? entry.said.hub : null)) {
      return [`the venue cannot make it happen: ${text}`];
    }
    return [];
  }

  /** An answer means that everything before it has been heard on both sides. */
  async function barrier({ line }: Listening): Promise<void> {
    barriers += 1;
    const invocationId = `barrier-${barriers}`;
    line.say({ type: 1, target: "NoSuchMethod", arguments: [], invocationId });
    await line.settles(() => line.frames.some((one) => one["invocationId"] === invocationId), 200);
  }

  async function exchange(
    { request, answer }: Extract<Said, { kind: "exchange" }>,
    allowed: Allowance,
  ): Promise<readonly string[]> {
    const said = await send(request);
    if (said.status !== answer.status)
      return [`status: book ${answer.status}, venue ${said.status}`];
    if (answer.body === "") {
      const isFixed = said.status === 401 || said.status === 429;
      return isFixed && said.body !== "" ? [`book: no body, venue ${said.body}`] : [];
    }
    if (!answer.body.startsWith("{")) {
      return said.body === answer.body ? [] : [`book ${answer.body}, venue ${said.body}`];
    }
    // A login gives another token, and the first one stays where there is none.
    const before = request.path === "/api/Auth/loginKey" ? without(bound, token) : bound;
    const matched = match(JSON.parse(answer.body), JSON.parse(said.body), allowed, before);
    // Even where something was wrong: what follows needs the numbers.
    bound = new Map([...bound, ...matched.bound]);
    return matched.differences;
  }

  async function open(hub: string, opening: { readonly request: BookRequest; status: number }) {
    const { request, status } = opening;
    lines.get(hub)?.line.close();
    lines.delete(hub);
    const url = new URL(inWordsOf(request.path, bound), venue.url.replace(/^http/, "ws"));
    const line = await bareLine(url, headersOf(request.headers, bound));
    const given = typeof line === "number" ? line : 101;
    if (typeof line !== "number") {
      all.push(line);
      lines.set(hub, { line, from: 0 });
    }
    return given === status ? [] : [`status: book ${status}, venue ${given}`];
  }

  /** What of the book's frames has not come; what came is taken as heard. */
  async function hear(
    one: Listening,
    expected: readonly Row[],
    allowed: Allowance,
  ): Promise<readonly string[]> {
    let heard = heardOf(expected, one, allowed, bound);
    await one.line.settles(() => {
      heard = heardOf(expected, one, allowed, bound);
      return heard.missing.length === 0;
    }, PATIENCE);
    bound = heard.bound;
    return heard.missing;
  }

  async function talk(
    said: Extract<Said, { kind: "talk" }>,
    allowed: Allowance,
  ): Promise<readonly string[]> {
    const wrong = said.opening === null ? [] : await open(said.hub, said.opening);
    const one = lines.get(said.hub);
    if (one === undefined) return said.messages.length === 0 ? wrong : [...wrong, "no connection"];
    let expected: Row[] = [];
    for (const { from, text } of said.messages) {
      if (from === "venue") {
        expected.push(...(framesOf(text) as readonly Row[]));
        continue;
      }
      wrong.push(...(await hear(one, expected, allowed)));
      if (expected.length > 0) one.from = one.line.frames.length;
      expected = [];
      one.line.send(inWordsOf(text, bound));
    }
    wrong.push(...(await hear(one, expected, allowed)));
    if (said.isSilent) wrong.push(...(await spoken(one)));
    one.from = one.line.frames.length;
    return wrong;
  }

  async function spoken(one: Listening): Promise<readonly string[]> {
    await barrier(one);
    return one.line.frames
      .slice(one.from)
      .filter((frame) => !isBarrier(frame))
      .map((frame) => `book: silence, venue ${JSON.stringify(frame)}`);
  }

  return {
    login,
    async play(entry) {
      const keys = new Set(entry.varyingKeys);
      const allowed = { literals, keys, rows: entry.rows, order: entry.order };
      const wrong: string[] = [];
      for (const text of entry.before) wrong.push(...(await happen(text, entry)));
      const { said } = entry;
      const differences = said.kind === "exchange" ? exchange(said, allowed) : talk(said, allowed);
      return [...wrong, ...(await differences)];
    },
    nulls: () =>
      all
        .flatMap(({ frames }) => frames)
        .filter(({ target }) => String(target).startsWith("GatewayUser"))
        .map((frame) => JSON.stringify(frame))
        .filter((text) => text.includes('"data":') && /:null\b/.test(text)),
    close() {
      for (const line of all) line.close();
      agent.destroy();
    },
  };
}

const isBarrier = (frame: Row): boolean => String(frame["invocationId"]).startsWith("barrier-");

const without = (bound: Bound, literal: string): Bound =>
  new Map([...bound].filter(([name]) => name !== literal));

const headersOf = (
  headers: BookRequest["headers"],
  bound: Bound,
): Readonly<Record<string, string>> =>
  Object.fromEntries(headers.map(({ name, value }) => [name, inWordsOf(value, bound)]));

/** Frames are compared with those of their kind, so that other kinds may come in between. */
function heardOf(
  expected: readonly Row[],
  { line, from }: Listening,
  allowed: Allowance,
  before: Bound,
): { readonly missing: readonly string[]; readonly bound: Bound } {
  let bound = before;
  const differencesOf = (book: Row, venue: Row): readonly string[] => {
    const matched = match(book, venue, allowed, bound);
    if (matched.differences.length === 0) bound = matched.bound;
    return matched.differences;
  };
  const heard = line.frames.slice(from).filter((frame) => !isBarrier(frame));
  const kinds = new Set(expected.map(kindOf));
  const missing = [...kinds].flatMap((kind) => {
    const some = expected.filter((frame) => kindOf(frame) === kind);
    const others = heard.filter((frame) => kindOf(frame) === kind);
    const look = allowed.order === "told" ? inOrder : inAnyOrder;
    return look(some, others, differencesOf).missing;
  });
  return { missing, bound };
}

const kindOf = (frame: Row): string => `${String(frame["type"])} ${String(frame["target"])}`;

/** Enough for the call to be counted; what it answers does not matter. */
function bodyFor(path: string): Row {
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
