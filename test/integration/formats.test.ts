/** The workbench of formats: packs written, tried, handed to a running process, and explained. */
import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { ALERT_TEXT, recordedDay } from "../kit/recorded-day.ts";
import { temporaryFolder } from "../kit/temporary-folder.ts";
import { type Terminal, terminal } from "../kit/terminal.ts";

async function ask(here: string, ...words: readonly string[]) {
  const asked = terminal({ here });
  const code = await asked.run(...words);
  return { code, out: asked.out(), err: asked.err(), values: asked.values };
}

/** No honest price of ES is above 6,300 there, so the labelled alerts are not. */
const LOW = "prices: { ES: { range: 3000 to 6300 points, stopMax: 9 points } }\n";

/** A chat file whose room is read by the pack `room`, and no prices. */
function roomWith(pack: string): string {
  const here = temporaryFolder();
  mkdirSync(join(here, "packs"));
  writeFileSync(join(here, "packs", "room.yaml"), pack);
  writeFileSync(join(here, "alerts.jsonl"), "");
  const source = "{ kind: chat-file, path: alerts.jsonl, format: room }";
  writeFileSync(join(here, "config.yaml"), `formats: packs\nsources: [${source}]\n`);
  return here;
}

const pack = (here: string, text: string): void =>
  writeFileSync(join(here, "packs", "room.yaml"), text);

const say = (here: string, id: string, text: string): void =>
  appendFileSync(join(here, "alerts.jsonl"), `${JSON.stringify({ id, text })}\n`);

/** What is said is decided first, and stored a moment later. */
const stored = (here: string, id: string): Promise<void> =>
  vi.waitFor(
    async () => {
      const { values } = await ask(here, "history", "show", "--json");
      expect(values().map((one) => (one as { id: string }).id)).toContain(id);
    },
    { timeout: 10_000 },
  );

async function running(here: string): Promise<Terminal> {
  const process = terminal({ here });
  const ended = process.run("start");
  onTestFinished(async () => {
    process.signal("SIGTERM");
    await ended;
  });
  await process.shows("agrees with the venue");
  return process;
}

describe("formats init", () => {
  test("writes the packs of the program, and never over one that is there", async () => {
    const here = temporaryFolder();
    const first = await ask(here, "formats", "init");
    expect(first.code).toBe(0);
    expect(first.out).toContain("wrote jmoney.yaml, northman.yaml, template.yaml\n");
    expect(first.out).toContain('name the directory in config.yaml: "formats: formats"');
    writeFileSync(join(here, "formats", "jmoney.yaml"), "{}");
    const again = await ask(here, "formats", "init", "--json");
    expect(again.values()).toMatchObject([
      { written: [], kept: ["jmoney.yaml", "northman.yaml", "template.yaml"] },
    ]);
    expect(readFileSync(join(here, "formats", "jmoney.yaml"), "utf8")).toBe("{}");
    writeFileSync(join(here, "config.yaml"), "formats: formats\n");
    expect(await ask(here, "config", "check")).toMatchObject({ code: 0 });
    expect((await ask(here, "formats", "init", "config.yaml")).code).toBe(2);
  });
});

describe("formats test", () => {
  test("changes nothing with packs that say nothing new", async () => {
    const here = roomWith("{}");
    const { code, out, err } = await ask(here, "formats", "test");
    expect({ code, out }).toEqual({
      code: 0,
      out: "room (new): 0 of 321 labelled messages change, 0 of 0 stored messages change\n",
    });
    expect(err).toBe("compared with the built-in format: nothing was started here yet\n");
  });

  test("shows every labelled message that would be read otherwise, and ends with 2 if worse", async () => {
    const here = roomWith(LOW);
    const { code, out } = await ask(here, "formats", "test", "room");
    expect(code).toBe(2);
    expect(out).toContain(
      "labelled dev-0001  🚨 ES long 6326: A Stop: 6316 @everyone\n" +
        "   before  entry: ES long 6326.00 stop 6316.00 size A\n" +
        "   after   none: price out of range (a person should look)\n" +
        "   worse than before: it is labelled\n",
    );
    const json = await ask(here, "formats", "test", "./packs/room.yaml", "--json");
    const values = json.values() as readonly Record<string, unknown>[];
    expect(values[0]).toMatchObject({
      ...{ pack: "room", where: "labelled", id: "dev-0001", verdict: "worse" },
      before: { kind: "entry", entry: 6326 },
      after: { kind: "none", reason: "price out of range", review: true },
    });
    const summary = values.at(-1)?.["summary"] as Record<string, Record<string, number>>;
    expect(summary["labelled"]?.["changed"]).toBe(values.length - 1);
  });

  test("names what is wrong with a pack, and packs that are not there", async () => {
    const here = roomWith("wods: {}");
    const broken = await ask(here, "formats", "test");
    expect(broken.code).toBe(2);
    expect(broken.err).toContain("room.yaml:1:1 wods: unknown key; did you mean words?");
    expect(await ask(here, "config", "check")).toMatchObject({ code: 2, err: broken.err });
    expect(await ask(here, "start")).toMatchObject({ code: 2, err: broken.err });
    pack(here, "{}");
    expect(await ask(here, "formats", "test", "other")).toMatchObject({
      code: 2,
      err: 'there is no format pack "other"; configured: room\n',
    });
    expect((await ask(here, "formats", "test", "./gone.yaml")).err).toContain("no such file");
    rmSync(join(here, "config.yaml"));
    expect((await ask(here, "formats", "test")).err).toContain("no format packs are configured");
  });
});

describe("formats apply", () => {
  test("needs a running process", async () => {
    expect((await ask(roomWith("{}"), "formats", "apply")).code).toBe(4);
  });

  test("hands a running process all packs or none; a saved file alone does nothing", async () => {
    const here = roomWith("{}");
    const process = await running(here);
    pack(here, LOW);
    say(here, "m1", ALERT_TEXT);
    await process.shows("alert ES long 6326.00");
    await stored(here, "m1");

    const tried = await ask(here, "formats", "test");
    expect(tried.err).toBe("compared with the formats of the running process\n");
    expect(tried.code).toBe(2);
    expect(tried.out).toContain(
      "stored m1  🚨 ES long 6326: A Stop: 6316 @everyone\n   before  entry",
    );
    expect(tried.out).toContain(", 1 of 1 stored messages change; ");

    pack(here, "sizes: { full: D }");
    const refused = await ask(here, "formats", "apply");
    expect(refused).toMatchObject({ code: 2, out: "" });
    expect(refused.err).toContain("refused; the formats in force stay:\n");
    expect(refused.err).toContain('room.yaml:1:16 sizes.full: expected A, B or C, found "D"');
    say(here, "m2", "🚨 NQ long 22950: B\nStop: 22910");
    await process.shows("alert NQ long 22950.00");

    rmSync(join(here, "packs", "room.yaml"));
    const gone = await ask(here, "formats", "apply", "--json");
    expect(gone.code).toBe(2);
    expect(gone.values()).toEqual([
      {
        applied: false,
        problems: ['alerts.jsonl is read by the format "room", which is gone'],
      },
    ]);

    pack(here, LOW);
    await stored(here, "m2");
    const applied = await ask(here, "formats", "apply");
    expect(applied).toMatchObject({ code: 0 });
    expect(applied.out).toBe(
      "in force from the next message on; changed: room\n" +
        "1 of 2 stored messages would be read otherwise now\n",
    );
    say(here, "m3", ALERT_TEXT.replace("6326", "6336"));
    await process.shows("price out of range");
    const again = await ask(here, "formats", "apply", "--json");
    expect(again.values()).toMatchObject([{ applied: true, formats: ["room"], changed: [] }]);
    expect((await ask(here, "formats", "test")).code).toBe(0);
    const kept = JSON.parse(readFileSync(join(here, "data", "last-good.json"), "utf8"));
    expect(kept.config.sources[0].room.format.prices.ES.max).toBe(6_300);

    const why = await ask(here, "explain", "m3");
    expect(why.out).toMatch(/^chat-file alerts\.jsonl m3, /);
    expect(why.out).toContain("outcome     none: price out of range (a person should look)\n");
    expect(why.out).toMatch(/\njournal .*price out of range/);
  });

  test("is refused where no packs are configured", async () => {
    const here = temporaryFolder();
    writeFileSync(join(here, "config.yaml"), "{}\n");
    await running(here);
    const { code, err } = await ask(here, "formats", "apply");
    expect(code).toBe(2);
    expect(err).toContain("no format packs are configured (formats: none)");
  });
});

describe("explain", () => {
  test("tells the stages of a text, by the format of the rooms", async () => {
    const here = roomWith(LOW);
    const { code, out } = await ask(here, "explain", ALERT_TEXT);
    expect(code).toBe(0);
    expect(out).toContain("event       a new message\n");
    expect(out).toContain("alerts      ES long 6326: price out of range\n");
    expect(out).toContain("outcome     none: price out of range (a person should look)\n");
    const plain = await ask(here, "explain", ALERT_TEXT, "--format", "plain", "--json");
    expect(plain.values()).toMatchObject([
      { text: ALERT_TEXT, stages: [{ stage: "event" }, {}, {}, {}, {}, {}, {}, {}, {}, {}] },
    ]);
    expect(plain.values()).toMatchObject([{ result: { kind: "entry", entry: 6326 } }]);
    expect((await ask(here, "explain", ALERT_TEXT, "--format", "x")).err).toBe(
      'there is no format "x"; known: plain, room\n',
    );
  });

  test("tells what became of a message of the journal", async () => {
    const here = recordedDay(temporaryFolder());
    expect((await ask(here, "start")).code).toBe(0);
    const { code, out } = await ask(here, "explain", "m0.3");
    expect(code).toBe(0);
    expect(out).toMatch(/^chat-file alerts\.jsonl m0\.3, 2026-11-17T15:00:00\.300Z\n/);
    expect(out).toContain("outcome     entry: ES long 6326.00 stop 6316.00 size A\n");
    expect(out).toMatch(/\njournal +2026-11-17T15:00:00\.\d+Z #1 alert ES long 6326\.00/);
    expect(out).toContain("#1 target 2 hit: 2 MES at 6338.00");
    const json = await ask(here, "explain", "m0.3", "--json");
    expect(json.values()).toMatchObject([{ message: { id: "m0.3", author: "JMoney" } }]);
  });

  test("says that there is no such message", async () => {
    const { code, err } = await ask(temporaryFolder(), "explain", "12345");
    expect(code).toBe(2);
    expect(err).toContain("no message with the id 12345 was heard here");
  });
});

describe("parse", () => {
  test("reads by the format of the rooms, or by one that is named", async () => {
    const here = roomWith(LOW);
    writeFileSync(join(here, "m.txt"), ALERT_TEXT);
    expect((await ask(here, "parse", "m.txt")).out).toContain("none: price out of range");
    expect((await ask(here, "parse", "m.txt", "--format", "plain")).out).toContain("entry: ES");
    expect(await ask(here, "parse", "m.txt", "--format", "x")).toMatchObject({ code: 2, out: "" });
  });

  test("takes the room's own words for what they stand for", async () => {
    const here = roomWith("words: { reload: long }\nsymbols: { spoos: ES }\nsizes: { full: A }\n");
    const text = "Reload spoos 6326 full\nStop: 6316";
    writeFileSync(join(here, "m.txt"), text);
    expect((await ask(here, "parse", "m.txt")).out).toContain(
      "entry: ES long 6326.00 stop 6316.00 size A\n",
    );
    const { out } = await ask(here, "explain", text);
    expect(out).toContain('format room  "reload" stands for long\n');
    expect(out).toContain('"spoos" stands for ES\n');
  });
});
