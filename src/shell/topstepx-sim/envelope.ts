/** What every answer is wrapped in, and how a call is written down. */
import type { Millis } from "../../core/model/units.ts";
import { err, ok, type Result } from "../../std/result.ts";
import { type Faulty, type Read, readBody, type Shape } from "./fields.ts";
import type { Session } from "./tokens.ts";

export type Envelope = Readonly<Record<string, unknown>>;

export interface Caller {
  /** Null for the calls that need none. */
  readonly session: Session | null;
  readonly user: string;
  readonly at: Millis;
}

export interface Endpoint {
  readonly path: string;
  /** Name of the body's type in problem objects. */
  readonly request: string;
  readonly isOpen: boolean;
  readonly scope: "general" | "history";
  /** It looks by itself whether somebody wished it to be refused. */
  readonly asksForWishes: boolean;
  /** It says the same to the same caller until the books move. */
  readonly isSteady: boolean;
  /** Reads the body and does what the call asks; or what is wrong with the body. */
  answer(body: string, caller: Caller): Result<Envelope, Faulty>;
}

interface Terms {
  readonly request: string;
  /** Takes no token. */
  readonly isOpen?: boolean;
  readonly scope?: "history";
  readonly asksForWishes?: true;
  readonly isSteady?: true;
}

export function endpoint<const S extends Shape>(
  path: string,
  { request, isOpen, scope, asksForWishes, isSteady }: Terms,
  shape: S,
  answer: (ask: Read<S>, caller: Caller) => Envelope,
): Endpoint {
  const reads = bodies(shape);
  return {
    path,
    request,
    isOpen: isOpen ?? false,
    scope: scope ?? "general",
    asksForWishes: asksForWishes ?? false,
    isSteady: isSteady ?? false,
    answer(body, caller) {
      // The calls without fields have no body at all.
      const read = reads(body === "" && Object.keys(shape).length === 0 ? "{}" : body);
      return read.ok ? ok(answer(read.value, caller)) : err(read.error);
    },
  };
}

/** Whoever polls asks the same again and again. */
const BODIES_MAX = 64;

function bodies<const S extends Shape>(shape: S): (body: string) => Result<Read<S>, Faulty> {
  const known = new Map<string, Result<Read<S>, Faulty>>();
  return (body) => {
    const before = known.get(body);
    if (before !== undefined) return before;
    if (known.size >= BODIES_MAX) known.clear();
    const read = readBody(shape, body);
    known.set(body, read);
    return read;
  };
}

export const success = (payload: Envelope = {}): Envelope => ({
  ...payload,
  success: true,
  errorCode: 0,
  errorMessage: null,
});

export const failure = (
  errorCode: number,
  errorMessage: string | null = null,
  payload: Envelope = {},
): Envelope => ({ ...payload, success: false, errorCode, errorMessage });
