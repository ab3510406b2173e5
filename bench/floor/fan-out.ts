/**
 * The floor of one alert to many accounts: a row each, flushed five hundred at a time, then a row
 * each in the venue's own file. Five hundred, because whoever writes ten thousand in one transaction
 * holds the event loop for far longer than the same goal allows.
 */
import { join } from "node:path";
import { durableFile } from "./durable-file.ts";
import { alertRow, orderRow, understood, venueRow } from "./rows.ts";

export interface FloorFanOut {
  /** Milliseconds until the orders are written down, and until the venue has them. */
  alert(text: string): { readonly durable: number; readonly acknowledged: number };
  close(): void;
}

const TOGETHER = 500;

export function floorFanOut(folder: string, accounts: number): FloorFanOut {
  const facts = durableFile(join(folder, "facts.db"), "FULL");
  const venue = durableFile(join(folder, "venue.db"), "NORMAL");
  const names = Array.from({ length: accounts }, (_, index) => `paper-${index + 1}`);
  let number = 0;

  return {
    alert(text) {
      const from = performance.now();
      number += 1;
      const [at, id] = [Date.now(), `m${number}`];
      const alert = understood(text);
      const orders = names.map((account) => orderRow(id, at, account, alert));
      for (let from = 0; from < orders.length; from += TOGETHER) {
        const rows = orders.slice(from, from + TOGETHER);
        facts.write(from === 0 ? [alertRow(number, at, text, alert), ...rows] : rows);
      }
      const durable = performance.now() - from;
      venue.write(names.map((account) => venueRow(id, at, account, alert)));
      return { durable, acknowledged: performance.now() - from };
    },
    close() {
      facts.close();
      venue.close();
    },
  };
}
