/** Templates that cannot forget to escape. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { html, NOTHING } from "../../../../src/core/views/html.ts";

test("text is cleaned and escaped, markup and numbers stand as they are", () => {
  const cells = ["a<b", `"x" & 'y'`].map((text) => html`<td>${text}</td>`);
  expect(html`<tr>${cells}${NOTHING}<td>${7.5}</td></tr>`.text).toBe(
    "<tr><td>a&lt;b</td><td>&quot;x&quot; &amp; &#39;y&#39;</td><td>7.5</td></tr>",
  );
});

test("marks that turn text around, and line ends, are gone", () => {
  expect(html`${"buy\u202e6316\u2066\n<b>"}`.text).toBe("buy6316 &lt;b&gt;");
});

describe("whatever a stranger writes", () => {
  test("opens no tag, no attribute and no entity of its own", () => {
    const nasty = fc.array(
      fc.constantFrom(
        "<",
        ">",
        '"',
        "'",
        "&",
        "</style>",
        "<script>",
        "`",
        "=",
        "\u202e",
        "a",
        " ",
      ),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          nasty.map((parts) => parts.join("")),
          fc.string(),
        ),
        (text) => {
          const { text: made } = html`${text}`;
          expect(made).not.toMatch(/[<>"']/);
          expect(made.replace(/&(amp|lt|gt|quot|#39);/g, "")).not.toContain("&");
          expect(made).not.toMatch(/\p{Cf}/u);
        },
      ),
    );
  });
});
