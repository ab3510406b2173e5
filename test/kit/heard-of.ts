/** Everything a source says from its opening on, and in which order. */
import { expect } from "vitest";
import type { Message } from "../../src/core/model/message.ts";
import type { AlertSource, SourceFault } from "../../src/ports/alert-source.ts";

export interface HeardOf {
  readonly messages: readonly Message[];
  readonly faults: readonly SourceFault[];
  readonly heard: readonly string[];
}

export function heardOf(source: AlertSource): HeardOf {
  const messages: Message[] = [];
  const faults: SourceFault[] = [];
  const heard: string[] = [];
  source.open({
    message(message) {
      messages.push(message);
      heard.push("message");
    },
    fault(fault) {
      faults.push(fault);
      heard.push("fault");
    },
    end: () => void heard.push("end"),
  });
  expect(heard, "nothing is heard from inside open").toEqual([]);
  return { messages, faults, heard };
}
