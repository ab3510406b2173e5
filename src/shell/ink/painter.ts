/**
 * The whole of a terminal, of which only the rows that changed are written.
 *
 * Ink hands over each picture whole; rows go where they belong by their number, so nothing is erased
 * that is drawn again, and a terminal that was resized is simply painted anew.
 */
const ENTER = "\u001b[?1049h\u001b[?25l\u001b[2J";
const LEAVE = "\u001b[?25h\u001b[?1049l";
/** Cursor movements and the like, without a letter to show. */
const SEQUENCES = new RegExp(`${String.fromCharCode(27)}\\[[0-9;?]*[A-Za-z]`, "g");

export interface Painter {
  /** What Ink draws on. */
  readonly stdout: NodeJS.WriteStream;
  enter(): void;
  leave(): void;
}

export function painterOn(terminal: NodeJS.WriteStream): Painter {
  let shown: readonly string[] = [];
  const paint = (picture: string, written?: () => void): boolean => {
    // What would only move the cursor or erase is our own work; whoever waits for it is told.
    if (picture.replace(SEQUENCES, "").trim() === "") return terminal.write("", written);
    const rows = picture.split("\n");
    const changed = rows.flatMap((one, index) =>
      one === shown[index] ? [] : [`\u001b[${index + 1};1H${one}\u001b[K`],
    );
    const below = rows.length < shown.length ? [`\u001b[${rows.length + 1};1H\u001b[J`] : [];
    shown = rows;
    const text = [...changed, ...below].join("");
    return terminal.write(text, written);
  };
  const forget = (): void => {
    shown = [];
    terminal.write("\u001b[2J");
  };
  return {
    stdout: new Proxy(terminal, {
      get(target, key) {
        if (key === "write") return paint;
        const value: unknown = Reflect.get(target, key, target);
        return typeof value === "function" ? value.bind(target) : value;
      },
    }),
    enter() {
      terminal.write(ENTER);
      // First of all listeners: the picture for the new size comes behind it.
      terminal.prependListener("resize", forget);
    },
    leave() {
      terminal.off("resize", forget);
      terminal.write(LEAVE);
    },
  };
}
