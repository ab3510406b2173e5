/** The client's reading of the wire, held against the book's: every answer, every event. */
import { describe, expect, test } from "vitest";
import { millis } from "../../src/core/model/units.ts";
import { checkContract } from "../../src/shell/topstepx/contract-check.ts";
import { readLogin, readRenewal } from "../../src/shell/topstepx/login.ts";
import { printsTold, quoteTold } from "../../src/shell/topstepx/market-events.ts";
import { calledOf } from "../../src/shell/topstepx/outcomes.ts";
import {
  accountsTold,
  answers,
  ordersTold,
  positionsTold,
  tradesTold,
} from "../../src/shell/topstepx/schemas.ts";
import type { Reply } from "../../src/shell/topstepx/transport.ts";
import type { CallName } from "../../src/shell/topstepx/wire-types.ts";
import { type BookAnswer, framesOf, wireBook } from "../kit/wire-book.ts";

const entries = wireBook().flatMap((file) => file.entries);
const named = entries.map((entry) => ({ ...entry, name: `${entry.file}: ${entry.title}` }));

const replyOf = ({ status, headers, body }: BookAnswer): Reply => {
  const wait = headers.find(({ name }) => name === "Retry-After")?.value;
  const retryAfter = wait === undefined ? null : millis(Number(wait) * 1_000);
  return { kind: "answered", status, body, date: null, retryAfter };
};

const exchanges = named.flatMap(({ name, said }) =>
  said.kind === "exchange" ? [{ name, path: said.request.path, answer: said.answer }] : [],
);
const isCall = (name: string): name is CallName => Object.hasOwn(answers, name);
const calls = exchanges.flatMap(({ path, ...rest }) => {
  const call = path.replace("/api/", "");
  return isCall(call) ? [{ ...rest, call }] : [];
});

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null;

/** Where what was read is not what stands in the book. Null and absent are one, text may be a number. */
function misread(book: unknown, read: unknown, place = ""): readonly string[] {
  if (isFields(read)) {
    const fields: Fields = isFields(book) ? book : {};
    return Object.entries(read).flatMap(([key, value]) => {
      const told = key === "id" ? (fields["id"] ?? fields["orderId"]) : fields[key];
      return misread(told, value, `${place}.${key}`);
    });
  }
  if (read === null ? book === undefined || book === null : String(book) === String(read))
    return [];
  return [`${place}: book ${JSON.stringify(book)}, read ${JSON.stringify(read)}`];
}

describe("an answer", () => {
  const good = calls.filter(({ answer }) => /"success":true/.test(answer.body));

  test.each(good)("of $name is read as it stands", ({ call, answer }) => {
    const called = calledOf(call, replyOf(answer));
    if (called.kind !== "done") return expect.fail(`${called.kind}: ${called.reason}`);
    expect(misread(JSON.parse(answer.body), called.value)).toEqual([]);
  });

  test("is read to its last row", () => {
    const rows = (body: unknown): number =>
      Object.values(body as Fields).flatMap((value) => (Array.isArray(value) ? value : [])).length;
    for (const { call, answer, name } of good) {
      const called = calledOf(call, replyOf(answer));
      const read = called.kind === "done" ? rows(called.value) : -1;
      expect(read, name).toBe(rows(JSON.parse(answer.body)));
    }
    expect(good.length).toBeGreaterThanOrEqual(40);
  });
});

describe("a refusal", () => {
  /** The venue itself does not know, or not yet. */
  const undecided = (call: string, code: number): boolean =>
    call === "Order/place" && (code === 6 || code === 7);
  const refusals = calls.filter(({ answer }) => /"success":false/.test(answer.body));

  test.each(refusals)("of $name has its code and the venue's words", ({ call, answer }) => {
    const { errorCode, errorMessage } = JSON.parse(answer.body) as {
      errorCode: number;
      errorMessage: string | null;
    };
    const called = calledOf(call, replyOf(answer));
    if (undecided(call, errorCode)) return expect(called.kind).toBe("unknown");
    expect(called).toMatchObject({ kind: "refused", code: errorCode });
    if (errorMessage !== null) expect(called).toMatchObject({ reason: errorMessage });
  });

  test("has an order's number and means nothing by it", () => {
    const numbered = refusals.filter(({ answer }) => /"orderId":\d/.test(answer.body));
    expect(numbered.length).toBeGreaterThanOrEqual(15);
    for (const { call, answer, name } of numbered) {
      expect(calledOf(call, replyOf(answer)).kind, name).toBe("refused");
    }
  });

  test.each([
    [400, "refused"],
    [401, "unknown"],
    [429, "unknown"],
    [500, "unknown"],
  ] as const)("with status %i is %s", (status, kind) => {
    const some = calls.filter(({ answer }) => answer.status === status);
    expect(some.length).toBeGreaterThan(0);
    for (const { call, answer } of some) {
      expect(calledOf(call, replyOf(answer)).kind).toBe(kind);
    }
  });
});

describe("signing in", () => {
  const at = (path: string) => exchanges.filter((one) => one.path === path);

  test.each(at("/api/Auth/loginKey"))("$name", ({ answer }) => {
    const { token, errorCode } = JSON.parse(answer.body) as { token?: string; errorCode?: number };
    const read = readLogin(replyOf(answer));
    if (errorCode === 0) return expect(read).toEqual({ ok: true, value: token });
    if (answer.status !== 200) return expect(read.ok).toBe(false);
    const kind = [3, 7, 9, 10].includes(errorCode ?? -1) ? "fatal" : "retry";
    expect(read).toMatchObject({ ok: false, error: { kind } });
  });

  test.each(at("/api/Auth/validate"))("$name", ({ answer }) => {
    const renewed = /"newToken":"([^"]+)"/.exec(answer.body)?.[1] ?? null;
    const isGood = answer.status === 200 && /"success":true/.test(answer.body);
    expect(readRenewal(replyOf(answer))).toEqual(
      isGood ? { kind: "valid", token: renewed } : { kind: "invalid" },
    );
  });
});

const told = named.flatMap(({ name, said }) =>
  (said.kind === "talk" ? said.messages : [])
    .flatMap(({ text }) => framesOf(text) as readonly Fields[])
    .filter(({ type }) => type === 1)
    .map(({ target, arguments: args }) => ({ name, target, args: args as readonly unknown[] })),
);

describe("a user event", () => {
  const readers = {
    GatewayUserAccount: accountsTold,
    GatewayUserOrder: ordersTold,
    GatewayUserPosition: positionsTold,
    GatewayUserTrade: tradesTold,
  };
  type Target = keyof typeof readers;
  const isTarget = (target: unknown): target is Target =>
    typeof target === "string" && Object.hasOwn(readers, target);
  const events = told.flatMap(({ target, ...rest }) =>
    isTarget(target) ? [{ ...rest, target }] : [],
  );
  /** Out of whatever it is wrapped in. */
  const content = (value: unknown): unknown => {
    if (Array.isArray(value)) return content(value[0]);
    return isFields(value) && "data" in value ? value["data"] : value;
  };

  test.each(events)("$target of $name is read as it stands", ({ target, args }) => {
    const news = readers[target](args);
    if (!news.ok) return expect.fail(news.error);
    expect(news.value).toHaveLength(1);
    const book = content(args);
    const isGone = isFields(book) && book["size"] === 0 && !("type" in book);
    expect(misread(isGone ? { ...book, type: 0 } : book, news.value[0])).toEqual([]);
  });

  test("comes wrapped, flat and in an array", () => {
    expect(events.length).toBeGreaterThanOrEqual(25);
    const shape = ({ args }: { readonly args: readonly unknown[] }): string =>
      Array.isArray(args[0])
        ? "array"
        : isFields(args[0]) && "data" in args[0]
          ? "wrapped"
          : "flat";
    expect(new Set(events.map(shape))).toEqual(new Set(["array", "wrapped", "flat"]));
  });
});

describe("a market event", () => {
  const of = (wanted: string) => told.filter(({ target }) => target === wanted);
  const at = (text: unknown): number => Date.parse(String(text));

  test.each(of("GatewayQuote"))("of $name tells what changed, and leaves the rest", ({ args }) => {
    const book = args[1] as Fields;
    expect(quoteTold(args)).toEqual({
      ok: true,
      value: {
        contract: "CON.F.US.MES.U26",
        bid: book["bestBid"] ?? null,
        ask: book["bestAsk"] ?? null,
        last: book["lastPrice"] ?? null,
        at: at(book["lastUpdated"]),
      },
    });
  });

  test.each(of("GatewayTrade"))("of $name tells every trade, and no hole", ({ args }) => {
    const rows = (args[1] as readonly (Fields | null)[]).filter((row) => row !== null);
    const prints = rows.map((row) => ({ price: row["price"], at: at(row["timestamp"]) }));
    expect(printsTold(args)).toEqual({ ok: true, value: { contract: args[0], prints } });
  });

  test("comes whole, in part, and with holes", () => {
    expect(of("GatewayQuote")).toHaveLength(3);
    expect(of("GatewayTrade")).toHaveLength(2);
  });
});

test("a search that finds strangers as well finds the one that was meant", () => {
  const search = exchanges.find(({ name }) => name.includes("the strangers: QG and QM"));
  const called = calledOf("Contract/search", replyOf(search?.answer ?? expect.fail("no search")));
  const rows = called.kind === "done" ? called.value.contracts : [];
  expect(rows.map(({ id }) => id)).toContain("CON.F.US.NQG.U26");
  const meant = { root: "NQ", year: 2026, month: 9, code: "NQU26" } as const;
  expect(checkContract(rows, meant)).toMatchObject({ ok: true, value: { id: "CON.F.US.ENQ.U26" } });
  const micro = { root: "MNQ", year: 2026, month: 9, code: "MNQU26" } as const;
  expect(checkContract(rows, micro).ok).toBe(false);
});
