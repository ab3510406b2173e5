/** The hubs' side of playing the wire book: connections, what is said on them, what is heard. */
import { type BareLine, bareLine, type Row } from "./bare-wire.ts";
import { type BookRequest, framesOf, type Said } from "./wire-book.ts";
import { type Allowance, type Bound, inAnyOrder, inOrder, inWordsOf, match } from "./wire-match.ts";

export type Talk = Extract<Said, { readonly kind: "talk" }>;

/** What the book's literals are at this venue; grows as the story is played. */
export interface Words {
  bound: Bound;
}

export interface BookTalks {
  /** Where the venue said something else. */
  play(talk: Talk, allowed: Allowance): Promise<readonly string[]>;
  /** Resolves when everything said so far has been heard on both sides. */
  settle(): Promise<void>;
  /** User events that are wrapped leave out what is null; these did not. */
  nulls(): readonly string[];
  close(): void;
}

interface Listening {
  readonly line: BareLine;
  /** Frames before this one belong to what was played already. */
  from: number;
}

/** Milliseconds of the host's time for what is on its way over loopback. */
const PATIENCE = 2_000;

export function bookTalks(url: string, words: Words): BookTalks {
  const open = new Map<string, Listening>();
  const all: BareLine[] = [];

  async function connect(
    hub: string,
    { request, status }: NonNullable<Talk["opening"]>,
  ): Promise<readonly string[]> {
    open.get(hub)?.line.close();
    open.delete(hub);
    const address = new URL(inWordsOf(request.path, words.bound), url.replace(/^http/, "ws"));
    const line = await bareLine(address, headersOf(request.headers, words.bound));
    if (typeof line !== "number") {
      const one = { line, from: 0 };
      all.push(line);
      open.set(hub, one);
      void line.ended.then(() => open.get(hub) === one && open.delete(hub));
    }
    const given = typeof line === "number" ? line : 101;
    return given === status ? [] : [`status: book ${status}, venue ${given}`];
  }

  return {
    async play(talk, allowed) {
      const wrong = talk.opening === null ? [] : [...(await connect(talk.hub, talk.opening))];
      const one = open.get(talk.hub);
      if (one === undefined)
        return talk.messages.length === 0 ? wrong : [...wrong, "no connection"];
      for (const { say, expected } of turnsOf(talk)) {
        if (say !== null) one.line.send(inWordsOf(say, words.bound));
        wrong.push(...(await hear(one, expected, allowed, words)));
        if (talk.isSilent) wrong.push(...(await spoken(one)));
        one.from = one.line.frames.length;
      }
      return wrong;
    },
    async settle() {
      for (const one of open.values()) await barrier(one.line);
    },
    nulls: () =>
      all
        .flatMap(({ frames }) => frames)
        .filter(({ target }) => String(target).startsWith("GatewayUser"))
        .map((frame) => JSON.stringify(frame))
        .filter((text) => text.includes('"data":') && /:null\b/.test(text)),
    close() {
      for (const line of all) line.close();
    },
  };
}

export const headersOf = (
  headers: BookRequest["headers"],
  bound: Bound,
): Readonly<Record<string, string>> =>
  Object.fromEntries(headers.map(({ name, value }) => [name, inWordsOf(value, bound)]));

interface Turn {
  /** Null where the venue begins. */
  readonly say: string | null;
  readonly expected: readonly Row[];
}

/** What the client says, each with what the venue says until the client speaks again. */
function turnsOf({ messages }: Talk): readonly Turn[] {
  const turns: { say: string | null; expected: Row[] }[] = [];
  if (messages[0]?.from !== "client") turns.push({ say: null, expected: [] });
  for (const { from, text } of messages) {
    if (from === "client") turns.push({ say: text, expected: [] });
    else turns.at(-1)?.expected.push(...(framesOf(text) as readonly Row[]));
  }
  return turns;
}

/** What of the book's frames does not come. */
async function hear(
  { line, from }: Listening,
  expected: readonly Row[],
  allowed: Allowance,
  words: Words,
): Promise<readonly string[]> {
  const look = (): Heard => heardOf(expected, line.frames.slice(from), allowed, words.bound);
  let heard = look();
  await line.settles(() => {
    heard = look();
    return heard.missing.length === 0;
  }, PATIENCE);
  words.bound = heard.bound;
  return heard.missing;
}

interface Heard {
  readonly missing: readonly string[];
  readonly bound: Bound;
}

/** Frames are compared with those of their kind, so that other kinds may come in between. */
function heardOf(
  expected: readonly Row[],
  frames: readonly Row[],
  allowed: Allowance,
  before: Bound,
): Heard {
  let bound = before;
  const differencesOf = (book: Row, venue: Row): readonly string[] => {
    const matched = match(book, venue, allowed, bound);
    if (matched.differences.length === 0) bound = matched.bound;
    return matched.differences;
  };
  const look = allowed.order === "told" ? inOrder : inAnyOrder;
  const missing = [...new Set(expected.map(kindOf))].flatMap((kind) => {
    const isKind = (frame: Row): boolean => kindOf(frame) === kind && !isBarrier(frame);
    return look(expected.filter(isKind), frames.filter(isKind), differencesOf).missing;
  });
  return { missing, bound };
}

const kindOf = (frame: Row): string => `${String(frame["type"])} ${String(frame["target"])}`;

async function spoken({ line, from }: Listening): Promise<readonly string[]> {
  await barrier(line);
  return line.frames
    .slice(from)
    .filter((frame) => !isBarrier(frame) && frame["type"] !== KEEP_ALIVE)
    .map((frame) => `book: silence, venue ${JSON.stringify(frame)}`);
}

const KEEP_ALIVE = 6;
const BARRIER = "barrier-";
const isBarrier = (frame: Row): boolean => String(frame["invocationId"]).startsWith(BARRIER);

/** A method nobody knows changes nothing, and its answer comes after everything before it. */
async function barrier({ say, settles, frames }: BareLine): Promise<void> {
  const invocationId = `${BARRIER}${frames.length}`;
  say({ type: 1, target: "NoSuchMethod", arguments: [], invocationId });
  await settles(() => frames.some((one) => one["invocationId"] === invocationId), PATIENCE);
}
