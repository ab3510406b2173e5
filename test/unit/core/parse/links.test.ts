import { expect, test } from "vitest";
import { withoutLinks } from "../../../../src/core/parse/links.ts";

test.each([
  ["see https://www.tradingview.com/x/6326ESlong/ now", "see  now"],
  ["chart:https://x.com/6326 ok", "chart: ok"],
  ["[chart](http://a.b/6326)", "[chart]("],
  ["tradingview.com/x/6326ESlong", ""],
  ["(www.stop6316.example)", ""],
  ["discord://channels/6326", ""],
])("%s", (text, expected) => {
  expect(withoutLinks(text)).toBe(expected);
});

test("prices, abbreviations and ends of sentences are no addresses", () => {
  for (const text of ["ES 6326.25. Stop: 6316.5", "S.L. 6316", "no point here", "in. out."]) {
    expect(withoutLinks(text)).toBe(text);
  }
});
