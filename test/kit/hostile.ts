/**
 * Texts that mean harm wherever they are taken for more than text: each names the reader that it is
 * aimed at.
 */

export interface Hostile {
  readonly aim: string;
  readonly text: string;
}

const repeated = (text: string, times: number): string => text.repeat(times);

export const HOSTILE: readonly Hostile[] = [
  { aim: "SQL, a string that ends", text: "'); DROP TABLE trades; --" },
  { aim: "SQL, a condition", text: "x' OR '1'='1" },
  { aim: "SQL, another file", text: "'; ATTACH DATABASE 'pwned.db' AS x; --" },
  { aim: "HTML, a script", text: "<script>document.title='pwned'</script>" },
  { aim: "HTML, an attribute", text: `"><img src=x onerror="document.title='pwned'">` },
  { aim: "HTML, a drawing", text: "<svg/onload=document.title='pwned'>" },
  { aim: "HTML, an address", text: "[here](javascript:document.title='pwned')" },
  { aim: "a template", text: "<%= process.exit(1) %> {{constructor.constructor('x')()}} #{7*7}" },
  { aim: "a header of a mail", text: "A\r\nBcc: thief@example.com\r\n\r\nbody" },
  { aim: "a path", text: "../../../../pwned" },
  { aim: "a path of Windows", text: "..\\..\\pwned\u0000.csv" },
  { aim: "a shell", text: "$(touch pwned) `touch pwned` ; touch pwned | touch pwned" },
  { aim: "a sheet, a formula", text: '=HYPERLINK("http://example.com","pwned")' },
  { aim: "a sheet, a command", text: "+cmd|' /C calc'!A0" },
  { aim: "a sheet, a function", text: "@SUM(1+1)*cmd|' /C calc'!A0" },
  { aim: "a sheet, a sum", text: "-2+3+cmd|' /C calc'!A0" },
  { aim: "a terminal", text: "\u001b[2J\u001b]0;pwned\u0007\u009b31mred" },
  { aim: "an eye, from right to left", text: "\u202Epots 6136\u202C" },
  { aim: "a YAML tag", text: "!!js/function 'function(){ process.exit(1) }'" },
  { aim: "YAML, another document", text: "---\nmode: live\n..." },
  {
    aim: "JSON, a prototype",
    text: '{"__proto__":{"isAdmin":true},"constructor":{"prototype":{}}}',
  },
  { aim: "half a character", text: "\uD83D" },
  { aim: "a name of an object", text: "__proto__" },
  { aim: "a pattern, in no time", text: `${repeated("a", 3_000)}!` },
  { aim: "a number", text: repeated("9", 400) },
];
