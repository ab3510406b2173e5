import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formsOf, redaction, withoutSecrets } from "../../../../src/shell/pino/redaction.ts";

const secretOf = fc
  .string({ unit: "grapheme", minLength: 12, maxLength: 60 })
  .filter((text) => text.trim() === text && !/[\p{Cc}\p{Cs}]/u.test(text) && text.length >= 12);

const surely = (secret: string) => redaction(() => new Set([secret]));

describe("a secret that was read", () => {
  test("is in no line, however it is written there, at whatever depth and whatever stands around it", () => {
    fc.assert(
      fc.property(
        secretOf,
        fc.string({ maxLength: 9 }),
        fc.string({ maxLength: 9 }),
        (secret, before, behind) => {
          const whole = Buffer.from(before + secret + behind);
          const ways = [
            secret,
            encodeURIComponent(secret),
            Buffer.from(secret).toString("base64"),
            Buffer.from(secret).toString("base64url"),
            Buffer.from(secret).toString("hex"),
            whole.toString("base64"),
            whole.toString("base64url"),
            whole.toString("base64").replaceAll("=", ""),
            new URLSearchParams({ a: secret }).toString(),
          ];
          const line = redaction(() => new Set([secret]))(
            JSON.stringify({ a: ways, b: { c: [{ d: { e: `x${secret}y` } }] } }),
          );
          for (const form of formsOf(secret)) expect(line.includes(form)).toBe(false);
          expect(line).toContain("[removed]");
          JSON.parse(line);
        },
      ),
      { numRuns: 200 },
    );
  });

  test("nobody can read back from base64 that begins anywhere", () => {
    const secret = "canary-Zm9vYmFy/+?~0123456789";
    for (const before of ["", "a", "ab", "abc", "user:"]) {
      const bytes = Buffer.from(`${before}${secret}!`);
      for (const kind of ["base64", "base64url"] as const) {
        const line = surely(secret)(`x ${bytes.toString(kind)} y`);
        expect(line).toContain("[removed]");
        const left = line
          .split(/[^\w+/=-]+/)
          .map((one) => Buffer.from(one, kind).toString("latin1"));
        expect(left.some((text) => text.includes(secret.slice(3, 12)))).toBe(false);
      }
    }
  });

  test("is known from the line on after it was read, with the part of it that is secret by itself", () => {
    const secrets = new Set<string>();
    const redact = redaction(() => secrets);
    expect(redact("hunter2hunter2")).toBe("hunter2hunter2");
    secrets.add("hunter2hunter2");
    secrets.add("whsec_QWxhZGRpbjpvcGVuIHNlc2FtZQ");
    secrets.add("https://example.org/hooks/abcdefghij0123456789");
    expect(redact("a hunter2hunter2 b QWxhZGRpbjpvcGVuIHNlc2FtZQ c abcdefghij0123456789")).toBe(
      "a [removed] b [removed] c [removed]",
    );
  });

  test("shorter than six signs is an ordinary word", () => {
    expect(surely("tick")("a tick of the clock")).toBe("a tick of the clock");
  });
});

describe("what looks like a secret", () => {
  test.each([
    ['{"token":"abcdef0123456789"}', '{"token":"[removed]"}'],
    ["Authorization: Bearer abcdef0123456789", "Authorization: Bearer [removed]"],
    ["authorization: Basic dXNlcjpwYXNz", "authorization: Basic [removed]"],
    ["password=hunter2hunter2 now", "password=[removed] now"],
    [`seen ${"a".repeat(24)}.${"b".repeat(6)}.${"c".repeat(27)} there`, "seen [removed] there"],
    [`/api/webhooks/123456/${"d".repeat(40)}`, "/api/webhooks/123456/[removed]"],
    [`key AGE-SECRET-KEY-1${"Q".repeat(58)} end`, "key [removed] end"],
  ])("goes nowhere: %.40s", (line, shown) => {
    expect(withoutSecrets(line)).toBe(shown);
  });

  test.each([
    '{"event":"journal-refused","detail":"database or disk is full (SQLITE_FULL)"}',
    '{"trade":"ts-abcdefghijklmnopqrstuvwxyz-e1-1","price":6326.25}',
    "/a/folder/with/a/long-name-of-many-letters/journal.db",
  ])("is no ordinary line: %.40s", (line) => {
    expect(withoutSecrets(line)).toBe(line);
  });
});
