/**
 * The floor of "alert to acknowledged order": one pattern, two rows durable, one order filled in
 * memory and noted by the venue in its own file. It checks nothing and survives nothing but a clean
 * end; it is what the disk and Node cost by themselves.
 */
import { join } from "node:path";
import { durableFile } from "./durable-file.ts";

export interface FloorHouse {
  /** Calls back with the acknowledgement. */
  alert(text: string, acknowledged: () => void): void;
  close(): void;
}

const ALERT = /^🚨 (\w+) (long|short) ([\d.]+): ([ABC])\nStop: ([\d.]+)/u;
const SIZES: Readonly<Record<string, number>> = { A: 3, B: 2, C: 1 };

export function floorHouse(folder: string): FloorHouse {
  const facts = durableFile(join(folder, "facts.db"), "FULL");
  const venue = durableFile(join(folder, "venue.db"), "NORMAL");
  let number = 0;

  return {
    alert(text, acknowledged) {
      const match = ALERT.exec(text);
      if (match === null) throw new Error("not an alert");
      const [, instrument, side, entry, size, stop] = match;
      number += 1;
      const order = {
        id: `order-${number}`,
        ...{ instrument, side },
        price: Number(entry),
        stop: Number(stop),
        quantity: SIZES[size ?? "C"],
      };
      facts.write([JSON.stringify({ kind: "alert", number, text }), JSON.stringify(order)]);
      setImmediate(() => {
        venue.write([JSON.stringify({ filled: order.id, price: order.price })]);
        acknowledged();
      });
    },
    close() {
      facts.close();
      venue.close();
    },
  };
}
