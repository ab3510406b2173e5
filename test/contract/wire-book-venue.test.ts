/** The stand-in venue, held against the wire book: the whole of it, over HTTP and WebSocket. */
import { expect, test } from "vitest";
import { wireBook } from "../kit/wire-book.ts";
import { playBook } from "../kit/wire-book-player.ts";
import { openBookVenue } from "../kit/wire-book-venue.ts";

const stories = wireBook().filter(({ entries }) => entries.some((one) => one.unplayed === null));

test.each(stories)("the stand-in venue plays $file as it is written", async (file) => {
  const venue = await openBookVenue();
  try {
    expect(await playBook(file, venue)).toEqual([]);
  } finally {
    await venue.close();
  }
});

test("most of the book is played", () => {
  const entries = wireBook().flatMap((file) => file.entries);
  const unplayed = entries.filter((one) => one.unplayed !== null);
  expect(entries.length - unplayed.length).toBeGreaterThanOrEqual(150);
});
