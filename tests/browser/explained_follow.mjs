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

// The page of an entry is for those who may know who made it; where the name is kept back, so is the address.
// Whether something that is kept stands below an input or a figure: a file, a fact, an entry, or what was set or is fixed.
// The program is nobody: what it enters has a paper or a file, or says that it was constructed, for what and by whom.
const nobody = /^(system|nobody|the program\b.*|the demonstration\b.*|)$/i;
const entered = (source) => !nobody.test(source.entered_by ?? "") && /^\d{4}-\d\d-\d\d/.test(source.entered_at ?? "") && Boolean(source.url || /whose/.test(source.entered_by));
const kept = (source) => (source.file !== undefined ? /^[0-9a-f]{64}$/.test(source.sha256 ?? "")
  : source.paper !== undefined ? Boolean(source.paragraph && source.url)
    : source.constructed !== undefined ? /^Constructed for the demonstration\b/.test(source.constructed) && Boolean(source.constructed_by && source.url)
      : source.entry !== undefined ? entered(source) : false);
const byAddress = (figure) => figure.working.inputs.length === 0 && /[?&]/.test(figure.address);
function reaches(figure, below = false) {
  if (below && byAddress(figure)) return true; // followed by that address
  return figure.working.inputs.some((input) => (input.source ? kept(input.source) : input.figure ? reaches(input.figure, true) : ["constant", "chosen"].includes(input.leaf)));
}

// The inputs of a working that are no end, as texts: what is wrong and where. `parametersOf` says which parameters a kind has.
// Nothing is taken on its own word: a constant cites, what was chosen names its parameter, and what was worked out on the way
// stands in a working beside a figure or a source that leads to an end.
export function looseEnds(figure, parametersOf, where = "", kind = "") {
  const out = [];
  const { title, inputs } = figure.working;
  const own = /^\/figures\/([^?/]+)/.exec(figure.address)?.[1] || kind;
  const rests = inputs.some((input) => (input.source ? kept(input.source) : input.figure && reaches(input.figure, true)));
  for (const [i, input] of inputs.entries()) {
    const way = `${where}${where ? "." : ""}${i + 1}`;
    const said = `${way} (${title}: ${input.label || input.symbol || ""})`;
    if (input.figure) {
      out.push(...looseEnds(input.figure, parametersOf, way, own));
    } else if (input.source) {
      const { source } = input;
      if (kept(source)) continue;
      if (source.file !== undefined) out.push(`${said}: the file ${source.file} has no checksum`);
      else if (source.paper !== undefined) out.push(`${said}: the paper ${source.paper} without paragraph or page of the fact`);
      else if (source.constructed !== undefined) out.push(`${said}: ${source.constructed} was constructed, and does not say for what, by whom or where`);
      else if (source.entry !== undefined) out.push(`${said}: the entry ${source.entry} by ${source.entered_by || "nobody"}, who is no person or post, or without when or page`);
      else out.push(`${said}: a source that is neither file, paper nor entry`);
    } else if (input.leaf === "constant") {
      if (!input.cited) out.push(`${said}: the constant ${input.given} cites nothing`);
    } else if (input.leaf === "chosen") {
      const names = (input.parameter ?? "").split("|").filter(Boolean);
      const known = parametersOf(own);
      if (names.length === 0 || !names.every((name) => known.includes(name))) out.push(`${said}: ${input.given} was chosen by ${input.parameter || "nothing"}, which is no parameter of ${own}`);
    } else if (input.leaf === "derived") {
      if (!rests) out.push(`${said}: ${input.given} was worked out, and nothing that ends stands beside it`);
    } else if (input.leaf === "words") {
      if (/\d/.test(input.given)) out.push(`${said}: words with a number in them, ${input.given}`);
    } else if (input.leaf === "name") {
      if (/^[-+£]*\d[\d,.]*%?$/.test(input.given)) out.push(`${said}: the number ${input.given} is given as a name`);
    } else if (/\d/.test(input.given ?? "")) {
      out.push(`${said}: the given value ${input.given} ends at nothing`);
    }
  }
  if (figure.value !== null && !(where && byAddress(figure)) && (inputs.length === 0 || !reaches(figure)))
    out.push(`${where || "the figure"} (${title}): nothing that is kept stands below it`);
  return out;
}

// The walk itself is tried: what must not count as an end does not.
export async function nobodyIsNoEnd(report) {
  await report.group("the program's own entries are no end of a working", async (group) => {
    const at = "2026-11-22T10:00:00Z", url = "/funding/pots/1";
    const loose = (source) => looseEnds({ address: "/figures/pot?of=known", value: 1, working: { title: "A pot", inputs: [{ label: "fund", given: "1", source }] } }, () => []).length > 0;
    for (const by of ["system", "the program, with its demonstration", "the program, with which it came", "nobody", ""])
      group.check(`an entry by "${by}" is refused`, loose({ entry: "The pot", entered_by: by, entered_at: at, url }), "It was taken for an end.");
    group.check("an entry without its time is refused", loose({ entry: "The pot", entered_by: "E. Reed", url }), "It was taken for an end.");
    group.check("what was constructed without saying by whom is refused", loose({ constructed: "Constructed for the demonstration: the pot", url }), "It was taken for an end.");
    group.check("what does not say that it was constructed for the demonstration is refused", loose({ constructed: "The pot", constructed_by: "the authors", url }), "It was taken for an end.");
    group.check("a person's entry is an end", !loose({ entry: "The pot", entered_by: "E. Reed", entered_at: at, url }), "It was refused.");
    group.check("a fact with its paper is an end", !loose({ paper: "A paper", paragraph: "Table 1", url }), "It was refused.");
    group.check("what was constructed for the demonstration is an end", !loose({ constructed: "Constructed for the demonstration: the pot", constructed_by: "the authors", url }), "It was refused.");
  });
}

// Every end of a working, each once.
function endsOf(figure, into = new Map()) {
  for (const input of figure.working.inputs) {
    if (input.figure) endsOf(input.figure, into);
    if (input.source) into.set(JSON.stringify(input.source), input.source);
  }
  return into;
}

// Figures that stand in a working by their address alone.
function pointersOf(figure, into = new Set(), below = false) {
  if (below && byAddress(figure)) into.add(figure.address);
  for (const input of figure.working.inputs) if (input.figure) pointersOf(input.figure, into, true);
  return into;
}

// Whether what a source names is there: bytes of that checksum, or a page that names it; of a fact or an entry its page.
function finder(site, get) {
  const known = new Map();
  return async (source, who) => {
    const key = source.sha256 || source.url;
    if (!known.has(key)) {
      const where = source.sha256 && path.join(site.data, "originals", source.sha256.slice(0, 2), source.sha256);
      let found = Boolean(where) && fs.existsSync(where) && crypto.createHash("sha256").update(fs.readFileSync(where)).digest("hex") === source.sha256;
      // Whether it is there, not whether everybody may open it.
      if (!found && source.url) {
        let answer = await get(source.url, who);
        if (answer.status !== 200) answer = await get(source.url, "administrator");
        if (answer.status !== 200) answer = await get(source.url, "analyst");
        const bytes = Buffer.from(await answer.arrayBuffer());
        // The bytes themselves, or the page of the file, which names its checksum.
        found = answer.status === 200 && (!source.sha256 || crypto.createHash("sha256").update(bytes).digest("hex") === source.sha256 || bytes.includes(source.sha256));
      }
      known.set(key, found);
    }
    return known.get(key);
  };
}

async function parametersByKind(site) {
  const { paths } = await (await fetch(`${site.origin}/api/v1/openapi.json`)).json();
  const kinds = new Map(Object.entries(paths).filter(([route]) => route.includes("/figures/")).map(([route, { get: asked }]) => [route.split("/").pop(), asked.parameters]));
  return { kinds, parametersOf: (kind) => (kinds.get(kind) ?? []).map((one) => one.name) };
}

// Every kind of figure: the example of its own description and all that the pages showed (in a sample, four of unlike
// shape). How many of each end at something kept is printed, and those that do not are listed one by one: none may.
export async function everyKindEnds(report, contexts, site, figures, options) {
  await report.group("every kind of figure ends at something kept", async (group) => {
    const cookies = new Map();
    for (const [who, context] of contexts) cookies.set(who, await cookieOf(context));
    const get = (where, who) => fetch(site.origin + where, { headers: { Cookie: cookies.get(who ?? "analyst"), Accept: "text/html" }, redirect: "manual" });
    const ask = async (where, who) => {
      const answer = await get(`/api/v1${where}`, who);
      return answer.status === 200 ? answer.json() : null;
    };
    const { kinds, parametersOf } = await parametersByKind(site);
    const there = finder(site, get);
    const table = [], seen = new Set();
    let sources = 0;
    for (const [kind, parameters] of kinds) {
      const query = new URLSearchParams(parameters.filter((one) => one.name !== "part" && (one.required || one.name === "area")).map((one) => [one.name, one.example]));
      // A later period of the example begins after the earlier one.
      if (query.has("base-to")) query.set("from", "2022-06");
      if (query.has("compare")) query.set("compare", "E22000332,E22000333");
      const shown = [...figures.values()].filter((one) => one.href.startsWith(`/figures/${kind}?`));
      const unlike = new Map(shown.map((one) => [[...new URL(one.href, site.origin).searchParams].map(([name, value]) => (["of", "part"].includes(name) ? `${name}=${value.replace(/\d+/g, "n")}` : name)).join("&"), one]));
      const waiting = [{ href: `/figures/${kind}?${query}`, who: "analyst" }, ...(options.all ? shown : [...unlike.values()].slice(0, 4))];
      let asked = 0, ended = 0;
      while (waiting.length > 0) {
        const { href, who } = waiting.shift();
        if (seen.has(href)) continue;
        seen.add(href);
        const figure = await ask(href, who);
        if (!figure) continue;
        asked += 1;
        const loose = options.loose ? [] : looseEnds(figure, parametersOf);
        // Who is not signed in is not told the page of an entry: it is looked for as somebody who is.
        const open = who === "analyst" ? figure : ((await ask(href, "analyst")) ?? figure);
        for (const source of endsOf(open).values()) {
          if (!kept(source)) continue; // said above
          sources += 1;
          if (!(await there(source, who))) loose.push(`${source.file ?? source.paper ?? source.entry} is not there: checksum ${source.sha256 ?? "none"}, page ${source.url ?? "none"}`);
        }
        if (loose.length === 0) ended += 1;
        group.equal(`${href}: it ends at files, facts, entries or what is set and cited`, loose.slice(0, 3), []);
        if (options.all || asked < 8) for (const address of pointersOf(figure)) waiting.push({ href: address, who });
      }
      table.push(`${kind} ${ended} of ${asked}`);
      group.check(`${kind}: there is one to ask for`, asked > 0, `The example of its description does not answer (${query}), and no page shows one.`);
    }
    console.log(`  figures that end at something kept: ${table.join(", ")}; ${sources} sources looked for`);
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
    const { parametersOf } = await parametersByKind(site);
    const there = finder(site, get);
    const looked = new Set();
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
      group.equal(`${name}: it ends at files, facts, entries or constants`, options.loose ? [] : looseEnds(figure, parametersOf).slice(0, 3), []);
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
        if (!source.sha256 || looked.has(source.sha256)) continue;
        looked.add(source.sha256);
        const found = await there(source, one.who);
        group.check(`${name}: ${source.file ?? source.paper} is kept under its checksum ${source.sha256.slice(0, 12)}`, found, source.url ?? "It has no page.");
      }
    }
    console.log(`  ${chosen.length} of ${figures.size} figures followed, ${inputs} inputs worked out again, ${rowsCounted} counted by their rows, ${looked.size} files looked for`);
  });
}
