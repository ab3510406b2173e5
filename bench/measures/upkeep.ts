/**
 * What keeping itself costs the built program, with a hundred thousand trades behind it (goals 13 and
 * idle): the longest that its event loop is held in a minute of health checks, scrapes, changes of the
 * configuration, mail and a backup; and what it takes of a processor when nothing happens.
 *
 * The program says itself how long its loop was held. The floor is the quiet minute after it: what
 * other programs of the machine take from it, they take then too.
 */
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { mailServer } from "../../test/kit/mail-server.ts";
import { textOf } from "../kit/alerts.ts";
import { spreadOf } from "../kit/distribution.ts";
import { ACCOUNTS, builtProgram, type Installation, installationIn } from "../kit/installation.ts";
import { atMost, type Bench, type Finding, type Measure } from "../kit/measure.ts";
import { type Running, startProgram } from "../kit/process.ts";

const TRADES = 100_000;
const STALL_MAX = 20;
const CPU_MAX = 1;
const SECOND = 1_000;
/** The first backup of a run is made a minute after its start. */
const BUSY = 80;
const QUIET = 60;
/** It looks at itself every ten seconds, and says how it was between the last two looks. */
const LOOKS = 20;

export const upkeep: Measure = {
  name: "upkeep",
  async run(bench) {
    const program = builtProgram();
    if (program === null) {
      bench.tell("no upkeep without a build: npm run build");
      return [];
    }
    bench.tell("what upkeep costs, with many trades behind");
    const trades = Math.ceil(TRADES / bench.quicker);
    const place = await installationIn(bench.disk, { trades, snapshot: true });
    const mail = await mailServer();
    const port = await freePort();
    configure(place, { port, mail: mail.port });
    const words = [program, "start", "--config", place.config, "--data", place.folder];
    const ready = { ready: /agrees with the venue/, count: ACCOUNTS };
    const running = await startProgram(words, ready);
    try {
      const busy = await busyTime(place, port);
      if (mail.mails.length === 0) throw new Error("no mail was sent");
      await pause(LOOKS * SECOND);
      return findings(busy, await quietTime(running, port, bench));
    } finally {
      await running.stop();
      await mail.close();
    }
  },
};

function findings(busy: number, { longest, share }: Quiet): readonly Finding[] {
  const [product, floor] = [spreadOf([busy]), spreadOf([longest])];
  const what = "longest turn in a minute of health, scrapes, reloads, mail and a backup";
  const cpu = spreadOf([share]);
  return [
    {
      ...{ id: "13", what, unit: "ms", product, floor, ratio: null },
      goals: [atMost(busy, STALL_MAX, "ms")],
    },
    {
      ...{
        id: "idle",
        what: "of a processor, idle, in per cent",
        unit: "x",
        floor: null,
        ratio: null,
      },
      product: cpu,
      goals: [atMost(share, CPU_MAX, "%")],
    },
  ];
}

function configure(
  { config }: Installation,
  { port, mail }: { readonly port: number; readonly mail: number },
): void {
  const channel = `{ kind: email, name: mail, host: 127.0.0.1, port: ${mail}, security: none, from: bot@example.com, to: [trader@example.com] }`;
  appendFileSync(config, `web: { port: ${port} }\nnotify: { channels: [${channel}] }\n`);
}

/** Everything at once, second by second. */
async function busyTime({ config, chat }: Installation, port: number): Promise<number> {
  const text = readFileSync(config, "utf8");
  let longest = 0;
  // Quicker or not: the backup comes when it comes.
  for (let second = 0; second < BUSY; second++) {
    if (second % 5 === 0) {
      writeFileSync(config, `${text}logLevel: ${second % 2 === 0 ? "info" : "debug"}\n`);
      const alert = { id: `u${second}`, text: textOf(second), author: `sam-${second}` };
      appendFileSync(chat, `${JSON.stringify(alert)}\n`);
    }
    longest = Math.max(longest, await stallSaid(port));
    await pause(SECOND);
  }
  return longest;
}

interface Quiet {
  readonly longest: number;
  readonly share: number;
}

async function quietTime(running: Running, port: number, { quicker }: Bench): Promise<Quiet> {
  const seconds = Math.ceil(QUIET / quicker);
  const from = running.processorSeconds();
  let longest = 0;
  for (let second = 0; second < seconds; second += LOOKS / 2) {
    await pause((LOOKS / 2) * SECOND);
    longest = Math.max(longest, await stallSaid(port));
  }
  return { longest, share: (100 * (running.processorSeconds() - from)) / seconds };
}

/** Milliseconds, between its last two looks at itself; 0 before the first. */
async function stallSaid(port: number): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${port}/metrics`);
  const said = /^tradestream_event_loop_stall_seconds ([\d.e+-]+)$/m.exec(await answer.text());
  return Number(said?.[1] ?? 0) * SECOND;
}

function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((found) =>
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => found(typeof address === "object" && address !== null ? address.port : 0));
    }),
  );
}
