/**
 * The dashboard on a terminal: rows become colours, keys become wishes.
 *
 * Drawn when something is new and once a second for the clocks; only rows that changed are written.
 * The screen that was there before comes back at the end.
 */
import { Box, render, Text, useInput, useStdout } from "ink";
import { type ReactElement, useEffect, useRef, useState } from "react";
import type { DashboardParts, Figures, Sight } from "../../ports/dashboard.ts";
import { frame, pageSize } from "./frame.ts";
import { FIRST, type Press, press, type Ui } from "./keys.ts";
import { painterOn } from "./painter.ts";
import { inAscii, type Row, type Span, type Tone } from "./spans.ts";

/** Resolves when whoever looks has seen enough. */
export async function openDashboard(parts: DashboardParts): Promise<void> {
  const painter = painterOn(process.stdout);
  painter.enter();
  try {
    const app = render(<Dashboard {...parts} leave={() => app.unmount()} />, {
      ...{ stdin: process.stdin, stdout: painter.stdout, exitOnCtrlC: false, patchConsole: false },
      // Each picture whole: the painter finds out what is new in it.
      debug: true,
    });
    await app.waitUntilExit();
  } finally {
    painter.leave();
  }
}

type Props = DashboardParts & { readonly leave: () => void };

const CLOCK_EVERY = 1_000;

export function Dashboard(props: Props): ReactElement {
  const { watch, steer, colour, ascii, now, leave } = props;
  const [sight, setSight] = useState<Sight>({ kind: "looking" });
  const [ui, setUi] = useState(FIRST);
  const newest = useRef(FIRST);
  const [at, setAt] = useState(now);
  const { columns, rows } = useSize();
  const figures = useFigures(props, ui.page === "performance");
  useEffect(() => watch(setSight), [watch]);
  useEffect(() => {
    const clock = setInterval(() => setAt(now()), CLOCK_EVERY);
    return () => clearInterval(clock);
  }, [now]);
  const parts = { sight, figures, ui, now: at, columns, rows };
  const show = (next: Ui): void => {
    newest.current = next;
    setUi(next);
  };
  const take = (pressed: Press): void => {
    const { rows: room, last } = pageSize({ ...parts, ui: newest.current });
    const { ui: next, wish } = press(newest.current, pressed, room, last);
    show(next);
    if (wish === "quit") leave();
    else if (wish !== null)
      void steer(wish).then((said) => show({ ...newest.current, said: `${wish}: ${said}` }));
  };
  useInput((text, key) => {
    const pressed = pressOf(text, key);
    // What is typed fast comes in one piece.
    if (pressed.name !== null) take(pressed);
    else for (const letter of pressed.text) take({ text: letter, name: NAMED[letter] ?? null });
  });
  return (
    <Box flexDirection="column">
      {frame(parts).map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row of the screen is its place on it
        <Line key={index} spans={one} colour={colour} ascii={ascii} />
      ))}
    </Box>
  );
}

function useSize() {
  const { stdout } = useStdout();
  const size = () => ({ columns: stdout.columns || 80, rows: (stdout.rows || 25) - 1 });
  const [shown, setShown] = useState(size);
  useEffect(() => {
    const resized = (): void => setShown(size());
    stdout.on("resize", resized);
    return () => void stdout.off("resize", resized);
  });
  return shown;
}

/** Read when the page is opened. */
function useFigures({ figures: read }: Props, isOpen: boolean): Figures | null {
  const [figures, setFigures] = useState<Figures | null>(null);
  const reading = useRef(0);
  useEffect(() => {
    if (!isOpen) return;
    reading.current += 1;
    const mine = reading.current;
    void read().then((found) => {
      if (reading.current === mine) setFigures(found);
    });
  }, [isOpen, read]);
  return figures;
}

type Key = Parameters<Parameters<typeof useInput>[0]>[1];

const NAMES: readonly (readonly [keyof Key, NonNullable<Press["name"]>])[] = [
  ["leftArrow", "left"],
  ["rightArrow", "right"],
  ["tab", "right"],
  ["upArrow", "up"],
  ["downArrow", "down"],
  ["pageUp", "page-up"],
  ["pageDown", "page-down"],
  ["home", "home"],
  ["end", "end"],
  ["return", "enter"],
  ["escape", "escape"],
  ["backspace", "erase"],
  ["delete", "erase"],
];

/** Keys that come in one piece with letters. */
const NAMED: Readonly<Record<string, Press["name"]>> = {
  "\r": "enter",
  "\n": "enter",
  "\u007f": "erase",
};

function pressOf(text: string, key: Key): Press {
  if (key.ctrl) return { text: "", name: text === "c" ? "quit" : null };
  const name = NAMES.find(([known]) => key[known] === true)?.[1] ?? null;
  return { text: name === null ? text : "", name };
}

interface LineProps {
  readonly spans: Row;
  readonly colour: boolean;
  readonly ascii: boolean;
}

function Line({ spans, colour, ascii }: LineProps): ReactElement {
  // An empty row takes no room at all.
  if (spans.length === 0) return <Text> </Text>;
  return (
    <Text wrap="truncate">
      {spans.map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a piece of a row is its place in it
        <Text key={index} {...lookOf(one, colour)}>
          {ascii ? inAscii(one.text) : one.text}
        </Text>
      ))}
    </Text>
  );
}

const COLOURS: Readonly<Record<Tone, string | null>> = {
  plain: null,
  good: "green",
  bad: "red",
  warn: "yellow",
  dim: null,
  accent: "cyan",
  title: "blueBright",
};

function lookOf({ tone, loud }: Span, colour: boolean) {
  const name = colour ? COLOURS[tone] : null;
  const isBold = tone === "title" || loud === true;
  return {
    ...(name !== null && { color: name }),
    ...(isBold && { bold: true }),
    ...(tone === "dim" && { dimColor: true }),
    ...(loud === true && { inverse: true }),
  };
}
