import { describe, expect, it } from "vitest";
import { FIRST, type Press, press, type Ui } from "../../../../src/shell/ink/keys.ts";

const named = (name: Press["name"]): Press => ({ text: "", name });
const letter = (text: string): Press => ({ text, name: null });
const pressing = (ui: Ui, ...keys: readonly Press[]) =>
  keys.reduce((sofar, key) => press(sofar.ui, key, 10, 25), { ui, wish: null } as ReturnType<
    typeof press
  >);
const typed = (word: string): readonly Press[] => [...word].map(letter);

describe("keys", () => {
  it("turn pages, round and round", () => {
    expect(pressing(FIRST, letter("3")).ui.page).toBe("journal");
    expect(pressing(FIRST, named("right")).ui.page).toBe("performance");
    expect(pressing(FIRST, named("left")).ui.page).toBe("help");
    expect(pressing(FIRST, letter("?")).ui.page).toBe("help");
    expect(pressing(FIRST, letter("9"), letter("x")).ui).toEqual(FIRST);
  });

  it("scroll between the ends", () => {
    const scrolled = (...names: readonly Press["name"][]) =>
      pressing(FIRST, ...names.map(named)).ui.scroll;
    expect(scrolled("up")).toBe(0);
    expect(scrolled("down", "down", "up")).toBe(1);
    expect(scrolled("page-down", "page-down", "page-down")).toBe(25);
    expect(scrolled("end", "page-up")).toBe(15);
    expect(scrolled("end", "home")).toBe(0);
    expect(pressing({ ...FIRST, scroll: 9 }, letter("2")).ui.scroll).toBe(0);
  });

  it("leave, at any time with Ctrl-C", () => {
    expect(pressing(FIRST, letter("q")).wish).toBe("quit");
    expect(pressing(FIRST, letter("h"), named("quit")).wish).toBe("quit");
  });

  it("halt, resume and flatten only when their word is typed", () => {
    for (const [key, word] of [
      ["h", "halt"],
      ["r", "resume"],
      ["F", "flatten"],
    ] as const) {
      expect(pressing(FIRST, letter(key), ...typed(word), named("enter"))).toMatchObject({
        wish: word,
        ui: { asked: null },
      });
      expect(pressing(FIRST, letter(key), ...typed(word)).wish).toBeNull();
    }
    const wrong = pressing(FIRST, letter("f"), ...typed("yes"), named("enter"));
    expect(wrong).toMatchObject({ wish: null, ui: { asked: null } });
    expect(wrong.ui.said).toContain('nothing was done, "yes" was typed');
    expect(pressing(FIRST, letter("f"), named("enter")).ui.said).toContain("nothing was typed");
  });

  it("are letters while a word is typed, and can be taken back", () => {
    const asked = pressing(FIRST, letter("h"), ...typed("q3"), letter("\u0007"), named("up"));
    expect(asked).toMatchObject({ wish: null, ui: { asked: { word: "halt", typed: "q3" } } });
    expect(pressing(asked.ui, named("erase")).ui.asked?.typed).toBe("q");
    expect(pressing(asked.ui, named("escape")).ui).toMatchObject({
      asked: null,
      said: "halt: called off",
    });
    expect(pressing(FIRST, letter("h"), ...typed("x".repeat(50))).ui.asked?.typed).toHaveLength(20);
  });
});
