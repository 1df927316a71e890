// A plain counter of police files against the program: it shares no code with it. What `unzip` and `zcat` give is split into
// rows here, places are looked up in the published tables, and each number is asked of the API and, in part, of the command line.
//
//   node tests/trust/counter.mjs build/dev/tithing          the sample, 1,500 questions drawn with a fixed seed
//   node tests/trust/counter.mjs build/dev/tithing long     every area, month and type of the sample, then seventeen forces
//                                                           of ../shared/data where it is there (else skipped and counted)
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Program, temporaryFolder } from "../e2e/support/program.mjs";
import { Report } from "../e2e/support/report.mjs";

const [binary, length] = process.argv.slice(2);
if (!binary) {
  console.error("Say which program: node tests/trust/counter.mjs build/dev/tithing [long]");
  process.exit(2);
}
const long = length === "long";
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const sample = path.join(root, "data/sample");
const report = new Report();
const antiSocial = "Anti-social behaviour";
const slugOf = (type) => type.toLowerCase().replaceAll(" ", "-");

// Fields of a line; only a field that begins with a quotation mark may hold a comma.
function fields(line) {
  if (!line.includes('"')) return line.split(",");
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) => (quoted === undefined ? plain : quoted.replaceAll('""', '"')));
}
const lines = (text) => text.replace(/^\ufeff/, "").split(/\r?\n/).filter((line) => line !== "");
const output = (command, ...words) => execFileSync(command, words, { encoding: "utf8", maxBuffer: 1 << 30 });

// Which district, partnership and force of December 2022 an LSOA of 2011 lies in. One that lies in two districts is left out,
// and the areas that it touches with it.
function places() {
  const districts = new Map();
  const [head, ...rows] = lines(output("zcat", path.join(sample, "geography/lsoa11-lsoa21-lad22-exact-fit-v3.csv.gz"))).map(fields);
  const [lsoa, district] = [head.indexOf("LSOA11CD"), head.indexOf("LAD22CD")];
  for (const row of rows) districts.set(row[lsoa], (districts.get(row[lsoa]) ?? new Set()).add(row[district]));
  const above = new Map();
  const [, ...look] = lines(fs.readFileSync(path.join(sample, "geography/lad22-csp22-pfa22.csv"), "utf8")).map(fields);
  for (const [code, , csp, , pfa, pfaName] of look) above.set(code, { csp, pfa, pfaName });
  return { districts, above };
}

// area code -> month -> type -> rows. A force has all rows of its files, other areas the rows of their own force that lie there.
function counted(archives, where, forces) {
  const counts = new Map();
  const unclear = new Set();
  const add = (area, month, type) => {
    const months = counts.get(area) ?? counts.set(area, new Map()).get(area);
    const types = months.get(month) ?? months.set(month, new Map()).get(month);
    types.set(type, (types.get(type) ?? 0) + 1);
  };
  let rows = 0;
  const read = new Set(); // "force month" of which there is a file
  for (const archive of archives) {
    for (const name of lines(output("unzip", "-Z1", archive)).filter((one) => one.endsWith("-street.csv"))) {
      const [, month, slug] = /(\d{4}-\d{2})-([a-z-]+)-street\.csv$/.exec(name);
      const force = forces.get(slug);
      if (!force) continue;
      read.add(`${force} ${month}`);
      const [head, ...body] = lines(output("unzip", "-p", archive, name));
      const names = fields(head);
      const [lsoaAt, typeAt] = [names.indexOf("LSOA code"), names.indexOf("Crime type")];
      for (const line of body) {
        const row = fields(line);
        const [lsoa, type] = [row[lsoaAt], row[typeAt]];
        rows += 1;
        add(force, month, type);
        const in_ = where.districts.get(lsoa);
        if (!in_) continue;
        if (in_.size > 1) {
          for (const district of in_) unclear.add(district).add(where.above.get(district)?.csp);
          continue;
        }
        const [district] = in_;
        const above = where.above.get(district);
        if (!above || above.pfa !== force) continue;
        add(district, month, type);
        add(above.csp, month, type);
        add(lsoa, month, type);
      }
    }
  }
  for (const area of unclear) counts.delete(area);
  const forceOf = new Map();
  for (const [district, { csp, pfa }] of where.above) for (const area of [district, csp, pfa]) forceOf.set(area, pfa);
  // Of a month of which the force has no file nothing is known, which is not nought.
  const known = (area, month) => !forceOf.has(area) || read.has(`${forceOf.get(area)} ${month}`);
  return { counts, rows, known };
}

// Numbers that look random and are the same each time (a linear congruence; Numerical Recipes' constants).
function drawer(seed) {
  let state = seed >>> 0;
  return (below) => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) % below;
}

function expected(counts, area, months, type) {
  let sum = 0;
  for (const month of months) {
    for (const [name, rows] of counts.get(area)?.get(month) ?? []) {
      if (type === "all" || (type === "crime" ? name !== antiSocial : slugOf(name) === type)) sum += rows;
    }
  }
  return sum;
}

// Whether a count of five and more may be withheld from the public (docs/guide/evidence.md, "Counts under 5"): the small counts beside it would
// follow from the total, because there is one, or all are nought, or all are four; and it is the least of the others that hides them
// (beside a five that is withheld noughts would follow again).
function forTheSakeOfASmallOne(counts, area, months, type, categories) {
  if (type === "all" || type === "crime") return expected(counts, area, months, slugOf(antiSocial)) < 5;
  const beside = categories.map((one) => expected(counts, area, months, one));
  const small = beside.filter((count) => count < 5);
  const sum = small.reduce((a, b) => a + b, 0);
  if (small.length !== 1 && (small.length === 0 || (sum !== 0 && sum !== small.length * 4))) return false;
  const others = beside.filter((count) => count >= 5).sort((a, b) => a - b);
  return expected(counts, area, months, type) === (others.find((count) => sum + count > 5) ?? others[0]);
}

async function ask(group, site, { counts, known }, questions) {
  let wrong = 0;
  let suppressed = 0, absent = 0, withheld = 0;
  const categories = [...new Set([...counts.values()].flatMap((months) => [...months.values()].flatMap((types) => [...types.keys()])))].filter((name) => name !== antiSocial).map(slugOf);
  const one = async ({ area, months, type }) => {
    const query = `area=${area}&from=${months[0]}&to=${months.at(-1)}&type=${type}`;
    const answer = await fetch(`${site.origin}/api/v1/figures/crimes?${query}`);
    const figure = await answer.json();
    const right = expected(counts, area, months, type);
    const missing = months.length === 1 && !known(area, months[0]);
    if (missing) absent += 1;
    const spared = !missing && right >= 5 && figure.suppressed === true && figure.value === null && forTheSakeOfASmallOne(counts, area, months, type, categories);
    if (spared) withheld += 1;
    const ok = spared || answer.status === 200 && (missing ? figure.value === null && !figure.suppressed : right < 5 ? figure.value === null && figure.suppressed === true : figure.value === right);
    if (right < 5 && !missing) suppressed += 1;
    if (!ok && (wrong += 1) <= 10) group.check(query, false, `counted ${missing ? "no file" : right}, the program answers ${answer.status} ${JSON.stringify({ value: figure.value, suppressed: figure.suppressed, reason: figure.reason ?? figure.detail })}`);
    else if (!ok) group.failed += 1;
    else group.passed += 1;
  };
  for (let at = 0; at < questions.length; at += 16) await Promise.all(questions.slice(at, at + 16).map(one));
  console.log(`  ${questions.length} questions, ${suppressed} of them on fewer than five rows, ${withheld} withheld because a small one beside them would follow, ${absent} on months without a file`);
  group.check("few counts are withheld for another's sake", withheld * 20 < questions.length, `${withheld} of ${questions.length}`);
  group.check("most questions are on numbers that are shown", suppressed * 2 < questions.length, `${suppressed} of ${questions.length}`);
}

function* everything(counts, months) {
  const types = new Set();
  for (const of of counts.values()) for (const byType of of.values()) for (const name of byType.keys()) types.add(slugOf(name));
  for (const area of [...counts.keys()].filter((code) => !code.startsWith("E01") && !code.startsWith("W01")).sort()) {
    for (const type of ["all", "crime", ...[...types].sort()]) {
      yield { area, months, type };
      for (const month of months) yield { area, months: [month], type };
    }
  }
}

const folder = temporaryFolder("trust");
const where = places();
const slugs = (rows) => new Map(rows.map(([slug, name]) => [slug, [...where.above.values()].find((one) => one.pfaName === name)?.pfa]).filter(([, code]) => code));

{
  const program = new Program(binary, path.join(folder, "sample"));
  const archive = fs.readdirSync(path.join(sample, "police")).filter((one) => one.endsWith(".zip")).map((one) => path.join(sample, "police", one));
  const tally = counted(archive, where, slugs([["north-yorkshire", "North Yorkshire"], ["west-mercia", "West Mercia"]]));
  const { counts, rows } = tally;
  const months = [...counts.get("E23000009").keys()].sort();
  const site = await program.serve();
  await report.group("the sample, counted apart", async (group) => {
    group.equal("rows of the two forces", rows, 61779 + 111979);
    const all = [...everything(counts, months)];
    const whole = all.filter((question) => question.months.length > 1);
    const draw = drawer(9);
    const questions = long ? all : [...whole, ...Array.from({ length: 1500 - whole.length }, () => all[draw(all.length)])];
    await ask(group, site, tally, questions);
  });
  await report.group("LSOAs on the command line, counted apart", async (group) => {
    const lsoas = [...counts.keys()].filter((code) => code.startsWith("E01")).sort();
    const draw = drawer(90);
    for (let i = 0; i < (long ? 300 : 25); i += 1) {
      const area = lsoas[draw(lsoas.length)];
      const { code, out } = program.run(["figure", "crimes", "--area", area, "--from", months[0], "--to", months.at(-1), "--type", "crime", "--json"]);
      group.equal(area, [code, JSON.parse(out || "{}").value], [0, expected(counts, area, months, "crime")]);
    }
  });
  await site.stop();
}
if (long) {
  const archive = path.join(root, "../shared/data/police/police-2022-01-to-2022-11-17-forces.zip");
  if (fs.existsSync(archive)) {
    const program = new Program(binary, path.join(folder, "forces"));
    await report.group("seventeen forces are imported", async (group) => {
      for (const words of [["import", "geography", path.join(sample, "geography")], ["import", "police", archive]]) {
        const { code, error } = program.run(words, { timeout: 1_200_000 });
        group.equal(words.join(" "), [code, error.split("\n").filter((line) => /^error/i.test(line))], [0, []]);
      }
    });
    // Greater Manchester's one file holds Leicester's rows; British Transport Police and what has no area are not asked here.
    const forces = new Map();
    for (const { pfa, pfaName } of where.above.values()) {
      if (pfaName !== "Greater Manchester" && pfaName) forces.set(pfaName === "London, City of" ? "city-of-london" : slugOf(pfaName).replaceAll(/[^a-z]+/g, "-"), pfa);
    }
    const tally = counted([archive], where, forces);
    const { counts } = tally;
    const months = [...new Set([...counts.values()].flatMap((one) => [...one.keys()]))].sort();
    const site = await program.serve([]);
    await report.group("seventeen forces, counted apart", async (group) => {
      const all = [...everything(counts, months)];
      const draw = drawer(17);
      await ask(group, site, tally, Array.from({ length: 12_000 }, () => all[draw(all.length)]));
    });
    await site.stop();
  } else {
    report.skipped += 1;
    console.log("SKIPPED seventeen forces: ../shared/data/police is not there");
  }
}
process.exit(report.close());
