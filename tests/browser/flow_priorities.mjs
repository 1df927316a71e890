// Priorities from the first score to the closed exercise, without script. Gives the addresses of what was made.
import { tab } from "./browser.mjs";

const pathname = (page) => new URL(page.url()).pathname;

async function begin(page, title) {
  await page.goto("/priorities/new?area=E22000372");
  await page.fill("#title", title);
  for (const number of [3, 4, 5, 6, 7]) await page.fill(`#criterion-${number}`, "");
  await page.check("input[value=burglary]");
  await page.fill("#others", "Domestic abuse");
  await page.getByRole("button", { name: "Begin the exercise" }).click();
  return pathname(page);
}

async function score(page, exercise, values) {
  await page.goto(`${exercise}/score`);
  for (const [volume, harm] of values) {
    await page.selectOption("#value-volume", String(volume));
    await page.fill("#reason-volume", "As counted.");
    await page.selectOption("#value-harm", String(harm));
    await page.fill("#reason-harm", "As told by those who were harmed.");
    await page.getByRole("button", { name: "Save your scores" }).click();
  }
}

async function goOn(page, exercise, move, reason) {
  await page.goto(exercise);
  const form = page.locator(`form:has(input[name=move][value=${move}])`);
  await page.locator("details", { has: form }).locator("summary").click();
  await form.locator("textarea").fill(reason);
  await form.getByRole("button").click();
}

export async function priorities(report, people) {
  const found = {};
  await report.group("lists and priorities: imported, scored, moderated, closed", async (group) => {
    const manager = await tab(people.get("manager.north-yorkshire"));
    const analyst = await tab(people.get("analyst"));

    await analyst.goto("/priorities/harm/import");
    await analyst.fill("#name", "Test weights");
    await analyst.fill("#version", "1");
    await analyst.fill("#publisher", "This test");
    await analyst.fill("#list", "offence,weight,crime_type\nA,2,burglary\nB,-8,burglary");
    await analyst.getByRole("button", { name: "Import" }).click();
    group.includes("a weight below nought is refused by its line", await analyst.locator(".govuk-error-summary").innerText(), "Line 3");
    group.includes("what was pasted comes back", await analyst.inputValue("#list"), "A,2,burglary");
    await analyst.fill("#list", "offence,weight,crime_type,share\nA,2,burglary,0.5\nB,8,burglary,0.5");
    await analyst.getByRole("button", { name: "Import" }).click();
    group.includes("what it would change is shown before it does", await analyst.locator("h1").innerText(), "would change");
    await analyst.getByRole("button", { name: "Import" }).click();
    found.harm = pathname(analyst);
    group.includes("a list is imported", found.harm, /^\/priorities\/harm\/\d+$/);

    await analyst.goto("/priorities/themes/import");
    await analyst.fill("#name", "Test themes");
    await analyst.fill("#version", "1");
    await analyst.fill("#publisher", "This test");
    await analyst.fill("#list", "theme,since,crime_type\nAcquisitive crime,2026-04-01,burglary\nAcquisitive crime,2026-04-01,robbery\nDomestic abuse,,");
    await analyst.getByRole("button", { name: "Import" }).click();
    await analyst.getByRole("button", { name: "Import" }).click();
    found.themes = pathname(analyst);
    group.equal("a theme stands once, with its crime types", await analyst.locator("#themes tbody tr").count(), 2);

    await analyst.goto("/comparison/lists/import");
    await analyst.check("input[value=similar]");
    await analyst.fill("#name", "Test list");
    await analyst.fill("#version", "1");
    await analyst.fill("#publisher", "This test");
    await analyst.fill("#list", "area,similar\nE22000368,E22000372\nE22000368,E0");
    await analyst.getByRole("button", { name: "Import" }).click();
    group.includes("an area that there is not is refused by its line", await analyst.locator(".govuk-error-summary").innerText(), "Line 3");
    await analyst.fill("#list", "area,similar\nE22000368,E22000372\nE22000368,E22000371");
    await analyst.getByRole("button", { name: "Import" }).click();
    group.includes("what it would change is shown before it does", await analyst.locator("h1").innerText(), "would change");
    await analyst.getByRole("button", { name: "Import" }).click();
    found.list = pathname(analyst);
    await analyst.goto(`/areas/E22000368/analysis/comparison?list=${found.list.split("/").pop()}`);
    group.equal("the areas of the list and its own", await analyst.locator("#similar tbody tr").count(), 3);

    found.closed = await begin(manager, "What comes first");
    await score(manager, found.closed, [[1, 2], [3, 4]]);
    group.equal("after the last one the whole comes", pathname(manager), found.closed);
    await analyst.goto(found.closed);
    group.includes("nobody sees another's scores before the scoring ends", await analyst.locator("main").innerText(), "You have given no score yet");
    await score(analyst, found.closed, [[3, 2], [1, 4]]);
    await goOn(manager, found.closed, "end-scoring", "A test of the site.");
    const order = await manager.locator("#matrix tbody tr").allInnerTexts();
    group.equal("both are in the order", order.length, 2);
    group.includes("the means are shown with how far they lie apart", order[0], "from 1 to 3");
    await manager.goto(`${found.closed}/moderate?item=burglary`);
    await manager.selectOption("#value-volume", "4");
    await manager.fill("#reason-volume", "Agreed.");
    await manager.getByRole("button", { name: "Save what was agreed" }).click();
    await goOn(manager, found.closed, "close", "Agreed by a test.");
    const visitor = await tab(people.get("anonymous"));
    await visitor.goto(found.closed);
    group.includes("closed, it is open to everybody", await visitor.locator("#matrix").innerText(), "agreed");
    await visitor.locator("#matrix a.tithing-figure, #matrix a").first().click();
    group.includes("and a score opens its working", await visitor.locator("main").innerText(), "sum(w x v) / sum(w)");
    await visitor.goto(`${found.closed}?w-1=1&w-2=0`);
    group.includes("other weights can be tried", await visitor.locator("main").innerText(), "Nothing is saved");
    await visitor.goto("/priorities/1");
    group.includes("what is being scored is not", await visitor.locator("h1").innerText(), /./);

    found.moderated = await begin(manager, "What else");
    await score(manager, found.moderated, [[1, 1], [2, 2]]);
    await goOn(manager, found.moderated, "end-scoring", "A test of the site.");
    for (const page of [manager, analyst, visitor]) await page.close();
  });
  return found;
}
