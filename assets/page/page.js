/**
 * Draws the house as it is, once a second. Whatever was written by a stranger becomes a text node and
 * nothing else: no markup is ever made of it.
 */

const EVERY = 1_000;
const byId = (id) => document.getElementById(id);

function element(name, text, tone) {
  const made = document.createElement(name);
  made.textContent = text;
  if (tone) made.className = tone;
  return made;
}

/** Only what has changed is touched, so that nobody who reads or selects is disturbed. */
function put(place, parts) {
  const wanted = parts.map((one) => one.outerHTML).join("");
  if (place.dataset.shown === wanted) return;
  place.dataset.shown = wanted;
  place.replaceChildren(...parts);
}

const dollars = (value) =>
  `${value < 0 ? "-" : ""}$${Math.abs(value).toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
const toneOf = (value) => (value < 0 ? "bad" : value > 0 ? "good" : "");

/** `rows`: lists of [text, tone]. */
function table(place, titles, rows, none) {
  if (rows.length === 0) {
    const cell = element("td", none);
    const row = document.createElement("tr");
    row.append(cell);
    return put(place, [row]);
  }
  const head = document.createElement("tr");
  for (const title of titles) {
    const cell = element("th", title);
    cell.scope = "col";
    head.append(cell);
  }
  const lines = rows.map((cells) => {
    const row = document.createElement("tr");
    for (const [text, tone] of cells) row.append(element("td", text, tone));
    return row;
  });
  put(place, [head, ...lines]);
}

const levels = (all) => all.map(({ price, quantity }) => `${price} x${quantity}`).join(", ") || "-";

function drawDay({ day, positions, omitted }) {
  const open = positions.length + omitted.positions;
  const figures = [
    ["Net", dollars(day.netUsd), toneOf(day.netUsd)],
    ["Closed", dollars(day.closedUsd), toneOf(day.closedUsd)],
    ["Open", day.priced ? dollars(day.openUsd) : "no price", toneOf(day.openUsd)],
    ["Fees", dollars(day.feesUsd), ""],
    ["Trades open", String(open), ""],
  ];
  put(
    byId("day"),
    figures.map(([name, value, tone]) => {
      const pair = document.createElement("div");
      pair.append(element("dt", name), element("dd", value, tone));
      return pair;
    }),
  );
}

function drawAccounts({ accounts }) {
  const rows = accounts.map((one) => [
    [one.name],
    [one.gate, one.gate === "active" ? "good" : "bad"],
    [dollars(one.balanceUsd)],
    [dollars(one.day.netUsd), toneOf(one.day.netUsd)],
    [one.refuses.map(({ text }) => text).join("; ") || "entries are taken"],
  ]);
  table(byId("accounts"), ["Account", "Gate", "Balance", "Today", "Entries"], rows, "no accounts");
}

function drawPositions({ positions }) {
  const rows = positions.map((one) => [
    [`#${one.trade}`],
    [`${one.side} ${one.held} ${one.instrument}`],
    [one.price === null ? "no price" : String(one.price)],
    [one.bare > 0 ? `${one.bare} WITHOUT A STOP` : levels(one.stops), one.bare > 0 ? "bad" : ""],
    [levels(one.exits)],
    [one.openUsd === null ? "-" : dollars(one.openUsd), toneOf(one.openUsd ?? 0)],
  ]);
  const titles = ["Trade", "Holds", "Price", "Stop", "Targets", "Open"];
  table(byId("positions"), titles, rows, "nothing is open");
}

function drawAlerts({ alerts }) {
  const rows = alerts.map((one) => [
    [one.clock],
    [one.author ?? "-"],
    [one.text],
    [one.reason === null ? one.outcome : `${one.outcome}: ${one.reason}`],
    [one.netUsd === null ? "-" : dollars(one.netUsd), toneOf(one.netUsd ?? 0)],
  ]);
  table(byId("alerts"), ["Time", "Author", "Alert", "Outcome", "Net"], rows, "none yet");
}

function drawHealth({ health, alarms }) {
  const parts = (health?.components ?? []).filter(
    ({ state }) => state === "failed" || state === "degraded",
  );
  const lines = [
    ...alarms.map(({ what, since }) => element("li", `ALARM: ${what}, since ${since}`, "bad")),
    ...parts.map(({ component, state, reason, since }) =>
      element("li", `${component} ${state}: ${reason}, since ${since}`, "bad"),
    ),
  ];
  put(byId("health"), lines.length > 0 ? lines : [element("li", "all well", "good")]);
}

function draw(view) {
  byId("mode").textContent = (view.mode ?? "not running").toUpperCase();
  byId("mode").className = view.mode === "live" ? "bad" : "";
  const isOpen = view.entries === "open";
  byId("entries").textContent = view.impaired
    ? "EXITS ONLY"
    : `ENTRIES ${view.entries.toUpperCase()}`;
  byId("entries").className = isOpen && !view.impaired ? "good" : "bad";
  byId("clock").textContent = view.clock;
  drawDay(view);
  drawAccounts(view);
  drawPositions(view);
  drawAlerts(view);
  drawHealth(view);
}

async function look() {
  try {
    const answer = await fetch("/snapshot", { cache: "no-store", credentials: "same-origin" });
    if (!answer.ok) throw new Error(`it answered ${answer.status}`);
    draw(await answer.json());
    byId("notice").textContent = "";
  } catch (failure) {
    byId("notice").textContent =
      `What stands here is old: TradeStream is not reached (${failure.message}).`;
  }
  setTimeout(() => void look(), EVERY);
}

void look();
