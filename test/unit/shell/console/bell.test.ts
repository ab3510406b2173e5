/** The bell of the terminal: who sits beside it is called, and a terminal that is gone says so. */
import { expect, test } from "vitest";
import type { Delivery } from "../../../../src/ports/notifier.ts";
import { consoleBell } from "../../../../src/shell/console/bell.ts";
import { sampleLetter } from "../../../kit/sample-letter.ts";

async function rung(letter = sampleLetter(1), fault: Error | null = null) {
  const lines: string[] = [];
  const sink = {
    write(text: string, done: (failure: Error | null) => void): boolean {
      lines.push(text);
      setImmediate(() => done(fault));
      return true;
    },
  };
  const notifier = consoleBell(sink as Parameters<typeof consoleBell>[0]);
  const delivery = await new Promise<Delivery>((resolve) => notifier.send(letter, resolve));
  notifier.close();
  return { lines, delivery };
}

test("a letter rings once and shows its title, an alarm rings three times", async () => {
  const { lines, delivery } = await rung();
  expect(lines).toEqual(["\u0007** #1 long 3 MES, limit 6327.00\n"]);
  expect(delivery.kind).toBe("accepted");
  const alarm = await rung({ ...sampleLetter(1), severity: "alarm" });
  expect(alarm.lines[0]).toContain("\u0007\u0007\u0007** #1");
});

test("a terminal that is gone has called nobody", async () => {
  const gone = Object.assign(new Error("write EPIPE"), { code: "EPIPE" });
  expect((await rung(sampleLetter(1), gone)).delivery).toMatchObject({
    kind: "refused",
    scope: "channel",
    said: "EPIPE",
  });
  expect((await rung(sampleLetter(1), new Error("odd"))).delivery).toMatchObject({
    said: "nobody reads the terminal",
  });
});
