// An analyst gives the program police files in the browser: the upload, its progress, what was refused, what was replaced.
// Answers the addresses of what came of it, for the walk.
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parsedCsv } from "../e2e/support/csv.mjs";
import { streetFile } from "../e2e/support/police.mjs";
import { zipOf } from "../e2e/support/zip.mjs";
import { tab } from "./browser.mjs";
import { inspection } from "./inspect.mjs";
import { cookieOf } from "./walk.mjs";

const testdata = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../src/slices/evidence/testdata");
const pathname = (page) => new URL(page.url()).pathname;

async function upload(page, name, content) {
  await page.goto("/evidence/import");
  await page.setInputFiles("input[type=file]", { name, mimeType: "text/csv", buffer: Buffer.from(content) });
  await page.getByRole("button", { name: "Upload and read" }).click();
}

// From the job that read the upload to what it would change, and on to the job that imports it.
async function answer(page, choose = async () => {}) {
  await page.waitForURL(/\/jobs\/\d+/);
  const state = await ended(page);
  if (state !== "Done") return state;
  // The job's page asks again by itself: a press that meets its reload is pressed again, as a person would. On a busy machine the
  // next page may come only after one has given up waiting for it: then there is no button any more, and no need of one.
  for (let press = 1; ; press += 1) {
    try {
      if (!pathname(page).startsWith("/evidence/import/check/")) await page.getByRole("button", { name: "See the result" }).click({ timeout: 10_000 });
      await page.waitForURL(/\/evidence\/import\/check\/[\w-]+/, { timeout: 15_000 });
      break;
    } catch (error) {
      if (press === 4) throw error;
    }
  }
  await choose(page);
  const check = pathname(page);
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await page.waitForURL(/\/jobs\/\d+/);
  return check;
}

// Waits until the job's page, asking again by itself, says how it ended.
async function ended(page) {
  await page.waitForFunction(() => /^(Done|Failed|Stopped)/.test(document.querySelector("[data-part=state]")?.innerText.trim() ?? ""), null, { timeout: 60_000 });
  return (await page.locator("[data-part=state]").innerText()).trim();
}

export async function evidence(report, contexts, silent, site, program) {
  const found = {};

  await report.group("upload of police files, with script", async (group) => {
    const page = await tab(contexts.get("analyst"));
    const months = ["2022-04", "2022-05", "2022-06", "2022-07", "2022-08", "2022-09"];
    await upload(page, "2022-09.zip", zipOf(months.map((month) => ({ name: `${month}/${month}-surrey-street.csv`, content: streetFile(month, 40_000) }))));
    await page.waitForURL(/\/jobs\/\d+/);
    group.equal("it is read first, and the page says so", await page.locator("h1").innerText(), "Reading of 2022-09.zip");
    group.equal("reading comes to its end while one looks", await ended(page), "Done");
    group.includes("and nothing is imported yet", await page.locator("[data-part=message]").innerText(), "Nothing is imported yet");
    await answer(page, async () => {
      group.includes("what it would change is shown", await page.locator("#changes").innerText(), "Surrey Police, July 2022");
      group.equal("markup of that page", (await page.evaluate(inspection)).problems, []);
    });
    const job = pathname(page);
    group.equal("the page of the job says what it is", await page.locator("h1").innerText(), "Import of 2022-09.zip");
    await page.reload();
    group.equal("a reload keeps it", [pathname(page), await page.locator("h1").innerText()], [job, "Import of 2022-09.zip"]);
    const other = await tab(contexts.get("analyst"));
    await other.goto("/jobs");
    group.includes("it is found again under My work under way", await other.locator("main table").innerText(), "Import of 2022-09.zip");
    await other.close();
    group.equal("it comes to its end while one looks", await ended(page), "Done");
    group.includes("and says what was done", await page.locator("[data-part=message]").innerText(), /6 files of Surrey Police.*240,000 rows accepted, 0 refused/);
    await page.reload();
    group.equal("that stays", (await page.locator("[data-part=state]").innerText()).trim(), "Done");
    await page.getByRole("button", { name: "See the result" }).click();
    await page.waitForURL(/\/evidence\/imports\/\d+/);
    group.includes("the result names the files", await page.locator("main table").innerText(), "2022-07-surrey-street.csv");
    const counted = await (await fetch(`${site.origin}/api/v1/figures/crimes?area=E23000031&from=2022-04&to=2022-09`)).json();
    group.equal("the figures have it at once", counted.value, 240_000);
    const home = await tab(contexts.get("anonymous"));
    await home.goto("/");
    group.includes("the first page shows the force", await home.locator("main table").innerText(), "Surrey");
    await home.close();
    group.equal("no complaint in the console", page.complaints, []);
    await page.close();
  });

  await report.group("upload of a file with rows that are refused, without script", async (group) => {
    const context = silent.get("analyst");
    const page = await tab(context);
    const lines = streetFile("2022-10", 300).trimEnd().split("\r\n");
    const wrong = ["only,three,columns", "x,2022-03,Surrey Police,Surrey Police,-0.5,51.2,=HYPERLINK(\"x\"),E01030501,Guildford 001A,Drugs,,"];
    await upload(page, "2022-10-surrey-street.csv", [...lines.slice(0, 100), wrong[0], ...lines.slice(100), wrong[1], ""].join("\r\n"));
    await answer(page);
    found.job = pathname(page);
    group.equal("the page asks again by itself until it is done", await ended(page), "Done");
    group.includes("it says what was refused", await page.locator("[data-part=message]").innerText(), /300 rows accepted, 2 refused/);
    await page.getByRole("button", { name: "See the result" }).click();
    found.import = pathname(page);
    await page.getByRole("link", { name: "2022-10-surrey-street.csv" }).click();
    found.source = pathname(page);
    group.includes("the file's page counts them", await page.locator("main").innerText(), /Rows refused\s+2/);
    const shown = await page.$$eval("#refused tbody tr", (rows) => rows.map((row) => [...row.cells].map((cell) => cell.innerText.trim())));
    group.equal("and shows each with its line", shown.map((row) => row[0]), ["101", "303"]);
    group.equal("as it stood", shown[0]?.[2], wrong[0]);
    const href = await page.locator("a[href$='refused.csv']").first().getAttribute("href");
    const csv = parsedCsv(await (await fetch(site.origin + href, { headers: { Cookie: await cookieOf(context) } })).text());
    group.equal("the download has the same", csv.slice(1).map((row) => [row[0], row[1], row[2].replace(/^'/, "")]), shown);
    group.equal("the public is not given refused rows", (await fetch(site.origin + href, { redirect: "manual" })).status, 303);
    const member = await tab(contexts.get("panel-member"));
    group.equal("nor who may not read rows", (await member.goto(found.source)).status() === 200 && (await member.locator("#refused").count()), 0);
    group.equal("not even by its address", (await fetch(site.origin + href, { headers: { Cookie: await cookieOf(contexts.get("panel-member")) } })).status, 403);
    await member.close();
    group.equal("no complaint", page.complaints, []);
    await page.close();
  });

  await report.group("uploads that are wrong, with and without script", async (group) => {
    for (const [kind, people] of [["with", contexts], ["without", silent]]) {
      const page = await tab(people.get("analyst"));
      await upload(page, "2022-11-surrey-street.csv", "");
      await page.waitForSelector(".govuk-error-summary");
      group.includes(`an empty file ${kind} script: a sentence`, await page.locator(".govuk-error-summary").innerText(), /file/i);
      group.check(`an empty file ${kind} script: the title begins with Error`, (await page.title()).startsWith("Error: "), await page.title());
      group.equal(`an empty file ${kind} script: markup`, (await page.evaluate(inspection)).problems, []);
      await page.goto("/evidence/import");
      await page.getByRole("button", { name: "Upload and read" }).click();
      await page.waitForSelector(".govuk-error-summary");
      group.includes(`no file ${kind} script: a sentence`, await page.locator(".govuk-error-summary").innerText(), /Choose a file/);
      await upload(page, "2022-11-surrey-street.csv", streetFile("2022-11", 20).replace("Crime type", "Crime kind"));
      await page.waitForURL(/\/jobs\/\d+/);
      group.equal(`a missing column ${kind} script: the job fails`, await ended(page), "Failed");
      group.includes(`a missing column ${kind} script: a sentence`, await page.locator("[data-part=message]").innerText(), /no column "Crime type"/);
      await upload(page, "../../2022-11.zip", Buffer.from("PK\x03\x04 not at all", "latin1"));
      await page.waitForURL(/\/jobs\/\d+/);
      group.equal(`a broken archive ${kind} script: the job fails`, await ended(page), "Failed");
      group.includes(`a broken archive ${kind} script: a sentence`, await page.locator("[data-part=message]").innerText(), /cut off or damaged/);
      await page.close();
    }
    const cookie = await cookieOf(contexts.get("commissioning"));
    const form = new FormData();
    form.set("kind", "police");
    form.set("file", new Blob([streetFile("2022-11", 5)]), "2022-11-surrey-street.csv");
    group.equal("who may not import is refused", (await fetch(`${site.origin}/evidence/import`, { method: "POST", body: form, headers: { Cookie: cookie }, redirect: "manual" })).status, 403);
    group.equal("the public too", (await fetch(`${site.origin}/evidence/import`, { method: "POST", body: form, redirect: "manual" })).status, 403);
    group.equal("an upload without a token is refused", (await fetch(`${site.origin}/evidence/import`, { method: "POST", body: form, headers: { Cookie: await cookieOf(contexts.get("analyst")) }, redirect: "manual" })).status, 403);
    // The folder of the program that is running, and its lock, are there as long as it runs.
    const kept = fs.readdirSync(path.join(program.data, "spool"), { recursive: true }).filter((name) => !/^serve-[\w-]+(\.tithing-work\.lock)?$/.test(name));
    group.equal("nothing is left of them", kept, []);
  });

  await report.group("a month that is published again", async (group) => {
    const page = await tab(contexts.get("analyst"));
    for (const publication of ["early", "later"]) {
      await upload(page, "2022-11-surrey-street.csv", fs.readFileSync(path.join(testdata, `2022-11-surrey-street.${publication}-publication.csv`)));
      await answer(page);
      group.equal(`the ${publication} publication`, await ended(page), "Done");
    }
    const right = await (await fetch(`${site.origin}/api/v1/figures/crimes?area=E23000031&from=2022-11&to=2022-11`)).json();
    const good = fs.readFileSync(path.join(testdata, "2022-11-surrey-street.later-publication.csv"), "utf8");
    const partial = good.split("\n").filter((line, at) => at === 0 || line.includes(",Burglary,")).join("\n");
    await upload(page, "2022-11-surrey-street.csv", partial);
    await answer(page, async () => {
      group.includes("a partial file is asked about", await page.locator("main").innerText(), /would remove or contradict much[\s\S]*crime types/);
      group.equal("markup of the question", (await page.evaluate(inspection)).problems, []);
      await page.getByRole("button", { name: "Import", exact: true }).click();
      await page.waitForSelector(".govuk-error-summary");
      group.includes("without an answer: a sentence", await page.locator(".govuk-error-summary").innerText(), "Choose what is to be done");
      await page.getByLabel("It is right: let it count").check();
      await page.getByLabel("Why?").fill("The force sent a correction.");
    });
    group.equal("accepted, it is imported", await ended(page), "Done");
    const wrong = await (await fetch(`${site.origin}/api/v1/figures/crimes?area=E23000031&from=2022-11&to=2022-11`)).json();
    group.check("the figure follows it", wrong.value < right.value / 2, JSON.stringify(wrong.value));
    await page.goto("/evidence/publications");
    await page.getByRole("link", { name: "Surrey Police, November 2022" }).click();
    await page.waitForURL(/\/evidence\/publications\/police-month\//);
    found.publication = pathname(page);
    group.equal("markup of the publications", (await page.evaluate(inspection)).problems, []);
    await page.locator("input[name=file]").nth(1).check();
    await page.getByLabel("Why?").fill("The correction was an extract of burglaries.");
    await page.getByRole("button", { name: "Continue" }).click();
    await page.waitForSelector("text=Check your choice");
    group.equal("markup of the check", (await page.evaluate(inspection)).problems, []);
    await page.getByRole("button", { name: "Make this choice" }).click();
    await page.waitForURL(/\/evidence\/publications\/police-month\//);
    group.includes("the choice is kept with its reason", await page.locator("#choices").innerText(), "an extract of burglaries");
    const again = await (await fetch(`${site.origin}/api/v1/figures/crimes?area=E23000031&from=2022-11&to=2022-11`)).json();
    group.equal("the figure is what it was, to the last letter", JSON.stringify(again), JSON.stringify(right));
    // One upload is left without an answer, for the walk.
    await upload(page, "2022-11-surrey-street.csv", partial + "\n");
    await page.waitForURL(/\/jobs\/\d+/);
    group.equal("another upload is read", await ended(page), "Done");
    await page.getByRole("button", { name: "See the result" }).click();
    await page.waitForURL(/\/evidence\/import\/check\//);
    found.check = pathname(page);
    await page.goto("/evidence/revisions");
    await page.getByRole("link", { name: "November 2022" }).last().click(); // the newest stands first: the partial file in the later one's place
    await page.waitForURL(/\/evidence\/revisions\/\d+/);
    found.revision = pathname(page);
    const outcomes = await page.$$eval("#revision tbody tr", (rows) => rows.map((row) => Number(row.cells[3].innerText.replaceAll(",", ""))));
    group.equal("the difference is shown by crime type", outcomes.reduce((sum, count) => sum + count, 0), 1133);
    group.includes("with what replaced what", await page.locator("main").innerText(), "It replaced");
    await page.close();

    const reviewer = await tab(contexts.get("analyst"));
    await reviewer.goto("/areas/successions");
    await reviewer.locator("main table a").first().click();
    await reviewer.waitForURL(/\/areas\/successions\/\d+/);
    found.succession = pathname(reviewer);
    await reviewer.close();
  });
  return found;
}
