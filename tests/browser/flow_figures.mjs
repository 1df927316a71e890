// A figure from a page to its working, as JSON, on the command line, as rows, and frozen.
import { tab } from "./browser.mjs";
import { parsedCsv } from "../e2e/support/csv.mjs";
import { cookieOf } from "./walk.mjs";

const kindOf = (href) => /\/figures\/([^/?]+)/.exec(href)[1];

export async function figures(report, contexts, site, program) {
  await report.group("figures open their working", async (group) => {
    const context = contexts.get("analyst");
    const page = await tab(context);
    await page.goto("/areas/E22000368/crime?from=2022-01&to=2022-11");
    group.includes("a page's address that names no type leads to the one of every row", page.url(), /[?&]type=all(&|$)/);
    const lead = await page.locator("main .govuk-body-l").first().innerText();
    group.includes("both figures lead", lead, "20,496 crimes and 4,832 anti-social behaviour incidents");
    group.includes("the rate says over how many months", lead, /[\d.]+ crimes and incidents per 1,000 residents, over 11 months/);
    const main = await page.locator("main").innerText();
    group.includes("the official count stands beside it", main, /The official count, ONS Table C2: 19,210 \(/);
    group.equal("that months may be revised is said once", main.split("Figures of recent months may be revised").length, 2);
    const links = await page.$$eval("a.tithing-figure", (all) => all.map((a) => ({ href: a.getAttribute("href"), text: a.textContent.trim() })));
    const kinds = new Map();
    for (const link of links) if (!kinds.has(kindOf(link.href))) kinds.set(kindOf(link.href), link);
    group.check("a profile has figures of many kinds", kinds.size >= 5, [...kinds.keys()].join(", "));
    const without = await page.$$eval("#types td.govuk-table__cell--numeric, #comparison-force td.govuk-table__cell--numeric", (cells) =>
      cells.filter((cell) => /\d/.test(cell.textContent) && !cell.querySelector("a.tithing-figure")).map((cell) => cell.closest("tr").textContent.trim().slice(0, 80)));
    group.equal("every number of its tables is a link", without, []);
    for (const [kind, link] of kinds) {
      await page.goto(link.href);
      group.equal(`${kind}: its working shows the same value`, (await page.locator(".tithing-working__value strong").innerText()).trim(), link.text);
      group.includes(`${kind}: says how it came about`, await page.locator("main").innerText(), "How it came about");
      const json = await page.getByRole("link", { name: "The same as JSON" }).getAttribute("href");
      const answer = await (await fetch(site.origin + json, { headers: { Cookie: await cookieOf(context) } })).json();
      const options = [...new URL(json, site.origin).searchParams].flatMap(([name, value]) => [`--${name}`, value]);
      const told = program.run(["figure", kind, ...options, "--json"]);
      if (!group.equal(`${kind}: the command line answers`, [told.code, told.error.split("\n").filter((line) => line.startsWith("tithing:"))], [0, []])) continue;
      const printed = JSON.parse(told.out);
      group.equal(`${kind}: the command line says the same value`, printed.value, answer.value);
      group.equal(`${kind}: and the same formula`, printed.working.formula, answer.working.formula);
      group.equal(`${kind}: and the same in every part`, printed, answer);
    }
    group.equal("no complaint in the console", page.complaints, []);
    await page.close();
  });

  await report.group("figures down to files and rows", async (group) => {
    const context = contexts.get("analyst");
    const page = await tab(context);
    await page.goto("/figures/rate?area=E22000368&from=2022-01&to=2022-11");
    group.includes("an address that names no type leads to the one of every row", page.url(), /[?&]type=all(&|$)/);
    await page.locator("main table a.tithing-figure").first().click();
    await page.waitForURL(/figures\/crimes/);
    const count = Number((await page.locator(".tithing-working__value strong").innerText()).replaceAll(",", ""));
    group.equal("from the rate to the count in it", count, 25328);
    group.includes("the count names its files with their checksums", await page.locator("main").innerText(), /SHA-256 [0-9a-f]{64}/);
    await page.goto("/figures/crimes?area=E22000368&from=2022-11&to=2022-11&type=robbery");
    const robberies = Number((await page.locator(".tithing-working__value strong").innerText()).replaceAll(",", ""));
    const href = await page.getByRole("link", { name: "Download the rows (CSV)" }).getAttribute("href");
    const answer = await fetch(site.origin + href, { headers: { Cookie: await cookieOf(context) } });
    const rows = parsedCsv(await answer.text());
    group.equal("the rows behind a figure are as many as it says", rows.length - 1, robberies);
    group.check("and are of its type", rows.slice(1).every((row) => row.includes("Robbery")), JSON.stringify(rows[1]));
    const told = program.run(["figure", "crimes", "--area", "E22000368", "--from", "2022-11", "--to", "2022-11", "--type", "robbery", "--rows"]);
    group.equal("the command line gives the same rows", parsedCsv(told.out), rows);
    const refused = await fetch(site.origin + href, { redirect: "manual" });
    group.equal("the public does not get rows", refused.status, 303);
    await page.close();
  });

  await report.group("small numbers", async (group) => {
    const lsoas = "/areas/E22000368/crime/lsoas?type=robbery&from=2022-11&to=2022-11";
    const page = await tab(contexts.get("anonymous"));
    await page.goto(lsoas);
    const cells = await page.$$eval("#lsoas tbody tr", (rows) => rows.map((row) => [...row.cells].slice(2).map((cell) => cell.innerText.trim())));
    group.check("the list is there", cells.length > 10);
    const low = cells.flat().filter((text) => /^[1-4]$/.test(text));
    group.equal("the public sees no count from 1 to 4", low, []);
    group.check("but reads that there are fewer than 5", cells.flat().some((text) => text.includes("fewer than 5")));
    const csv = parsedCsv(await (await fetch(site.origin + lsoas.replace("lsoas?", "lsoas.csv?"))).text());
    group.check("nor in the CSV", !csv.slice(1).some((row) => row.slice(2).some((text) => /^[1-4]$/.test(text))));
    const open = await tab(contexts.get("analyst"));
    await open.goto(lsoas);
    const seen = await open.$$eval("#lsoas tbody tr", (rows) => rows.map((row) => row.cells[2].innerText.trim()));
    group.check("an analyst sees them", seen.some((text) => /^[1-4]$/.test(text)), seen.slice(0, 10).join(" "));
    await page.close();
    await open.close();
  });
}

// Freezes a figure as a person does, without script, and answers the address of the frozen one.
export async function freeze(report, contexts, address) {
  let frozen = "";
  await report.group("freezing a figure, without script", async (group) => {
    const page = await tab(contexts.get("analyst"));
    await page.goto(address);
    await page.getByRole("button", { name: "Freeze this figure" }).click();
    group.includes("a reason is asked for", await page.locator(".govuk-error-summary").innerText(), /\w/);
    group.check("the title begins with Error", (await page.title()).startsWith("Error: "), await page.title());
    await page.fill("#reason", "Strategic assessment <2023>, chapter 2");
    await page.getByRole("button", { name: "Freeze this figure" }).click();
    await page.waitForURL(/\/figures\/frozen\/\d+/);
    frozen = new URL(page.url()).pathname;
    const text = await page.locator("main").innerText();
    group.includes("the frozen figure is shown", text, "42,954");
    group.includes("with what it is for", text, "Strategic assessment <2023>, chapter 2");
    group.includes("with what it would be today", text, "As it would be today");
    group.includes("and that nothing differs", text, "It does not");
    await page.goto("/figures/frozen");
    group.includes("it stands in the list", await page.locator("main table").innerText(), "42,954");
    await page.goto(address);
    group.includes("and in the history of the figure", await page.locator("main").innerText(), "Frozen at 42,954");
    const other = await tab(contexts.get("panel-member"));
    await other.goto(frozen);
    group.includes("others who are signed in can open it", await other.locator("main").innerText(), "42,954");
    await other.goto(address);
    group.equal("who may not freeze is not offered it", await other.getByRole("button", { name: "Freeze this figure" }).count(), 0);
    await other.close();
    await page.close();
  });
  return frozen;
}
