// Forms that only look: the address holds what was chosen, with and without script.
import { tab } from "./browser.mjs";

export async function forms(report, contexts, silent) {
  for (const [kind, people] of [["with", contexts], ["without", silent]]) {
    await report.group(`choices and search, ${kind} script`, async (group) => {
      const page = await tab(people.get("anonymous"));
      await page.goto("/areas/E22000372/crime");
      await page.selectOption("#from", "2022-03");
      await page.selectOption("#to", "2022-05");
      await page.selectOption("#type", "burglary");
      await page.getByRole("button", { name: "Show", exact: true }).click();
      await page.waitForURL(/from=2022-03/);
      const chosen = new URL(page.url()).searchParams;
      group.equal("the choice is in the address", ["from", "to", "type"].map((name) => chosen.get(name)), ["2022-03", "2022-05", "burglary"]);
      group.includes("and on the page", await page.locator("main .govuk-body-l").first().innerText(), /Burglary, March to May 2022: [\d,]+ crimes\. [\d.]+ crimes per 1,000 residents, over 3 months/);
      group.equal("and in the form", await page.inputValue("#type"), "burglary");
      await page.locator("#types thead a", { hasText: "Rate" }).click();
      await page.waitForURL(/sort=rate/);
      group.equal("sorting keeps the choice", new URL(page.url()).searchParams.get("type"), "burglary");
      const rates = await page.$$eval("#types tbody tr", (rows) => rows.map((row) => Number(row.cells[2].innerText.replace(/[^\d.]/g, ""))));
      group.check("sorted by rate, highest first", rates.every((rate, i) => i === 0 || rate <= rates[i - 1]), rates.join(" "));
      group.equal("said to those who cannot see it", await page.locator("#types thead th[aria-sort]").getAttribute("aria-sort"), "descending");

      await page.fill(".tithing-search__input", "worcestershire");
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/search\?q=worcestershire/);
      const hits = await page.locator("main table").innerText();
      group.includes("search finds a partnership by its name", hits, "North Worcestershire");
      await page.getByRole("link", { name: "North Worcestershire", exact: true }).first().click();
      await page.waitForURL(/E22000368/);
      for (const [words, expected] of [["E22000368", "North Worcestershire"], ["Wyre Forest", "Wyre Forest"], ["nowhere at all", "Nothing was found"], ["<script>", "Nothing was found"]]) {
        await page.goto(`/search?${new URLSearchParams({ q: words })}`);
        group.includes(`search for ${words}`, await page.locator("main").innerText(), expected);
      }
      group.equal("no complaint in the console", page.complaints, []);
      await page.close();
    });
  }

  await report.group("another day and another language", async (group) => {
    const page = await tab(contexts.get("anonymous"));
    await page.goto("/areas/E22000368?as-at=2018-06-01");
    group.includes("a band says which day it is", await page.locator(".tithing-as-at").innerText(), "1 June 2018");
    await page.locator(".tithing-as-at a").click();
    await page.waitForURL((url) => !url.searchParams.get("as-at"));
    group.equal("and leads back to today", await page.locator(".tithing-as-at").count(), 0);
    await page.goto("/?lang=cy");
    group.equal("the language of the page is Welsh", await page.evaluate(() => document.documentElement.lang), "cy");
    const unmarked = await page.evaluate(() => [...document.querySelectorAll("h1")].filter((h1) => h1.innerText === "Police force areas" && !h1.closest("[lang=en]") && !h1.querySelector("[lang=en]")).length);
    group.equal("what is not translated is marked as English", unmarked, 0);
    await page.goto("/areas");
    group.equal("the choice of a language lasts", await page.evaluate(() => document.documentElement.lang), "cy");
    await page.goto("/?lang=en");
    group.equal("and can be taken back", await page.evaluate(() => document.documentElement.lang), "en");
    await page.close();
  });
}
