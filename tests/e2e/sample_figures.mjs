// The figures of the sample, counted apart from the program (issue 2), on the command line and through the API.
import { sentence } from "./support/state.mjs";

const year = ["--from", "2022-01", "--to", "2022-11"];

export async function sampleFigures(report, program) {
  await report.group("figures of the sample on the command line", async (group) => {
    const ask = (kind, ...options) => {
      const { code, out, error } = program.run(["figure", kind, ...options, "--json"]);
      if (!group.equal(`figure ${kind} ${options.join(" ")}: answers`, [code, sentence(error)], [0, ""])) return {};
      return JSON.parse(out);
    };
    for (const [area, name, expected] of [
      ["E23000009", "North Yorkshire, the force", 61779],
      ["E22000372", "North Yorkshire, the partnership", 42954],
      ["E22000371", "City of York", 18303],
      ["E23000016", "West Mercia, the force", 111979],
      ["E22000368", "North Worcestershire", 25328],
    ]) {
      const figure = ask("crimes", "--area", area, ...year);
      group.equal(`${name}: value`, figure.value, expected);
      group.check(`${name}: unit`, /crime/i.test(figure.unit ?? ""), figure.unit);
      group.equal(`${name}: coverage`, [figure.coverage?.expected, figure.coverage?.present, figure.coverage?.complete], [11, 11, true]);
      group.check(`${name}: names a file with its checksum`, /"sha256":"[0-9a-f]{64}"/.test(JSON.stringify(figure.working)));
      group.check(`${name}: a formula and words`, figure.working?.formula || figure.working?.in_words);
    }
    const whole = ask("crimes", "--area", "E23000009", ...year);
    group.includes("the force says how many rows have no place", JSON.stringify(whole), /\b321\b/);

    const crimes = ask("crimes", "--area", "E22000368", ...year);
    const rate = ask("rate", "--area", "E22000368", ...year);
    const inputs = (rate.working?.inputs ?? []).filter((input) => input.figure).map((input) => input.figure);
    const population = inputs.find((figure) => /population/.test(figure.address));
    group.equal("rate: its numerator is the count", inputs.find((figure) => /\/crimes\?/.test(figure.address))?.value, crimes.value);
    group.check("rate: the population is named with its year", /mid-20\d\d/i.test(JSON.stringify(population ?? {})), JSON.stringify(population ?? rate.working).slice(0, 400));
    group.check("rate: is the count per 1,000 of that population", Math.abs(rate.value - (crimes.value / population?.value) * 1000) < 1e-9, `${rate.value}, ${crimes.value}, ${population?.value}`);
    group.check("rate: unit", /1,000/.test(rate.unit ?? ""), rate.unit);

    // Recorded crimes and anti-social behaviour incidents, counted apart; together they are every row, as an address without
    // a type means.
    const [recorded, incidents, every] = ["crime", "anti-social-behaviour", "all"].map((type) => ask("crimes", "--area", "E22000368", ...year, "--type", type));
    group.equal("recorded crime, anti-social behaviour, both", [recorded.value, incidents.value, every.value], [20496, 4832, 25328]);
    group.equal("what each is a count of", [recorded.unit, incidents.unit, every.unit], ["crimes", "incidents", "crimes and incidents"]);
    group.equal("without a type it is every row, and its address says so", crimes, every);
    group.includes("the address names the type", crimes.address ?? "", "&type=all");

    const burglary = ask("crimes", "--area", "E22000368", ...year, "--type", "burglary");
    group.check("a type is a part of the whole", burglary.value > 0 && burglary.value < crimes.value, String(burglary.value));
    const months = ["01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11"].map((month) => ask("crimes", "--area", "E22000368", "--from", `2022-${month}`, "--to", `2022-${month}`).value);
    group.equal("the months add up", months.reduce((sum, value) => sum + value, 0), crimes.value);
    const districts = ["E07000234", "E07000236", "E07000239"].map((area) => ask("crimes", "--area", area, ...year).value);
    group.equal("Bromsgrove, Redditch and Wyre Forest add up to North Worcestershire", districts.reduce((sum, value) => sum + value, 0), crimes.value);
    // Crime of 2022 on Worcestershire's four partnerships of 1 January 2012, and on its two since 1 April 2012.
    const on = (day, areas) => areas.map((area) => ask("crimes", "--area", area, "--as-at", day, ...year).value);
    const four = on("2012-01-01", ["X-bromsgrove-csp", "X-redditch-csp", "X-wyre-forest-csp", "E22000332"]);
    group.equal("the four partnerships of 2012", four, [7013, 8349, 9966, 27517]);
    for (const day of ["2012-05-01", "2022-12-31"]) group.equal(`the two of ${day}`, on(day, ["E22000368", "E22000332"]), [25328, 27517]);
    group.equal("three of the four add up to the one that they became", four[0] + four[1] + four[2], crimes.value);
    const beyond = ask("crimes", "--area", "E22000368", "--from", "2022-01", "--to", "2022-12");
    group.equal("a month that is not there is missing, not zero", [beyond.coverage?.expected, beyond.coverage?.present, beyond.coverage?.complete, beyond.partial], [12, 11, false, true]);
    const absent = ask("crimes", "--area", "E22000099", ...year);
    group.check("an area whose force has no file is not known, with why", absent.value === null && absent.reason?.length > 10, JSON.stringify(absent).slice(0, 300));

    // Wards by best fit: York's add up to York; one that cuts through an old LSOA is not known in files of 2011, with what is.
    const york = JSON.parse(program.run(["area", "E06000014", "--json"]).out);
    group.equal("York has 21 wards", york.wards_by_best_fit?.length, 21);
    const wards = (york.wards_by_best_fit ?? []).map(({ code }) => ask("crimes", "--area", code, ...year).value);
    group.equal("York's wards add up to York", wards.reduce((sum, value) => sum + value, 0), 18303);
    const ward = ask("crimes", "--area", "E05015440", ...year);
    group.equal("a ward that cuts an old LSOA: not known", [ward.value, ward.coverage?.present], [null, 0]);
    group.includes("with why", ward.reason ?? "", /was split: files until May 2023 do not tell them apart/);
    const offered = (ward.working?.offers ?? []).map(({ address }) => address);
    group.check("with what can be asked", offered.length >= 1 && offered.every((address) => address.startsWith("/figures/crimes?")), JSON.stringify(offered));
    const completed = new URLSearchParams(offered[0]?.split("?")[1]).get("lsoas") ?? "";
    group.check("which is known", ask("crimes", "--lsoas", completed, ...year).value > 0, completed);
    // Two LSOAs of 2021 that were one: the whole's count together, and neither alone.
    const [bengeworth] = (ward.reason ?? "").match(/E01\d{6}/) ?? [];
    const half = ask("crimes", "--area", bengeworth, ...year);
    group.equal("a half is not known", half.value, null);
    group.check("the whole is", ask("crimes", "--area", new URLSearchParams(half.working?.offers?.[0]?.address.split("?")[1]).get("area"), ...year).value > 0, JSON.stringify(half.working?.offers));
    // A part is not the whole: of North Yorkshire only York's LSOAs have outlines.
    for (const kind of ["moran", "hot-spot-count", "scan-cluster"]) {
      const of = ask(kind, "--area", "E23000009", ...year);
      group.equal(`${kind} of North Yorkshire: not known`, of.value, null);
      group.includes(`${kind}: over which share`, of.reason ?? "", /120 of 493 LSOAs \(24\.3%\)/);
      group.equal(`${kind}: York is offered under its own title`, (of.working?.offers ?? []).map(({ text }) => text), ["120 of 493 LSOAs: City of York"]);
      group.check(`${kind} of York: known, with its extent`, /Over 120 of 120 LSOAs \(100\.0%\)/.test(JSON.stringify(ask(kind, "--area", "E22000371", ...year).working?.caveats)));
    }
    const refused = program.run(["analyse", "moran", "--area", "E23000009", ...year]);
    group.check("tithing analyse refuses it too", refused.code !== 0 && /120 of 493 LSOAs: City of York \(E22000371\)/.test(refused.error), refused.error);
    const all = ask("crimes", "--area", "E23000009", ...year, "--recorded-by", "all");
    group.includes("recorded-by=all says what it counts", all.working?.in_words ?? "", /Every row of North Yorkshire Police's street-level files, wherever it lies .* and the rows of every other imported force/);
    group.includes("the register knows the British Transport Police", program.run(["area", "btp"]).out, /police force without an area/);

    for (const [options, part] of [
      [["--area", "E99999999", ...year], /E99999999/],
      [["--area", "E22000368", "--from", "2022-13", "--to", "2022-11"], /month|2022-13/i],
      [["--area", "E22000368", "--from", "2022-11", "--to", "2022-01"], /before|after|order|later|earlier/i],
      [["--area", "E22000368", ...year, "--type", "sorcery"], /sorcery|crime type/i],
      [["--area", "E22000368", ...year, "--as-at", "yesterday"], /day|date/i],
    ]) {
      const { code, out, error } = program.run(["figure", "crimes", ...options, "--json"]);
      group.equal(`${options.join(" ")}: exit code`, code, 1);
      group.includes(`${options.join(" ")}: a sentence`, sentence(error), part);
      group.equal(`${options.join(" ")}: nothing else is printed`, out, "");
    }
  });
}

export async function apiIsTheCommandLine(report, program, site) {
  await report.group("addresses from before a type had to be named", async (group) => {
    const months = "from=2022-01&to=2022-11";
    for (const path of [`/figures/crimes?area=E22000368&${months}`, `/figures/rate?area=E22000368&${months}`, `/areas/E22000368/crime?${months}`,
      `/areas/E22000368/crime/lsoas?${months}`, `/areas/E22000368/analysis?${months}`, `/areas/E22000368/analysis/change?${months}`, `/areas/E22000368/analysis/comparison?${months}`]) {
      const answer = await fetch(site.origin + path, { redirect: "manual" });
      const to = new URL(answer.headers.get("location") ?? "/", site.origin);
      group.equal(`${path}: leads to every row`, [answer.status, to.pathname, to.searchParams.get("type"), to.searchParams.get("from")], [303, path.split("?")[0], "all", "2022-01"]);
      group.equal(`${path}: which is there`, (await fetch(to)).status, 200);
    }
    const asked = await (await fetch(`${site.origin}/api/v1/figures/crimes?area=E22000368&${months}`)).json();
    group.equal("the API keeps the value and says what it is", [asked.value, asked.address], [25328, "/figures/crimes?area=E22000368&from=2022-01&to=2022-11&type=all"]);
    const page = await (await fetch(`${site.origin}/areas/E22000368/crime?${months}&type=crime`)).text();
    const text = page.replace(/<[^>]*>/g, "").replace(/\s+/g, " ");
    group.includes("both figures lead a place's page", text, "20,496 crimes and 4,832 anti-social behaviour incidents");
    group.includes("widened limits are not called chance", text, /spread between the \d+ areas, which is wider than chance|within what chance allows/);
    group.includes("other months are no verdict", text, "no verdict, these are other months of the year");
    group.check("map points of July 2022 are told", text.includes("renewed its map points for July 2022"));
  });
  await report.group("API and command line say the same", async (group) => {
    const description = await (await fetch(`${site.origin}/api/v1/openapi.json`)).json();
    const documented = Object.keys(description.paths ?? {});
    group.includes("the OpenAPI document", description.openapi ?? "", /^3\./);
    for (const [kind, query] of [
      ["crimes", "area=E23000009&from=2022-01&to=2022-11"],
      ["crimes", "area=E22000368&from=2022-01&to=2022-11&type=burglary"],
      ["crimes", "area=E22000368&as-at=2017-06-01&from=2022-01&to=2022-11"],
      ["rate", "area=E22000371&from=2022-02&to=2022-11"],
      ["population", "area=E22000368&year=2022"],
      ["change", "area=E22000368&base-from=2022-01&base-to=2022-03&from=2022-09&to=2022-11"],
      ["rate-compared", "area=E22000368&from=2022-01&peers=all&to=2022-11"],
      ["monthly-mean", "area=E22000368&from=2022-01&to=2022-11"],
    ]) {
      const path = `/api/v1/figures/${kind}`;
      group.check(`${path} is documented`, documented.includes(path) || documented.some((one) => one.replace(/^\/api\/v1/, "") === `/figures/${kind}`), documented.join(" "));
      const answer = await fetch(`${site.origin}${path}?${query}`);
      const options = [...new URLSearchParams(query)].flatMap(([name, value]) => [`--${name}`, value]);
      const told = program.run(["figure", kind, ...options, "--json"]);
      group.equal(`${kind} ${query}: status and exit code`, [answer.status, told.code, sentence(told.error)], [200, 0, ""]);
      group.equal(`${kind} ${query}: the same bytes`, told.out.trimEnd(), (await answer.text()).trimEnd());
    }
    for (const [path, status] of [
      ["/api/v1/figures/crimes?area=E99999999&from=2022-01&to=2022-11", 404],
      ["/api/v1/figures/crimes", 400],
      ["/api/v1/figures/crimes?area=E22000368&from=2022-13", 400],
      ["/api/v1/figures/sorcery", 404],
      ["/api/v1/nothing", 404],
    ]) {
      const answer = await fetch(site.origin + path);
      const problem = await answer.json();
      group.equal(`${path}: status`, [answer.status, problem.status], [status, status]);
      group.includes(`${path}: is a problem document`, answer.headers.get("content-type"), "application/problem+json");
      group.check(`${path}: a sentence`, (problem.detail ?? "").length > 15, JSON.stringify(problem));
    }
  });
}
