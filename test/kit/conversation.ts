/**
 * What an author says about two products in half a minute, from a seed, and the same told to the
 * program in one order or another.
 *
 * He speaks as authors do: one trade a product at a time, and only of products he is in. When it is
 * said and when it is heard are two times; the second is what a delivery makes of it.
 */
import type { AccountId } from "../../src/core/model/ids.ts";
import type { Message } from "../../src/core/model/message.ts";
import { heldOf, openRiskOf } from "../../src/core/model/trade-sums.ts";
import { millis, ticks } from "../../src/core/model/units.ts";
import { chance } from "../../src/std/seeded.ts";
import { valuesOf } from "../../src/std/trie.ts";
import { DEFAULT_SETUP } from "./scenario-setup.ts";
import { atMinute, scenarioWorld } from "./scenario-world.ts";

export interface Heard {
  readonly message: Message;
  /** After the conversation began. */
  readonly after: number;
}

const START = millis(atMinute(570) + 60_000);
const MESSAGES = 8;
const EVERY = 1_000;

type Product = "ES" | "NQ";
const ALERTS: Readonly<Record<Product, readonly [string, string]>> = {
  ES: ["🚨 ES long 6326: A\nStop: 6316\n@everyone", "🚨 ES long 6326: A\nStop: 6320\n@everyone"],
  NQ: [
    "🚨 NQ long 22150: B\nStop: 22125\n@everyone",
    "🚨 NQ long 22150: B\nStop: 22130\n@everyone",
  ],
};

/** Whether a close may leave out its product. */
export interface Manner {
  readonly namesClosed: boolean;
}

export function conversation(seed: number, { namesClosed }: Manner): readonly Message[] {
  const alerts = new Map<Product, Message>();
  const said: Message[] = [];
  const draw = (site: string, below: number): number => chance(seed, site, said.length) % below;
  while (said.length < MESSAGES) {
    const product = draw("product", 2) === 0 ? "ES" : "NQ";
    const sentAt = millis(START + said.length * EVERY);
    const base = messageOf(`m${said.length + 1}`, sentAt);
    const alert = alerts.get(product);
    if (alert === undefined) {
      const first = { ...base, text: ALERTS[product][0] };
      alerts.set(product, first);
      said.push(first);
      continue;
    }
    const kind = draw("kind", 8);
    if (kind < 2) {
      alerts.delete(product);
      const isBare = !namesClosed && draw("bare", 3) === 0;
      said.push({ ...base, text: isBare ? "All out" : `All out of ${product}` });
    } else if (kind === 2) {
      const [previous, text] = ALERTS[product];
      said.push({ ...alert, sentAt, event: "edit", previous, text });
    } else said.push(wordOn(alert, product, base, draw));
  }
  return said;
}

function wordOn(
  alert: Message,
  product: Product,
  base: Message,
  draw: (site: string, below: number) => number,
): Message {
  const stop = product === "ES" ? 6321 : 22_132;
  const texts = [
    `${product} stop to BE`,
    `Raise ${product} stop to ${stop}`,
    `Trim ${product} half`,
    `${product} T1 hit`,
    `Cancel ${product}`,
    `${product} stopped out`,
  ];
  const isReply = draw("reply", 4) === 0;
  const text = texts[draw("word", texts.length)] ?? "";
  return isReply ? { ...base, text, replyTo: alert.id, referenced: alert.text } : { ...base, text };
}

const messageOf = (id: string, sentAt: Message["sentAt"]): Message => ({
  source: "chat-file",
  channel: "alerts",
  id,
  author: "alice",
  text: "",
  embeds: [],
  referenced: null,
  event: "create",
  previous: null,
  sentAt,
});

export const onTime = (said: readonly Message[]): readonly Heard[] =>
  said.map((message) => ({ message, after: message.sentAt - START }));

/** What is left of each trade when everything was heard and has settled. */
export interface Ending {
  readonly cause: string;
  readonly phase: string;
  readonly held: number;
  readonly risk: number;
  readonly stop: number;
  readonly product: string;
}

export function endingsOf(heard: readonly Heard[]): readonly Ending[] {
  const keep = { onBreakevenPassed: "keep" } as const;
  const setup = {
    ...DEFAULT_SETUP,
    accounts: DEFAULT_SETUP.accounts.map(({ name, rules }) => ({
      name,
      rules: { ...rules, exits: { ...rules.exits, ...keep } },
    })),
  };
  const ignore = () => {};
  const world = scenarioWorld(setup, millis(START - 5_000), {
    fact: ignore,
    request: ignore,
    died: ignore,
  });
  world.price({ root: "ES", last: ticks(6326 * 4) });
  world.price({ root: "NQ", last: ticks(22_150 * 4) });
  for (const { message, after } of heard.toSorted((a, b) => a.after - b.after)) {
    world.runUntil(millis(START + after));
    world.hear(message);
  }
  world.runUntil(millis(world.now() + 5_000));
  world.check();
  const account = "paper" as AccountId;
  return valuesOf(world.loop().state().trades)
    .filter((one) => one.account === account)
    .toSorted((a, b) => (a.cause.id < b.cause.id ? -1 : 1))
    .map((one) => ({
      cause: one.cause.id,
      phase: one.phase,
      held: heldOf(one),
      risk: openRiskOf(one),
      stop: one.stopAim,
      product: one.plan.instrument,
    }));
}
