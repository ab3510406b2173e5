/**
 * A venue without a market, for tests of what carries its traffic: it answers every request with what
 * it is told, lets in whoever holds the token, and keeps all that it heard.
 */
import type {
  Answered,
  HubPeer,
  StandIn,
  WireAnswer,
  WireRequest,
} from "../../src/shell/topstepx-sim/stand-in.ts";

export const TOKEN = "a-token-of-the-stand-in";

export interface ScriptedHub {
  readonly hub: "user" | "market";
  readonly peer: HubPeer;
  readonly invoked: { readonly method: string; readonly args: readonly unknown[] }[];
  isGone: boolean;
}

export interface ScriptedStandIn extends StandIn {
  readonly requests: WireRequest[];
  readonly hubs: ScriptedHub[];
  /** Replaces how requests are answered. */
  answer: (request: WireRequest, answered: Answered) => void;
}

export const answerOf = (value: unknown, status = 200): WireAnswer => ({
  status,
  body: JSON.stringify(value),
  headers: {},
});

export function scriptedStandIn(): ScriptedStandIn {
  const requests: WireRequest[] = [];
  const hubs: ScriptedHub[] = [];
  const standIn: ScriptedStandIn = {
    requests,
    hubs,
    answer: ({ path }, answered) => answered(answerOf({ success: true, path })),
    receive(request, answered) {
      requests.push(request);
      standIn.answer(request, answered);
    },
    connect(hub, token, peer) {
      if (token !== TOKEN) return 401;
      const one: ScriptedHub = { hub, peer, invoked: [], isGone: false };
      hubs.push(one);
      return {
        invoke(method, args) {
          one.invoked.push({ method, args });
          return method.startsWith("Subscribe") ? null : `Unknown hub method '${method}'`;
        },
        gone() {
          one.isGone = true;
        },
      };
    },
  };
  return standIn;
}
