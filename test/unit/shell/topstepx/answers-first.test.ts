import { expect, test } from "vitest";
import { millis } from "../../../../src/core/model/units.ts";
import { answersFirst } from "../../../../src/shell/topstepx/answers-first.ts";
import type { Exchange, Reply } from "../../../../src/shell/topstepx/transport.ts";

const EXCHANGE: Exchange = {
  ...{ method: "POST", path: "/api/Order/place", token: null, body: "{}" },
  timeout: millis(1_000),
};
const REPLY: Reply = { kind: "not-sent", reason: "closed" };

function scene() {
  const { watched, tell } = answersFirst();
  const heard: string[] = [];
  const replies: ((reply: Reply) => void)[] = [];
  const http = watched({ exchange: (_, replied) => void replies.push(replied), close() {} });
  return {
    heard,
    ask: () => http.exchange(EXCHANGE, () => void heard.push("answer")),
    answer: () => replies.shift()?.(REPLY),
    /** Heard in its turn; done when it is. */
    say: (word: string) =>
      new Promise<void>((done) =>
        tell(() => {
          heard.push(word);
          done();
        }),
      ),
  };
}

test("what the hub says is read in its order, a moment later", async () => {
  const { heard, say } = scene();
  const said = [say("order"), say("fill")];
  expect(heard).toEqual([]);
  await Promise.all(said);
  expect(heard).toEqual(["order", "fill"]);
});

test("behind an answer that is awaited", async () => {
  const { heard, ask, answer, say } = scene();
  ask();
  const said = say("order");
  answer();
  expect(heard).toEqual(["answer"]);
  await said;
  await say("fill");
  expect(heard).toEqual(["answer", "order", "fill"]);
});

test("and without it where it does not come", async () => {
  const { heard, ask, answer, say } = scene();
  ask();
  await Promise.all([say("order"), say("fill")]);
  answer();
  expect(heard).toEqual(["order", "fill", "answer"]);
});
