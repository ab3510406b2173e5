import { describe, expect, it } from "vitest";
import type { FactOf } from "../../../src/core/model/fact.ts";
import type { MessageRef } from "../../../src/core/model/message.ts";
import type { Update } from "../../../src/core/model/update.ts";
import { isOfMessage, SPOKEN_MAX, supersededBy, withSpoken } from "../../../src/core/spoken.ts";
import { anAlert, later, MESSAGE } from "../../kit/builders.ts";

const close = (instrument: Update["instrument"]): Update => ({
  action: "close",
  instrument,
  price: null,
});

const said = (
  id: string,
  updates: readonly Update[],
  more: Partial<FactOf<"UpdateRead">> = {},
): FactOf<"UpdateRead"> => ({
  at: later(0),
  kind: "UpdateRead",
  message: { ...MESSAGE, id },
  author: "alice",
  text: "",
  sentAt: later(5_000),
  updates,
  ...more,
});

const isOvertaken = (
  facts: readonly FactOf<"UpdateRead" | "AlertRead">[],
  { sentAt = 0, ref = MESSAGE, isWaiting = false, isAgeless = false }: Case = {},
): string | null => {
  const spoken = facts.reduce(withSpoken, []);
  const refusal = supersededBy(spoken, {
    ...{ ref, alert: anAlert(), sentAt: later(sentAt), isWaiting, isAgeless },
  });
  return refusal?.kind === "superseded" ? `${refusal.by} ${refusal.after}` : null;
};

interface Case {
  readonly sentAt?: number;
  readonly ref?: MessageRef;
  readonly isWaiting?: boolean;
  readonly isAgeless?: boolean;
}

describe("an alert that arrives after what was said about it", () => {
  it("is overtaken by a later word about its product, or about none", () => {
    expect(isOvertaken([said("m2", [close("ES")])])).toBe("m2 5000");
    expect(isOvertaken([said("m2", [close("MES")])])).toBe("m2 5000");
    expect(isOvertaken([said("m2", [close(null)])])).toBe("m2 5000");
    expect(isOvertaken([said("m2", [close("NQ")])])).toBeNull();
  });

  it("is not overtaken by what was said before it, at its time, or elsewhere", () => {
    expect(isOvertaken([said("m2", [close("ES")])], { sentAt: 5_000 })).toBeNull();
    expect(isOvertaken([said("m2", [close("ES")])], { sentAt: 4_999 })).toBe("m2 1");
    const elsewhere = { message: { ...MESSAGE, channel: "lobby", id: "m2" } };
    const pasted = { message: { ...MESSAGE, source: "paste", id: "m2" } } as const;
    expect(isOvertaken([said("m2", [close("ES")], elsewhere)])).toBeNull();
    expect(isOvertaken([said("m2", [close("ES")], pasted)])).toBeNull();
  });

  it("is overtaken by an answer or an edit of its own, whatever the clock says", () => {
    const cancel: Update = { action: "cancel", instrument: null };
    const early = { sentAt: later(-1_000) };
    expect(isOvertaken([said("m2", [cancel], { ...early, about: "m1" })])).toBe("m2 0");
    expect(isOvertaken([said("m1", [close("ES")], { ...early, about: "m1", edit: "x" })])).toBe(
      "m1 0",
    );
    expect(isOvertaken([said("m2", [cancel], { about: "m0" })])).toBeNull();
    expect(isOvertaken([said("m2", [close("ES")], { about: "m0" })])).toBe("m2 5000");
    const second = { ref: { ...MESSAGE, id: "m1#2" } };
    expect(isOvertaken([said("m2", [cancel], { about: "m1" })], second)).toBe("m2 5000");
  });

  it("is overtaken by a re-entry, but not where it waited in time", () => {
    const reentry: FactOf<"AlertRead"> = {
      at: later(0),
      kind: "AlertRead",
      message: { ...MESSAGE, id: "m2" },
      author: "alice",
      text: "",
      sentAt: later(5_000),
      alert: anAlert(),
      reentry: true,
    };
    expect(isOvertaken([reentry])).toBe("m2 5000");
    expect(isOvertaken([reentry], { isWaiting: true })).toBeNull();
    expect(isOvertaken([said("m2", [close("ES")])], { isWaiting: true })).toBe("m2 5000");
    const { reentry: _, ...plain } = reentry;
    expect(isOvertaken([plain])).toBeNull();
  });
});

describe("what was said", () => {
  it("is kept once a topic, the newest of it", () => {
    const words = [3_000, 9_000, 4_000].map((at, n) =>
      said(`m${n}`, [close("ES"), close("NQ")], { sentAt: later(at) }),
    );
    const spoken = words.reduce(withSpoken, []);
    expect(spoken.map(({ family, by }) => `${family} ${by}`)).toEqual(["ES m1", "NQ m1"]);
  });

  it("is kept up to a number, the newest", () => {
    const words = Array.from({ length: SPOKEN_MAX + 3 }, (_, n) =>
      said(`r${n}`, [{ action: "cancel", instrument: null }], { about: `a${n}` }),
    );
    const spoken = words.reduce(withSpoken, []);
    expect([spoken.length, spoken[0]?.about]).toEqual([SPOKEN_MAX, "a3"]);
  });

  it("is of a message and of the other alerts in it", () => {
    const of = (id: string) => isOfMessage({ ...MESSAGE, id }, "m1");
    expect([of("m1"), of("m1#2"), of("m12"), of("m2")]).toEqual([true, true, false, false]);
  });
});
