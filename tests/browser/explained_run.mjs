// The numbers of the pages alone: node tests/browser/explained_run.mjs build/dev/tithing [--sample] [--write] [--unexplained FILE] [--declared FILE] [--only ROOM,..]
import path from "node:path";
import { Program, temporaryFolder } from "../e2e/support/program.mjs";
import { Report } from "../e2e/support/report.mjs";
import { person, startBrowser, tab } from "./browser.mjs";
import { explained, wrongCountsAreFound } from "./explained.mjs";
import { nobodyIsNoEnd } from "./explained_follow.mjs";
import { accounts } from "./pages.mjs";
import { prepare } from "./prepare.mjs";

const [binary, ...words] = process.argv.slice(2);
if (!binary || binary.startsWith("--")) {
  console.error("Say which program: node tests/browser/explained_run.mjs build/dev/tithing");
  process.exit(2);
}
const value = (name) => (words.includes(name) ? words[words.indexOf(name) + 1] : undefined);
const report = new Report();
const program = new Program(binary, path.join(temporaryFolder("explained"), "data"));
const site = await program.serve();
site.data = program.data;
const browser = await startBrowser();
try {
  const contexts = new Map(), silent = new Map();
  for (const who of ["anonymous", ...accounts]) {
    contexts.set(who, await person(browser, site.origin, site.accounts[who]));
    silent.set(who, await person(browser, site.origin, null, { javaScriptEnabled: false, storageState: await contexts.get(who).storageState() }));
  }
  const made = await tab(contexts.get("anonymous"));
  await wrongCountsAreFound(report, made);
  await nobodyIsNoEnd(report);
  await made.close();
  const found = await prepare(report, contexts, silent, site, program);
  await explained(report, contexts, site, found, {
    all: !words.includes("--sample"), write: words.includes("--write"), force: words.includes("--force"), verbose: true, loose: words.includes("--loose"),
    unexplained: value("--unexplained"), declared: value("--declared"), only: value("--only")?.split(","),
  });
} finally {
  await browser.close();
}
await site.stop();
process.exit(report.close());
