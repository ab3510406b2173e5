import { expect, it } from "vitest";
import type { Notice } from "../../../../src/core/model/notice.ts";
import { tradeDate } from "../../../../src/core/model/trade-date.ts";
import { tellNotice } from "../../../../src/core/views/tell-notice.ts";
import { NOW } from "../../../kit/builders.ts";

const date = tradeDate("2026-12-14");
const roll = { kind: "roll", roots: ["ES", "MES"], date } as const;
const codes = { from: ["ESZ26", "MESZ26"], to: ["ESH27", "MESH27"] } as const;

it.each<[Notice, string, string]>([
  [
    { kind: "calendar", validUntil: date, days: 30 },
    "plain",
    "holidays are known until 2026-12-14 (30 days); a newer calendar file is wanted by then",
  ],
  [
    { kind: "calendar", validUntil: date, days: 1 },
    "plain",
    "holidays are known until 2026-12-14 (1 day); a newer calendar file is wanted by then",
  ],
  [
    { kind: "calendar", validUntil: date, days: 0 },
    "plain",
    "holidays are known until 2026-12-14 (today); a newer calendar file is wanted by then",
  ],
  [
    { kind: "calendar", validUntil: date, days: -1 },
    "bad",
    "holidays are known until 2026-12-14 only; name a newer calendar file",
  ],
  [
    { kind: "news", series: "CPI", validUntil: date },
    "bad",
    "the dates of CPI are known until 2026-12-14: nothing keeps entries away from later ones; name a newer news file",
  ],
  [
    { ...roll, ...codes, days: 0 },
    "plain",
    "roll: from today entries go from ESZ26 to ESH27, MESZ26 to MESH27",
  ],
  [
    { ...roll, ...codes, days: 1 },
    "plain",
    "roll: on 2026-12-14, in 1 day, entries go from ESZ26 to ESH27, MESZ26 to MESH27",
  ],
  [
    { ...roll, ...codes, days: 7 },
    "plain",
    "roll: on 2026-12-14, in 7 days, entries go from ESZ26 to ESH27, MESZ26 to MESH27",
  ],
  [
    { kind: "old-contract", trade: 3, contract: "MESZ26", front: "MESH27", lastHeld: date },
    "bad",
    "#3 holds MESZ26, and the front is MESH27 now; it is left on 2026-12-14 at the latest",
  ],
  [
    { kind: "attendance-due", until: NOW },
    "bad",
    "nobody has been heard of for long: entries stop Thursday 2026-11-19 09:00 CT; say `attend`",
  ],
  [
    { kind: "attendance-over", since: NOW },
    "bad",
    "no entries: nobody has been heard of since Thursday 2026-11-19 09:00 CT; say `attend`",
  ],
])("%j", (notice, tone, text) => {
  expect(tellNotice(notice)).toEqual({ kind: "house", tone, text });
});
