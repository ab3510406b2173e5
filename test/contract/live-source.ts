/**
 * What every source of messages promises whose messages are sent to it, one by one, by somebody else.
 * (Those that read a text promise more: `alert-source.ts`.)
 */
import { describe, expect, test } from "vitest";
import type { Message } from "../../src/core/model/message.ts";
import type { AlertSource, SourceFault } from "../../src/ports/alert-source.ts";

export interface LiveSource {
  readonly source: AlertSource;
  /** Sends a message and gives back its id. */
  send(text: string): Promise<string>;
  /** The same message once more. */
  sendAgain(id: string): Promise<void>;
  /** Something that is no message. */
  sendNonsense(): Promise<void>;
  /** So many messages and faults have been heard, or everything sent has been dealt with. */
  heard(holds: () => boolean): Promise<void>;
  end(): Promise<void>;
}

export function liveSourceContract(name: string, open: () => Promise<LiveSource>): void {
  const opened = async () => {
    const messages: Message[] = [];
    const faults: SourceFault[] = [];
    const one = await open();
    one.source.open({
      message: (message) => void messages.push(message),
      fault: (fault) => void faults.push(fault),
      end: () => {},
    });
    expect([messages, faults], "nothing is heard from inside open").toEqual([[], []]);
    return { ...one, messages, faults };
  };

  describe(`messages sent to ${name}`, () => {
    test("are told with their origin, in the order they were sent", async () => {
      const { send, heard, messages, source, end } = await opened();
      const ids = [await send("🚨 größer"), await send("stop to BE")];
      await heard(() => messages.length === 2);
      expect(messages.map(({ id }) => id)).toEqual(ids);
      expect(messages.map(({ text }) => text)).toEqual(["🚨 größer", "stop to BE"]);
      expect(messages[0]).toMatchObject({ event: "create", previous: null, referenced: null });
      expect(messages[0]?.channel.length).toBeGreaterThan(0);
      expect(source.name.length).toBeGreaterThan(0);
      source.close();
      await end();
    });

    test("and delivered twice are told once, or under one name", async () => {
      const { send, sendAgain, heard, messages, source, end } = await opened();
      const first = await send("one");
      await heard(() => messages.length === 1);
      await sendAgain(first);
      const second = await send("two");
      await heard(() => messages.some(({ id }) => id === second));
      expect(new Set(messages.map(({ id }) => id)).size).toBe(2);
      source.close();
      await end();
    });

    test("come on behind something that is none", async () => {
      const { send, sendNonsense, heard, messages, source, end } = await opened();
      await sendNonsense();
      const id = await send("one");
      await heard(() => messages.length === 1);
      expect(messages[0]?.id).toBe(id);
      source.close();
      await end();
    });

    test("stop coming when the source is closed, however often", async () => {
      const { send, heard, messages, source, end } = await opened();
      await send("one");
      await heard(() => messages.length === 1);
      source.close();
      await send("two").catch(() => {}); // there may be nobody to send it to
      source.close();
      expect(messages).toHaveLength(1);
      await end();
    });
  });
}
