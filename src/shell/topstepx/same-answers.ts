/**
 * Asked again, the venue mostly says the very same: then it is not read again.
 *
 * Two lists a second, most of which say what the ones before said, are the bulk of all reading. Whoever
 * gets the very same rows as before can tell so at a glance, too.
 */
import type { Called } from "./gateway.ts";
import type { Reply } from "./transport.ts";

/** Questions remembered: some for each account of a login. */
const QUESTIONS_MAX = 256;

interface Said {
  readonly body: string;
  readonly called: Called<unknown>;
}

export class SameAnswers {
  readonly #said = new Map<string, Said>();

  /** What the question's last answer was read as, where this is the same; else as it is read now. */
  read<T>(question: string, reply: Reply, readNow: () => Called<T>): Called<T> {
    if (reply.kind !== "answered" || reply.status !== 200) return readNow();
    const before = this.#said.get(question);
    // One question is always read in one way.
    if (before?.body === reply.body) return before.called as Called<T>;
    const called = readNow();
    this.#said.delete(question); // and to the end of the line
    this.#said.set(question, { body: reply.body, called });
    const [oldest = ""] = this.#said.size > QUESTIONS_MAX ? this.#said.keys() : [];
    this.#said.delete(oldest);
    return called;
  }
}
