import { expect, it } from "vitest";
import { componentOf } from "../../../../src/core/model/log-components.ts";

it.each([
  ["topstepx-call-failed", "venue"],
  ["venue-lists-believed", "venue"],
  ["paper-book-refused", "paper"],
  ["backup-made", "backups"],
  ["journal-refused", "books"],
  ["letter-sent", "notify"],
  ["unknown-channel", "sources"],
  ["fact", "facts"],
  ["bug", "engine"],
  ["factory", "engine"],
])("a line named %s comes from %s", (event, component) => {
  expect(componentOf(event)).toBe(component);
});
