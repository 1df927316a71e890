// Bank holidays of England and Wales from GOV.UK's own file (https://www.gov.uk/bank-holidays.json) as facts of the program:
// prints those that `reference.csv` does not have yet, with the heading, ready for `tithing bodies import`.
//
//   node data/workspaces/bank-holidays.mjs bank-holidays.json > new-holidays.csv
//   tithing bodies import new-holidays.csv
//
// With --append they are added to `reference.csv`, so that they come with the program.
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const list = path.join(path.dirname(fileURLToPath(import.meta.url)), "reference.csv");
const paper = "Bank holidays of England and Wales as published on GOV.UK, with substitute days";

const [file, option] = process.argv.slice(2);
if (!file) {
  console.error("Give GOV.UK's file: node data/workspaces/bank-holidays.mjs bank-holidays.json [--append]");
  process.exit(2);
}
const bytes = fs.readFileSync(file);
const division = JSON.parse(bytes.toString("utf8"))["england-and-wales"];
if (!division || !Array.isArray(division.events)) {
  console.error(`${file} has no bank holidays of England and Wales ("england-and-wales", "events").`);
  process.exit(1);
}

const text = fs.readFileSync(list, "utf8");
const heading = text.slice(0, text.indexOf("\n"));
const known = new Set([...text.matchAll(/^bank-holiday,,,england-and-wales,[^,]*,,,,,(\d{4}-\d{2}-\d{2}),/gm)].map((found) => found[1]));
const nextDay = (day) => new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
const rows = division.events
  .filter((event) => /^\d{4}-\d{2}-\d{2}$/.test(event.date) && !known.has(event.date))
  .sort((a, b) => (a.date < b.date ? -1 : 1))
  .map((event) => {
    const title = event.title.replaceAll("’", "'").replaceAll(",", "");
    return `bank-holiday,,,england-and-wales,${title},,,,,${event.date},${nextDay(event.date)},,"${paper}",,`;
  });
if (option === "--append") {
  fs.writeFileSync(list, `${text.trimEnd()}\n${rows.map((row) => `${row}\n`).join("")}`);
} else {
  process.stdout.write(`${[heading, ...rows].join("\n")}\n`);
}
console.error(`${rows.length} days that the list did not have, from ${path.basename(file)}, sha256 ${createHash("sha256").update(bytes).digest("hex")}.`);
