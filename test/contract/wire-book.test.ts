/** The wire book itself: well formed, and whole. What it is for stands in its README. */
import { describe, expect, test } from "vitest";
import { type BookEntry, bookFile, framesOf, type Said, wireBook } from "../kit/wire-book.ts";

const book = wireBook();
const entries = book.flatMap((file) => file.entries);
const where = (entry: BookEntry): string => `${entry.file}:${entry.line} ${entry.title}`;

type Exchange = Extract<Said, { kind: "exchange" }>;
const exchanges = entries.flatMap((entry) =>
  entry.said.kind === "exchange" ? [{ entry, ...entry.said }] : [],
);
const talks = entries.flatMap((entry) =>
  entry.said.kind === "talk" ? [{ entry, ...entry.said }] : [],
);

const json = (text: string): Record<string, unknown> => JSON.parse(text) as Record<string, unknown>;
const isJson = (text: string): boolean => text !== "" && text !== "pong";
const codesAt = (path: string): readonly unknown[] => [
  ...new Set(
    exchanges
      .filter(
        ({ request, answer }) =>
          request.path === path && answer.status === 200 && isJson(answer.body),
      )
      .map(({ answer }) => json(answer.body)["errorCode"]),
  ),
];

describe("every entry", () => {
  test("is one of at least sixty exchanges, each told once", () => {
    expect(exchanges.length).toBeGreaterThanOrEqual(60);
    expect(new Set(entries.map(where)).size).toBe(entries.length);
  });

  test("says where it is from and what of it was built", () => {
    const marks = /^((LIVE|DOC|SWAG|CLI|LOCAL|CALC|INF|\?)( and |$))+$/;
    const kinds = ["given", "text given, the rest built from the table", "built from the table"];
    expect(entries.filter(({ mark }) => !marks.test(mark)).map(where)).toEqual([]);
    expect(entries.filter(({ bytes }) => !kinds.includes(bytes)).map(where)).toEqual([]);
    expect(entries.filter(({ section }) => !/^S?\d/.test(section)).map(where)).toEqual([]);
  });

  test("goes on with what came before: a talk belongs to an open connection", () => {
    for (const { file, entries: told } of book) {
      const open = new Set<string>();
      for (const entry of told) {
        if (entry.said.kind === "exchange" || entry.unplayed !== null) continue;
        if (entry.said.opening?.status === 101) open.add(entry.said.hub);
        if (entry.said.messages.length > 0) {
          expect(open, `${file}: ${entry.title}`).toContain(entry.said.hub);
        }
      }
    }
  });
});

describe("what varies", () => {
  test("is there, and is nothing that stands for something else too", () => {
    for (const file of book) {
      const literals = file.varying.map(({ literal }) => literal);
      expect(new Set(literals).size, file.file).toBe(literals.length);
      const text = JSON.stringify(file.entries);
      const idle = literals.filter((literal) => !text.includes(literal));
      expect(idle, file.file).toEqual([]);
      for (const one of literals) {
        const inside = literals.filter((other) => other !== one && other.includes(one));
        expect(inside, file.file).toEqual([]);
      }
    }
  });

  test("every number of an order in a request is one the venue gave before", () => {
    for (const file of book) {
      const given = new Set(file.varying.map(({ literal }) => literal));
      for (const { said, title } of file.entries) {
        const body = said.kind === "exchange" ? said.request.body : "";
        const asked = /"orderId":(\d+)/.exec(body)?.[1];
        if (asked !== undefined && asked !== "1") expect(given, title).toContain(asked);
      }
    }
  });
});

describe("an exchange", () => {
  test("has JSON on both sides, or nothing, or the one word of the ping", () => {
    for (const { entry, request, answer } of exchanges) {
      for (const body of [request.body, answer.body]) {
        if (isJson(body)) expect(typeof json(body), where(entry)).toBe("object");
      }
    }
  });

  test("answered with 200 says whether it succeeded, and a failure has its code", () => {
    const enveloped = exchanges.filter(
      ({ request, answer }) => answer.status === 200 && request.path.startsWith("/api/"),
    );
    for (const { entry, answer } of enveloped.filter(({ answer: { body } }) => isJson(body))) {
      const said = json(answer.body);
      expect(said["success"], where(entry)).toBe(said["errorCode"] === 0);
      expect(said, where(entry)).toHaveProperty("errorMessage");
    }
  });

  test("carries a token in its header wherever one is needed", () => {
    const open = /^\/api\/(Auth\/loginKey|Status\/ping)$/;
    const bare = exchanges.filter(
      ({ request }) =>
        !open.test(request.path) &&
        !request.headers.some(
          ({ name, value }) => name === "Authorization" && /^Bearer /.test(value),
        ),
    );
    expect(bare.map(({ entry }) => entry.title)).toEqual(["no token at all"]);
  });

  test("there is one at least for every call that is used, and one that is refused", () => {
    const ok = (path: string): boolean => codesAt(path).includes(0);
    const called = [...new Set(exchanges.map(({ request }) => request.path))].sort();
    expect(called.filter(ok)).toEqual([
      "/api/Account/search",
      "/api/Auth/loginKey",
      "/api/Auth/logout",
      "/api/Auth/validate",
      "/api/Contract/available",
      "/api/Contract/search",
      "/api/Contract/searchById",
      "/api/History/retrieveBars",
      "/api/Order/cancel",
      "/api/Order/modify",
      "/api/Order/place",
      "/api/Order/search",
      "/api/Order/searchById",
      "/api/Order/searchOpen",
      "/api/Order/v2/query",
      "/api/Position/closeContract",
      "/api/Position/partialCloseContract",
      "/api/Position/searchOpen",
      "/api/Trade/search",
    ]);
    expect(new Set(exchanges.map(({ answer }) => answer.status))).toEqual(
      new Set([200, 400, 401, 404, 429, 500]),
    );
  });

  test.each<readonly [string, readonly number[]]>([
    ["/api/Auth/loginKey", [0, 3, 7, 8, 9, 10]],
    ["/api/Order/place", [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
    ["/api/Order/modify", [0, 1, 2, 3, 6]],
    ["/api/Order/cancel", [0, 1, 2, 5, 6]],
    ["/api/Order/searchById", [0, 1]],
    ["/api/Contract/searchById", [0, 1]],
    ["/api/History/retrieveBars", [0, 1, 2, 3, 4]],
    ["/api/Position/closeContract", [0, 1, 2, 3]],
    ["/api/Position/partialCloseContract", [0, 2, 4, 5, 6]],
  ])("%s ends in each of its codes", (path, codes) => {
    expect(new Set(codesAt(path))).toEqual(new Set(codes));
  });

  test("a refusal of an order says each of the things that were seen", () => {
    const said = (one: Exchange): unknown => json(one.answer.body)["errorMessage"];
    const refusals = exchanges.filter(
      ({ request, answer }) =>
        request.path === "/api/Order/place" && /"success":false/.test(answer.body),
    );
    const texts = new Set(refusals.map(said).filter((text) => text !== null));
    expect(texts.size).toBeGreaterThanOrEqual(18);
  });
});

describe("a talk over a hub", () => {
  test("is made of frames of JSON, each closed by the byte 0x1E", () => {
    for (const { entry, messages } of talks) {
      for (const { text } of messages) {
        expect(text.endsWith("\x1e"), where(entry)).toBe(true);
        expect(framesOf(text).length, where(entry)).toBeGreaterThan(0);
      }
    }
  });

  test("shows every kind of frame and every event there is", () => {
    const frames = talks.flatMap(({ messages }) =>
      messages.flatMap(({ text }) => framesOf(text) as Record<string, unknown>[]),
    );
    expect(new Set(frames.map((frame) => frame["type"]))).toEqual(new Set([undefined, 1, 3, 6, 7]));
    const targets = frames.flatMap((frame) => (frame["type"] === 1 ? [frame["target"]] : []));
    expect(new Set(targets.filter((target) => /^Gateway/.test(String(target))))).toEqual(
      new Set([
        "GatewayUserAccount",
        "GatewayUserOrder",
        "GatewayUserPosition",
        "GatewayUserTrade",
        "GatewayQuote",
        "GatewayTrade",
        "GatewayDepth",
        "GatewayLogout",
      ]),
    );
  });
});

describe("a reader of the book", () => {
  const entry = "== one\nsection 1, DOC\nbytes given\n";
  const answered = "> GET /api/Status/ping\n< 200\n<\n< pong\n";

  test("gives the bytes as they stand", () => {
    const file = bookFile("a.txt", `varies my order 17\n\n${entry}@ wait 1s\n${answered}`);
    expect(file.varying).toEqual([{ name: "my order", literal: "17" }]);
    expect(file.entries[0]).toMatchObject({
      ...{ section: "1", mark: "DOC", before: ["wait 1s"], rows: "all" },
      said: {
        request: { method: "GET", path: "/api/Status/ping", body: "" },
        answer: { status: 200, body: "pong" },
      },
    });
  });

  test.each([
    ["no source", `== one\nbytes given\n${answered}`],
    ["no kind of bytes", `== one\nsection 1, DOC\n${answered}`],
    ["a word it does not know", `${entry}colour red\n${answered}`],
    ["no answer", `${entry}> GET /api/Status/ping\n`],
    ["a hub it does not know", `${entry}hub back\n> {}␞\n`],
    ["a frame without its end", `${entry}hub user\n> {}\n`],
  ])("takes nothing with %s", (_, text) => {
    expect(() => bookFile("a.txt", text)).toThrow(/^a\.txt:1: /);
  });
});
