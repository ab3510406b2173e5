/**
 * `tradestream venue-sim`: the stand-in venue as a program of its own, on this machine.
 *
 * ```text
 * venue-sim --port 5001   ◄── HTTP and hubs ──   start, or any client of the gateway
 *       ▲
 *       └── script, control interface: prices, sessions, faults
 * ```
 *
 * It ends with Ctrl-C, with `kill`, or where its script says so. Every fault that strikes is told by
 * its name, so that what a client made of it can be laid beside it.
 */
import type { Root } from "../../core/model/instrument.ts";
import type { Tape } from "../../core/paper/tape.ts";
import { formatTime } from "../../core/views/timeline.ts";
import type { Handlers } from "../../ports/console.ts";
import { err, ok, type Result } from "../../std/result.ts";
import { type Context, leave, stopped } from "../context.ts";
import { fromHere } from "../places.ts";
import { wire } from "../wire.ts";

export const venueSim =
  (context: Context): Handlers["venueSim"] =>
  async (options) => {
    const { clock, here, screen, signals } = context;
    const { openProgram } = await wire.standInVenue();
    const { script, json } = options;
    let finish = (_why: string): void => {};
    const over = new Promise<string>((resolve) => {
      finish = resolve;
    });
    const now = (): string => formatTime(clock.now());
    const opened = await openProgram({
      ...{ clock, here, tape },
      words: { ...options, script: script === null ? null : fromHere(here, script) },
      struck({ id, what }) {
        if (json) screen.printJson({ fault: id, struck: what });
        else screen.print(`${now()}  fault ${id} strikes ${what}`);
      },
      stumbled: (line, reason) => screen.remark(`${script}, line ${line}: ${reason}`),
      ended: () => finish("the end of its script"),
    });
    if (!opened.ok) {
      return leave(context, stopped(opened.error.isWrong ? 2 : 1, opened.error.reason));
    }
    const venue = opened.value;
    const stopListening = signals.listen(finish);
    const record = recordOf(venue, options);
    if (json) screen.printJson({ venue: record });
    else for (const line of linesOf(record)) screen.print(line);
    const why = await over;
    stopListening();
    await venue.close();
    if (json) screen.printJson({ stopped: why, struck: Object.fromEntries(venue.struck()) });
    else screen.print(`${now()}  closed: ${why}${struckText(venue.struck())}`);
    return 0;
  };

async function tape(root: Root, path: string): Promise<Result<Tape, string>> {
  const { explainPriceFault, readPriceFile } = await wire.priceFile();
  const bars = { path: "worst-first", against: null } as const;
  const read = await readPriceFile({ path, instrument: root, bars, sessions: "always-open" });
  return read.ok ? ok(read.value.tape) : err(explainPriceFault(read.error));
}

interface Opened {
  readonly url: string;
  readonly introduction: {
    readonly userName: string;
    readonly apiKey: string;
    readonly accounts: readonly {
      readonly id: number;
      readonly name: string;
      readonly balance: number;
    }[];
    readonly prices: string;
  };
}

type Options = Parameters<Handlers["venueSim"]>[0];

const recordOf = ({ url, introduction }: Opened, { faults, switches }: Options) => ({
  rest: url,
  userHub: `${url}/hubs/user`,
  marketHub: `${url}/hubs/market`,
  control: `${url}/__sim/do`,
  ...introduction,
  faults,
  switches,
});

const NAMED = 3;

function linesOf(venue: ReturnType<typeof recordOf>): readonly string[] {
  const { accounts, faults, switches } = venue;
  const named = accounts
    .slice(0, NAMED)
    .map(({ id, name, balance }) => `${id} ${name} $${balance}`);
  const more = accounts.length > NAMED ? [`and ${accounts.length - NAMED} more`] : [];
  return [
    `stand-in venue, on this machine only: ${venue.rest}`,
    `  hubs      ${venue.userHub}  ${venue.marketHub}`,
    `  control   ${venue.control}`,
    `  login     user ${venue.userName}, key ${venue.apiKey} (made up: they open nothing else)`,
    `  accounts  ${[...named, ...more].join(", ")}`,
    `  prices    ${venue.prices}`,
    ...(switches.length === 0 ? [] : [`  switches  ${switches.join(" ")}`]),
    ...(faults.length === 0 ? [] : [`  faults    ${faults.join(" ")}`]),
  ];
}

function struckText(struck: readonly (readonly [string, number])[]): string {
  if (struck.length === 0) return "";
  return `; struck: ${struck.map(([name, count]) => `${name} ${count}`).join(", ")}`;
}
