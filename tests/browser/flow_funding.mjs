// Money from the pot to the published table by links and forms alone, without script: set up, shared out, set beside another
// formula, commented, agreed, frozen, published, and its papers fetched by the public.
import { tab } from "./browser.mjs";
import { unzipped } from "../e2e/support/zip.mjs";

const pathname = (page) => new URL(page.url()).pathname;
const main = (page) => page.locator("main").innerText();

export async function funding(report, people) {
  await report.group("funding: from a pot to the published table by links alone", async (group) => {
    const officer = await tab(people.get("commissioning"));
    const manager = await tab(people.get("manager.north-worcestershire"));
    const maker = await tab(people.get("decision-maker"));
    const visitor = await tab(people.get("anonymous"));
    const follow = (page, name) => page.locator("main").getByRole("link", { name }).first().click();
    const press = (page, name) => page.locator("main").getByRole("button", { name, exact: true }).first().click();
    const room = async (page) => {
      await page.goto("/");
      await page.getByRole("link", { name: "Money", exact: true }).first().click();
    };

    // What a link of the public page downloads.
    const fetched = async (name) => {
      const answer = await visitor.request.get(await visitor.locator("main").getByRole("link", { name }).first().getAttribute("href"));
      group.equal(`${name} is there`, answer.status(), 200);
      return answer.body();
    };

    // A pot.
    await room(officer);
    await officer.getByRole("button", { name: "Set up a pot" }).click();
    await officer.fill("#title", "Fund of a test");
    await officer.fill("#financial-year", "2024/25");
    // A set of areas: the manager who comments below has one of them.
    await officer.fill("#areas", "North Worcestershire");
    await officer.fill("#areas-2", "E22000332");
    await officer.fill("#fund-0-name", "Grant");
    await officer.selectOption("#fund-0-status", "confirmed");
    await officer.fill("#fund-0-amount", "1000.00");
    await press(officer, "Save");
    const pot = pathname(officer);
    group.includes("the pot is there", pot, /^\/funding\/pots\/\d+$/);
    group.includes("with what is to be shared", await main(officer), "£1,000.00");

    // A scheme on it.
    await officer.getByRole("button", { name: "Set up a scheme" }).click();
    await officer.fill("#title", "By last year");
    await press(officer, "Set it up");
    const scheme = pathname(officer);
    await follow(officer, "Change the areas");
    // Rows are added with their button; names that the register does not have are asked about, and nothing typed is lost.
    await officer.fill("#area-0-area", "North");
    await officer.fill("#area-0-people", "3,000");
    await press(officer, "Add an area");
    await officer.fill("#area-1-area", "South");
    await officer.fill("#area-1-people", "1000");
    await press(officer, "Save");
    group.includes("it is asked which area is meant", await main(officer), "Which is meant by \"North\"?");
    for (const name of ["North", "South"]) await officer.check(`input[type=radio][value="as written: ${name}"]`);
    await press(officer, "Save");
    await follow(officer, "Change last year's money");
    await officer.fill("#year", "2023/24");
    await officer.locator("summary", { hasText: "Paste from a spreadsheet" }).first().click();
    await officer.fill("#money-pasted", "Area\tAmount\nNorth\t600.00\nSouth\t400.00");
    await press(officer, "Put them into the rows");
    group.includes("what was pasted is shown in the rows", await main(officer), "2 lines were read.");
    group.equal("by the names of the areas", [await officer.inputValue("#money-1-area"), await officer.inputValue("#money-1-amount")], ["South", "400.00"]);
    await officer.fill("#source", "A test");
    await press(officer, "Save");
    const addStep = async (type, fill) => {
      await officer.selectOption("#type", type);
      await press(officer, "Continue");
      await fill();
      await press(officer, "Save");
      group.equal(`the step ${type} is kept`, pathname(officer).replace(/\d+$/, ""), "/funding/schemes/");
    };
    await addStep("direct_shares", async () => officer.selectOption("#by", "last_year"));
    await addStep("hold_back", async () => {
      await officer.fill("#purpose", "Reviews");
      await officer.fill("#amount", "100.00");
    });
    group.includes("its table comes to the pot", await main(officer), "The table comes to the pot, to the penny.");
    group.includes("by last year's split of the rest", await officer.locator("#allocation").innerText(), "£540.00");

    // Beside another one.
    await follow(officer, "Copy it, as another scenario");
    await officer.fill("#title", "With a floor");
    await press(officer, "Copy it");
    await addStep("floor", async () => officer.fill("#amount", "400.00"));
    group.includes("the floor holds", await officer.locator("#allocation").innerText(), "£400.00");
    await follow(officer, "Set it beside the other schemes of the pot");
    group.equal("the scenarios are side by side", pathname(officer), "/funding/compare");
    const beside = await main(officer);
    for (const words of ["By last year", "With a floor", "£540.00", "£500.00"]) group.includes(`with ${words}`, beside, words);

    // A decision on the one that was chosen.
    await room(officer);
    await follow(officer, "Fund of a test");
    await follow(officer, "Prepare a decision from the scheme With a floor");
    group.includes("the scheme is chosen already", await officer.locator("#scheme option:checked").innerText(), "With a floor");
    await officer.fill("#title", "Fund of a test 2024/25");
    await officer.fill("#summary", "By last year's split, and nobody below 400 pounds.");
    await press(officer, "Save the draft");
    const decision = pathname(officer);
    group.includes("a draft", await main(officer), "Being prepared");
    await follow(officer, "With a floor, version");
    group.includes("back on the scheme", pathname(officer), /^\/funding\/schemes\/\d+$/);
    await follow(officer, "Fund of a test 2024/25");
    group.equal("which leads to the decision", pathname(officer), decision);
    const notYet = await visitor.goto(decision);
    group.equal("the public does not see a draft", notYet.status(), 404);

    // Comments.
    const reach = async (page) => {
      await room(page);
      await page.getByRole("link", { name: "Decisions", exact: true }).first().click();
      await follow(page, "Fund of a test 2024/25");
    };
    await follow(officer, "Open it to comments");
    const today = await officer.inputValue("#from");
    await officer.fill("#to", today);
    await press(officer, "Open it to comments");
    await reach(manager);
    await manager.getByRole("button", { name: "Comment on it" }).click();
    await manager.selectOption("#about", { label: "South" });
    await manager.fill("#text", "The floor is what we asked for.");
    await press(manager, "Send the comment");
    group.includes("the comment stands", await main(manager), "The floor is what we asked for.");
    await reach(officer);
    await follow(officer, "Answer it");
    await officer.fill("#text", "It stays.");
    await press(officer, "Send the answer");

    // Agreed, frozen, published.
    await reach(maker);
    group.equal("who prepared it is not asked to agree it", await officer.locator("main").getByRole("link", { name: "Agree it" }).count(), 0);
    group.includes("not while comments are taken", await main(maker), "It can be agreed from the day after.");
    group.equal("and it is not offered", await maker.locator("main").getByRole("link", { name: "Agree it" }).count(), 0);
    await reach(officer);
    await follow(officer, "Take it back to a draft");
    await officer.fill("#note", "Everyone who was asked has answered.");
    await press(officer, "Take it back to a draft");
    await reach(maker);
    await follow(maker, "Agree it");
    group.includes("that it was open to comments is said", await main(maker), "It was open to comments from");
    await maker.fill("#note", "Everyone who was asked has answered.");
    await maker.fill("#authority", "A test of the site");
    await maker.fill("#interests", "None");
    await press(maker, "Agree it");
    group.includes("agreed", await main(maker), "The table is not frozen yet");
    await reach(officer);
    await follow(officer, "Freeze it");
    for (const field of await officer.locator("textarea").all()) await field.fill("As it was meant.");
    await press(officer, "Freeze it");
    group.includes("frozen", await main(officer), "The table as it was frozen");
    await reach(maker);
    await follow(maker, "Publish it");
    await maker.check("#nothing_private");
    await press(maker, "Publish it");
    group.includes("published", await main(maker), "and published on");

    // Everybody.
    await reach(visitor);
    group.equal("the public comes to it by links", pathname(visitor), decision);
    const published = await main(visitor);
    for (const words of ["£500.00", "£400.00", "The floor is what we asked for.", "It stays.", "A test of the site"]) group.includes(`and reads: ${words}`, published, words);
    group.equal("without links to what is in the making", await visitor.locator('main a[href^="/funding/schemes"], main a[href^="/funding/pots"]').count(), 0);
    await visitor.locator("#allocation a").first().click();
    group.includes("an amount opens its frozen working", await main(visitor), "Frozen");
    await visitor.goto(decision);
    for (const [paper, words] of [["Allocation paper", /South/], ["Decision notice", /A test of the site/]]) {
      await visitor.goto(decision);
      await follow(visitor, paper);
      group.includes(`the ${paper.toLowerCase()} opens`, await main(visitor), words);
      group.check("and is Word as well", unzipped(await fetched("Download for Word")).has("word/document.xml"));
    }
    await visitor.goto(decision);
    group.check("the workbook of workings is one", unzipped(await fetched("Workbook with the table and its workings")).has("xl/workbook.xml"));
    for (const page of [officer, manager, maker, visitor]) {
      group.equal("no complaint in the console", page.complaints, []);
      await page.close();
    }
  });
}
