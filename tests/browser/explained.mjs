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
import { accounts, counted as alsoCounted, pages } from "./pages.mjs";
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
    for (const number of numbers) out.push({ number, place, how, as: link ? "figure" : (said?.dataset.number ?? (said ? "date" : heading ? "heading" : "")), around: row.textContent.replace(/\s+/g, " ").trim().slice(0, 140) });
  }
  for (const one of document.querySelectorAll("main [data-number=listed]")) listed.push({ text: one.textContent.trim(), of: one.dataset.of });
  const figures = [...document.querySelectorAll("main a.tithing-figure[href^='/figures/']")].map((link) => ({ href: link.getAttribute("href"), text: link.textContent.trim() }));
  // Money is worked out or stated somewhere: alone it is a figure, or it stands in a sentence of what somebody has set.
  const amounts = [...document.querySelectorAll("main [data-number]")].map((one) => ({ text: one.textContent.trim(), as: one.dataset.number })).filter((one) => /^[-+]?£[\d,.]+$/.test(one.text));
  return { numbers: out, listed, figures, amounts };
}

// Runs in the page: how many rows the table (or list) with this id has, on all its pages: those before this one and those
// after it. The pager of a table is the one behind it, before the next table.
export async function rowsListed(id) {
  const rowsIn = (of) => {
    const found = of.getElementById(id);
    if (!found) return null;
    return found.tagName === "TABLE" ? [...found.tBodies].reduce((sum, body) => sum + body.rows.length, 0) : found.querySelectorAll(":scope > li, :scope > div").length;
  };
  const beside = (of, which) => {
    let own = false;
    for (const one of of.querySelectorAll("table, a[rel=next], a[rel=prev]")) {
      if (one.tagName === "TABLE") own = one.id === id;
      else if (own && one.rel === which) return one.getAttribute("href");
    }
    return null;
  };
  let count = rowsIn(document);
  if (count === null) return null;
  for (const which of ["prev", "next"]) {
    let where = beside(document, which);
    while (where) {
      const more = new DOMParser().parseFromString(await (await fetch(new URL(where, document.baseURI))).text(), "text/html");
      count += rowsIn(more) ?? 0;
      where = beside(more, which);
    }
  }
  return count;
}

// What a page declares as a count of what it lists, and is not: as sentences.
export async function listedFaults(page, listed) {
  const faults = [];
  for (const { text, of } of listed) {
    const said = Number(/\d[\d,]*/.exec(text)?.[0].replaceAll(",", "") ?? 0);
    const rows = of ? await page.evaluate(rowsListed, of) : null;
    if (rows === null) faults.push(`${text} counts #${of || "nothing"}, which is not there`);
    else if (rows !== said) faults.push(`${text} counts #${of}, which has ${rows} rows`);
  }
  return faults;
}

// Pages made up here, some of which lie: what looks for wrong counts has to find them.
export async function wrongCountsAreFound(report, page) {
  await report.group("a wrong count of what is listed is found", async (group) => {
    const row = (n) => `<tr><td>thing</td><td>${n}</td></tr>`;
    const table = (id, rows) => `<table id="${id}"><tbody>${Array.from({ length: rows }, (_, i) => row(i)).join("")}</tbody></table>`;
    const said = (count, of) => `<p>There are <span data-number="listed" data-of="${of}">${count}</span>.</p>`;
    const made = {
      "/whole": said("3 files", "files") + table("files", 3) + said("2", "others") + table("others", 2),
      "/paged?page=1": said("5", "files") + table("files", 2) + '<a rel="next" href="/paged?page=2">Next</a>',
      "/paged?page=2": said("5", "files") + table("files", 2) + '<a rel="prev" href="/paged?page=1">Previous</a><a rel="next" href="/paged?page=3">Next</a>',
      "/paged?page=3": said("5", "files") + table("files", 1) + '<a rel="prev" href="/paged?page=2">Previous</a>',
      "/filtered?kind=a": said("1", "files") + table("files", 1),
      "/two": said("1", "first") + table("first", 1) + said("3", "second") + table("second", 2) + '<a rel="next" href="/two-more">Next</a>',
      "/two-more": said("3", "second") + table("second", 1),
      "/wrong": said("4 files", "files") + table("files", 3),
      "/wrong-paged?page=1": said("2", "files") + table("files", 2) + '<a rel="next" href="/paged?page=2">Next</a>',
      "/wrong-filtered?kind=a": said("3", "files") + table("files", 1),
      "/absent": said("3", "elsewhere") + table("files", 3),
      "/nameless": '<p><span data-number="listed">3</span></p>' + table("files", 3),
    };
    await page.route("http://made-up.invalid/**", (route) => {
      const url = new URL(route.request().url());
      const body = made[url.pathname + url.search];
      return route.fulfill({ status: body ? 200 : 404, contentType: "text/html", body: `<!DOCTYPE html><main>${body ?? ""}</main>` });
    });
    for (const where of Object.keys(made)) {
      if (where === "/two-more") continue; // its first page stands in /two
      await page.goto(`http://made-up.invalid${where}`);
      const faults = await listedFaults(page, (await page.evaluate(numbersOnPage)).listed);
      const wrong = /wrong|absent|nameless/.test(where);
      group.check(`${where}: ${wrong ? "its wrong count is found" : "nothing is found wrong"}`, wrong ? faults.length === 1 : faults.length === 0, faults.join("; ") || "nothing was found");
    }
    await page.unroute("http://made-up.invalid/**");
  });
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
    let counted = 0;
    for (const entry of [...pages, ...alsoCounted]) {
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
        counted += seen.listed.length;
        group.equal(`${where} as ${who}: what is declared a count of what is listed is as many`, await listedFaults(page, seen.listed), []);
        if (room === "money") group.equal(`${where} as ${who}: no amount of money is declared a name, a code or a setting`, seen.amounts.map((one) => `${one.as} ${one.text}`).join("; "), "");
        for (const one of seen.figures) if (!figures.has(one.href)) figures.set(one.href, { ...one, who, room, from: where });
      }
    }
    console.log(`  ${counted} numbers declared as counts of what is listed, held against their rows`);
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
