/**
 * Two trades on two instruments, told in advance: a day on which everything happens at a known
 * second.
 *
 * ```text
 * seconds   0         5        14       16        25       29
 *         alert    filled   target 1 ───┘       close   target 2
 *                     └ 10: edited, where the script says so
 *           planned│entering│open       │runner   │exiting │closed
 * ```
 *
 * The worked trade is a long in ES (filled as MES), the other a short in NQ (as MNQ), its prices
 * mirrored. Four contracts each, two tranches, targets at 7 and 12 points.
 */
import type { Config } from "../../src/core/model/config.ts";
import { DEFAULT_CONFIG, DEFAULT_RULES } from "../../src/core/model/defaults.ts";
import { accountId, type TradeId, tradeIdOf } from "../../src/core/model/ids.ts";
import type { Root } from "../../src/core/model/instrument.ts";
import type { DailyLoss } from "../../src/core/model/limits.ts";
import { type Message, refOf } from "../../src/core/model/message.ts";
import type { Settings } from "../../src/core/model/rules.ts";
import { dollars, millis } from "../../src/core/model/units.ts";
import { type Tape, tapeBuilder } from "../../src/core/paper/tape.ts";
import type { Role, Script, ScriptedTrade } from "./orders.ts";

/** The matrix is about kills, not about bad days. */
const FAR: DailyLoss = {
  limit: dollars(100_000),
  steps: { warn: [], half: null, block: null, flatten: 1_000 },
};

/** Tuesday 10 March 2026, 09:30 in Chicago: regular hours all the way. */
export const DAY = Date.UTC(2026, 2, 10, 14, 30);
export const SECOND = 1_000;

/** When things happen, seconds after the alert. */
export const WAYPOINTS = { filled: 5, edited: 10, target: 14, close: 25, end: 29 } as const;

interface Shape {
  readonly alerted: Root;
  readonly traded: Root;
  readonly side: "long" | "short";
  readonly price: number;
  readonly stopDistance: number;
}

const SHAPES: Readonly<Record<Role, Shape>> = {
  worked: { alerted: "ES", traded: "MES", side: "long", price: 6_326, stopDistance: 10 },
  other: { alerted: "NQ", traded: "MNQ", side: "short", price: 21_500, stopDistance: 20 },
};

export const TRADED: readonly Root[] = [SHAPES.worked.traded, SHAPES.other.traded];

const messageFor = (role: Role, { alertAt }: ScriptedTrade): Message => {
  const { alerted, side, price, stopDistance } = SHAPES[role];
  const stop = side === "long" ? price - stopDistance : price + stopDistance;
  return {
    source: "chat-file",
    channel: "script",
    id: role,
    author: "scripted",
    text: `🚨 ${alerted} ${side} ${price}: A\nStop: ${stop}`,
    embeds: [],
    referenced: null,
    event: "create",
    previous: null,
    sentAt: millis(alertAt),
  };
};

/** Points by which the edit tightens the stop. */
const TIGHTER = 4;

function editOf(role: Role, trade: ScriptedTrade): Message {
  const { alerted, side, price, stopDistance } = SHAPES[role];
  const distance = stopDistance - TIGHTER;
  const stop = side === "long" ? price - distance : price + distance;
  const text = `🚨 ${alerted} ${side} ${price}: A\nStop: ${stop}`;
  const sentAt = millis(trade.alertAt + WAYPOINTS.edited * SECOND);
  const before = messageFor(role, trade);
  return { ...before, event: "edit", previous: before.text, text, sentAt };
}

const rolesOf = (script: Script): readonly (readonly [Role, ScriptedTrade])[] => [
  ["worked", script.worked],
  ...(script.other === null ? [] : ([["other", script.other]] as const)),
];

/** Told again from the beginning at every start, as a chat file is. */
export const messagesOf = (script: Script): readonly Message[] =>
  rolesOf(script).flatMap(([role, trade]) => [
    messageFor(role, trade),
    ...(trade.edited === true ? [editOf(role, trade)] : []),
  ]);

export const tradeIdsOf = (script: Script): ReadonlyMap<TradeId, Role> =>
  new Map(
    rolesOf(script).map(([role, trade]) => [
      tradeIdOf(refOf(messageFor(role, trade)), accountId(script.account)),
      role,
    ]),
  );

const CHASE = 0.2;
const TARGETS = [7, 12] as const;

/** Points from the alert's price towards profit, over the seconds after the alert. */
function pathOf(
  trade: ScriptedTrade,
  { stopDistance }: Shape,
): readonly (readonly [number, number])[] {
  const limit = stopDistance * CHASE;
  const { filled, target, end } = WAYPOINTS;
  const entry = trade.entry === "resting" ? limit + 1.5 : 0.5;
  const held = trade.entry === "resting" ? limit - 1 : 0.5;
  const runner = TARGETS[0] - 2;
  const last = trade.way === "breakeven" ? limit - 3 : TARGETS[1] + 1;
  return [
    [0, entry],
    [filled, entry],
    [filled + 1, held],
    [target, held],
    [target + 1, TARGETS[0] + 0.5],
    [target + 2, TARGETS[0] + 0.5],
    [target + 3, runner],
    [end, runner],
    [end + 1, last],
  ];
}

function between(path: readonly (readonly [number, number])[], at: number): number {
  const next = path.findIndex(([time]) => time > at);
  const [before, after] = [path[next - 1] ?? path[0], path[next]];
  if (before === undefined) return 0;
  if (next === -1) return path.at(-1)?.[1] ?? 0;
  if (after === undefined || next === 0) return before[1];
  return before[1] + ((after[1] - before[1]) * (at - before[0])) / (after[0] - before[0]);
}

const PRINT_EVERY = 250;
const TICKS_PER_POINT = 4;

/** Both markets, from a little before the day to a little after its end. */
export function tapesOf(script: Script, until: number): readonly Tape[] {
  return (["worked", "other"] as const).map((role) => {
    const shape = SHAPES[role];
    const trade = script[role] ?? { alertAt: DAY, entry: "resting", way: "targets" };
    const path = pathOf(trade, shape);
    const direction = shape.side === "long" ? 1 : -1;
    const builder = tapeBuilder({ instrument: shape.traded, resolution: millis(0) });
    for (let at = DAY - 10 * SECOND; at <= until + 10 * SECOND; at += PRINT_EVERY) {
      const points = shape.price + direction * between(path, (at - trade.alertAt) / SECOND);
      const last = Math.round(points * TICKS_PER_POINT);
      builder.add(at, last, last, last + 1, null);
    }
    return builder.finish();
  });
}

/** Between a request and its effect; long enough to die in. */
export const LATENCY = millis(400);

export function configOf({ account, brackets }: Script, directory: string): Config {
  const id = accountId(account);
  const settings: Settings = {
    ruleSets: {
      default: {
        ...DEFAULT_RULES,
        sizing: { kind: "contracts", bySize: { A: 4, B: 2, C: 1 } },
        limits: {
          ...DEFAULT_RULES.limits,
          lossPerTrade: dollars(2_000),
          dailyLoss: FAR,
          total: { dailyLoss: FAR },
        },
      },
    },
    accounts: [{ id, name: account, rules: "default", brackets }],
  };
  return {
    ...DEFAULT_CONFIG,
    settings,
    balances: [{ account: id, balance: dollars(50_000) }],
    paper: { ...DEFAULT_CONFIG.paper, brackets, latency: LATENCY },
    dataDirectory: directory,
    logLevel: "info",
  };
}
