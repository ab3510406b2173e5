/** Rule sets of any kind for properties: every limit there or left out, every unit of an amount. */
import fc from "fast-check";
import { DEFAULT_RULES } from "../../src/core/model/defaults.ts";
import type { HoursRules } from "../../src/core/model/hours.ts";
import type { Amount, DailyLoss, PartLimits } from "../../src/core/model/limits.ts";
import type { Chase, EntryRules, Limits, Rules, Sizing } from "../../src/core/model/rules.ts";
import { dollars, millis } from "../../src/core/model/units.ts";

/** Without the keys that were left out. */
const some = <T extends object>(model: { readonly [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record(model, { requiredKeys: [] }) as fc.Arbitrary<Partial<T>>;

const count = fc.integer({ min: 1, max: 9 });
const span = count.map((minutes) => millis(minutes * 60_000));
const amount: fc.Arbitrary<Amount> = fc.oneof(
  fc.integer({ min: 1, max: 900 }).map(dollars),
  fc.integer({ min: 1, max: 300 }).map((ofBalance) => ({ ofBalance })),
);
const step = fc.option(fc.integer({ min: 100, max: 1_000 }));
const dailyLoss: fc.Arbitrary<DailyLoss> = fc.record({
  limit: amount,
  steps: fc.record({ warn: fc.constant([500]), half: step, block: step, flatten: step }),
});
const exposure = some<Record<"ES" | "GC", number>>({ ES: count, GC: count });
const part = some<Required<PartLimits>>({
  tradesPerDay: count,
  lossPerTrade: amount,
  dailyLoss: amount,
});

const bands = some<Record<"ES" | "NQ", { readonly min: number; readonly max: number }>>({
  ES: fc.record({ min: count, max: count.map((points) => points + 9) }),
  NQ: fc.record({ min: count, max: count.map((points) => points + 9) }),
});

const always = fc.record({
  stopDistance: bands,
  collar: some<Record<"ES" | "NQ", number>>({ ES: count, NQ: count }),
  ageMax: span,
  duplicateWindow: span,
  tradesPerDay: count,
  positionSize: count,
  lossPerTrade: amount,
  slippage: count,
});

const optional = some<Omit<Required<Limits>, keyof typeof DEFAULT_RULES.limits> & object>({
  dailyLoss,
  total: some({ dailyLoss, exposure }),
  consecutiveLosses: count,
  entriesPerMinute: count,
  exposure,
  bySize: some({ A: part, B: part }),
  bySource: some({ discord: part }),
  breakers: some({
    drawdown: fc.record({ limit: amount }),
    errors: fc.record({ count, within: span, pause: span }),
    slippage: fc.record({ fills: count }),
    feed: fc.record({ pause: span }),
  }),
} as never);

const limits = fc.tuple(always, optional).map(([a, b]) => ({ ...a, ...b }) as Limits);

const bySize = fc.record({ A: count, B: count, C: count });
const ratio = some({ ratio: fc.integer({ min: 100, max: 2_000 }) });
const sizing = fc.oneof(
  fc.tuple(bySize, ratio).map(([of, more]) => ({ kind: "contracts", bySize: of, ...more })),
  fc.tuple(bySize, ratio).map(([{ A, B, C }, more]) => ({
    ...{ kind: "risk", bySize: { A: dollars(A), B: dollars(B), C: dollars(C) } },
    ...more,
  })),
) as fc.Arbitrary<Sizing>;

const chase: fc.Arbitrary<Chase> = fc.record({
  unit: fc.constantFrom("points", "stop-share"),
  value: count,
});
const entry: fc.Arbitrary<EntryRules> = fc.oneof(
  fc.record({ kind: fc.constant("market" as const), timeout: span }),
  fc.record({ kind: fc.constant("limit" as const), chase, timeout: span }),
);

const minute = fc.integer({ min: 0, max: 1_439 });
const hours: fc.Arbitrary<HoursRules> = fc.record({
  entriesFrom: minute,
  liveEntriesFrom: minute,
  entriesUntil: minute,
  flatFrom: fc.option(minute),
  entriesBeforeEarlyEnd: span,
  flatBeforeEarlyEnd: span,
  news: fc.option(fc.record({ before: span, after: span })),
  alwaysOpen: fc.constantFrom("exempt", "kept"),
});

const rest = some<Pick<Required<Rules>, "hours" | "score">>({
  hours,
  score: some({
    cutOff: fc.integer({ min: 10, max: 90 }),
    sizeCurve: fc.constant([{ from: 40, share: 500 }]),
  }) as fc.Arbitrary<NonNullable<Rules["score"]>>,
});

export const anyRules: fc.Arbitrary<Rules> = fc
  .record({
    tradeAs: fc.constantFrom<Rules["tradeAs"]>({}, { ES: "MES" }),
    sizing,
    sizeUnstated: fc.constantFrom("A", "C", null),
    entry,
    exits: fc.constantFrom(DEFAULT_RULES.exits, { ...DEFAULT_RULES.exits, breakevenAfter: 0 }),
    limits,
    fees: fc.constantFrom<Rules["fees"]>({ kind: "none" }, { kind: "table" }),
    adds: fc.constantFrom("refuse", "allow"),
  })
  .chain((known) => rest.map((more) => ({ ...known, ...more }) as Rules));
