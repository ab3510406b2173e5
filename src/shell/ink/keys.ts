/**
 * What a key does: turns a page, scrolls, or begins a question that is answered by typing its word.
 *
 * Pure: the state of the screen and a key give the next state, and perhaps a wish.
 */
import type { Steering } from "../../ports/dashboard.ts";

export const PAGES = ["overview", "performance", "journal", "health", "help"] as const;
export type Page = (typeof PAGES)[number];

export interface Ui {
  readonly page: Page;
  /** Rows above the first that is shown. */
  readonly scroll: number;
  /** The word that has to be typed, and how far that has come; null: nothing is asked. */
  readonly asked: { readonly word: Steering; readonly typed: string } | null;
  /** What came of the last command; null: nothing to say. */
  readonly said: string | null;
}

export const FIRST: Ui = { page: "overview", scroll: 0, asked: null, said: null };

export interface Press {
  /** What was typed; empty for a key without a letter. */
  readonly text: string;
  readonly name:
    | "left"
    | "right"
    | "up"
    | "down"
    | "page-up"
    | "page-down"
    | "home"
    | "end"
    | "enter"
    | "escape"
    | "erase"
    | "quit"
    | null;
}

export interface Pressed {
  readonly ui: Ui;
  readonly wish: Steering | "quit" | null;
}

const WORD_MAX = 20;
const STEERINGS: Readonly<Record<string, Steering>> = { h: "halt", r: "resume", f: "flatten" };

/** `rows`: of a page that fit; `last`: the farthest one can scroll. */
export function press(ui: Ui, { text, name }: Press, rows: number, last: number): Pressed {
  if (name === "quit") return { ui, wish: "quit" };
  if (ui.asked !== null) return answer(ui, ui.asked, { text, name });
  const move = (by: number): Pressed => stay({ ...ui, scroll: within(ui.scroll + by, last) });
  switch (name) {
    case "left":
      return turn(ui, -1);
    case "right":
      return turn(ui, 1);
    case "up":
      return move(-1);
    case "down":
      return move(1);
    case "page-up":
      return move(-rows);
    case "page-down":
      return move(rows);
    case "home":
      return stay({ ...ui, scroll: 0 });
    case "end":
      return stay({ ...ui, scroll: last });
    default:
      return letter(ui, text);
  }
}

const stay = (ui: Ui): Pressed => ({ ui, wish: null });

const within = (scroll: number, last: number): number => Math.max(0, Math.min(last, scroll));

const open = (ui: Ui, page: Page): Pressed => stay({ ...ui, page, scroll: 0, said: null });

const turn = (ui: Ui, by: number): Pressed => {
  const next = (PAGES.indexOf(ui.page) + by + PAGES.length) % PAGES.length;
  return open(ui, PAGES[next] as Page);
};

function letter(ui: Ui, text: string): Pressed {
  const key = text.toLowerCase();
  if (key === "q") return { ui, wish: "quit" };
  if (key === "?") return open(ui, "help");
  const page = PAGES[Number(key) - 1];
  if (page !== undefined) return open(ui, page);
  const word = STEERINGS[key];
  return stay(word === undefined ? ui : { ...ui, said: null, asked: { word, typed: "" } });
}

function answer(ui: Ui, asked: NonNullable<Ui["asked"]>, { text, name }: Press): Pressed {
  const { word, typed } = asked;
  const typing = (next: string): Pressed =>
    stay({ ...ui, asked: { word, typed: next.slice(0, WORD_MAX) } });
  switch (name) {
    case "escape":
      return stay({ ...ui, asked: null, said: `${word}: called off` });
    case "erase":
      return typing(typed.slice(0, -1));
    case "enter": {
      if (typed.trim().toLowerCase() === word)
        return { ui: { ...ui, asked: null, said: `${word} ...` }, wish: word };
      const said = `${word}: nothing was done, ${typed === "" ? "nothing" : `"${typed}"`} was typed`;
      return stay({ ...ui, asked: null, said });
    }
    default:
      return typing(typed + text.replace(/[^ -~]/g, ""));
  }
}
