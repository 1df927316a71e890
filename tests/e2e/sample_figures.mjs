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
