/**
 * One line that stays at the bottom of a terminal, below everything that is said.
 *
 * ```text
 * 09:31:05 CT  #1 long 3 MES ...       a line is said: the bar is wiped, the line written, the bar drawn
 * PAPER active | flat | day $0.00 ...    the cursor rests here; there is no line break behind it
 * ```
 *
 * The bar is always narrower than the screen, so it never breaks into two. When the screen becomes
 * narrower than the bar that is on it, some terminals break the old one themselves: there the rest of
 * it is wiped too.
 */
import type { StatusBar } from "../../ports/console.ts";
import type { Output } from "./output.ts";

type Environment = Readonly<Record<string, string | undefined>>;

export interface Bar extends StatusBar {
  /** Writes something else, on whatever stream leads to this screen, with the bar out of the way. */
  around(write: () => void): void;
  /** Out of the way until it is called for again. */
  suspend(): () => void;
}

/** Left: nothing on this line. Then: nothing below either. */
const WIPE = "\r\u001b[J";
const UP = (lines: number): string => (lines > 0 ? `\u001b[${lines}A` : "");
const DIM = "\u001b[2m";
const PLAIN = "\u001b[0m";

/** Null where nothing can be wiped again: a pipe, a file, a terminal that only prints. */
export function statusBarOn(out: Output, environment: Environment): Bar | null {
  const { TERM, WT_SESSION, NO_COLOR = "" } = environment;
  const canWipe = WT_SESSION !== undefined || (TERM !== undefined && TERM !== "dumb");
  if (out.isTTY !== true || !canWipe) return null;
  const isPlain = NO_COLOR !== "";
  let text: ((columns: number) => string) | null = null;
  /** What is on the screen now. */
  let drawn = "";
  let isAway = false;

  const columns = (): number => out.columns || 80;
  const wipe = (): void => {
    if (drawn === "") return;
    const rows = breaksLines(environment) ? Math.ceil(drawn.length / columns()) - 1 : 0;
    out.write(`${UP(rows)}${WIPE}`);
    drawn = "";
  };
  const draw = (): void => {
    if (text === null || isAway) return;
    drawn = text(columns() - 1);
    out.write(isPlain ? drawn : `${DIM}${drawn}${PLAIN}`);
  };
  const redraw = (): void => {
    wipe();
    draw();
  };
  out.on("resize", redraw);

  return {
    show(next) {
      const isSame = next(columns() - 1) === drawn;
      text = next;
      if (!isSame) redraw();
    },
    end() {
      wipe();
      text = null;
      out.off("resize", redraw);
    },
    around(write) {
      wipe();
      write();
      draw();
    },
    suspend() {
      wipe();
      isAway = true;
      return () => {
        isAway = false;
        draw();
      };
    },
  };
}

/** They break a line that has become too long; others cut it. */
const breaksLines = (environment: Environment): boolean =>
  ["TMUX", "VTE_VERSION", "KITTY_WINDOW_ID", "WT_SESSION", "TERM_PROGRAM"].some(
    (name) => environment[name] !== undefined,
  );
