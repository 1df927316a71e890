// Walks the site of a program in a browser: node tests/browser/run.mjs build/dev/tithing [part of a group's name]
import { fileURLToPath } from "node:url";
import path from "node:path";
import { Program, temporaryFolder } from "../e2e/support/program.mjs";
import { Report } from "../e2e/support/report.mjs";
import { person, startBrowser } from "./browser.mjs";
import { crawl } from "./crawl.mjs";
import { drafts } from "./flow_drafts.mjs";
import { figures } from "./flow_figures.mjs";
import { following } from "./flow_follow.mjs";
import { forms } from "./flow_forms.mjs";
import { funding } from "./flow_funding.mjs";
import { anAccount, foreignForms, secondFactor, signInAndOut } from "./flow_identity.mjs";
import { names } from "./flow_names.mjs";
import { tables } from "./flow_tables.mjs";
import { accounts } from "./pages.mjs";
import { prepare } from "./prepare.mjs";
import { everyRouteIsListed } from "./routes.mjs";
import { walk, walkRefusals, walkSkipLinks, walkWithoutScript } from "./walk.mjs";

const binary = process.argv[2];
if (!binary) {
  console.error("Say which program: node tests/browser/run.mjs build/dev/tithing");
  process.exit(2);
}
const report = new Report();
const program = new Program(binary, path.join(temporaryFolder("browser"), "data"));
const site = await program.serve();
console.log(`  the site with its sample was open after ${site.seconds.toFixed(1)} s`);
const browser = await startBrowser();
const began = performance.now();
try {
  const contexts = new Map();
  const silent = new Map(); // the same people, without script
  for (const who of ["anonymous", ...accounts]) {
    contexts.set(who, await person(browser, site.origin, site.accounts[who]));
    silent.set(who, await person(browser, site.origin, null, { javaScriptEnabled: false, storageState: await contexts.get(who).storageState() }));
  }
  await everyRouteIsListed(report, path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../src"));

  const found = await prepare(report, contexts, silent, site, program);
  site.data = program.data;

  const { linked, words } = await walk(report, contexts, site.origin, found);
  await walkWithoutScript(report, silent, words);
  await walkSkipLinks(report, contexts.get("anonymous"));
  await walkRefusals(report, contexts.get("anonymous"));
  await crawl(report, new Map(["anonymous", "administrator", "analyst"].map((who) => [who, contexts.get(who)])), linked, site.origin);

  await figures(report, contexts, site, program);
  await tables(report, contexts);
  await funding(report, silent);
  await following(report, contexts);
  await forms(report, contexts, silent, site.origin);
  await drafts(report, contexts, silent);
  await names(report, contexts, silent);
  await signInAndOut(report, browser, site, true);
  await signInAndOut(report, browser, site, false);
  await foreignForms(report, contexts, site.origin);
  await anAccount(report, browser, site);
  await secondFactor(report, browser, site, program);
} finally {
  await browser.close();
}
await report.group("stopping", async (group) => group.equal("SIGTERM ends it in order", await site.stop(), { code: 0, signal: null }));
console.log(`  ${((performance.now() - began) / 1000).toFixed(0)} s in the browser`);
process.exit(report.close());
