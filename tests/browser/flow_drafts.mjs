// Drafts: what was typed is kept by itself with script and by a button without, said so, and comes back; when it cannot be
// saved that is said too; two editors each see what the other did.
import { axeFindings, tab } from "./browser.mjs";

const form = "/bodies/change?fact=name&body=bradford-csp";
const line = (page) => page.locator('[data-module="tithing-draft"]');

export async function drafts(report, contexts, silent) {
  await report.group("drafts: saved by themselves while somebody types", async (group) => {
    const page = await tab(contexts.get("commissioning"));
    await page.goto(form);
    group.includes("at first it says what is kept", await line(page).innerText(), "kept as your draft for 90 days");
    group.equal("a live region that waits its turn", await line(page).getAttribute("role"), "status");
    await page.fill("#value", "Safer <Bradford> & \"more\"");
    await page.waitForFunction(() => /^Draft saved at \d\d:\d\d UTC\.$/.test(document.querySelector('[data-module="tithing-draft"]').textContent), null, { timeout: 10_000 });
    group.check("said so with its time", true);
    await page.goto(form);
    group.includes("the draft comes back and says so", await page.locator("main").innerText(), "Your draft has come back");
    group.equal("with what was typed", await page.inputValue("#value"), "Safer <Bradford> & \"more\"");
    group.equal("axe finds nothing", await axeFindings(page), []);

    await page.route("**/drafts", (route) => route.abort());
    await page.fill("#reason", "A minute");
    await page.waitForFunction(() => document.querySelector('[data-module="tithing-draft"]').textContent.includes("could not be saved"), null, { timeout: 10_000 });
    group.equal("when it cannot be saved nothing is lost", await page.inputValue("#reason"), "A minute");
    await page.unroute("**/drafts");
    await page.fill("#note", "A note");
    await page.waitForFunction(() => document.querySelector('[data-module="tithing-draft"]').textContent.startsWith("Draft saved at"), null, { timeout: 10_000 });
    await page.goto(form);
    group.equal("and the next time it is there whole", [await page.inputValue("#reason"), await page.inputValue("#note")], ["A minute", "A note"]);
    await page.goto("/drafts");
    group.includes("the list has it", await page.locator("main").innerText(), "Enter: name, Bradford Community Safety Partnership");
    const other = await tab(contexts.get("administrator"));
    await other.goto("/drafts");
    group.check("nobody else's list has it", !(await other.locator("main").innerText()).includes("Bradford"));
    await other.close();
    await page.goto(form);
    await page.getByRole("button", { name: "Throw the draft away" }).click();
    await page.waitForURL((url) => url.pathname === "/bodies/change");
    group.equal("thrown away, the form is empty", await page.inputValue("#value"), "");
    group.equal("no complaint but the one that was made", page.complaints.filter((one) => !one.includes("/drafts")), []);
    await page.close();
  });

  await report.group("drafts: by a button without script", async (group) => {
    const page = await tab(silent.get("commissioning"));
    await page.goto(form);
    await page.fill("#value", "Later");
    await page.getByRole("button", { name: "Save and finish later" }).click();
    await page.waitForURL(/\/drafts\?done=kept/);
    group.includes("kept, and said so", await page.locator("main").innerText(), "Your draft is kept");
    await page.getByRole("link", { name: "Enter: name, Bradford" }).click();
    group.equal("it comes back", await page.inputValue("#value"), "Later");
    await page.getByRole("button", { name: "Continue" }).click();
    group.includes("refused for want of a reason", await page.locator("main").innerText(), "Give a reason");
    group.includes("and kept all the same", await line(page).innerText(), "Draft saved at");
    await page.goto("/drafts");
    await page.getByRole("button", { name: /^Throw away/ }).click();
    await page.waitForURL(/done=away/);
    group.includes("gone from the list", await page.locator("main").innerText(), "You have no drafts");
    await page.close();
  });

  await report.group("drafts: two editors", async (group) => {
    const first = await tab(contexts.get("commissioning"));
    await first.goto("/bodies/safer-communities-forum-north-yorkshire");
    const address = await first.locator('a[href^="/bodies/change?record="]').last().getAttribute("href");
    await first.goto(address);
    await first.fill("#note", "Mine");
    await first.getByRole("button", { name: "Save and finish later" }).click();
    await first.waitForURL(/drafts/);
    const second = await tab(contexts.get("administrator"));
    await second.goto(address);
    await second.fill("#paragraph", "9.9");
    await second.fill("#reason", "Their minute");
    await second.getByRole("button", { name: "Continue" }).click();
    await second.getByRole("button", { name: "Save", exact: true }).click();
    await second.waitForURL((url) => /^\/bodies\/[a-z-]+$/.test(url.pathname) && url.pathname !== "/bodies/change");
    await second.goto("/drafts");
    group.includes("a change that is made leaves no draft", await second.locator("main").innerText(), "You have no drafts");
    const answer = await first.goto(address);
    group.equal("the stale draft leads to the conflict page", answer.status(), 409);
    const text = await first.locator("main").innerText();
    for (const words of ["Their minute", "only you changed it", "only the other person changed it", "Mine", "9.9"]) group.includes(`it says: ${words}`, text, words);
    group.equal("axe finds nothing", await axeFindings(first), []);
    await first.getByRole("button", { name: "Carry on with my changes" }).click();
    await first.waitForURL(/draft=merged/);
    group.equal("both changes stand in the form", [await first.inputValue("#note"), await first.inputValue("#paragraph")], ["Mine", "9.9"]);
    await first.fill("#reason", "My minute");
    await first.getByRole("button", { name: "Continue" }).click();
    await first.getByRole("button", { name: "Save", exact: true }).click();
    await first.waitForURL((url) => /^\/bodies\/[a-z-]+$/.test(url.pathname) && url.pathname !== "/bodies/change");
    await first.goto(`/bodies/records/${address.match(/\d+/)[0]}`);
    const versions = await first.locator("main").innerText();
    group.includes("the record has both versions side by side", versions, "1 field differs between the two versions");
    group.includes("and why", versions, "My minute");
    for (const page of [first, second]) group.equal("no complaint in the console", page.complaints, []);
    await first.close();
    await second.close();
  });

  await report.group("drafts: two editors of a pot, with rows into which nobody typed", async (group) => {
    const mine = await tab(contexts.get("commissioning")), theirs = await tab(contexts.get("administrator"));
    const press = (page, name) => page.locator("main").getByRole("button", { name, exact: true }).first().click();
    await mine.goto("/funding/pots/new");
    await mine.fill("#title", "Two editors");
    await mine.fill("#financial-year", "2024/25");
    await mine.fill("#areas", "North Worcestershire");
    await mine.fill("#fund-0-name", "Grant");
    await mine.fill("#fund-0-amount", "1000.00");
    await press(mine, "Save");
    await mine.waitForURL(/\/funding\/pots\/\d+$/);
    const address = `${new URL(mine.url()).pathname}/change`;
    await mine.goto(address);
    await theirs.goto(address);
    await press(theirs, "Add a fund");
    await theirs.fill("#fund-1-name", "Capital grant");
    await theirs.selectOption("#fund-1-kind", "capital");
    await theirs.selectOption("#fund-1-status", "confirmed");
    await theirs.fill("#fund-1-amount", "5.00");
    await theirs.fill("#reason", "Their minute");
    await press(theirs, "Save");
    await theirs.waitForURL(/\/funding\/pots\/\d+$/);
    await mine.fill("#title", "Two editors, mine");
    await mine.fill("#reason", "My minute");
    await press(mine, "Save");
    const rows = await mine.locator("main table tbody tr").evaluateAll((all) => all.map((row) => `${row.cells[0].textContent.trim()}: ${row.cells[row.cells.length - 1].textContent.trim()}`));
    group.check("it names what I changed", rows.some((row) => /^Title.*only you changed it$/.test(row)), rows.join("; "));
    group.check("and what they added", rows.some((row) => /\(fund 2\): only the other person changed it$/.test(row)), rows.join("; "));
    group.equal("and nothing of rows into which nobody typed", rows.filter((row) => /\((fund|slice|assumption) [3-9]\)/.test(row)), []);
    group.equal("nothing is said to be changed by me but the title", rows.filter((row) => /only you|both/.test(row)).map((row) => row.split(":")[0]), ["Title"]);
    await mine.getByRole("button", { name: "Carry on with my changes" }).click();
    await mine.waitForURL(/draft=merged/);
    group.equal("carried on, their row stands as they chose it", [await mine.inputValue("#fund-1-name"), await mine.inputValue("#fund-1-kind"), await mine.inputValue("#fund-1-status")], ["Capital grant", "capital", "confirmed"]);
    await press(mine, "Save");
    await mine.waitForURL(/\/funding\/pots\/\d+$/);
    group.includes("and is kept", await mine.locator("main").innerText(), "Capital grant");
    for (const page of [mine, theirs]) await page.close();
  });
}
