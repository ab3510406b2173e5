/**
 * A gateway in memory: what is called is kept, and answered by the test, a moment later.
 */
import type { Clock } from "../../src/ports/clock.ts";
import type { Called, Gateway, Urgency } from "../../src/shell/topstepx/gateway.ts";
import type { Answer, Asked, CallName } from "../../src/shell/topstepx/wire-types.ts";

export type GatewayScript = {
  -readonly [Name in CallName]?: (asked: Asked<Name>) => Called<Answer<Name>>;
};

export interface ScriptedGateway extends Gateway {
  readonly calls: { readonly name: CallName; readonly asked: unknown; readonly urgency: Urgency }[];
  readonly script: GatewayScript;
}

export function scriptedGateway(clock: Clock, script: GatewayScript): ScriptedGateway {
  const calls: ScriptedGateway["calls"] = [];
  return {
    ...{ calls, script },
    call(name, asked, urgency, called, begun = () => {}) {
      calls.push({ name, asked, urgency });
      begun();
      const answer = script[name];
      if (answer === undefined) throw new Error(`nobody expected ${name}`);
      const result = answer(asked);
      const sentAt = clock.now();
      clock.schedule(sentAt, () => called(result, sentAt));
    },
    promise: () => {},
  };
}

export const done = <T>(value: T): Called<T> => ({ kind: "done", value });

export const silence = { kind: "unknown", reason: "no answer in 10 s" } as const;
