import { expect, test } from "vitest";
import { terminal } from "../../../kit/terminal.ts";

const CHOICES = [
  { value: "leave", label: "Leave", hint: "stops stay" },
  { value: "flatten", label: "Flatten" },
] as const;

test("a question is answered with the preset by Enter", async () => {
  const { context, type, shows } = terminal({ here: ".", isTTY: true });
  const answer = context.screen.choose("Leave or close?", CHOICES, "leave");
  await shows("Leave or close?");
  type("\r");
  expect(await answer).toBe("leave");
});

test("a question is answered with what was moved to", async () => {
  const { context, type, shows } = terminal({ here: ".", isTTY: true });
  const answer = context.screen.choose("Leave or close?", CHOICES, "leave");
  await shows("Leave or close?");
  type("\u001b[B");
  type("\r");
  expect(await answer).toBe("flatten");
});

test("a question broken off with Ctrl-C has no answer", async () => {
  const { context, type, shows } = terminal({ here: ".", isTTY: true });
  const answer = context.screen.choose("Leave or close?", CHOICES, "leave");
  await shows("Leave or close?");
  type("\u0003");
  expect(await answer).toBe(null);
});

test("nobody is asked where nobody sits", async () => {
  const { context, out, err } = terminal({ here: "." });
  expect(await context.screen.choose("Leave or close?", CHOICES, "leave")).toBe(null);
  expect(out() + err()).toBe("");
});
