import { PassThrough } from "node:stream";
import { millis } from "../../src/core/model/units.ts";
import { stdinSource } from "../../src/shell/files/stdin.ts";
import { virtualClock } from "../../src/shell/host/virtual-clock.ts";
import { alertSourceContract } from "./alert-source.ts";

const aTurn = (): Promise<void> => new Promise((soon) => setImmediate(soon));

alertSourceContract("standard input", () => {
  const input = new PassThrough();
  const clock = virtualClock(millis(1_700_000_000_000));
  return {
    source: stdinSource(clock, input),
    async write(text) {
      input.write(Buffer.from(text));
      await aTurn();
    },
    async finish() {
      input.end();
      await aTurn();
    },
  };
});
