// Every page of pages.mjs, by everyone who may see it, and its refusal to everyone else.
import http from "node:http";
import { accounts, pages } from "./pages.mjs";
import { axeFindings, narrow, picture, tab, wide } from "./browser.mjs";
import { inspection, mainWords, overflow } from "./inspect.mjs";
import { checkKeyboard, checkSkipLink } from "./keyboard.mjs";

export const mostBytes = 100 * 1024;

export function mayOpen(entry, who) {
  if (entry.only) return entry.only === who;
  if (entry.seen === "anyone") return true;
  if (who === "anonymous") return false;
  return entry.seen === "signed-in" || entry.seen.includes(who);
}

// Who looks at a page with axe and all: the public, and of the accounts that may the first. The others only open it.
function looksClosely(entry, who) {
  return who === "anonymous" || who === accounts.find((account) => mayOpen(entry, account));
}

const pathOf = (entry, found) => (typeof entry.path === "function" ? entry.path(found) : entry.path);

// Bytes of an answer as sent.
export function bytesSent(origin, path, cookie) {
  return new Promise((resolve, reject) => {
    http.get(origin + path, { headers: { "Accept-Encoding": "gzip", ...(cookie ? { Cookie: cookie } : {}) } }, (answer) => {
      let bytes = 0;
      answer.on("data", (part) => (bytes += part.length)).on("end", () => resolve({ status: answer.statusCode, bytes, encoding: answer.headers["content-encoding"] }));
    }).on("error", reject);
  });
}

export async function cookieOf(context) {
  return (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
}

async function lookClosely(group, page, entry, path, who, origin) {
  const name = `${path} as ${who}`;
  const failedBefore = group.failed;
  const found = await page.evaluate(inspection);
  group.equal(`${name}: one h1`, found.headings.length, 1);
  const heading = found.headings[0] ?? "";
  group.check(`${name}: its h1`, typeof entry.h1 === "string" ? heading === entry.h1 : entry.h1.test(heading), `found ${heading}, expected ${entry.h1}`);
  group.check(`${name}: the title says what`, found.title.startsWith(`${heading} - `), `${found.title} / ${heading}`);
  group.check(`${name}: the title says where`, found.title.endsWith(" - Tithing") && (!entry.place || found.title.includes(entry.place)), found.title);
  group.check(`${name}: the language is said`, found.language === "en", found.language);
  group.equal(`${name}: markup`, found.problems, []);
  group.equal(`${name}: no sideways scrolling at 1280 px`, await page.evaluate(overflow), []);
  group.equal(`${name}: axe`, await axeFindings(page), []);
  await page.setViewportSize(narrow);
  group.equal(`${name}: no sideways scrolling at 320 px`, await page.evaluate(overflow), []);
  if (who !== "anonymous" || entry.only) group.equal(`${name}: axe at 320 px`, await axeFindings(page), []);
  await page.setViewportSize(wide);
  // Pages that are for everyone are the same for a hand on the keys, but for what is offered to those who are signed in.
  if (who === "anonymous" || !mayOpen(entry, "anonymous") || entry.more) await checkKeyboard(group, page, name);
  const styles = await page.evaluate(() => [...document.querySelectorAll("link[rel=stylesheet]")].map((link) => new URL(link.href).pathname));
  const cookie = await cookieOf(page.context());
  const sent = await Promise.all([path, ...styles].map((one) => bytesSent(origin, one, cookie)));
  const bytes = sent.reduce((sum, one) => sum + one.bytes, 0);
  group.check(`${name}: under 100 KB with styles`, bytes < mostBytes, `${bytes} bytes, of which the page ${sent[0].bytes} (${sent[0].encoding ?? "not compressed"})`);
  if (group.failed > failedBefore) await picture(page, name);
  return { links: found.links, bytes, words: await page.evaluate(mainWords) };
}

export async function walk(report, contexts, origin, found) {
  const linked = new Map();
  const words = new Map();
  let heaviest = { bytes: 0 };
  const one = ([who, context]) =>
    report.group(`pages as ${who}`, async (group) => {
      const page = await tab(context);
      for (const entry of pages) {
        if (entry.only && entry.only !== who) continue;
        const path = pathOf(entry, found);
        if (!group.check(`${entry.route}: there is one to look at`, path)) continue;
        const answer = await page.goto(path);
        const status = answer.status();
        if (mayOpen(entry, who)) {
          if (!group.equal(`${path} as ${who}: status`, status, 200)) continue;
          if (looksClosely(entry, who)) {
            const seen = await lookClosely(group, page, entry, path, who, origin);
            linked.set(`${who} ${path}`, { who, path, links: seen.links });
            if (!words.has(path)) words.set(path, { who, words: seen.words });
            if (seen.bytes > heaviest.bytes) heaviest = { bytes: seen.bytes, path, who };
          } else {
            const seen = await page.evaluate(inspection);
            group.equal(`${path} as ${who}: one h1`, seen.headings.length, 1);
            linked.set(`${who} ${path}`, { who, path, links: seen.links });
          }
        } else if (who === "anonymous" && !entry.hidden) {
          const asked = new URL(page.url());
          group.check(`${path}: the public is asked to sign in`, asked.pathname === "/sign-in" && asked.searchParams.get("next") === path, asked.href);
        } else {
          group.equal(`${path} as ${who}: refused`, status, entry.refusal ?? 403);
          group.equal(`${path} as ${who}: one h1 when refused`, await page.locator("h1").count(), 1);
        }
        group.equal(`${path} as ${who}: no complaint in the console`, page.complaints.splice(0), []);
      }
      await page.close();
    });
  // Two at a time: the public beside those who are signed in.
  const [first, ...others] = [...contexts];
  await Promise.all([one(first), (async () => { for (const next of others) await one(next); })()]);
  console.log(`  heaviest page with styles: ${(heaviest.bytes / 1024).toFixed(1)} KB, ${heaviest.path} as ${heaviest.who}`);
  return { linked, words };
}

// The same pages without script: the same words.
export async function walkWithoutScript(report, contexts, words) {
  await report.group("pages without script", async (group) => {
    const tabs = new Map();
    for (const [path, { who, words: expected }] of words) {
      if (!tabs.has(who)) tabs.set(who, await tab(contexts.get(who)));
      const page = tabs.get(who);
      await page.goto(path);
      // But for the time of day (who was last seen when goes on while the walk does) and for the key of a second factor, which is a
      // new one each time that it is offered: eight groups of four letters and digits of base 32.
      const still = (text) => text.replace(/\b\d\d:\d\d UTC/g, "a time of day").replace(/[A-Z2-7]{4}( [A-Z2-7]{4}){7}/g, "a key");
      group.equal(`${path} as ${who}: the same words`, still(await page.evaluate(mainWords)), still(expected));
      group.equal(`${path} as ${who}: no complaint`, page.complaints.splice(0), []);
    }
    for (const page of tabs.values()) await page.close();
  });
}

export async function walkSkipLinks(report, context) {
  await report.group("skip link", async (group) => {
    const page = await tab(context);
    for (const path of ["/", "/areas/E22000368/crime", "/sign-in"]) {
      await page.goto(path);
      await checkSkipLink(group, page, path);
    }
    await page.close();
  });
}

export async function walkRefusals(report, context) {
  await report.group("pages that are not there", async (group) => {
    const page = await tab(context);
    for (const [path, status] of [
      ["/nowhere", 404],
      ["/areas/E99999999/crime", 404],
      ["/areas/E22000368/crime/nothing.csv", 404],
      ["/areas/E22000368/crime?type=sorcery", 400],
      ["/areas/E22000368/crime?from=2022-13", 400],
      ["/areas/E22000368/crime?as-at=yesterday", 400],
      ["/figures/nothing", 404],
      ["/figures/crimes", 400],
      ["/%ff", 400],
    ]) {
      const answer = await page.goto(path);
      group.equal(`${path}: status`, answer.status(), status);
      const seen = await page.evaluate(inspection);
      group.equal(`${path}: one h1`, seen.headings.length, 1);
      group.equal(`${path}: markup`, seen.problems, []);
      group.equal(`${path}: axe`, await axeFindings(page), []);
      group.check(`${path}: a sentence that says what to do`, (await page.locator("main p").first().innerText()).length > 20);
    }
    await page.close();
  });
}
