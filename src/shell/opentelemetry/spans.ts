/**
 * Spans through the API of OpenTelemetry. Without an SDK beside the program every call does nothing;
 * with one (`node --import ./tracing.mjs ...`) they go wherever it sends them.
 */
import { context, trace } from "@opentelemetry/api";
import type { Span, Spans } from "../../ports/spans.ts";

export function openSpans(): Spans {
  const tracer = trace.getTracer("tradestream");
  const put = ({ name, from, to, attributes, within }: Span, parent = context.active()): void => {
    const about = { startTime: from, attributes: { ...attributes } };
    const span = tracer.startSpan(name, about, parent);
    for (const one of within) put(one, trace.setSpan(parent, span));
    span.end(to);
  };
  return { record: (span) => put(span) };
}
