/**
 * The floors of the house, as rules. `npm run floors` checks them; test/house/floors.test.ts does
 * so too and proves that enough modules were read; test/house/awake.test.ts plants one violation
 * of each and sees it caught.
 *
 * ```text
 * main ─► app ─► shell/<technology> ─► ports ─► core ─► std        imports point down only
 *          └── only app/wire.ts names a technology
 * ```
 */

/** Ground first. Each may stand on those below it and on nothing else. */
const floors = ["std", "core", "ports", "shell", "app"];

/** The stages an alert passes inside the core, in order. None may look ahead. */
const stages = [
  "model",
  "parse",
  "risk",
  "plan",
  "track",
  "notify",
  "analyze",
  "paper",
  "views",
  "upkeep",
];

/** The engine's own rooms, above every stage: they know them all and are known by none. */
const engineRooms = ["decide"];

/** What an adapter may take from the core: names to translate, a market to play, views to show. */
const stagesForShell = ["model", "paper", "views"];

/** Each outside library belongs to exactly one folder of src. */
const owners = {
  "@clack/prompts": "shell/console",
  "@discordjs/rest": "shell/discord",
  "@discordjs/ws": "shell/discord",
  "@microsoft/signalr": "shell/topstepx",
  "@opentelemetry/api": "shell/opentelemetry",
  "@resvg/resvg-js": "shell/resvg",
  "age-encryption": "shell/age",
  aws4fetch: "shell/s3",
  "better-sqlite3": "shell/sqlite",
  commander: "shell/console",
  "csv-parse": "shell/files",
  fastify: "shell/http",
  ink: "shell/ink",
  nodemailer: "shell/smtp",
  pino: "shell/pino",
  "rotating-file-stream": "shell/pino",
  "prom-client": "shell/prometheus",
  react: "shell/ink",
  // The two ends of one wire: the client of TopstepX, and the venue that stands in for it.
  ws: "shell/topstepx(-sim)?",
  yaml: "shell/yaml",
  zod: "shell/yaml",
};

/** Everything that comes from outside src, in dependency-cruiser's words. */
const npm = ["npm", "npm-dev", "npm-optional", "npm-peer", "npm-bundled", "npm-no-pkg"];
const outside = ["core", ...npm, "npm-unknown"];

/** @param {string[]} names */
const folders = (names) => names.map((name) => `${name}/`);
/** @param {string[]} names @param {string} name */
const after = (names, name) => folders(names.slice(names.indexOf(name) + 1));
/** One path below `root` that starts with any of `parts`. @param {string} root @param {string[]} parts */
const below = (root, parts) => `^${root}/(${parts.join("|")})`;
/** The files that lie in a folder itself: main.ts in src; engine.ts and state.ts in src/core. */
const topFiles = "[^/]+\\.ts$";

const forbidden = [
  ...floors.map((floor) => ({
    name: `${floor}-looks-up`,
    comment: `src/${floor} may import itself and the floors below it.`,
    from: { path: `^src/${floor}/` },
    to: { path: below("src", [...after(floors, floor), topFiles]) },
  })),
  ...stages.map((stage) => ({
    name: `${stage}-looks-ahead`,
    comment: `src/core/${stage} may not know a later stage, nor the engine and state above them all.`,
    from: { path: `^src/core/${stage}/` },
    to: {
      path: below("src/core", [...after(stages, stage), ...folders(engineRooms), topFiles]),
    },
  })),
  {
    name: "unknown-stage",
    comment: "A new folder in src/core takes its place in the list of stages first.",
    from: {},
    to: {
      path: "^src/core/[^/]+/",
      pathNot: below("src/core", folders([...stages, ...engineRooms])),
    },
  },
  {
    name: "pure-floors-touch-the-world",
    comment: "std, core and ports use no Node module and no npm package.",
    from: { path: "^src/(std|core|ports)/" },
    to: { dependencyTypes: outside },
  },
  {
    name: "ports-run-nothing",
    comment: "A port is a shape: it may name core types, never call core code.",
    from: { path: "^src/ports/" },
    to: { path: "^src/", dependencyTypesNot: ["type-only"] },
  },
  {
    name: "adapters-know-no-adapter",
    comment: "Two technologies meet in the core or in app, never side by side.",
    from: { path: "^src/shell/([^/]+)/" },
    to: { path: "^src/shell/", pathNot: "^src/shell/$1/" },
  },
  {
    name: "shell-runs-no-stage",
    comment: `Adapters translate; deciding is the core's work. Open to them: ${stagesForShell.join(", ")}.`,
    from: { path: "^src/shell/" },
    to: { path: "^src/core/", pathNot: below("src/core", folders(stagesForShell)) },
  },
  {
    name: "only-wire-names-adapters",
    comment: "One file knows who plays which part.",
    from: { path: "^src/", pathNot: "^src/(app/wire\\.ts$|shell/)" },
    to: { path: "^src/shell/" },
  },
  ...Object.entries(owners).map(([library, owner]) => ({
    name: `${library}-belongs-to-${owner}`,
    comment: "One library, one owner: to replace it is to rewrite one folder.",
    from: { path: "^src/", pathNot: `^src/${owner}/` },
    to: { path: `node_modules/(@types/)?${library}/` },
  })),
  {
    name: "library-without-owner",
    comment: "A new library needs an owner in this file and a line in docs/decisions/0002.",
    from: { path: "^src/" },
    to: {
      dependencyTypes: npm,
      pathNot: `node_modules/(@types/)?(${Object.keys(owners).join("|")})/`,
    },
  },
  { name: "no-cycles", comment: "Down means down.", from: {}, to: { circular: true } },
  {
    name: "no-orphans",
    comment: "A module nobody imports is not part of the program.",
    from: { orphan: true, pathNot: "^src/(main|index)\\.ts$" },
    to: {},
  },
  {
    name: "unresolvable",
    comment: "An import that leads nowhere cannot be judged.",
    from: {},
    to: { couldNotResolve: true },
  },
];

export default {
  forbidden: forbidden.map((rule) => ({ ...rule, severity: "error" })),
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true, // type-only imports count
    tsConfig: { fileName: "tsconfig.node.json" },
    // Packages are found by their `exports`, as Node finds them.
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
    },
  },
};
