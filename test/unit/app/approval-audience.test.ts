/** The question as a desk with buttons hears it, and the answer it gives. */
import { describe, expect, test } from "vitest";
import { answerEntry } from "../../../src/app/answer-entry.ts";
import { approvalAudience } from "../../../src/app/approval-audience.ts";
import { createLoop, type Loop } from "../../../src/app/loop.ts";
import { DEFAULT_CONFIG } from "../../../src/core/model/defaults.ts";
import { accountId } from "../../../src/core/model/ids.ts";
import { OPEN_ROOM, type Room } from "../../../src/core/model/room.ts";
import type { Settings } from "../../../src/core/model/rules.ts";
import { initialState } from "../../../src/core/state.ts";
import type { ApprovalDesk, WaitingEntry } from "../../../src/ports/approvals.ts";
import type { Audience } from "../../../src/ports/audience.ts";
import { ALERT, alertMessage, appWorld, openingOf } from "../../kit/app-world.ts";

const ASKING: Room = { ...OPEN_ROOM, mode: "confirm" };

function house(settings: Settings = DEFAULT_CONFIG.settings) {
  const asked: WaitingEntry[] = [];
  const ended: string[] = [];
  const desk: ApprovalDesk = {
    ask: (entry) => void asked.push(entry),
    ended: (entry, how, by) => void ended.push(`${entry} ${how}: ${by}`),
  };
  const world = appWorld();
  let loop: Loop | null = null;
  const approvals = approvalAudience({
    desks: [desk],
    state: () => loop?.state() ?? initialState,
    quotes: () => [world.market.quote("MES")].flatMap((quote) => quote ?? []),
    clock: world.clock,
  });
  const audience: readonly Audience[] = [...world.parts.audience, approvals];
  const start = (initial = initialState): Loop => {
    const begun = createLoop({ ...world.parts, audience }, initial);
    loop = begun;
    const balances = settings.accounts.map(({ id }) => ({
      account: id,
      balance: DEFAULT_CONFIG.balances[0]?.balance ?? (0 as never),
    }));
    begun.offer({ kind: "start", ...openingOf(settings), balances });
    world.pass(200);
    return begun;
  };
  world.broker.open((report) => loop?.offer({ kind: "report", report }));
  world.price(6326);
  const first = start();
  const hear = (id: string, text = ALERT): void => {
    const message = alertMessage(id, world.clock.now(), text);
    first.offer({ kind: "message", message, tradable: true, room: ASKING, from: 0 });
    world.pass(0);
  };
  return { world, loop: first, start, hear, asked, ended };
}

describe("a desk", () => {
  test("is asked with what a yes would do, and told how it ended", async () => {
    const { world, loop, hear, asked, ended } = house();
    hear("m1");
    expect(asked).toMatchObject([
      {
        entry: 1,
        message: { id: "m1" },
        lines: [
          "ES long 6326.00 stop 6316.00 size A (its room asks first)",
          "planned: 3 MES long, limit 6328.00, stop 6316.00, targets 6333.00 x1, 6338.00 x2",
          "  at risk $191.16, risk score 38",
        ],
      },
    ]);
    const answered = answerEntry(loop, { entry: 1, how: "approve", by: "olga (77)" });
    world.pass(0);
    expect(await answered).toEqual({ kind: "taken" });
    expect(ended).toEqual(["1 approved: olga (77)"]);
    expect(world.kinds()).toContain("TradePlanned");
    const again = answerEntry(loop, { entry: 1, how: "refuse", by: "olga (77)" });
    world.pass(0);
    expect(await again).toEqual({ kind: "refused", reason: "entry 1 waits no more" });
  });

  test("is asked again after a restart about what still waits", () => {
    const { hear, start, loop, asked } = house();
    hear("m1", ALERT.replace(": A", ": A+"));
    expect(asked[0]?.lines[0]).toContain(', at the smallest size (unsure: "A+" is no size)');
    loop.stop();
    start(loop.state());
    expect(asked.map(({ entry }) => entry)).toEqual([1, 1]);
    expect(asked[1]?.lines).toHaveLength(1);
  });

  test("hears of very many accounts the first ten", () => {
    const [one] = DEFAULT_CONFIG.settings.accounts;
    const accounts = Array.from({ length: 12 }, (_, n) => ({ ...one, id: accountId(`a${n}`) }));
    const { asked, hear, world, loop } = house({
      ...DEFAULT_CONFIG.settings,
      accounts: accounts as Settings["accounts"],
    });
    for (const { id } of accounts)
      loop.offer({
        kind: "report",
        report: {
          kind: "snapshot",
          account: id,
          askedAt: world.clock.now(),
          takenAt: world.clock.now(),
          balance: 0,
          orders: [],
          positions: [],
          fills: [],
        } as never,
      });
    world.pass(0);
    hear("m1");
    expect(asked[0]?.lines.filter((line) => !line.startsWith("  "))).toHaveLength(12);
    expect(asked[0]?.lines.at(-1)).toBe("and 2 more accounts");
  });

  test("is not asked what is over by the end of the turn", () => {
    const { world, loop, asked, ended } = house();
    const message = alertMessage("m1", world.clock.now());
    const deleted = { ...message, event: "delete" as const };
    const about = { kind: "message", tradable: true, room: ASKING, from: 0 } as const;
    loop.offer({ ...about, message });
    loop.offer({ ...about, message: deleted });
    world.pass(0);
    expect(asked).toEqual([]);
    expect(ended).toEqual(["1 withdrawn: its message was deleted"]);
  });

  test("of which there is none costs nothing", () => {
    const audience = approvalAudience({
      desks: [],
      state: () => initialState,
      quotes: () => [],
      clock: { now: () => 0 as never },
    });
    expect(() => audience.told([])).not.toThrow();
  });
});

describe("a yes", () => {
  test("that could not be written down is refused, a no is not", async () => {
    const { world, loop, hear } = house();
    hear("m1");
    world.turnDisk(false);
    loop.offer({ kind: "command", command: { kind: "halt", reason: "x" } });
    world.pass(0);
    expect(await answerEntry(loop, { entry: 1, how: "approve", by: "olga" })).toEqual({
      kind: "refused",
      reason: "facts cannot be written just now, so nothing is entered",
    });
    const no = answerEntry(loop, { entry: 1, how: "refuse", by: "olga" });
    world.pass(0);
    expect(await no).toEqual({ kind: "taken" });
  });

  test("behind a flood of messages is turned away", async () => {
    const { world, loop } = house();
    const message = alertMessage("m1", world.clock.now(), "chatter");
    const news = { kind: "message", message, tradable: true, room: ASKING, from: 0 } as const;
    while (loop.offer(news)) {
      // until it is full
    }
    expect(await answerEntry(loop, { entry: 1, how: "approve", by: "olga" })).toEqual({
      kind: "refused",
      reason: "too many messages are waiting; try again",
    });
  });
});
