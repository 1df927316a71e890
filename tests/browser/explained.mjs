// How many of the numbers on the pages open their working, or say by their type that they need none (base/words.h): counted
// in each room, in tables and in sentences apart, and held against explained.csv. A share may only rise. What says that it
// counts what is listed is counted; figures are followed to their working, the API, their inputs, rows and files.
//
//   node tests/browser/explained_run.mjs build/dev/tithing            this alone, every figure followed
//   node tests/browser/explained_run.mjs build/dev/tithing --write    and the new shares written, where they rose
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { tab } from "./browser.mjs";
import { everyKindEnds, followFigures } from "./explained_follow.mjs";
import { accounts, pages } from "./pages.mjs";
import { mayOpen } from "./walk.mjs";

export const file = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "explained.csv");
const officers = ["analyst", "commissioning", ...accounts];

// The room of a page: the money, the analysis and so on, as a person names them.
export function roomOf(pathname) {
  if (/^\/funding/.test(pathname)) return "money";
  if (/^\/areas\/[^/]+\/analysis\/comparison|^\/comparison/.test(pathname)) return "comparison";
  if (/^\/areas\/[^/]+\/analysis/.test(pathname)) return "analysis";
  if (pathname === "/" || /^\/areas\/[^/]+\/crime/.test(pathname)) return "crime";
  const first = pathname.split("/")[1];
  if (["areas", "search", "accessibility"].includes(first)) return "areas";
  if (["evidence", "figures", "priorities", "bodies"].includes(first)) return first;
  return "administration";
}

// Runs in the page: every number in the visible text of main, where it stands and what it says of itself. Fields of forms and
// their labels, samples of code, navigation and drawings are no text of the page. A heading of a page, a caption and the
// headings of a table's rows and columns are names by what they are.
export function numbersOnPage() {
  const out = [];
  const listed = [];
  const main = document.querySelector("main");
  const ignored = "script, style, template, code, pre, kbd, samp, nav, svg, [hidden], .govuk-visually-hidden, label, legend, .govuk-hint, .govuk-error-message, button, select, option, textarea, input, .govuk-pagination, .tithing-paper__number";
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!/\d/.test(node.data)) continue;
    const element = node.parentElement;
    if (element.closest(ignored)) continue;
    const numbers = node.data.match(/\d(?:[\d,.]*\d)?/g);
    const link = element.closest("a.tithing-figure");
    const said = element.closest("time, [data-number]");
    const heading = element.closest("h1, caption, th");
    const how = link ? "explained" : said ? "declared" : heading && !element.closest("td") ? "declared" : "";
    const row = element.closest("li, p, td, th, dd, dt, h2, h3, h4") ?? element;
    const place = element.closest("table") ? "tables" : "sentences";
    for (const number of numbers) out.push({ number, place, how, as: link ? "figure" : (said?.dataset.number ?? (said ? "date" : heading ? "name" : "")), around: row.textContent.replace(/\s+/g, " ").trim().slice(0, 140) });
  }
  for (const one of document.querySelectorAll("main [data-number=listed]")) listed.push({ text: one.textContent.trim(), of: one.dataset.of });
  const figures = [...document.querySelectorAll("main a.tithing-figure[href^='/figures/']")].map((link) => ({ href: link.getAttribute("href"), text: link.textContent.trim() }));
  // Money is worked out or stated somewhere: alone it is a figure, or it stands in a sentence of what somebody has set.
  const amounts = [...document.querySelectorAll("main [data-number]")].map((one) => ({ text: one.textContent.trim(), as: one.dataset.number })).filter((one) => /^[-+]?£[\d,.]+$/.test(one.text));
  return { numbers: out, listed, figures, amounts };
}

// Runs in the page: how many rows the table (or list) with this id has, on all its pages.
export async function rowsListed(id) {
  const rowsIn = (of) => {
    const found = of.getElementById(id);
    if (!found) return null;
    return found.tagName === "TABLE" ? found.tBodies[0].rows.length : found.querySelectorAll(":scope > li, :scope > div").length;
  };
  let count = rowsIn(document);
  if (count === null) return null;
  const pager = (of) => of.querySelector("a[rel=next]")?.getAttribute("href");
  let next = document.getElementById(id).tagName === "TABLE" ? pager(document) : null;
  while (next) {
    const answer = await fetch(new URL(next, document.baseURI));
    const more = new DOMParser().parseFromString(await answer.text(), "text/html");
    count += rowsIn(more) ?? 0;
    next = pager(more);
  }
  return count;
}

export function readShares(text) {
  const shares = new Map();
  for (const line of text.trim().split("\n").slice(1)) {
    const [room, place, numbers, explained, declared] = line.split(",");
    shares.set(`${room},${place}`, { room, place, numbers: Number(numbers), explained: Number(explained), declared: Number(declared) });
  }
  return shares;
}

const shareOf = (one) => (one.numbers === 0 ? 1 : (one.explained + one.declared) / one.numbers);
const perCent = (share) => `${(100 * share).toFixed(1)}%`;

export function writtenShares(shares) {
  const lines = [...shares.values()].sort((a, b) => (`${a.room},${a.place}` < `${b.room},${b.place}` ? -1 : 1));
  return `room,place,numbers,explained,declared,share\n${lines.map((one) => `${one.room},${one.place},${one.numbers},${one.explained},${one.declared},${perCent(shareOf(one))}`).join("\n")}\n`;
}

// A place's share may rise, not fall; a tenth of a per cent is what a changed day or a longer name may do.
// Some pages list what the run itself has made, or what falls due today, so a share moves a little by itself: half a point.
const byItself = 0.005;

export function judged(group, before, now) {
  let rose = 0;
  for (const [key, was] of before) {
    const is = now.get(key);
    if (!is) continue;
    group.check(`${key}: ${perCent(shareOf(is))} of its numbers are explained, not less than ${perCent(shareOf(was))}`, shareOf(is) >= shareOf(was) - byItself,
      `${is.numbers - is.explained - is.declared} of ${is.numbers} numbers are neither figures nor dates, codes, names, settings or counts of what is listed. Give the number its figure (figures/numbers.h) or say what it is (base/words.h); --unexplained lists them.`);
    if (shareOf(is) > shareOf(was) + byItself) rose += 1;
  }
  for (const key of now.keys()) group.check(`${key}: it stands in explained.csv`, before.has(key), "A new room: write its share with --write.");
  if (rose > 0) console.log(`  ${rose} shares have risen: node tests/browser/explained_run.mjs build/dev/tithing --write keeps them`);
}

export async function explained(report, contexts, site, found, options = {}) {
  const counts = new Map();
  const figures = new Map(); // href -> { text, who, room }
  const unexplained = new Map();
  const declared = new Set(); // what needs no working, with what it says it is: for whoever reviews it
  await report.group("numbers say what they are", async (group) => {
    const tabs = new Map();
    const rowsOf = new Map();
    for (const entry of pages) {
      const where = typeof entry.path === "function" ? entry.path(found) : entry.path;
      if (!where || (options.only && !options.only.includes(roomOf(new URL(where, site.origin).pathname)))) continue;
      const people = [mayOpen(entry, "anonymous") ? "anonymous" : null, officers.find((who) => mayOpen(entry, who))].filter(Boolean);
      for (const who of people) {
        if (!tabs.has(who)) tabs.set(who, await tab(contexts.get(who)));
        const page = tabs.get(who);
        const answer = await page.goto(where);
        if (!group.equal(`${where} as ${who}: status`, answer.status(), 200)) continue;
        const room = roomOf(new URL(page.url()).pathname);
        const seen = await page.evaluate(numbersOnPage);
        for (const one of seen.numbers) {
          const key = `${room},${one.place}`;
          if (!counts.has(key)) counts.set(key, { room, place: one.place, numbers: 0, explained: 0, declared: 0 });
          const count = counts.get(key);
          count.numbers += 1;
          if (one.how) count[one.how] += 1;
          if (one.how === "declared") declared.add(`${room}\t${one.place}\t${one.as}\t${one.number}\t${where}\t${one.around}`);
          if (!one.how) {
            const line = `${room} ${one.place} ${where} ${one.number}: ${one.around}`;
            unexplained.set(line, (unexplained.get(line) ?? 0) + 1);
          }
        }
        for (const one of seen.listed) {
          const key = `${page.url()} ${one.of} ${who}`;
          if (!rowsOf.has(key)) rowsOf.set(key, await page.evaluate(rowsListed, one.of));
          const rows = rowsOf.get(key);
          if (!group.check(`${where} as ${who}: ${one.text} counts #${one.of}, which is there`, rows !== null)) continue;
          group.equal(`${where} as ${who}: ${one.text} is how many rows #${one.of} has`, Number(/\d[\d,]*/.exec(one.text)?.[0].replaceAll(",", "") ?? 0), rows);
        }
        if (room === "money") group.equal(`${where} as ${who}: no amount of money is declared a name, a code or a setting`, seen.amounts.map((one) => `${one.as} ${one.text}`).join("; "), "");
        for (const one of seen.figures) if (!figures.has(one.href)) figures.set(one.href, { ...one, who, room, from: where });
      }
    }
    for (const page of tabs.values()) await page.close();
    const before = fs.existsSync(file) ? readShares(fs.readFileSync(file, "utf8")) : new Map();
    if (options.write) {
      const merged = new Map([...before, ...counts]);
      for (const [key, was] of before) if (counts.has(key) && shareOf(counts.get(key)) < shareOf(was) - 0.001 && !options.force) merged.set(key, was);
      fs.writeFileSync(file, writtenShares(merged));
    }
    // Rooms that were not walked are not judged; in the file they keep their rows.
    if (options.only) for (const key of [...before.keys()]) if (!counts.has(key)) before.delete(key);
    judged(group, before, counts);
    const all = [...counts.values()].reduce((sum, one) => ({ numbers: sum.numbers + one.numbers, explained: sum.explained + one.explained, declared: sum.declared + one.declared }), { numbers: 0, explained: 0, declared: 0 });
    console.log(`  ${perCent(shareOf(all))} of ${all.numbers} numbers: ${all.explained} open their working, ${all.declared} are dates, codes, names, settings or counts of what is listed`);
    if (options.verbose) process.stdout.write(writtenShares(counts));
    if (options.declared) fs.writeFileSync(options.declared, `${[...declared].sort().join("\n")}\n`);
    if (options.unexplained) fs.writeFileSync(options.unexplained, `${[...unexplained.keys()].join("\n")}\n`);
  });
  await followFigures(report, contexts, site, figures, options);
  await everyKindEnds(report, contexts, site, figures, options);
}
