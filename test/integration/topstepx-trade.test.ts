/**
 * A trade over the whole way to TopstepX: the core, the broker, the gateway client and the hub link on
 * one side, the stand-in venue on the other; all on virtual time.
 */
import { describe, expect, test } from "vitest";
import { foldJournal } from "../../src/app/recover.ts";
import { startRun } from "../../src/app/run.ts";
import { DEFAULT_CONFIG } from "../../src/core/model/defaults.ts";
import type { Fact, FactOf } from "../../src/core/model/fact.ts";
import { openRoom } from "../../src/core/model/room.ts";
import type { BracketSupport } from "../../src/core/model/rules.ts";
import { dollars, millis, ticks, toDollars } from "../../src/core/model/units.ts";
import type { SourceListener } from "../../src/ports/alert-source.ts";
import type { Clock } from "../../src/ports/clock.ts";
import { fixedMarket } from "../../src/shell/paper/fixed-market.ts";
import type { StandIn } from "../../src/shell/topstepx-sim/stand-in.ts";
import { alertMessage } from "../kit/app-world.ts";
import { memoryDisk, memoryJournal } from "../kit/memory-journal.ts";
import { silentLog } from "../kit/silent-log.ts";
import { liveBroker, liveVenue, MES_WIRE } from "../kit/topstepx-live.ts";

const OPENING = 50_000;

/** A house that trades one account there; it may die and come back. */
function house(brackets: BracketSupport) {
  const live = liveVenue({ brackets });
  const { clock, venue } = live;
  const [account] = live.accounts;
  const disk = memoryDisk();
  const facts: Fact[] = [];
  const calls: string[] = [];
  let isSilent = false;
  const line: StandIn = {
    connect: venue.connect,
    receive(request, answered) {
      calls.push(request.path.replace("/api/", ""));
      if (!isSilent) venue.receive(request, answered);
    },
  };
  let listener: SourceListener | null = null;
  let process = begin();

  function begin() {
    let isAlive = true;
    const own: Clock = {
      now: clock.now,
      schedule: (time, task) => clock.schedule(time, () => (isAlive ? task() : undefined)),
    };
    const journal = memoryJournal(disk, () => null);
    const market = fixedMarket(own);
    const { broker, close } = liveBroker({ ...live, clock: own }, line);
    const [rules] = DEFAULT_CONFIG.settings.accounts;
    if (rules === undefined) throw new Error("there is no account to begin with");
    const accounts = [{ ...rules, id: account, brackets, login: "topstepx" }];
    const source = {
      name: "room",
      open: (given: SourceListener) => {
        listener = given;
      },
      close: () => {},
    };
    startRun({
      ...{ clock: own, journal, broker, market, log: silentLog, followed: ["MES"], messages: null },
      lifeboat: { save: () => true, load: () => [], clear: () => {} },
      audience: [{ told: (recorded) => void facts.push(...recorded.map(({ fact }) => fact)) }],
      initial: foldJournal(journal),
      opening: {
        ...{ mode: "paper", version: "test", priceAgeMax: millis(3_000) },
        settings: { ...DEFAULT_CONFIG.settings, accounts },
        balances: [{ account, balance: dollars(OPENING) }],
      },
      sources: [{ source, tradable: true, roomOf: openRoom }],
      sourceFault: () => {},
      settled: () => {},
      exhausted: () => {},
      ended: () => {},
    });
    const die = (): void => {
      isAlive = false;
      close();
    };
    return { market, die };
  }

  /** Seconds at that price, in points. */
  function at(points: number, seconds: number): void {
    for (let second = 0; second < seconds; second++) {
      const last = ticks(points * 4);
      const book = { last, bid: last, ask: ticks(last + 1), high: last, low: last };
      process.market.setQuote({ instrument: "MES", at: clock.now(), ...book });
      venue.setQuote(MES_WIRE, { last: points, bid: points, ask: points + 0.25 });
      clock.runUntil(millis(clock.now() + 1_000));
    }
  }

  return {
    at,
    alert: (id = "m1", text?: string) => listener?.message(alertMessage(id, clock.now(), text)),
    /** How often anything was called whose name fits. */
    called: (name: RegExp) => calls.filter((one) => name.test(one)).length,
    /** From here on no call has an answer, or has one again; the hubs live on. */
    silence(is: boolean): void {
      isSilent = is;
    },
    /** The process dies without a word and another one starts. */
    die(): void {
      process.die();
      process = begin();
    },
    of: <Kind extends Fact["kind"]>(kind: Kind): readonly FactOf<Kind>[] =>
      facts.filter((fact): fact is FactOf<Kind> => fact.kind === kind),
    held: () => venue.dump().positions.length,
    working: () => (venue.dump().orders as { status: number }[]).filter(isLive).length,
    earned: () => ((venue.dump().accounts[0] as { balance: number }).balance - OPENING).toFixed(2),
  };
}

const isLive = ({ status }: { readonly status: number }): boolean => [1, 6, 7, 8].includes(status);

describe.each(["native", "none"] as const)("with brackets %s", (brackets) => {
  test("a trade is protected where it was said, to breakeven and out at its targets", () => {
    const { at, alert, of, held, working, earned } = house(brackets);
    at(6326, 3);
    alert();
    at(6326, 5);
    expect(held()).toBe(1);
    expect(working()).toBe(4);
    for (const tranche of [0, 1]) {
      const stops = of("LegConfirmed").filter(
        (one) => one.leg === "stop" && one.tranche === tranche,
      );
      expect(stops.at(-1)?.price).toBe(25_264);
    }
    at(6333.25, 5);
    expect(of("BreakevenDue")).toHaveLength(1);
    expect(of("LegConfirmed").at(-1)?.price).toBe(25_305);
    at(6340, 5);
    expect([held(), working()]).toEqual([0, 0]);
    const [closed] = of("TradeClosed");
    expect(toDollars(closed?.net ?? dollars(0)).toFixed(2)).toBe(earned());
    expect(of("IncidentFound")).toEqual([]);
  });

  test("a process that died finds its trade and brings it to its end", () => {
    const { at, alert, of, held, working, earned, die } = house(brackets);
    at(6326, 3);
    alert();
    at(6326, 5);
    die();
    at(6326, 3);
    at(6333.25, 3);
    die();
    at(6333.25, 3);
    expect(of("LegConfirmed").at(-1)?.price).toBe(25_305);
    at(6326, 5);
    expect([held(), working()]).toEqual([0, 0]);
    const [closed] = of("TradeClosed");
    expect(toDollars(closed?.net ?? dollars(0)).toFixed(2)).toBe(earned());
    expect(of("IncidentFound")).toEqual([]);
  });

  test("a trade that fills while the process is down is found filled", () => {
    const { at, alert, of, held, working, earned, die } = house(brackets);
    at(6326, 3);
    alert();
    die();
    at(6326, 3);
    at(6340, 40);
    at(6300, 5);
    expect([held(), working()]).toEqual([0, 0]);
    const net = of("TradeClosed").reduce((sum, one) => sum + toDollars(one.net), 0);
    expect(net.toFixed(2)).toBe(earned());
  });
});

test("a venue that answers nothing any more wakes a person, however well its hub lives", () => {
  const { at, alert, of, silence } = house("native");
  at(6326, 20);
  alert();
  at(6326, 5);
  silence(true);
  at(6326, 20);
  expect(of("AlarmRaised")).toEqual([]);
  at(6326, 10);
  expect(of("AlarmRaised")).toMatchObject([{ what: "venue-unreachable" }]);
  alert("m2", "🚨 ES long 6326: A\nStop: 6316\n@everyone\nand another");
  silence(false);
  at(6326, 10);
  expect(of("AlarmEnded")).toMatchObject([{ what: "venue-unreachable" }]);
  expect(of("LinkMoved").map(({ state }) => state)).toEqual(["down", "up", "down", "up"]);
  at(6340, 5);
  expect(of("TradeClosed")).toHaveLength(1);
  expect(of("IncidentFound")).toEqual([]);
});

test("three trades of two tranches a minute are entered whole, and cost no more than they do", () => {
  const { at, alert, called, of } = house("native");
  at(6326, 20);
  for (let trade = 0; trade < 6; trade++) {
    const entry = 6326 + trade / 4;
    alert(`m${trade}`, `🚨 ES long ${entry}: A\nStop: ${entry - 10}\n@everyone`);
    at(6326, 10);
    at(6335, 5);
    at(6340, 5);
  }
  expect(of("EntryNotSent")).toEqual([]);
  expect(of("TradeClosed")).toHaveLength(6);
  // Two entries; the four legs to their prices, and one to breakeven.
  expect(called(/place/)).toBe(6 * 2);
  expect(called(/modify/)).toBe(6 * 5);
  // What only looks beside the pair of each second: cash, and what a glance could not explain.
  expect(called(/Account|Trade|Order.search$/)).toBeLessThan(6 * 9);
});
