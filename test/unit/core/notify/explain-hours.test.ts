import { expect, it } from "vitest";
import { instrumentOf } from "../../../../src/core/model/instruments.ts";
import type { Refusal } from "../../../../src/core/model/refusal.ts";
import { millis } from "../../../../src/core/model/units.ts";
import { explainRefusal } from "../../../../src/core/notify/explain.ts";
import { later, NOW } from "../../../kit/builders.ts";

it.each<[Refusal, string]>([
  [
    { kind: "cut-off", cutOff: NOW, opensAt: later(7_200_000) },
    "entries ended Thursday 2026-11-19 09:00 CT; they are taken again Thursday 2026-11-19 11:00 CT",
  ],
  [
    { kind: "outside-hours", opensAt: NOW, until: later(7_200_000) },
    "entries are taken from Thursday 2026-11-19 09:00 CT to Thursday 2026-11-19 11:00 CT",
  ],
  [
    { kind: "news", name: "CPI", until: NOW },
    "no entries around CPI; they are taken again Thursday 2026-11-19 09:00 CT",
  ],
  [
    { kind: "locked-out", until: NOW },
    "locked out by the operator until Thursday 2026-11-19 09:00 CT; nothing ends that earlier",
  ],
  [
    { kind: "unattended", since: NOW, limit: millis(14_400_000) },
    "nobody has been heard of since Thursday 2026-11-19 09:00 CT, and entries stop after 4 h; say `attend`",
  ],
  [
    { kind: "no-push", channels: ["phone", "pager"] },
    "nobody could be woken: no push channel has passed a test (phone, pager); say `tradestream notify test`",
  ],
  [
    { kind: "no-push", channels: [] },
    "nobody could be woken: no push channel tells alarms; name one under notify.channels, then say `tradestream notify test`",
  ],
])("%j", (refusal, said) => {
  expect(explainRefusal(refusal, instrumentOf("MES"))).toBe(said);
});
