/**
 * The bell of the terminal, for who sits in the same room: a sign and a line on standard error.
 *
 * The screen tells the whole day already; this is for what somebody wants to be called to it for.
 */
import type { Writable } from "node:stream";
import type { Delivery, Notifier } from "../../ports/notifier.ts";

const BELL = "\u0007";
const RUNG: Delivery = { kind: "accepted", said: "the bell was rung" };

/** `sink` may be a pipe that nobody reads any more: then nobody was called. */
export const consoleBell = (sink: Pick<Writable, "write"> = process.stderr): Notifier => ({
  send({ title, severity }, answered) {
    const rings = severity === "alarm" ? BELL.repeat(3) : BELL;
    sink.write(`${rings}** ${title}\n`, (failure) => {
      answered(failure == null ? RUNG : deaf(failure));
    });
  },
  close() {},
});

const deaf = (failure: Error): Delivery => ({
  kind: "refused",
  scope: "channel",
  said: "code" in failure ? String(failure.code) : "nobody reads the terminal",
  fix: null,
  after: null,
});
