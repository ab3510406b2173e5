/**
 * What every way to a person promises, proved on each that exists, against a real server of its kind
 * on loopback.
 */
import { afterEach, describe, expect, test } from "vitest";
import type { Letter } from "../../src/core/model/notification.ts";
import type { Delivery, Notifier } from "../../src/ports/notifier.ts";
import { HOSTILE, sampleLetter } from "../kit/sample-letter.ts";

export interface Arrived {
  readonly id: string;
  readonly title: string;
  /** Everything that came, for what must not be in it. */
  readonly text: string;
}

export interface OpenedChannel {
  readonly notifier: Notifier;
  arrived(): readonly Arrived[];
  /** The other side from now on. Left out: this channel has no such day. */
  readonly days: {
    readonly well: () => void;
    /** It refuses this letter, not the channel. */
    readonly letter?: () => void;
    /** It refuses our secret. */
    readonly secret?: () => void;
    /** It takes everything and says nothing. */
    readonly silent?: () => void;
    /** The line breaks in the middle. */
    readonly breaks?: () => void;
    readonly busy?: () => void;
  };
  /** Must never be said. */
  readonly secrets: readonly string[];
  close(): Promise<void>;
}

type Refusal = Extract<Delivery, { kind: "refused" }>;

export function notifierContract(name: string, open: () => Promise<OpenedChannel>): void {
  describe(`the channel ${name}`, () => {
    const opened: OpenedChannel[] = [];
    const fresh = async (): Promise<OpenedChannel> => {
      const channel = await open();
      opened.push(channel);
      return channel;
    };
    afterEach(async () => {
      for (const channel of opened.splice(0)) {
        channel.notifier.close();
        await channel.close();
      }
    });

    /** Also that it answers once, and not before `send` has returned. */
    const sent = (channel: OpenedChannel, letter: Letter): Promise<Delivery> =>
      new Promise((resolve, reject) => {
        let answers = 0;
        let hasReturned = false;
        channel.notifier.send(letter, (delivery) => {
          answers += 1;
          if (!hasReturned) reject(new Error("it answered before it returned"));
          if (answers > 1) reject(new Error("it answered twice"));
          setImmediate(() => resolve(delivery));
        });
        hasReturned = true;
      });
    const refused = async (channel: OpenedChannel, letter: Letter): Promise<Refusal> => {
      const delivery = await sent(channel, letter);
      if (delivery.kind !== "refused") expect.fail(`it took the letter: ${delivery.said}`);
      for (const secret of channel.secrets) {
        expect(delivery.said).not.toContain(secret);
        expect(delivery.fix ?? "").not.toContain(secret);
      }
      expect(delivery.said).toMatch(/^\P{Cc}+$/u);
      return delivery;
    };

    test("takes a letter and says so", async () => {
      const channel = await fresh();
      expect(await sent(channel, sampleLetter(1))).toMatchObject({ kind: "accepted" });
      expect(channel.arrived()).toHaveLength(1);
      const [letter] = channel.arrived();
      expect(letter?.title).toContain("#1 long 3 MES, limit 6327.00");
      expect(letter?.id).toContain(sampleLetter(1).id);
    });

    test("takes several, also at once, each under its own id", async () => {
      const channel = await fresh();
      const letters = [1, 2, 3].map((n) => sampleLetter(n));
      const answers = await Promise.all(letters.map((letter) => sent(channel, letter)));
      expect(answers.map(({ kind }) => kind)).toEqual(["accepted", "accepted", "accepted"]);
      expect(new Set(channel.arrived().map(({ id }) => id)).size).toBe(3);
    });

    test("sends the same letter again under the same id", async () => {
      const channel = await fresh();
      await sent(channel, sampleLetter(1));
      await sent(channel, sampleLetter(1));
      const ids = channel.arrived().map(({ id }) => id);
      expect(ids).toHaveLength(2);
      expect(new Set(ids).size).toBe(1);
    });

    test("lets nothing a stranger wrote be more than text", async () => {
      const channel = await fresh();
      const letter = sampleLetter(1, { quote: { author: HOSTILE, text: HOSTILE } });
      expect(await sent(channel, letter)).toMatchObject({ kind: "accepted" });
      const [arrived] = channel.arrived();
      expect(arrived?.text).not.toContain("\u001b[2J");
      expect(arrived?.text).not.toContain("\u202e");
      expect(arrived?.text).not.toContain("\u0000");
    });

    test("tells a letter that is refused from a channel that is", async () => {
      const channel = await fresh();
      const { letter } = channel.days;
      if (letter === undefined) return;
      letter();
      expect(await refused(channel, sampleLetter(1))).toMatchObject({ scope: "letter", fix: null });
      channel.days.well();
      expect(await sent(channel, sampleLetter(1))).toMatchObject({ kind: "accepted" });
    });

    test("says what to do about a secret that is refused, and not the secret", async () => {
      const channel = await fresh();
      const { secret } = channel.days;
      if (secret === undefined) return;
      secret();
      const { scope, fix } = await refused(channel, sampleLetter(1));
      expect(scope).toBe("channel");
      expect(fix).toMatch(/check .+ of the channel/);
    });

    test.each(["silent", "breaks", "busy"] as const)(
      "answers also when the other side is %s, and goes on when it is well",
      async (day) => {
        const channel = await fresh();
        const turn = channel.days[day];
        if (turn === undefined) return;
        turn();
        expect(await refused(channel, sampleLetter(1))).toMatchObject({
          scope: "channel",
          fix: null,
        });
        channel.days.well();
        expect(await sent(channel, sampleLetter(1))).toMatchObject({ kind: "accepted" });
        expect(channel.arrived().at(-1)?.id).toContain(sampleLetter(1).id);
      },
    );
  });
}
