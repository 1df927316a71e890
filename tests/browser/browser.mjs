// Chromium as the tests use it: one process, a context for each person, and what a page complains of.
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const axeSource = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
export const failures = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../build/browser-failures");
export const wide = { width: 1280, height: 900 };
export const narrow = { width: 320, height: 640 };

export async function startBrowser() {
  fs.rmSync(failures, { recursive: true, force: true });
  return chromium.launch({
    executablePath: process.env.TITHING_CHROMIUM || "/usr/bin/chromium",
    headless: true,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"],
  });
}

// A person at a browser: `origin` is the site, `account` a demonstration account or nothing for the public.
export async function person(browser, origin, account, options = {}) {
  const context = await browser.newContext({ baseURL: origin, viewport: wide, reducedMotion: "reduce", locale: "en-GB", ...options });
  context.setDefaultTimeout(15_000);
  if (account) {
    const page = await context.newPage();
    await signIn(page, account);
    await page.close();
  }
  return context;
}

export async function signIn(page, account) {
  await page.goto("/sign-in");
  await page.fill("#email", account.email);
  await page.fill("#password", account.password);
  await page.click("main button[type=submit]");
  await page.waitForURL((url) => url.pathname !== "/sign-in");
}

// A tab that notes what the console, the content security policy and failed requests say.
export async function tab(context) {
  const page = await context.newPage();
  page.complaints = [];
  await page.addInitScript(() => document.addEventListener("securitypolicyviolation", (event) => console.error(`security policy: ${event.violatedDirective} ${event.blockedURI}`)));
  page.on("console", (message) => {
    // A refused page is what some checks ask for; its status is checked where it is asked for.
    const refused = /Failed to load resource.*status of (4\d\d|503)/.test(message.text()) && message.location().url === page.url();
    if ((message.type() === "error" || message.type() === "warning") && !refused) page.complaints.push(`${message.type()}: ${message.text()} ${message.location().url}`);
  });
  page.on("pageerror", (error) => page.complaints.push(`exception: ${error.message}`));
  page.on("requestfailed", (request) => {
    if (request.failure()?.errorText !== "net::ERR_ABORTED") page.complaints.push(`not loaded: ${request.url()} ${request.failure()?.errorText}`);
  });
  return page;
}

export async function picture(page, name) {
  fs.mkdirSync(failures, { recursive: true });
  const file = path.join(failures, `${name.replace(/[^a-z0-9]+/gi, "-").replace(/^-|-$/g, "").slice(0, 120)}.png`);
  await page.screenshot({ path: file, fullPage: true }).catch(() => {});
}

// What axe-core finds, a line for each rule and place.
export async function axeFindings(page) {
  await page.evaluate(axeSource);
  const found = await page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document, {
      runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
      resultTypes: ["violations"],
    });
    return violations.map((rule) => ({ rule: rule.id, help: rule.help, count: rule.nodes.length, places: rule.nodes.slice(0, 3).map((node) => `${node.target.join(" ")}  ${node.html.slice(0, 160)}`) }));
  });
  return found.map((one) => `${one.rule} (${one.count}): ${one.help}\n  ${one.places.join("\n  ")}`);
}
