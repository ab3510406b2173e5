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
