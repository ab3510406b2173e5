/**
 * The floor of "alert to acknowledged order": one pattern, two chained rows durable, one order noted
 * by the venue in its own file, then its answer. It judges nothing, fills nothing and recovers from
 * nothing; it is what the disk, SQLite and Node cost by themselves.
 */
import { join } from "node:path";
import { durableFile } from "./durable-file.ts";
import { alertRow, orderRow, type Understood, understood, venueRow } from "./rows.ts";

export interface FloorHouse {
  /** `durable` is called once alert and order are written down, `acknowledged` after the venue. */
  alert(text: string, acknowledged: () => void, durable?: () => void): void;
  /** The same, then a second order in a commit of its own, sent once the first is acknowledged. */
  alertTwice(text: string, acknowledged: () => void): void;
  /** Many alerts, so many in a transaction; no orders. */
  burst(texts: readonly string[], together: number): void;
  close(): void;
}

export function floorHouse(folder: string): FloorHouse {
  const facts = durableFile(join(folder, "facts.db"), "FULL");
  const venue = durableFile(join(folder, "venue.db"), "NORMAL");
  let number = 0;
  const send = (id: string, at: number, alert: Understood, acknowledged: () => void): void => {
    setImmediate(() => {
      venue.write([venueRow(id, at, "paper-1", alert)]);
      acknowledged();
    });
  };

  return {
    alert(text, acknowledged, durable = () => {}) {
      number += 1;
      const [at, id] = [Date.now(), `m${number}`];
      const alert = understood(text);
      facts.write([alertRow(number, at, text, alert), orderRow(id, at, "paper-1", alert)]);
      send(id, at, alert, acknowledged);
      durable();
    },
    alertTwice(text, acknowledged) {
      number += 1;
      const [at, id] = [Date.now(), `m${number}`];
      const alert = understood(text);
      facts.write([alertRow(number, at, text, alert), orderRow(id, at, "paper-1", alert)]);
      send(id, at, alert, () => {
        facts.write([orderRow(`${id}-2`, at, "paper-1", alert)]);
        send(`${id}-2`, at, alert, acknowledged);
      });
    },
    burst(texts, together) {
      for (let from = 0; from < texts.length; from += together) {
        const rows = texts.slice(from, from + together).flatMap((text) => {
          number += 1;
          const alert = understood(text);
          const refused = { at: Date.now(), id: `m${number}`, kind: "TradeRefused", trade: 1 };
          return [alertRow(number, refused.at, text, alert), JSON.stringify(refused)];
        });
        facts.write(rows);
      }
    },
    close() {
      facts.close();
      venue.close();
    },
  };
}
