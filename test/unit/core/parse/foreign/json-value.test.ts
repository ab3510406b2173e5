import fc from "fast-check";
import { expect, test } from "vitest";
import { type Json, jsonObject } from "../../../../../src/core/parse/foreign/json-value.ts";

test.each([
  '{"a":"b',
  '{"a":[1,"b]}',
  '{"a":[1 }',
  '{"a":[1,]}',
  '{"a":1,}',
  '{"a":1,"a":1}',
  '{"a":01}',
  '{"a":1e3}',
  '{"a":1.}',
  '{"a":+1}',
  '{"a":NaN}',
  '{"a":"\\u0041"}',
  '{"a":"\n"}',
  "{'a':1}",
  "[1]",
  "1",
  "",
  '{"a":1} x',
  '{"a":{"a":{"a":{"a":{"a":1}}}}}',
  `{"a":[${"1,".repeat(70)}1]}`,
])("%s is no object of ours", (text) => {
  expect(jsonObject(text)).toBe(null);
});

test("a list may be empty", () => {
  expect(jsonObject('{"a":[ ]}')?.entries.get("a")).toEqual({ kind: "list", items: [] });
});

test("escapes are taken off, and control signs are blanks", () => {
  expect(jsonObject('{"a":"\\"b\\/c\\\\d\\ne"}')?.entries.get("a")).toEqual({
    kind: "text",
    text: '"b/c\\d e',
  });
});

/** As the runtime's own reader gives it. */
const plainOf = (value: Json): unknown => {
  if (value.kind === "object")
    return Object.fromEntries([...value.entries].map(([key, one]) => [key, plainOf(one)]));
  if (value.kind === "list") return value.items.map(plainOf);
  if (value.kind === "text") return value.text;
  return JSON.parse(value.text);
};

test("whatever small object the runtime writes is read the same", () => {
  const word = fc.stringMatching(/^[A-Za-z!:/ .]{1,12}$/);
  const scalar = fc.oneof(word, fc.integer(), fc.boolean(), fc.constant(null));
  const inner = fc.dictionary(word, scalar, { maxKeys: 4, noNullPrototype: true });
  const value = fc.oneof(scalar, fc.array(scalar, { maxLength: 4 }), inner);
  const object = fc.dictionary(word, value, { maxKeys: 8, noNullPrototype: true });
  fc.assert(
    fc.property(object, fc.constantFrom(0, 2), (wanted, indent) => {
      const read = jsonObject(JSON.stringify(wanted, null, indent));
      expect(read === null ? null : plainOf(read)).toEqual(wanted);
    }),
  );
});
