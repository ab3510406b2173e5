/**
 * A configured installation in a folder, with years behind it and five positions open, as a process
 * that was killed leaves it.
 */

import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sessionAt } from "../../src/core/model/calendar.ts";
import { OPEN_ROOM } from "../../src/core/model/room.ts";
import { type Millis, millis } from "../../src/core/model/units.ts";
import { alertOf } from "./alerts.ts";
import { writeHistory, writeLedger } from "./history.ts";
import { openHouse } from "./house.ts";
import { lifeOfATrade } from "./past.ts";
import type { Place } from "./places.ts";
import { until } from "./turns.ts";

/** The built program; null when it has not been built. */
export const builtProgram = (): string | null =>
  existsSync("dist/main.js") ? "dist/main.js" : null;

export const ACCOUNTS = 5;
const HOUR = 3_600_000;

/** The last full hour, a day ago or more, with an open market for hours to come. */
function lastOpenHour(now: Millis): Millis {
  let at = Math.floor((now - 24 * HOUR) / HOUR) * HOUR;
  for (;;) {
    const session = sessionAt("equity", millis(at));
    if (session.open && session.closesAt - at > 5 * HOUR) return millis(at);
    at -= HOUR;
  }
}

export interface Installation {
  readonly config: string;
  readonly folder: string;
  readonly chat: string;
}

export async function installationIn(
  place: Place,
  { trades, snapshot }: { readonly trades: number; readonly snapshot: boolean },
): Promise<Installation> {
  const folder = place.folder();
  const opensAt = lastOpenHour(millis(Date.now()));
  if (trades > 0) {
    const life = await lifeOfATrade(place, ACCOUNTS);
    const shape = { trades, tradesPerDay: 10, endsAt: opensAt };
    const history = writeHistory(folder, life, shape, { snapshot });
    await openPositions(folder, opensAt);
    writeLedger(folder, history);
  }
  return { ...configIn(folder), folder };
}

async function openPositions(folder: string, opensAt: Millis): Promise<void> {
  const house = await openHouse({ folder, accounts: ACCOUNTS, opensAt });
  const message = alertOf(0, house.clock.now());
  house.loop.offer({ kind: "message", message, tradable: true, room: OPEN_ROOM, from: 0 });
  const isOpen = (): boolean => {
    const { accounts } = house.loop.state().settings;
    return accounts.length === ACCOUNTS && house.openTrades() === ACCOUNTS;
  };
  await until(isOpen, "five positions are open");
  await house.quiet();
  house.close();
}

function configIn(folder: string): Pick<Installation, "config" | "chat"> {
  const [config, chat] = [join(folder, "config.yaml"), join(folder, "alerts.jsonl")];
  const accounts = Array.from(
    { length: ACCOUNTS },
    (_, n) => `  - { id: paper-${n + 1}, name: paper-${n + 1}, rules: default, balance: 50000 }`,
  );
  const lines = [
    "mode: paper",
    "market: { kind: simulated, seed: 1, startPrice: 6326 }",
    "paper: { latency: 0ms, sessions: always-open }",
    `sources: [{ kind: chat-file, path: ${JSON.stringify(chat)} }]`,
    "accounts:",
    ...accounts,
  ];
  writeFileSync(config, `${lines.join("\n")}\n`);
  writeFileSync(chat, "");
  return { config, chat };
}
