/** A transport without a network: what is sent is kept, and answered as a script says. */
import { type Millis, millis } from "../../src/core/model/units.ts";
import { virtualClock } from "../../src/shell/host/virtual-clock.ts";
import type { Exchange, Reply, Transport } from "../../src/shell/topstepx/transport.ts";

export const START = Date.UTC(2026, 8, 14, 14, 0, 0);

export interface Sent extends Exchange {
  readonly at: number;
}

/** What to reply, after how long; null: nothing, ever. */
export type Script = (exchange: Exchange, at: number) => Scripted | null;
export interface Scripted {
  readonly reply: Reply;
  readonly after: number;
}

export function scriptedTransport(script: { read: Script }, latency = 20) {
  const clock = virtualClock(millis(START));
  const sent: Sent[] = [];
  const transport: Transport = {
    clock,
    exchange(exchange, replied) {
      sent.push({ ...exchange, at: clock.now() - START });
      const scripted = script.read(exchange, clock.now() - START);
      if (scripted === null) return;
      const { reply, after } = scripted;
      clock.schedule(millis(clock.now() + (after < 0 ? latency : after)), () => replied(reply));
    },
    connect() {
      throw new Error("this transport has no hubs");
    },
    close() {},
  };
  return {
    clock,
    transport,
    sent,
    paths: () => sent.map(({ path }) => path.replace("/api/", "")),
    /** Milliseconds since the start. */
    now: () => clock.now() - START,
    run: (until: number) => clock.runUntil(millis(START + until)),
  };
}

export const answer = (body: unknown, parts: Partial<Reply> = {}): Scripted => ({
  reply: {
    kind: "answered",
    status: 200,
    body: typeof body === "string" ? body : JSON.stringify(body),
    date: null,
    retryAfter: null,
    ...parts,
  } as Reply,
  after: -1,
});

export const success = (payload: object = {}): Scripted =>
  answer({ success: true, errorCode: 0, errorMessage: null, ...payload });

export const refusal = (errorCode: number, errorMessage: string | null = null, more = {}) =>
  answer({ success: false, errorCode, errorMessage, ...more });

export const status = (code: number, retryAfter: Millis | null = null, body = ""): Scripted =>
  answer(body, { status: code, retryAfter } as Partial<Reply>);

export const lost = (reason = "ECONNRESET"): Scripted => ({
  reply: { kind: "lost", reason },
  after: -1,
});

export const notSent = (reason = "ECONNREFUSED"): Scripted => ({
  reply: { kind: "not-sent", reason },
  after: -1,
});

/** A JWT as the venue makes them, of that many milliseconds. */
export const jwt = (name: string, life: number, now = START): string => {
  const part = (content: object): string =>
    Buffer.from(JSON.stringify(content)).toString("base64url");
  const exp = Math.floor((now + life) / 1_000);
  return `${part({ alg: "HS256" })}.${part({ sub: name, exp })}.c2lnbmF0dXJlLW9mLXRva2Vu`;
};
