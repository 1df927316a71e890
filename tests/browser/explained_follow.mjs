// Figures that the pages showed, followed to their end: the working's value is the number on the page, the API says the same,
// each input works out to itself, rows are as many as were counted, and each working ends at a file that is kept (its checksum
// is that of the kept bytes), a fact with its paper or a person's entry, or at a constant of the formula.
import crypto from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { parsedCsv } from "../e2e/support/csv.mjs";
import { cookieOf } from "./walk.mjs";

// A difference says its sign on a page; the figure's own text has none where it rises.
const same = (text) => text?.replace(/^\+/, "");
const mostInASample = 70;

// One of each kind, with each sort of part, in each room; then as many as fit.
export function sampleOf(figures, all) {
  if (all) return figures;
  const kinds = new Map();
  const rest = [];
  for (const one of figures) {
    const url = new URL(one.href, "http://here");
    const shape = `${url.pathname} ${(url.searchParams.get("part") ?? "").replace(/\d+/g, "n")}`;
    if (!kinds.has(shape)) kinds.set(shape, one);
    else rest.push(one);
  }
  return [...kinds.values(), ...rest.filter((_, i) => i % Math.max(1, Math.ceil(rest.length / 20)) === 0)].slice(0, mostInASample);
}

// The leaves of a working that are no end, as texts: what is wrong and where.
export function looseEnds(figure, where = "") {
  const out = [];
  const title = figure.working.title;
  const inputs = figure.working.inputs;
  for (const [i, input] of inputs.entries()) {
    const way = `${where}${where ? "." : ""}${i + 1}`;
    const said = `${way} (${title}: ${input.label || input.symbol || ""})`;
    if (input.figure) out.push(...looseEnds(input.figure, way));
    if (input.source) {
      const source = input.source;
      if (source.file !== undefined && !/^[0-9a-f]{64}$/.test(source.sha256 ?? "")) out.push(`${said}: the file ${source.file} has no checksum`);
      if (source.paper !== undefined && (!source.paragraph || !source.url)) out.push(`${said}: the paper ${source.paper} without paragraph or page of the fact`);
      if (source.entry !== undefined && (!source.entered_by || !source.entered_at)) out.push(`${said}: an entry without who or when`);
    } else if (!input.figure && /\d/.test(input.given) && !["constant", "chosen", "derived", "words"].includes(input.leaf)) {
      out.push(`${said}: the given value ${input.given} ends at nothing`);
    }
  }
  // A figure that stands in a working by its address alone is followed by that address.
  if (inputs.length === 0 && figure.value !== null && !(where && /[?&]/.test(figure.address))) out.push(`${where || "the figure"} (${title}): nothing stands below it`);
  return out;
}

// Every end of a working, each once.
function endsOf(figure, into = new Map()) {
  for (const input of figure.working.inputs) {
    if (input.figure) endsOf(input.figure, into);
    if (input.source) into.set(JSON.stringify(input.source), input.source);
  }
  return into;
}

function reaches(figure) {
  return figure.working.inputs.some((input) => input.source || ["constant", "chosen"].includes(input.leaf) || (input.figure && reaches(input.figure)));
}

// Every kind of figure with the examples of its own description, and one that a page showed: nothing below it is loose.
export async function everyKindEnds(report, contexts, site, figures, options) {
  await report.group("every kind of figure ends at something kept", async (group) => {
    const cookie = await cookieOf(contexts.get("analyst"));
    const get = async (where) => {
      const answer = await fetch(`${site.origin}/api/v1${where}`, { headers: { Cookie: cookie } });
      return answer.status === 200 ? answer.json() : null;
    };
    const { paths } = await (await fetch(`${site.origin}/api/v1/openapi.json`)).json();
    for (const [route, { get: asked }] of Object.entries(paths)) {
      const kind = route.split("/").pop();
      const query = new URLSearchParams(asked.parameters.filter((one) => one.name !== "part" && (one.required || one.name === "area")).map((one) => [one.name, one.example]));
      // A later period of the example begins after the earlier one.
      if (query.has("base-to")) query.set("from", "2022-06");
      if (query.has("compare")) query.set("compare", "E22000332,E22000333");
      const shown = [...figures.values()].filter((one) => one.href.startsWith(`/figures/${kind}?`)).map((one) => one.href);
      const unlike = new Map(shown.map((href) => [[...new URL(href, site.origin).searchParams].map(([name, value]) => (["of", "part"].includes(name) ? `${name}=${value.replace(/\d+/g, "n")}` : name)).join("&"), href]));
      let asked_for = 0;
      for (const where of [`/figures/${kind}?${query}`, ...[...unlike.values()].slice(0, options.all ? 40 : 4)]) {
        const figure = await get(where);
        if (!figure) continue;
        asked_for += 1;
        group.equal(`${where}: it ends at files, facts, entries or constants`, looseEnds(figure).slice(0, 3), []);
      }
      group.check(`${kind}: there is one to ask for`, asked_for > 0, `The example of its description does not answer (${query}), and no page shows one.`);
    }
  });
}

export async function followFigures(report, contexts, site, figures, options) {
  await report.group("figures lead to their end", async (group) => {
    const cookies = new Map();
    for (const [who, context] of contexts) cookies.set(who, await cookieOf(context));
    const get = (where, who) => fetch(site.origin + where, { headers: { Cookie: cookies.get(who), Accept: "text/html" }, redirect: "manual" });
    const answers = new Map();
    const json = async (where, who) => {
      const key = `${who} ${where}`;
      if (!answers.has(key)) {
        const answer = await get(`/api/v1${where}`, who);
        answers.set(key, answer.status === 200 ? await answer.json() : { status: answer.status });
      }
      return answers.get(key);
    };
    const kept = new Map(); // checksum -> whether the bytes of that checksum are kept
    let inputs = 0, rowsCounted = 0;
    const chosen = sampleOf([...figures.values()], options.all);
    for (const one of chosen) {
      const name = `${one.href} (${one.from} as ${one.who})`;
      const page = await get(one.href, one.who);
      if (!group.equal(`${name}: its page answers`, page.status, 200)) continue;
      const shown = /class="tithing-working__value"><strong>([^<]*)<\/strong>/.exec(await page.text())?.[1].replaceAll("&#39;", "'").replaceAll("&amp;", "&");
      group.equal(`${name}: the working shows the number of the page`, same(shown), same(one.text));
      const figure = await json(one.href, one.who);
      if (!group.equal(`${name}: the API shows it too`, same(figure.text), same(one.text))) continue;
      // Each input, asked for by its own address, is what the working says.
      const address = new URL(one.href, site.origin);
      for (const [i, input] of figure.working.inputs.entries()) {
        const own = input.figure?.address || input.address;
        if (!own || own === "/figures/") continue;
        if (!options.all && inputs > 400) break;
        inputs += 1;
        const again = await json(own, one.who);
        group.equal(`${name}: input ${i + 1} (${own}) works out to itself`, [again.text, again.value], [input.figure?.text ?? input.given, input.figure ? input.figure.value : again.value]);
      }
      group.equal(`${name}: it ends at files, facts, entries or constants`, options.loose ? [] : looseEnds(figure).slice(0, 3), []);
      // Rows are for those who are signed in, and so is a count that is withheld from the public.
      if (figure.kind_of_unit === "count" && !address.searchParams.has("part") && (options.all || rowsCounted < 8)) {
        const counted = await json(one.href, "analyst");
        const answer = counted.value !== null && counted.value < 3000 ? await get(`${address.pathname}/rows.csv${address.search}`, "analyst") : { status: 0 };
        if (answer.status === 200) {
          rowsCounted += 1;
          group.equal(`${name}: its rows are as many`, parsedCsv(await answer.text()).length - 1, counted.value);
        }
      }
      for (const source of endsOf(figure).values()) {
        if (!source.sha256 || kept.has(source.sha256)) continue;
        const where = path.join(site.data, "originals", source.sha256.slice(0, 2), source.sha256);
        let found = fs.existsSync(where) && crypto.createHash("sha256").update(fs.readFileSync(where)).digest("hex") === source.sha256;
        if (!found && source.url) {
          const answer = await get(source.url, one.who);
          const bytes = Buffer.from(await answer.arrayBuffer());
          // The bytes themselves, or the page of the file, which names its checksum.
          found = answer.status === 200 && (crypto.createHash("sha256").update(bytes).digest("hex") === source.sha256 || bytes.includes(source.sha256));
        }
        kept.set(source.sha256, found);
        group.check(`${name}: ${source.file ?? source.paper} is kept under its checksum ${source.sha256.slice(0, 12)}`, found, source.url ?? "It has no page.");
      }
    }
    console.log(`  ${chosen.length} of ${figures.size} figures followed, ${inputs} inputs worked out again, ${rowsCounted} counted by their rows, ${kept.size} files looked for`);
  });
}
