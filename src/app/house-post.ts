/** The postman of a house. He, and whoever puts summaries together, are loaded where somebody is told. */
import { millis } from "../core/model/units.ts";
import type { Books } from "./books.ts";
import type { Route } from "./carrier.ts";
import type { Postman, PostmanParts } from "./postman.ts";
import type { Summarise } from "./summary-desk.ts";

interface PostParts
  extends Pick<PostmanParts, "clock" | "log" | "say">,
    Pick<Books, "journal" | "outbox" | "state" | "ledger"> {
  readonly routes: readonly Route[] | undefined;
}

/** Null: there is nobody to tell. */
export async function postmanFor({ routes = [], ...parts }: PostParts): Promise<Postman | null> {
  if (routes.length === 0) return null;
  const { createPostman } = await import("./postman.ts");
  return createPostman({ ...parts, routes, summarise: summariesIn(parts) });
}

const summariesIn =
  (parts: Pick<PostParts, "clock" | "journal" | "ledger">): Summarise =>
  async (fact, sequence) =>
    (await import("./summaries.ts")).summaryOf(parts, fact, sequence);

/** Of a run that ends: what is due has a moment to leave, and the rest waits for the next start. */
export const lastLetters = (postman: Postman | null): Promise<void> =>
  new Promise((resolve) => {
    if (postman === null) resolve();
    else postman.finish(LAST_LETTERS, resolve);
  });

const LAST_LETTERS = millis(3_000);
