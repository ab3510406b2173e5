/**
 * HTML and SVG written so that a template cannot forget to escape.
 *
 * Whatever is put into `html` is cleaned and escaped, unless it is markup that `html` made: so an
 * alert that says `<script>` is shown saying so, and a mark that turns text around is gone.
 *
 * ```text
 * html`<td>${author}</td>`      text: cleaned, escaped
 * html`<tr>${cells}</tr>`       markup, or a list of it: as it is
 * ```
 */
import { clean } from "./plain-text.ts";

declare const made: unique symbol;

/** Made here, as against a text that only looks like it. */
export interface Markup {
  readonly text: string;
  readonly [made]: true;
}

export type Part = Markup | readonly Markup[] | string | number;

export function html(fixed: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  let text = fixed[0] as string; // a template has at least one fixed part
  for (let at = 0; at < parts.length; at++) {
    text += textOf(parts[at] as Part) + fixed[at + 1];
  }
  return markup(text);
}

export const NOTHING: Markup = html``;

/** The only place that calls a text markup. */
function markup(text: string): Markup {
  return { text } as Markup;
}

function textOf(part: Part): string {
  if (typeof part === "string") return HARMLESS.test(part) ? part : escaped(clean(part));
  if (typeof part === "number") return String(part);
  return "text" in part ? part.text : part.map(({ text }) => text).join("");
}

/** Nothing to clean, nothing to escape: most of what very long pages are made of. */
const HARMLESS = /^(?:[!#$%(-;=?-~]+(?: [!#$%(-;=?-~]+)*)?$/;

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => ESCAPES[character] as string); // each has its own
