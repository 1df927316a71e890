// With script the tables follow when a number of the form is changed; what cannot be used is said and changes nothing.
import { tab } from "./browser.mjs";

export async function following(report, people) {
  await report.group("weights that are moved, with script", async (group) => {
    const page = await tab(people.get("anonymous"));
    const amounts = () => page.$$eval("main table a.tithing-figure", (links) => links.map((link) => link.textContent.trim()));
    await page.goto("/funding/examples/need-2022");
    const before = await amounts();
    await page.fill("#weight-1", "40");
    await page.keyboard.press("Tab");
    await page.waitForFunction(() => document.querySelector('form [role="status"]').textContent !== "");
    group.includes("weights that do not come to 100 are said", await page.locator('form [role="status"]').innerText(), "100");
    group.equal("and change nothing", await amounts(), before);
    await page.fill("#weight-2", "35");
    await page.keyboard.press("Tab");
    await page.waitForURL(/weight-1=40/);
    const after = await amounts();
    // Counts beside the table may come to open their working as well: at least as many numbers do as before.
    group.check("the table follows", after.length >= before.length && after.join() !== before.join(), `${before.join()}\n${after.join()}`);
    group.equal("the focus stays in the form", await page.evaluate(() => document.activeElement.id), "weight-3");
    group.equal("the form keeps what was typed", [await page.inputValue("#weight-1"), await page.inputValue("#weight-2")], ["40", "35"]);
    await page.reload();
    group.equal("the address gives the same again", await amounts(), after);
    group.equal("no complaint in the console", page.complaints.filter((one) => !/400/.test(one)), []);

    await page.goto("/funding/compare?schemes=need-2022,worcestershire-2012-13");
    const compared = await amounts();
    await page.selectOption("#year-1", "3");
    await page.waitForURL(/year-1=3/);
    group.check("scenarios follow as well", (await amounts()).join() !== compared.join());
    await page.close();
  });
}
