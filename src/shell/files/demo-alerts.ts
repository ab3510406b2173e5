/**
 * The messages of the demo day, as they ship with the program.
 *
 * They lie in `assets/`, beside the bundle in an installed program and three folders up in a
 * checkout.
 */
import { existsSync, readFileSync } from "node:fs";
import { millis } from "../../core/model/units.ts";
import type { DemoShape } from "../../core/paper/demo-day.ts";
import { invariant } from "../../std/assert.ts";

const PLACES = ["./assets/demo/alerts.json", "../../../assets/demo/alerts.json"];

/** The file is part of the program: one that is missing or wrong is a bug, not a bad input. */
export function demoAlerts(): readonly DemoShape[] {
  const place = PLACES.map((path) => new URL(path, import.meta.url)).find((url) => existsSync(url));
  invariant(place !== undefined, "the program comes with assets/demo/alerts.json");
  return readShapes(readFileSync(place, "utf8"));
}

export function readShapes(json: string): readonly DemoShape[] {
  const content: unknown = JSON.parse(json);
  invariant(isObject(content) && Array.isArray(content["messages"]), "demo alerts are a list");
  return content["messages"].map(shapeOf);
}

const TIME = /^(\d\d):([0-5]\d):([0-5]\d)$/;

function shapeOf(value: unknown): DemoShape {
  invariant(isObject(value), "a demo message is an object");
  const { id, text, after } = value;
  invariant(typeof id === "string" && typeof text === "string", "a demo message has id and text");
  const time = TIME.exec(String(after));
  invariant(time !== null, `a demo message has a time like 00:06:00, ${id} has ${String(after)}`);
  const [hours = 0, minutes = 0, seconds = 0] = time.slice(1).map(Number);
  return {
    id,
    text,
    after: millis((hours * 3600 + minutes * 60 + seconds) * 1000),
    author: textOf(value["author"]),
    repeats: textOf(value["repeats"]),
    edits: textOf(value["edits"]),
  };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const textOf = (value: unknown): string | null => (typeof value === "string" ? value : null);
