/**
 * Seeds that broke something once, and what it was. They are played in every test run.
 *
 * The same seed is another storm once the program acts otherwise, so each of these has a unit test or
 * a scenario as well; what they are worth is that they cost nothing and have found something before.
 */
export const RECORDED: ReadonlyMap<number, string> = new Map([
  [444355506, "a trade that two fills of one close put on again was taken out of the cash twice"],
  [
    2444612983,
    "a close by hand met a leg, and what was sold too much was dropped and never bought back",
  ],
  [
    2314453403,
    "stop and target of a bracket that nobody links filled both; bought back a look late",
  ],
]);
