/**
 * The user hub during a rehearsal: heard from the first order on, and what a second login does to it.
 *
 * It is one plain connection, never connected again: what becomes of it is what is asked.
 */
import { millis } from "../../core/model/units.ts";
import { pause } from "./asking.ts";
import { LOGOUT, userSubscriptions } from "./hub-events.ts";
import { fieldsIn } from "./json-fields.ts";
import { readLogin, readRenewal } from "./login.ts";
import { leftOpen, seen, settled } from "./open-questions.ts";
import { checkOf, type Stage, until } from "./rehearsal-stage.ts";
import type { Credentials } from "./token.ts";
import type { Reply, Transport } from "./transport.ts";

export interface Ear {
  /** How many events were heard. */
  count(): number;
  /** Each kind of event with the actions it came with, and how it was wrapped. */
  readonly actions: ReadonlyMap<string, ReadonlySet<string>>;
  readonly shapes: ReadonlySet<Shape>;
  /** Why nothing is heard any more; null while something is. */
  ended(): string | null;
  close(): void;
}

type Shape = "wrapped" | "flat" | "a list";

export interface Door {
  readonly transport: Transport;
  readonly credentials: Credentials;
}

const TIMEOUT = millis(10_000);
/** What a second login does to the first hub it does within this. */
const KICKED_WITHIN = millis(2_000);
/** Of a kind; nobody has seen more than two. */
const ACTIONS_MAX = 10;

export type Listening =
  | { readonly kind: "heard"; readonly ear: Ear; readonly token: string }
  | { readonly kind: "deaf"; readonly why: string };

/** A login of its own, for the second one must be another. */
export async function listenIn(door: Door, stage: Stage): Promise<Listening> {
  const login = readLogin(await auth(door, "loginKey", null));
  if (!login.ok) return { kind: "deaf", why: login.error.reason };
  const token = login.value;
  const heard = hear(door.transport, token, stage.accountId);
  const isUp = await until(stage, async () =>
    heard.isUp() || heard.ear.ended() !== null ? heard.isUp() : null,
  );
  if (isUp === true) return { kind: "heard", ear: heard.ear, token };
  heard.ear.close();
  return { kind: "deaf", why: heard.ear.ended() ?? "the hub did not open in time" };
}

function auth(
  { transport, credentials }: Door,
  call: "loginKey" | "validate",
  token: string | null,
): Promise<Reply> {
  const body = call === "loginKey" ? JSON.stringify(credentials) : null;
  const request = { method: "POST", path: `/api/Auth/${call}`, token, body } as const;
  return new Promise((resolve) => transport.exchange({ ...request, timeout: TIMEOUT }, resolve));
}

function hear(transport: Transport, token: string, accountId: number) {
  const actions = new Map<string, Set<string>>();
  const shapes = new Set<Shape>();
  const wanted = userSubscriptions([accountId]);
  let count = 0;
  let granted = 0;
  let ended: string | null = null;
  const line = transport.connect("user", token, {
    up() {
      for (const { method, args } of wanted) {
        line.invoke(method, args, (error) => {
          if (error === null) granted += 1;
          else ended ??= `${method} was refused: ${error}`;
        });
      }
    },
    down(reason) {
      ended ??= reason;
    },
    event(target, args) {
      if (target === LOGOUT) {
        ended ??= LOGOUT;
        return;
      }
      count += 1;
      const { shape, action } = shapeOf(args[0]);
      shapes.add(shape);
      const seen = actions.get(target) ?? new Set();
      if (seen.size < ACTIONS_MAX) actions.set(target, seen.add(action));
    },
  });
  const ear: Ear = {
    ...{ actions, shapes },
    count: () => count,
    ended: () => ended,
    close: () => line.close(),
  };
  return { ear, isUp: () => granted === wanted.length };
}

function shapeOf(told: unknown): { readonly shape: Shape; readonly action: string } {
  if (Array.isArray(told)) return { shape: "a list", action: "none" };
  const fields = fieldsIn(told);
  const isWrapped = fieldsIn(fields?.["data"]) !== null;
  if (!isWrapped) return { shape: "flat", action: "none" };
  return { shape: "wrapped", action: String(fields?.["action"] ?? "none") };
}

/** At the end, when everything that can happen on the hub has happened. */
export async function tellHub(door: Door, stage: Stage, listening: Listening): Promise<void> {
  const { answers, checks } = stage;
  if (listening.kind === "deaf") {
    checks.push(checkOf("user hub", false, `not heard: ${listening.why}`));
    leftOpen(answers, "events", "the hub was not heard");
    return leftOpen(answers, "secondLogin", "the hub was not heard");
  }
  const { ear, token } = listening;
  // Of a rehearsal that was refused at once the first word may still be on its way.
  const isHeard = (await until(stage, async () => (ear.count() > 0 ? true : null))) !== null;
  const says = isHeard ? `${ear.count()} events heard` : "not one event was heard of all that";
  checks.push(checkOf("user hub", isHeard, says));
  if (isHeard) tellEvents(stage, ear);
  await renew(door, stage, token);
  await logInAgain(door, stage, ear);
  ear.close();
}

function tellEvents({ answers }: Stage, { actions, shapes }: Ear): void {
  const shape = [...shapes].join(" and ");
  const each = [...actions].map(
    ([target, seen]) =>
      `${target.replace("GatewayUser", "").toLowerCase()} ${[...seen].sort().join("/")}`,
  );
  const tell = shape === "wrapped" ? seen : settled;
  tell(answers, "events", `${shape}; actions: ${each.sort().join(", ")}`);
}

async function renew(door: Door, { answers }: Stage, token: string): Promise<void> {
  const renewal = readRenewal(await auth(door, "validate", token));
  if (renewal.kind === "retry") return leftOpen(answers, "renewal", renewal.reason);
  if (renewal.kind === "invalid") return settled(answers, "renewal", "a fresh token is refused");
  settled(answers, "renewal", renewal.token === null ? "the old one stays" : null);
}

async function logInAgain(door: Door, stage: Stage, ear: Ear): Promise<void> {
  const { answers, clock } = stage;
  const before = ear.ended();
  if (before !== null) return leftOpen(answers, "secondLogin", `the hub had ended: ${before}`);
  const login = readLogin(await auth(door, "loginKey", null));
  if (!login.ok) return leftOpen(answers, "secondLogin", login.error.reason);
  await pause(clock, KICKED_WITHIN);
  const after = ear.ended();
  settled(answers, "secondLogin", after === null ? null : `the hub ends: ${after}`);
}
