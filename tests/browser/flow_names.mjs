// Bodies and areas are written by name, with and without script; a merger page by page. Nothing is saved.
import { tab } from "./browser.mjs";

const words = (page, selector) => page.locator(selector).first().innerText();

async function throwAway(page, address) {
  await page.goto(address);
  await page.getByRole("button", { name: "Throw the draft away" }).click();
}

export async function names(report, contexts, silent) {
  for (const [kind, people] of [["with", contexts], ["without", silent]]) {
    await report.group(`names instead of codes, ${kind} script`, async (group) => {
      const page = await tab(people.get("administrator"));
      await page.goto("/bodies/change?fact=membership&body=leeds-csp");
      group.equal("the body is shown by its name", await page.inputValue("#body"), "Leeds Community Safety Partnership");
      if (kind === "with") {
        await page.locator("#other").pressSequentially("bradford");
        await page.waitForSelector("#other-names option", { state: "attached" });
        const offered = await page.locator("#other-names option").evaluateAll((options) => options.map((option) => option.value));
        group.check("names are offered while somebody types", offered.includes("Bradford Community Safety Partnership"), offered.join(", "));
      }
      await page.fill("#other", "community safety partnership");
      await page.selectOption("#role", "member");
      await page.fill("#value", "Clerk");
      await page.fill("#from", "2019-01-01");
      await page.fill("#reason", "A test of the site.");
      await page.getByRole("button", { name: "Continue" }).click();
      group.includes("several could be meant", await words(page, ".govuk-error-summary"), "Several bodies could be meant");
      group.equal("and the rest is kept", await page.inputValue("#value"), "Clerk");
      await page.check('input[name="other-is"][value="bradford-csp"]');
      await page.getByRole("button", { name: "Continue" }).click();
      group.equal("one is chosen", await words(page, "h1"), "Check your answers");
      group.includes("and told by its name", await words(page, "main"), "Bradford Community Safety Partnership");
      await throwAway(page, "/bodies/change?fact=membership&body=leeds-csp");
      await page.close();
    });

    await report.group(`a merger page by page, ${kind} script`, async (group) => {
      const page = await tab(people.get("administrator"));
      await page.goto("/bodies/reorganise");
      await page.getByRole("link", { name: "Merge bodies" }).click();
      await page.fill('[name="bodies-1"]', "Leeds Community");
      await page.fill('[name="bodies-2"]', "Bradford Community");
      await page.fill("#day", "2030-04-01");
      await page.getByRole("button", { name: "Add another line" }).click();
      group.equal("the new line has the focus", await page.evaluate(() => document.activeElement.name), "bodies-3");
      group.check("and the page is not at its top", page.url().endsWith("#bodies-3"), page.url());
      await page.getByRole("button", { name: "Continue", exact: true }).click();
      await page.fill("#into-1", "West Yorkshire Community Safety Partnership");
      await page.selectOption("#state", "order");
      await page.fill("#value", "1/2029");
      await page.fill("#seen", "2026-09-01");
      await page.getByRole("button", { name: "Continue", exact: true }).click();
      await page.fill("#reason", "A test of the site.");
      await page.getByRole("button", { name: "Continue", exact: true }).click();
      group.equal("all of it is shown before it is saved", await words(page, "h1"), "Merge bodies");
      group.includes("with what will come", await words(page, "main"), "What will stand then");
      group.equal("no complaint in the console", page.complaints, []);
      await throwAway(page, "/bodies/reorganise?what=merge");
      await page.close();
    });
  }
}
