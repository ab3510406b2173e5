/**
 * Loaded before the built program (`node --import`): it dies at a statement of its own journal.
 *
 * ```text
 *        before          inside                    after
 * append ──┬──► INSERT ────┬────► COMMIT, fsync ─────┬───► what was decided leaves
 * ```
 *
 * The program is the one that is shipped, and knows nothing of it: SQLite's statements are watched on
 * the library's own class. Which passage it is stands in the environment, as `LiveDeath` has it.
 */
import { basename } from "node:path";
import Database from "better-sqlite3";

/** @type {import("./live-scene.ts").LiveDeath} */
const order = JSON.parse(process.env["DIES_AT"] ?? "");
let left = order.nth;
let isDue = false;

/** @param {unknown} one */
const isMeant = (one) =>
  typeof one === "string" && one.startsWith("{") && order.words.every((word) => one.includes(word));

/**
 * Facts, not statements, are counted: a busy house writes many at once.
 *
 * @param {readonly unknown[]} values
 */
function count(values) {
  left -= values.flat().filter(isMeant).length;
  isDue = left <= 0;
}

const die = () => process.kill(process.pid, "SIGKILL");

/** @param {import("better-sqlite3").Database} database */
const isJournal = ({ name }) => basename(name) === "journal.db";

const { prepare, transaction } = Database.prototype;

Object.assign(Database.prototype, {
  /**
   * @this {import("better-sqlite3").Database}
   * @param {string} sql
   */
  prepare(sql) {
    const statement = prepare.call(this, sql);
    if (!(isJournal(this) && sql.startsWith("INSERT INTO facts"))) return statement;
    const { run } = statement;
    statement.run = (/** @type {unknown[]} */ ...values) => {
      if (!isDue) count(values);
      if (isDue && order.moment === "before") die();
      const done = Reflect.apply(run, statement, values);
      if (isDue && (order.moment === "inside" || !this.inTransaction)) die();
      return done;
    };
    return statement;
  },
  /**
   * @this {import("better-sqlite3").Database}
   * @param {(...values: unknown[]) => unknown} work
   */
  transaction(work) {
    const made = transaction.call(this, work);
    if (!isJournal(this)) return made;
    const watched =
      (/** @type {string} */ kind) =>
      (/** @type {unknown[]} */ ...values) => {
        const done = Reflect.get(made, kind)(...values);
        if (isDue) die();
        return done;
      };
    const kinds = ["default", "deferred", "immediate", "exclusive"];
    const all = Object.fromEntries(kinds.map((kind) => [kind, { value: watched(kind) }]));
    return Object.defineProperties(watched("default"), all);
  },
});
