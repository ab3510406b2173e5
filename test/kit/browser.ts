/**
 * Pages in a real browser: what they ask of the network, what they complain about, and where their
 * texts stand.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { findChromium } from "../../tools/chromium.mjs";
import { temporaryFolder } from "./temporary-folder.ts";

export async function openBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === null)
    throw new Error("there is no Chromium: run `node tools/chromium.mjs`");
  // Shared memory is small where tests run in containers.
  return chromium.launch({ executablePath, args: ["--disable-dev-shm-usage"] });
}

export interface Looking {
  readonly scheme: "light" | "dark";
  readonly width: number;
}

export interface Seen {
  readonly page: Page;
  /** Addresses asked for, but for the page's own. */
  readonly asked: string[];
  /** Errors and warnings of its console. */
  readonly complaints: string[];
}

export async function look(
  browser: Browser,
  html: string,
  { scheme, width }: Looking,
): Promise<Seen> {
  const file = join(temporaryFolder(), "page.html");
  writeFileSync(file, html);
  const url = pathToFileURL(file).href;
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: scheme,
  });
  const page = await context.newPage();
  const [asked, complaints]: [string[], string[]] = [[], []];
  page.on("request", (request) => {
    if (request.url() !== url && !request.url().startsWith("data:")) asked.push(request.url());
  });
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(url);
  return { page, asked, complaints };
}

/** Kept for whoever wants to look too. */
export async function screenshot(page: Page, name: string): Promise<Buffer> {
  const image = await page.screenshot({ fullPage: true, animations: "disabled" });
  mkdirSync(".cache/screens", { recursive: true });
  writeFileSync(`.cache/screens/${name}.png`, image);
  return image;
}

/** Texts of one chart that lie on each other, or beyond its edge. */
export const crowdedTexts = (page: Page): Promise<readonly string[]> =>
  page.locator("svg.chart").evaluateAll((charts) => {
    const found: string[] = [];
    for (const chart of charts) {
      const outer = chart.getBoundingClientRect();
      if (outer.width === 0) continue;
      const all = [...chart.querySelectorAll("text")].map((text) => ({
        words: text.textContent,
        box: text.getBoundingClientRect(),
      }));
      for (const [index, { words, box }] of all.entries()) {
        const isOutside = box.left < outer.left - 1 || box.right > outer.right + 1;
        if (isOutside) found.push(`${words} is cut off`);
        for (const other of all.slice(index + 1)) {
          const apartX = box.right <= other.box.left + 1 || other.box.right <= box.left + 1;
          // A line's box is taller than its letters.
          const apartY = box.bottom <= other.box.top + 4 || other.box.bottom <= box.top + 4;
          if (!apartX && !apartY) found.push(`${words} lies on ${other.words}`);
        }
      }
    }
    return found;
  });

/** What has to stand out, by which property, and how much: texts more than lines (WCAG 2.2). */
const MARKS = [
  [".chart text", "fill", 4.5],
  [".chart :is(.line, .zero, .base, .mark, .level:not(text), .on)", "stroke", 3],
  [".chart :is(.up, .down, .in, .dot)", "fill", 3],
] as const;

/** Marks of the charts that are too faint against what is behind them. */
export async function faintMarks(page: Page): Promise<readonly string[]> {
  const faint: string[] = [];
  for (const [selector, property, least] of MARKS) {
    const pairs = await page.locator(selector).evaluateAll((marks, name) => {
      const found = marks.map((mark) => {
        const { getComputedStyle } = mark.ownerDocument.defaultView;
        let back = "rgb(255, 255, 255)";
        for (let place: typeof mark | null = mark; place !== null; place = place.parentElement) {
          const { backgroundColor } = getComputedStyle(place);
          if (backgroundColor === "rgba(0, 0, 0, 0)") continue;
          back = backgroundColor;
          break;
        }
        return `${getComputedStyle(mark)[name]} on ${back}`;
      });
      return [...new Set<string>(found)];
    }, property);
    for (const pair of pairs) {
      const [colour = "", back = ""] = pair.split(" on ");
      if (contrast(colour, back) < least) faint.push(`${selector}: ${pair}`);
    }
  }
  return faint;
}

function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

/** Relative luminance of `rgb(r, g, b)`, as WCAG 2.2 defines it. */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = (colour.match(/[\d.]+/g) ?? []).map((part) => {
    const share = Number(part) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
