/**
 * The steps at which a live trade is killed, K0 to K15, as they are at a venue across a wire.
 *
 * | Step | Killed | At the venue |
 * |---|---|---|
 * | K0 | with the message posted and not stored | nothing |
 * | K1 | in the transaction that stores it, with what was decided | nothing |
 * | K2 | decided and stored, nothing sent | nothing |
 * | K3 | while the first entry leaves; it never arrives | nothing |
 * | K3' | while the second entry leaves; it never arrives | the first tranche |
 * | K4 | the venue took it, its answer is lost | order, or filled with its bracket |
 * | K5 | the answer is here and not stored | the same |
 * | K6 | stored, not filled | working |
 * | K7 | after a part filled | a part, covered |
 * | K8 | filled, the stop still counted from the fill | covered at the bracket's distance |
 * | K9 | while the change of a stop leaves; it never arrives | the old price |
 * | K9' | the venue made the change, its answer is lost | the new price |
 * | K10 | target 1 filled, the stop not yet at breakeven | the rest, covered |
 * | K11 | while it is being closed | held, or flat |
 * | K12 | it is over and the books do not know | flat |
 * | K14 | inside a transaction of the journal | as the step before |
 * | K15 | by a power cut | all that was committed to the journal, and perhaps nothing else |
 *
 * K13 and K16 belong to parts that are not built yet: notices, and backups. Variants of a step take
 * turns over the phases of the other trade.
 */
import { appendFileSync, rmSync } from "node:fs";
import { placesIn } from "../../src/app/places.ts";
import type { Fact } from "../../src/core/model/fact.ts";
import type { Trade } from "../../src/core/model/trade.ts";
import { heldOfTranche } from "../../src/core/model/trade-sums.ts";
import type { LiveDeath, Scene } from "./live-scene.ts";
import { type Role, SCRIPT, type Spot } from "./live-script.ts";

export interface LiveStep {
  readonly name: string;
  readonly variants: readonly Variant[];
}

interface Variant {
  /** Where the process dies by itself; left out where it is killed from outside. */
  readonly death?: LiveDeath;
  /** Ends with the process. */
  readonly play: (scene: Scene) => Promise<void>;
  /** What else the death destroys. */
  readonly damage?: (directory: string) => void;
}

const { trade: WORKED } = SCRIPT.worked;

const dies = (moment: LiveDeath["moment"], kind: Fact["kind"], nth = 1): LiveDeath => ({
  moment,
  words: [WORKED, `"kind":"${kind}"`],
  nth,
});

/** A stop at work for everything held, where the trade wants it. */
export function isProtected(trade: Trade | undefined): boolean {
  const bare = trade?.tranches.filter((tranche) => {
    const { stop } = tranche;
    const isThere = stop !== null && stop.change === null && stop.price === trade.stopAim;
    return heldOfTranche(tranche) !== 0 && !isThere;
  });
  return bare?.length === 0;
}

const heldIn = (scene: Scene, role: Role): number =>
  scene.trade(role)?.tranches.reduce((sum, one) => sum + heldOfTranche(one), 0) ?? 0;

const isOpen = (scene: Scene, role: Role, held = 3): boolean =>
  heldIn(scene, role) === held && isProtected(scene.trade(role));

async function opened(scene: Scene, role: Role): Promise<void> {
  scene.price(role, "entry");
  scene.post(role);
  await scene.until(`${role} is open`, () => isOpen(scene, role));
}

async function rested(scene: Scene, role: Role): Promise<void> {
  scene.price(role, "rests");
  scene.post(role);
  await scene.until(`${role} waits for its price`, () => isAccepted(scene, role));
}

const isAccepted = (scene: Scene, role: Role): boolean =>
  scene.trade(role)?.tranches.every(({ entry }) => entry.state === "working") === true;

async function filledInPart(scene: Scene, role: Role): Promise<void> {
  scene.venue.venue.setMatching({ partialFill: IN_PARTS });
  scene.price(role, "entry");
  scene.post(role);
  await scene.until(`${role} is filled in part`, () => isOpen(scene, role, 2));
  scene.venue.venue.setMatching({ partialFill: null });
}

/** Every order of two contracts or more fills in two parts. */
const IN_PARTS = { permille: 1_000, seed: 1 };

type Lost = readonly [call: string, verdict: "never-heard" | "carried-out"];

/** What the process lives through until it can be killed there, and what then makes it go there. */
interface Way {
  readonly before: (scene: Scene) => Promise<void>;
  readonly trigger: (scene: Scene) => void | Promise<void>;
}

const cut = ({ before, trigger }: Way, how: LiveDeath | Lost): Variant => ({
  ...("moment" in how ? { death: how } : {}),
  async play(scene) {
    await before(scene);
    if (!("moment" in how)) scene.killAt(`worked ${how[0]}`, how[1]);
    await trigger(scene);
    await scene.died();
  },
});

const posted =
  (spot: Spot): Way["trigger"] =>
  (scene) => {
    scene.price("worked", spot);
    scene.post("worked");
  };

const entering: Way = { before: async () => {}, trigger: posted("entry") };
const resting: Way = { before: async () => {}, trigger: posted("rests") };
const thinly: Way = {
  before: async (scene) => scene.venue.venue.setMatching({ partialFill: IN_PARTS }),
  trigger: posted("entry"),
};
const atTarget: Way = {
  before: (scene) => opened(scene, "worked"),
  trigger: (scene) => scene.price("worked", "target-1"),
};
const atBothTargets: Way = { ...atTarget, trigger: (scene) => scene.price("worked", "target-2") };
const leaving: Way = {
  ...atTarget,
  async trigger(scene) {
    const trade = scene.trade("worked")?.number ?? 0;
    // It may die before it answers.
    await scene.ask({ kind: "close", trade }).catch(() => {});
  },
};

/** Killed from outside, once that has come about and nothing moves any more. */
const killedWhen = (reach: (scene: Scene) => Promise<void>): Variant => ({
  async play(scene) {
    await reach(scene);
    scene.kill();
    await scene.died();
  },
});

/** What was not flushed is gone, and the journal's log ends in the middle of a page. */
function powerCut(directory: string): void {
  const { journal, ledger, history } = placesIn(directory);
  appendFileSync(`${journal}-wal`, Buffer.alloc(3_000, 0x5a));
  for (const lost of [`${journal}-shm`, `${ledger}-wal`, `${ledger}-shm`]) {
    rmSync(lost, { force: true });
  }
  for (const lost of [`${history}-wal`, `${history}-shm`]) rmSync(lost, { force: true });
}

const never = (call: string): Lost => [call, "never-heard"];
const done = (call: string): Lost => [call, "carried-out"];

const ways = (way: Way, ...hows: readonly (LiveDeath | Lost)[]): readonly Variant[] =>
  hows.map((how) => cut(way, how));

export const STEPS: readonly LiveStep[] = [
  {
    name: "K0",
    variants: [
      killedWhen(async (scene) => {
        scene.freeze();
        await entering.trigger(scene);
      }),
      cut(entering, dies("before", "TradePlanned")),
    ],
  },
  { name: "K1", variants: ways(entering, dies("inside", "TradePlanned")) },
  { name: "K2", variants: ways(entering, dies("after", "TradePlanned")) },
  { name: "K3", variants: ways(entering, never("place e1")) },
  { name: "K3'", variants: ways(entering, never("place e2")) },
  { name: "K4", variants: ways(entering, done("place e1"), done("place e2")) },
  {
    name: "K5",
    variants: ways(entering, dies("before", "EntryAccepted"), dies("before", "EntryAccepted", 2)),
  },
  {
    name: "K6",
    variants: [
      killedWhen((scene) => rested(scene, "worked")),
      cut(resting, dies("after", "EntryAccepted")),
    ],
  },
  {
    name: "K7",
    variants: [
      killedWhen((scene) => filledInPart(scene, "worked")),
      cut(thinly, dies("after", "EntryFilled", 2)),
    ],
  },
  {
    name: "K8",
    variants: ways(entering, dies("after", "EntryFilled"), dies("before", "EntryFilled")),
  },
  { name: "K9", variants: ways(entering, never("modify s1"), never("modify s2")) },
  { name: "K9'", variants: ways(entering, done("modify s1"), done("modify s2")) },
  {
    name: "K10",
    variants: ways(atTarget, never("modify s2"), done("modify s2"), dies("after", "TargetHit")),
  },
  {
    name: "K11",
    variants: ways(leaving, never("modify t1"), done("modify t2"), dies("after", "ExitBegun")),
  },
  {
    name: "K12",
    variants: ways(atBothTargets, dies("before", "TradeClosed"), dies("before", "ExitFilled")),
  },
  {
    name: "K14",
    variants: [
      cut(atTarget, dies("inside", "TargetHit")),
      cut(atBothTargets, dies("inside", "TradeClosed")),
    ],
  },
  {
    name: "K15",
    variants: [
      { ...cut(atTarget, dies("after", "TargetHit")), damage: powerCut },
      { ...cut(entering, dies("after", "EntryFilled")), damage: powerCut },
    ],
  },
];

/** Of the trade beside the one being worked. */
export interface LivePhase {
  readonly name: string;
  readonly reach: (scene: Scene) => Promise<void>;
  /** Still so at the kill. */
  readonly holds: (scene: Scene) => boolean;
}

export const PHASES: readonly LivePhase[] = [
  {
    name: "absent",
    reach: async () => {},
    holds: (scene) => scene.trade("other") === undefined,
  },
  {
    name: "entering",
    reach: (scene) => rested(scene, "other"),
    holds: (scene) => isAccepted(scene, "other"),
  },
  {
    name: "open",
    reach: (scene) => opened(scene, "other"),
    holds: (scene) => isOpen(scene, "other"),
  },
  {
    name: "at breakeven",
    async reach(scene) {
      await opened(scene, "other");
      scene.price("other", "target-1");
      await scene.until("the other one is at breakeven", () => isOpen(scene, "other", 2));
    },
    holds: (scene) => scene.trade("other")?.phase === "runner" && isOpen(scene, "other", 2),
  },
  {
    name: "leaving",
    async reach(scene) {
      await opened(scene, "other");
      scene.refuse(/^other (modify t|close)/);
      await scene.ask({ kind: "close", trade: scene.trade("other")?.number ?? 0 });
      await scene.until("the other one wants to leave", () => scene.called("other modify t2") > 1);
    },
    holds: (scene) => scene.trade("other")?.exit !== null && heldIn(scene, "other") === 3,
  },
  {
    name: "filled in part",
    reach: (scene) => filledInPart(scene, "other"),
    holds: (scene) => isOpen(scene, "other", 2) && scene.trade("other")?.phase !== "runner",
  },
];
