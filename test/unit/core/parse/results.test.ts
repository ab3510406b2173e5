import { expect, test } from "vitest";
import { reading } from "../../../kit/posted.ts";

const alert = "🚨 ES long 6326: A\nStop: 6316";

test.each([
  `${alert}\nBoth targets in 11 minutes`,
  `${alert}\nT1 hit`,
  `${alert}\nT1: 6333 ✅`,
  `${alert}\n+12 points`,
  `${alert} (+7/+12)`,
  `${alert}\nOut 6338`,
  `${alert}\nclosed rest @ 6338`,
  `${alert}\nStopped out`,
  `${alert}\nBanked it`,
  "🚨 ES long 6326: A gave us a lot, stop 6316",
  "🚨 ES long 6326: A → 6338\nStop: 6316",
  "🚨 ES long 6326: A → T1\nStop: 6316",
])("%s tells the outcome", (text) => {
  expect(reading(text)).toBe("none: a recap: it tells the outcome [review]");
});

test("an alert taken back in its own text is none", () => {
  expect(reading(`${alert}\nCANCELLED`)).toBe("none: an alert taken back [review]");
});

test.each([
  `${alert}\nThe last one hit both targets`,
  `${alert}\nWhen T1 is hit, stop to BE`,
  `${alert}\nCPI out at 8:30`,
  `${alert}\nNasdaq +0.5% today`,
  `${alert}\n✅ good luck`,
  `${alert}\nVWAP → above`,
  `${alert}\nHe gave a speech`,
  `${alert}\nAll in all fine`,
  `${alert}\nHe hit the gym`,
])("%s tells no outcome", (text) => {
  expect(reading(text)).toBe("ES long 6326 6316 A");
});

test("targets are stated, not told", () => {
  expect(reading(`${alert}\nBoth targets: 6333 / 6338`)).toBe("ES long 6326 6316 A t6333/6338");
  expect(reading(`${alert}\nT1 → 6333, T2 +12`)).toBe("ES long 6326 6316 A t6333/6338");
});
