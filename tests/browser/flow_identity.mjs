// Coming in and going out, forms that are not ours, and an account from its making to its end. Without script where a person
// might have none.
import crypto from "node:crypto";
import { axeFindings, narrow, signIn, tab, wide } from "./browser.mjs";
import { inspection, overflow } from "./inspect.mjs";
import { cookieOf } from "./walk.mjs";

const wordsOf = async (page, selector) => (await page.locator(selector).allInnerTexts()).join(" ").replace(/\s+/g, " ").trim();

export async function signInAndOut(report, browser, site, script) {
  await report.group(`sign-in and sign-out, ${script ? "with" : "without"} script`, async (group) => {
    const { analyst } = site.accounts;
    const context = await browser.newContext({ baseURL: site.origin, javaScriptEnabled: script });
    const page = await tab(context);
    await page.goto("/figures/frozen");
    group.includes("a page for those who are signed in asks to sign in", page.url(), "/sign-in?next=");

    await page.fill("#email", analyst.email);
    await page.fill("#password", "not the password at all");
    const refused = page.waitForResponse((answer) => answer.request().method() === "POST");
    await page.click("main button[type=submit]");
    group.equal("a wrong password: status", (await refused).status(), 400);
    await page.waitForSelector(".govuk-error-summary");
    group.check("a wrong password: the title begins with Error", (await page.title()).startsWith("Error: "), await page.title());
    group.includes("a wrong password: says so", await wordsOf(page, ".govuk-error-summary"), /password/i);
    group.check("a wrong password: does not tell whether there is such an account", !/no (such )?account|unknown/i.test(await wordsOf(page, ".govuk-error-summary")));
    group.equal("a wrong password: the address stays in the form", await page.inputValue("#email"), analyst.email);
    group.equal("a wrong password: the password does not", await page.inputValue("#password"), "");
    group.equal("a wrong password: markup", await page.evaluate(inspection).then((found) => found.problems), []);

    await page.fill("#password", analyst.password);
    await page.click("main button[type=submit]");
    await page.waitForURL((url) => url.pathname === "/figures/frozen");
    group.equal("signing in goes where one wanted to be", new URL(page.url()).pathname, "/figures/frozen");
    group.includes("the header says who is signed in", await wordsOf(page, ".tithing-header__link--me"), "Performance analyst");
    const [session] = (await context.cookies()).filter((cookie) => cookie.name === "tithing");
    group.check("the session's cookie cannot be read by script or sent from elsewhere", session?.httpOnly && session.sameSite === "Lax", JSON.stringify(session));
    group.check("the session's cookie holds nothing but a random token", /^[A-Za-z0-9_-]{20,}$/.test(session?.value ?? ""), session?.value);

    await page.goto("/account");
    await page.getByRole("button", { name: "Sign out", exact: true }).click();
    await page.waitForURL((url) => url.pathname === "/");
    group.includes("signed out", await wordsOf(page, ".tithing-header__link--me"), "Sign in");
    const again = await fetch(`${site.origin}/account`, { headers: { Cookie: `tithing=${session.value}` }, redirect: "manual" });
    group.equal("the old cookie opens nothing", again.status, 303);
    await page.goto("/sign-in?next=https://example.org/");
    await page.fill("#email", analyst.email);
    await page.fill("#password", analyst.password);
    await page.click("main button[type=submit]");
    await page.waitForURL((url) => url.pathname !== "/sign-in");
    group.equal("signing in never leads to another site", new URL(page.url()).origin, site.origin);
    group.equal("no complaint in the console", page.complaints, []);
    await context.close();
  });
}

export async function foreignForms(report, contexts, origin) {
  await report.group("forms that are not ours", async (group) => {
    const cookie = await cookieOf(contexts.get("analyst"));
    const page = await tab(contexts.get("analyst"));
    await page.goto("/account");
    const token = await page.locator("input[name=csrf-token]").first().inputValue();
    const send = (path, fields, headers = {}) =>
      fetch(origin + path, { method: "POST", redirect: "manual", headers: { Cookie: cookie, "Content-Type": "application/x-www-form-urlencoded", ...headers }, body: new URLSearchParams(fields) });
    for (const path of ["/account/sign-out-everywhere", "/sign-out", "/account/password", "/figures/crimes/freeze?area=E22000368&from=2022-01&to=2022-11", "/sign-in"]) {
      group.equal(`${path} without a token`, (await send(path, { reason: "x" })).status, 403);
      group.equal(`${path} with another's token`, (await send(path, { "csrf-token": token.split("").reverse().join("") })).status, 403);
    }
    const answer = await send("/account/sign-out-everywhere", {});
    group.includes("the refusal says what to do", await answer.text(), /Nothing was changed\. Go back, reload the page and send the form again/);
    group.equal("a form sent by another site, with the right token", (await send("/account/sign-out-everywhere", { "csrf-token": token }, { "Sec-Fetch-Site": "cross-site" })).status, 403);
    await page.goto("/account");
    group.equal("the session is still there", new URL(page.url()).pathname, "/account");
    await page.close();
  });
}

export async function anAccount(report, browser, site) {
  await report.group("an account from its making to its end, without script", async (group) => {
    const context = await browser.newContext({ baseURL: site.origin, javaScriptEnabled: false });
    const page = await tab(context);
    await signIn(page, site.accounts.administrator);
    await page.goto("/administration/accounts/new");
    await page.click("main button[type=submit]");
    group.includes("an empty form says what is missing", await wordsOf(page, ".govuk-error-summary"), /name/i);
    group.equal("and links to each field", await page.locator(".govuk-error-summary a").evaluateAll((links) => links.map((link) => link.getAttribute("href"))), ["#name", "#email"]);
    await page.fill("#name", "Community officer <b>& partners</b>");
    await page.fill("#email", "officer@example.org");
    await page.selectOption("#role", "performance-analyst").catch(() => page.selectOption("#role", { index: 1 }));
    await page.click("main button[type=submit]");
    group.includes("where a role holds is said", await wordsOf(page, ".govuk-error-summary"), "Say where each role holds");
    await page.selectOption("#where", "everywhere");
    await page.click("main button[type=submit]");
    const link = await page.inputValue("#link");
    group.check("a link is shown once", link.startsWith(`${site.origin}/set-password/`), link);
    await page.getByRole("link", { name: "To the account" }).click();
    group.equal("markup in a name is text", await wordsOf(page, "h1"), "Community officer <b>& partners</b>");
    const account = page.url();

    const theirs = await browser.newContext({ baseURL: site.origin, javaScriptEnabled: false });
    const owner = await tab(theirs);
    await owner.goto(link);
    await owner.fill("#password", "password1234");
    await owner.click("main button[type=submit]");
    group.includes("a common password is refused", await wordsOf(owner, ".govuk-error-summary"), /harder to guess|another password|at least/i);
    await owner.fill("#password", "lanterns behind seven orchards");
    await owner.click("main button[type=submit]");
    group.equal("the password is set", await wordsOf(owner, "h1"), "Your password is set");
    const used = await owner.goto(link);
    group.check("the link works once", used.status() >= 400, String(used.status()));
    await signIn(owner, { email: "officer@example.org", password: "lanterns behind seven orchards" });
    await owner.goto("/account");
    group.equal("the new account is open", await wordsOf(owner, "h1"), "My account");

    await page.goto(account);
    await page.getByRole("button", { name: "Suspend" }).click();
    group.includes("suspended", await wordsOf(page, "main"), "Suspended on");
    await owner.goto("/account");
    group.includes("a suspended account is signed out at once", owner.url(), "/sign-in");
    await page.goto("/administration/audit?action=identity");
    group.includes("the audit tells it", await wordsOf(page, "table"), /Community officer/);
    const csv = await fetch(`${site.origin}/administration/audit.csv`, { headers: { Cookie: await cookieOf(context) } });
    group.equal("the audit as CSV", csv.status, 200);
    await context.close();
    await theirs.close();
  });
}

// What an authenticator app does (RFC 6238), here with Node's own HMAC.
function appCode(key, stepsLater = 0) {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...key.replace(/\s/g, "")].map((letter) => letters.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const bytes = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + stepsLater));
  const digest = crypto.createHmac("sha1", bytes).update(counter).digest();
  const offset = digest[19] & 15;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

async function looked(group, page, name) {
  group.equal(`${name}: markup`, await page.evaluate(inspection).then((found) => found.problems), []);
  group.equal(`${name}: axe`, await axeFindings(page), []);
  await page.setViewportSize(narrow);
  group.equal(`${name}: no sideways scrolling at 320 px`, await page.evaluate(overflow), []);
  group.equal(`${name}: axe at 320 px`, await axeFindings(page), []);
  await page.setViewportSize(wide);
}

// A role that needs a second factor, its owner who sets it up while signing in, and an app lost. axe needs script; the people
// here have none, so what it looks at is a copy of the page with script.
export async function secondFactor(report, browser, site, program) {
  await report.group("a second factor: required, set up, used, lost", async (group) => {
    const owner = { email: "factor@example.org", password: "lanterns behind seven orchards" };
    program.run(["user", "add", "--email", owner.email, "--name", "Auditor with a phone", "--role", "auditor", "--password-stdin"], { input: `${owner.password}\n` });
    const context = await browser.newContext({ baseURL: site.origin });
    const page = await tab(context);
    await signIn(page, site.accounts.administrator);
    await page.goto("/administration/second-factor");
    await page.check("input[value=auditor]");
    await page.click("main button[type=submit]");
    group.includes("which roles need one is saved", await wordsOf(page, "main"), "Saved.");

    const theirs = await browser.newContext({ baseURL: site.origin });
    const hand = await tab(theirs);
    await signIn(hand, owner);
    group.equal("the password alone leads to setting it up", new URL(hand.url()).pathname, "/sign-in/second-factor");
    await looked(group, hand, "setting up");
    const key = (await wordsOf(hand, "main code")).replace(/\s/g, "");
    group.check("the key is one for an app", /^[A-Z2-7]{32}$/.test(key), key);
    await hand.fill("#code", "000000");
    await hand.click("main button[type=submit]");
    group.includes("a wrong code says what to do", await wordsOf(hand, ".govuk-error-summary"), "Enter the six digits");
    group.equal("and keeps the key", (await wordsOf(hand, "main code")).replace(/\s/g, ""), key);
    await hand.fill("#code", appCode(key));
    await hand.click("main button[type=submit]");
    group.equal("the recovery codes are shown", await wordsOf(hand, "h1"), "Your recovery codes");
    await looked(group, hand, "recovery codes");
    const codes = await hand.locator("main li code").allInnerTexts();
    group.equal("ten of them", codes.length, 10);
    await hand.goto("/administration/audit");
    group.equal("the role is open", await wordsOf(hand, "h1"), "Audit");
    await hand.goto("/account/second-factor");
    await looked(group, hand, "one's own");

    const silent = await browser.newContext({ baseURL: site.origin, javaScriptEnabled: false });
    const again = await tab(silent);
    await signIn(again, owner);
    group.equal("without script: the next sign-in asks for a code", new URL(again.url()).pathname, "/sign-in/code");
    await again.fill("#code", codes[0]);
    await again.click("main button[type=submit]");
    await again.waitForURL((url) => url.pathname === "/");
    group.includes("a recovery code opens the account", await wordsOf(again, ".tithing-header__link--me"), "Auditor with a phone");
    const third = await browser.newContext({ baseURL: site.origin });
    const copy = await tab(third);
    await signIn(copy, owner);
    await looked(group, copy, "asking for a code");
    await copy.fill("#code", codes[0]);
    await copy.click("main button[type=submit]");
    group.includes("once", await wordsOf(copy, ".govuk-error-summary"), "Each works once");
    await copy.fill("#code", appCode(key, 1));
    await copy.click("main button[type=submit]");
    await copy.waitForURL((url) => url.pathname === "/");
    group.equal("the app's next code opens it", new URL(copy.url()).pathname, "/");

    await page.goto("/administration/accounts?q=factor@example.org");
    await page.getByRole("link", { name: "Auditor with a phone" }).click();
    await page.getByRole("button", { name: "Reset the second factor" }).click();
    group.includes("reset by an administrator", await wordsOf(page, "main"), "Needed by a role, and not set up yet");
    await copy.goto("/account");
    group.includes("the sessions have ended", copy.url(), "/sign-in");
    await page.goto("/administration/second-factor");
    await page.uncheck("input[value=auditor]");
    await page.click("main button[type=submit]");
    group.equal("no complaint in the console", [page, hand, again, copy].flatMap((one) => one.complaints), []);
    for (const one of [context, theirs, silent, third]) await one.close();
  });
}
