import { expect, test } from "vitest";
import { reading } from "../../../../kit/posted.ts";

test.each([
  ['{"ticker":"MES1!","sentiment":"happy"}', "unsure: JSON without a known action"],
  ['{"ticker":{},"action":"buy"}', "symbol is no text"],
  ['{"ticker":"MES1!","action":"buy","side":"sell"}', "action is stated in two ways"],
  ['{"ticker":"MES1!","action":"buy","tp":["up"]}', "target is no number"],
  [
    '{"ticker":"MES1!","action":"buy","leverage":3}',
    'unsure: JSON with the unknown key "leverage"',
  ],
  ['{"ticker":"\u202eMES1!"}', "unsure: the shown text differs from the stored one"],
  ['{"ticker":"MES1!","action":"buy" ', "unsure: broken JSON"],
])("%s: %s", (text, why) => {
  expect(reading(text)).toBe(`none: ${why} [review]`);
});

test.each([
  ['{"ticker":"ES","action":"buy","price":"$6,326.25","stop":6316}', "ES long 6326.25"],
  [
    '{"ticker":"ES","action":"buy","price":6326,"entry":6326,"stop":6316,"tp":null}',
    "ES long 6326",
  ],
])("%s is an entry", (text, entry) => {
  expect(reading(text)).toContain(entry);
});

test.each([
  [
    '{"ticker":"ES","action":"buy","price":6326,"entry":6327,"stop":6316}',
    "price is stated in two ways",
  ],
  ['{"ticker":"ES","action":"buy","price":"6326.25.5","stop":6316}', "price is no number"],
  ['{"ticker":"ES","action":"buy","price":"soon","stop":6316}', "price is no number"],
  ['{"ticker":"ES","action":"buy","price":{"type":"limit"},"stop":6316}', "price is no number"],
])("%s is none: %s", (text, why) => {
  expect(reading(text)).toContain(why);
});
