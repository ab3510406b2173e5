/**
 * The elements of one list inside a JSON file of any size, handed on one by one as they come.
 *
 * ```text
 * {"guild":{...},"channel":{...},"messages":[ {...}, {...}, ...
 *          └── members, whole ──────┘          └─┬─┘  └── elements, one at a time
 * ```
 *
 * Only brackets and strings are followed here; what lies between two of them is parsed as a piece of
 * its own. So a file of gigabytes costs no more memory than its largest element, and one that breaks
 * off in the middle still gives everything before.
 */
import { StringDecoder } from "node:string_decoder";

export interface ElementListener {
  /** A member of the outermost object other than the list. */
  member(name: string, text: string): void;
  /** An element of the list, as it stands in the file. */
  element(text: string): void;
  /** An element or a member with more characters than are kept; it was passed over. */
  tooLong(): void;
}

export interface ElementReader {
  push(bytes: Buffer): void;
  /** Whether the file was one whole object. */
  end(): boolean;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const BRACE = 0x7b;
const isOpening = (code: number): boolean => code === 0x5b || code === BRACE;
const isClosing = (code: number): boolean => code === 0x5d || code === 0x7d;

/** Finds brackets, colons and commas outside of strings, from piece to piece of a text. */
function markFinder(): (text: string, found: (code: number, index: number) => void) => void {
  let isInString = false;
  let isEscaped = false;
  return (text, found) => {
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      if (isInString) {
        if (isEscaped) isEscaped = false;
        else if (code === BACKSLASH) isEscaped = true;
        else if (code === QUOTE) isInString = false;
      } else if (code === QUOTE) isInString = true;
      else if (code === COMMA || code === COLON || isOpening(code) || isClosing(code)) {
        found(code, index);
      }
    }
  };
}

/** Text that gathers up to a limit. */
function gathering(max: number) {
  let text = "";
  let isTooLong = false;
  return {
    add(more: string): void {
      text = isTooLong ? "" : text + more;
      isTooLong ||= text.length > max;
    },
    /** What has gathered, null if it was too much; and begins anew. */
    take(): string | null {
      const taken = isTooLong ? null : text.trim();
      text = "";
      isTooLong = false;
      return taken;
    },
  };
}

export function elementsOf(
  list: string,
  listener: ElementListener,
  pieceMax = 1_000_000,
): ElementReader {
  const decoder = new StringDecoder("utf8");
  const marksIn = markFinder();
  const piece = gathering(pieceMax);
  let depth = 0;
  let hasBegun = false;
  let isBroken = false;
  let name: string | null = null;

  function endPiece(): void {
    const text = piece.take();
    if (text === null) listener.tooLong();
    else if (text === "" || name === null) return;
    else if (name === list) listener.element(text);
    else listener.member(name, text);
  }

  function take(text: string): void {
    let from = 0;
    marksIn(text, (code, index) => {
      if (isBroken) return;
      structure(code, () => {
        piece.add(text.slice(from, index));
        from = index + 1;
      });
    });
    piece.add(text.slice(from));
  }

  /** `cut` ends the piece before this character and leaves the character out. */
  function structure(code: number, cut: () => void): void {
    if (depth === 0) begin(code, cut);
    else if (isOpening(code)) {
      depth += 1;
      if (depth === 2 && name === list) cut();
    } else if (isClosing(code)) close(cut);
    // Elements of the list lie one bracket deeper than members do.
    else if (code === COMMA && depth === (name === list ? 2 : 1)) {
      cut();
      endPiece();
      if (depth === 1) name = null;
    } else if (code === COLON && depth === 1 && name === null) {
      cut();
      name = /^"([^"\\]{0,100})"$/.exec(piece.take() ?? "")?.[1] ?? "";
    }
  }

  function begin(code: number, cut: () => void): void {
    cut();
    isBroken = code !== BRACE || piece.take() !== "" || hasBegun;
    hasBegun = true;
    depth = 1;
  }

  function close(cut: () => void): void {
    const isEndOfList = depth === 2 && name === list;
    depth -= 1;
    if (!isEndOfList && depth > 0) return;
    cut();
    endPiece();
    if (isEndOfList) name = "";
  }

  return {
    push: (bytes) => take(decoder.write(bytes)),
    end() {
      take(decoder.end());
      return depth === 0 && hasBegun && !isBroken;
    },
  };
}
