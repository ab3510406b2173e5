/** From an alert to its first fill, as spans; through the real API with somebody who listens. */
import {
  context,
  type SpanContext,
  type SpanOptions,
  type TracerProvider,
  trace,
} from "@opentelemetry/api";
import { afterEach, expect, it } from "vitest";
import { traceFacts } from "../../../src/app/trace-facts.ts";
import type { Fact } from "../../../src/core/model/fact.ts";
import { fillId, orderId } from "../../../src/core/model/ids.ts";
import { contracts, dollars } from "../../../src/core/model/units.ts";
import type { Span } from "../../../src/ports/spans.ts";
import { openSpans } from "../../../src/shell/opentelemetry/spans.ts";
import { anAlert, es, later, MESSAGE, NOW, planned, TRADE } from "../../kit/builders.ts";

const WAY: readonly Fact[] = [
  {
    ...{ at: later(3), kind: "AlertRead", message: MESSAGE, author: "alice", text: "ES long" },
    ...{ sentAt: NOW, alert: anAlert(), receivedAt: NOW },
  },
  { ...planned(), at: later(4) },
  ...[90, 120].map(
    (span, tranche): Fact => ({
      ...{ at: later(span), kind: "EntryAccepted", trade: TRADE, tranche, order: orderId("1") },
    }),
  ),
  ...[500, 700].map(
    (span, tranche): Fact => ({
      ...{ at: later(span), kind: "EntryFilled", trade: TRADE, tranche, order: orderId("1") },
      ...{
        fill: fillId(`f${tranche}`),
        price: es(6_326),
        quantity: contracts(1),
        fees: dollars(1),
      },
    }),
  ),
];

function told(facts: readonly Fact[]): readonly Span[] {
  const spans: Span[] = [];
  const audience = traceFacts({ record: (span) => void spans.push(span) });
  audience.told(facts.map((fact, index) => ({ sequence: index + 1, fact })));
  return spans;
}

const spansOf = ({ name, from, to, within }: Span): readonly string[] => [
  `${name} ${from - NOW} ${to - NOW}`,
  ...within.flatMap(spansOf),
];

it("is told once, at the first fill", () => {
  const spans = told(WAY);
  expect(spans).toHaveLength(1);
  expect(spans.flatMap(spansOf)).toEqual(["alert 0 500", "order 4 90", "fill 90 500"]);
});

it("begins with the plan where nobody remembers the alert, and is not told without an answer", () => {
  expect(told(WAY.slice(1)).flatMap(spansOf)[0]).toBe("alert 4 500");
  expect(told(WAY.filter(({ kind }) => kind !== "EntryAccepted"))).toEqual([]);
  expect(told(WAY.slice(2))).toEqual([]);
});

it("says nothing of prices, sizes or accounts", () => {
  expect(JSON.stringify(told(WAY))).not.toMatch(/6326|25304|PAPER|account/);
});

it("forgets what is five hundred alerts old", () => {
  const many = Array.from(
    { length: 501 },
    (_, n): Fact => ({ ...planned(), trade: `t${n}` as never }),
  );
  expect(told([...WAY.slice(0, 2), ...many, ...WAY.slice(2)])).toEqual([]);
});

afterEach(() => trace.disable());

it("does nothing where nobody listens, and else keeps who belongs to whom", () => {
  const [span] = told(WAY);
  if (span === undefined) throw new Error("there is one");
  openSpans().record(span);
  const begun: string[] = [];
  const listening = {
    getTracer: () => ({
      startSpan(name: string, { startTime }: SpanOptions, parent = context.active()) {
        const within = trace.getSpan(parent)?.spanContext().spanId ?? "none";
        begun.push(`${name} in ${within} at ${Number(startTime) - NOW}`);
        const own: SpanContext = { traceId: "t", spanId: name, traceFlags: 1 };
        return { ...trace.wrapSpanContext(own), spanContext: () => own, end: () => {} };
      },
    }),
  };
  trace.setGlobalTracerProvider(listening as unknown as TracerProvider);
  openSpans().record(span);
  expect(begun).toEqual(["alert in none at 0", "order in alert at 4", "fill in alert at 90"]);
});
