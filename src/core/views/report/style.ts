/**
 * How the page looks: on a desk, in the dark, on a phone, on paper. It is one constant text, so that
 * the page's policy can name it by its digest and allow no other.
 *
 * Contrast of text is 4.5:1 at least and of lines that mean something 3:1, in both schemes; where a
 * colour says gain or loss, a sign or a shape says it too.
 */

const COLOURS = `
:root{color-scheme:light dark;--paper:#fff;--card:#f6f8fa;--ink:#16202b;--soft:#51606f;--rule:#d5dde5;
--blue:#1f5fa8;--blue-area:#1f5fa826;--good:#0b6b3a;--bad:#a61b1b;--bar-good:#1d8a52;--bar-bad:#c4463f;
--bad-area:#c4463f26;--g1:#e7f5ed;--g2:#cdebda;--g3:#abdcc0;--b1:#fcebea;--b2:#f8d5d2;--b3:#f1b9b4}
@media screen and (prefers-color-scheme:dark){:root{--paper:#0f151b;--card:#18212a;--ink:#e8edf2;
--soft:#a3b1bf;--rule:#2e3b47;--blue:#74b3f5;--blue-area:#74b3f526;--good:#5fd497;--bad:#ff9a92;
--bar-good:#43b67c;--bar-bad:#e8756c;--bad-area:#e8756c26;--g1:#11291f;--g2:#153a2a;--g3:#1a4c36;
--b1:#331d1d;--b2:#472423;--b3:#5c2b29}}`;

const PAGE = `
*{box-sizing:border-box}
body{margin:0 auto;max-width:1080px;padding:28px 24px 64px;background:var(--paper);color:var(--ink);
font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif;
font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
h1{margin:0;font-size:26px;line-height:1.2;letter-spacing:-.01em}
h2{margin:44px 0 12px;padding-bottom:6px;border-bottom:1px solid var(--rule);font-size:18px;line-height:1.3}
h3{margin:0 0 6px;font-size:14px;line-height:1.4}
p{margin:6px 0}
.soft,small{color:var(--soft);font-size:13px}
a{color:var(--blue)}
.grid2{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:28px 32px}
.tiles{display:grid;grid-template-columns:repeat(4,minmax(0,1fr));gap:12px;margin:24px 0 0}
.tiles>div{padding:12px 14px;background:var(--card);border-radius:8px}
.tiles dt{color:var(--soft);font-size:13px}
.tiles dd{margin:0;font-size:22px;font-weight:600;line-height:1.35;letter-spacing:-.01em}
.tiles dd+dd{font-size:12px;font-weight:400;line-height:1.4;letter-spacing:0;color:var(--soft)}
.neg{color:var(--bad)}.pos{color:var(--good)}
figure{margin:0}
figcaption{margin-bottom:4px}
figcaption p{margin:0;color:var(--soft);font-size:13px}`;

const TABLES = `
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:13px;line-height:1.45}
th,td{padding:4px 8px;text-align:left;vertical-align:top;border-bottom:1px solid var(--rule)}
th{color:var(--soft);font-weight:600;vertical-align:bottom}
.numbers td:nth-child(n+2),.numbers th:nth-child(n+2){text-align:right}
.figures td:nth-child(2),.figures td:nth-child(3),.figures th:nth-child(2),.figures th:nth-child(3){text-align:right;white-space:nowrap}
.figures{table-layout:fixed;margin-bottom:18px}.figures th:first-child{width:34%}.figures th:nth-child(2){width:14%}.figures th:nth-child(3){width:22%}
.figures td:nth-child(4){color:var(--soft)}
.months th,.months td{padding:5px 6px;text-align:right;white-space:nowrap;overflow-wrap:normal}
.months{table-layout:fixed}.months th:first-child{text-align:left;width:52px;vertical-align:top}.months :is(td,th):last-child{width:84px}
.months small{display:block;font-size:12px}
.months .g1{background:var(--g1)}.months .g2{background:var(--g2)}.months .g3{background:var(--g3)}
.months .b1{background:var(--b1)}.months .b2{background:var(--b2)}.months .b3{background:var(--b3)}
.months td small{color:inherit}
.trades td,.trades th{white-space:nowrap;overflow-wrap:normal}
.trades td:nth-child(3),.trades td:nth-child(4){white-space:normal;overflow-wrap:anywhere}
.trades :is(td,th):is(:nth-child(1),:nth-child(6),:nth-child(7),:nth-child(9),:nth-child(10)){text-align:right}
details{margin:6px 0}
summary{cursor:pointer;padding:6px 0}
summary:focus-visible,.scroll:focus-visible,a:focus-visible{outline:2px solid var(--blue);outline-offset:2px}
.card{padding:0 14px;background:var(--card);border-radius:8px}
.card>div{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:8px 28px;padding:4px 0 14px}
.card summary{display:grid;grid-template-columns:1.4fr 1.2fr 1.6fr 1fr;gap:2px 16px}.card summary :last-child{text-align:right}
.card summary b{font-weight:600}
blockquote{margin:4px 0 12px;padding:4px 12px;border-left:3px solid var(--rule);font:13px/1.5 ui-monospace,Menlo,Consolas,monospace}
ol{margin:4px 0;padding:0;list-style:none;font-size:13px}
ol li{display:grid;grid-template-columns:70px 1fr;gap:8px;padding:2px 0}
time{color:var(--soft)}`;

const CHARTS = `
.chart{display:block;width:100%;height:auto;overflow:visible}
.chart text{font-size:12px;fill:var(--soft)}
.chart .y,.chart .end{text-anchor:end}.chart .x,.chart .none{text-anchor:middle}
.chart path{fill:none}
.chart .grid,.chart .tick{stroke:var(--rule)}
.chart .zero{stroke:var(--soft)}
.chart .base{stroke:var(--soft);stroke-dasharray:3 3}
.chart .line{stroke-width:1.8;stroke-linejoin:round}
.chart .equity.line{stroke:var(--blue)}.chart .equity.area{fill:var(--blue-area)}.chart .equity.dot{fill:var(--blue)}
.chart .drawdown.line{stroke:var(--bar-bad)}.chart .drawdown.area{fill:var(--bad-area)}.chart .drawdown.dot{fill:var(--bar-bad)}
.chart .up{fill:var(--bar-good)}.chart .down{fill:var(--bar-bad)}
.chart .mark{stroke-linecap:round}
.chart .win{stroke:var(--bar-good);stroke-width:5}.chart .loss{stroke:var(--bar-bad);stroke-width:1.4}
.chart .reach{fill:var(--blue-area)}
.chart .level{stroke-dasharray:4 3}.chart text.level{stroke:none;fill:var(--ink)}
.chart .stop{stroke:var(--bar-bad)}.chart .target{stroke:var(--bar-good)}.chart .entry{stroke:var(--soft)}
.chart .on{stroke:var(--blue);stroke-width:1.8}
.chart .in{fill:var(--blue)}.chart .out{fill:var(--paper);stroke:var(--ink);stroke-width:1.4}`;

const NARROW = `
@media (max-width:760px){body{padding:18px 16px 48px}.grid2,.card>div{grid-template-columns:minmax(0,1fr)}
.figures th:nth-child(2){width:22%}.figures th:nth-child(3){width:44%}.figures :is(td,th):nth-child(4){display:none}
.tiles{grid-template-columns:repeat(2,minmax(0,1fr))}.wide,.trades :is(td,th):is(:nth-child(3),:nth-child(4),:nth-child(6),:nth-child(7)){display:none}
.months thead{display:none}.months tr{display:grid;grid-template-columns:repeat(4,minmax(0,1fr));padding:6px 0}.months th:first-child{grid-column:1/-1;width:auto;border:0}
.months :is(td,th):last-child{width:auto}.months td:empty{display:none}.months td::before{content:attr(data-month);display:block;color:var(--soft);font-size:12px}
.card summary{grid-template-columns:1fr auto}.chart text{font-size:15px}.tiles dd{font-size:20px}}`;

const PAPER = `
@media print{@page{margin:14mm 12mm}body{max-width:none;padding:0;font-size:12px}
h2{margin-top:20px;break-after:avoid}h3{break-after:avoid}
figure,.tiles>div,tr,.card,.whole{break-inside:avoid}
.grid2{gap:16px 20px}.chart text{font-size:13px}
thead{display:table-header-group}
details:not(.card)::details-content{content-visibility:visible;block-size:auto}
.card:not([open]),.cards:not(:has([open])),.screen{display:none}
summary{list-style:none}a{color:inherit;text-decoration:none}
.tiles>div,.card{border:1px solid var(--rule)}
body{print-color-adjust:exact;-webkit-print-color-adjust:exact}}`;

export const REPORT_STYLE = `${COLOURS}${PAGE}${TABLES}${CHARTS}${NARROW}${PAPER}\n`;
