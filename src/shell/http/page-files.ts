/**
 * The page and what belongs to it: beside the bundle when the program is installed, in the tree when
 * it is not. Read once, when somebody wants the page served.
 */
import { existsSync, readFileSync } from "node:fs";

export interface PageFile {
  readonly path: string;
  readonly type: string;
  readonly text: string;
}

const PLACES = ["./assets/page/", "../../../assets/page/"];

const FILES = [
  ["/", "page.html", "text/html; charset=utf-8"],
  ["/page.css", "page.css", "text/css; charset=utf-8"],
  ["/page.js", "page.js", "text/javascript; charset=utf-8"],
] as const;

export function pageFiles(): readonly PageFile[] {
  const folder = PLACES.map((place) => new URL(place, import.meta.url)).find((url) =>
    existsSync(url),
  );
  if (folder === undefined) return [];
  return FILES.map(([path, name, type]) => ({
    ...{ path, type },
    text: readFileSync(new URL(name, folder), "utf8"),
  }));
}
