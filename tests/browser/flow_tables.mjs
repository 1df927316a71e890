// Every table's CSV and XLSX say what the page shows.
import { parsedCsv } from "../e2e/support/csv.mjs";
import { firstSheet } from "../e2e/support/sheet.mjs";
import { tab } from "./browser.mjs";
import { cookieOf } from "./walk.mjs";

// The table of each pair of download links on the page, as text: the columns without pictures, numbers without their dress.
function tablesOfThePage() {
  const bare = (cell) => {
    const copy = cell.cloneNode(true);
    copy.querySelectorAll(".tithing-table__note, svg, [aria-hidden=true]").forEach((element) => element.remove());
    return copy.textContent.replace(/\s+/g, " ").trim();
  };
  return [...document.querySelectorAll(".tithing-table__downloads")].map((downloads) => {
    let at = downloads.previousElementSibling;
    while (!at.querySelector("table")) at = at.previousElementSibling;
    const table = at.querySelector("table");
    const pictures = new Set([...table.rows].flatMap((row) => [...row.cells].flatMap((cell, i) => (cell.querySelector("svg") ? [i] : []))));
    const line = (row) => [...row.cells].filter((_, i) => !pictures.has(i)).map(bare);
    const next = [...document.querySelectorAll(".govuk-pagination__next a")].map((a) => a.href)[0] ?? "";
    return {
      id: table.id,
      headings: line(table.tHead.rows[0]),
      rows: [...table.tBodies[0].rows].map(line),
      notes: [...table.tBodies[0].rows].map((row) => [...row.querySelectorAll(".tithing-table__note")].map((note) => note.textContent.replace(/\s+/g, " ").trim()).filter(Boolean)),
      csv: [...downloads.querySelectorAll("a")].find((a) => /\.csv(\?|$)/.test(a.href))?.href,
      xlsx: [...downloads.querySelectorAll("a")].find((a) => /\.xlsx(\?|$)/.test(a.href))?.href,
      next,
    };
  });
}

// "+12.5%", "1,234" and "£10" as a file has them.
const undressed = (text) => (/^[+£-]*[\d,]+(\.\d+)?%?$/.test(text) ? text.replace(/[+,£%]/g, "") : text);

async function compare(group, name, table, cookie) {
  const headers = { headers: { Cookie: cookie } };
  const answer = await fetch(table.csv, headers);
  group.includes(`${name}: the CSV is a download`, answer.headers.get("content-disposition") ?? "", /^attachment; filename=.*\.csv/);
  const bytes = Buffer.from(await answer.arrayBuffer());
  group.check(`${name}: the CSV opens in Excel as UTF-8`, bytes.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf])));
  const [allHeadings, ...allRows] = parsedCsv(bytes.toString("utf8"));
  // What stands beside the numbers on the page stands in a last column of the file, for the same rows and no other.
  const noted = allHeadings.at(-1) === "Notes";
  group.equal(`${name}: the CSV has a column of notes where the page has notes`, noted, table.notes.some((notes) => notes.length > 0));
  if (noted) group.equal(`${name}: which rows of the CSV have notes`, allRows.map((row) => row.at(-1) !== ""), table.notes.map((notes) => notes.length > 0));
  const headings = noted ? allHeadings.slice(0, -1) : allHeadings;
  const rows = noted ? allRows.map((row) => row.slice(0, -1)) : allRows;
  group.equal(`${name}: the CSV's headings are the page's`, headings.map((heading) => heading.replace(/ \(.*\)$/, "")), table.headings.map((heading, i) => (headings[i]?.startsWith(heading) ? heading : heading.slice(0, headings[i]?.replace(/ \(.*\)$/, "").length))));
  group.equal(`${name}: the CSV's rows are the page's`, rows.map((row) => row.map((text) => (text.startsWith("'") ? text.slice(1) : text))), table.rows.map((row) => row.map(undressed)));

  const workbook = await fetch(table.xlsx, headers);
  group.includes(`${name}: the XLSX is a workbook`, workbook.headers.get("content-type") ?? "", "spreadsheetml.sheet");
  const sheet = firstSheet(Buffer.from(await workbook.arrayBuffer()));
  const columns = headings.map((_, i) => String.fromCharCode(65 + i));
  const first = sheet.findIndex((row) => row.A?.text === headings[0] && row.B?.text !== undefined && row.B.text.startsWith(table.headings[1].slice(0, 4)));
  if (!group.check(`${name}: the XLSX has the headings`, first >= 0, () => JSON.stringify(sheet.slice(0, 4)))) return;
  const cells = sheet.slice(first + 1, first + 1 + rows.length).map((row) =>
    columns.map((column, i) => {
      const cell = row[column];
      if (!cell) return "";
      if (cell.number === undefined) return cell.text;
      const written = rows[sheet.indexOf(row) - first - 1][i];
      const places = /\.(\d+)$/.exec(written)?.[1].length ?? 0;
      const value = headings[i].includes("(%") ? cell.number * 100 : cell.number;
      return Math.abs(value - Number(written)) <= 0.5000001 * 10 ** -places ? written : String(value);
    }));
  group.equal(`${name}: the XLSX's values are the CSV's`, cells, rows);
}

export async function tables(report, contexts) {
  await report.group("CSV and XLSX of every table", async (group) => {
    const cookie = await cookieOf(contexts.get("analyst"));
    for (const [who, path, expected] of [
      ["analyst", "/areas/E23000009/crime", ["partnerships", "types", "series", "coverage"]],
      ["analyst", "/areas/E22000368/crime?sort=rate&order=desc", ["districts", "types", "series", "comparison-force", "coverage"]],
      ["anonymous", "/areas/E22000371/crime?type=burglary&from=2022-06&to=2022-11", ["districts", "types", "series", "comparison-force", "coverage"]],
      ["analyst", "/areas/E22000368/crime/comparison-all", ["comparison-all"]],
    ]) {
      const page = await tab(contexts.get(who));
      await page.goto(path);
      const found = await page.evaluate(tablesOfThePage);
      group.equal(`${path}: tables with downloads`, found.map((table) => table.id).sort(), [...expected].sort());
      for (const table of found) await compare(group, `${path} ${table.id}`, table, who === "analyst" ? cookie : "");
      await page.close();
    }
    // A list of several pages: the file has them all, in the order that was chosen.
    const page = await tab(contexts.get("analyst"));
    await page.goto("/areas/E22000368/crime/lsoas?sort=crimes&order=desc");
    const [whole] = await page.evaluate(tablesOfThePage);
    let { next } = whole;
    group.equal("a page of a list has 50 rows", whole.rows.length, 50);
    while (next && whole.rows.length < 2000) {
      await page.goto(next);
      const [part] = await page.evaluate(tablesOfThePage);
      whole.rows.push(...part.rows);
      whole.notes.push(...part.notes);
      next = part.next;
    }
    await compare(group, "all LSOAs of North Worcestershire", whole, cookie);
    const crimes = whole.rows.map((row) => Number(row[2].replaceAll(",", "")));
    group.check("sorted as asked", crimes.every((count, i) => i === 0 || count <= crimes[i - 1]));
    group.equal("the LSOAs add up to the partnership", crimes.reduce((sum, count) => sum + count, 0), 25328);
    await page.close();
  });
}
