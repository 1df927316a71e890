// Tab through a page from its start: every element that can be used is reached once, in the order of the document, and shows
// that it has the focus.
const mostElements = 450;

// Runs in the page before the first Tab: numbers what should be reached, and notes at each step what was.
function watch(most) {
  const usable = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]";
  const groups = new Set();
  const wanted = [...document.querySelectorAll(usable)].filter((element) => {
    if (element.disabled || element.tabIndex < 0 || !element.checkVisibility({ visibilityProperty: true })) return false;
    if (element.closest("details:not([open])") && element.tagName !== "SUMMARY") return false;
    if (element.type !== "radio") return true;
    if (groups.has(element.name)) return false; // a group of radios is one stop
    groups.add(element.name);
    return true;
  });
  const look = (element) => {
    // A link in a drawing shows it by its shape, a component by its first part.
    const styles = [element, element.firstElementChild].filter(Boolean).map((one) => getComputedStyle(one));
    return {
      outline: styles[0].outlineStyle !== "none" && parseFloat(styles[0].outlineWidth) > 0,
      changes: styles.map((style) => [style.boxShadow, style.backgroundColor, style.borderColor, style.stroke, style.strokeWidth].join("|")).join("|"),
    };
  };
  const before = new Map(wanted.map((element) => [element, look(element)]));
  const state = { wanted: wanted.length, reached: [], invisible: [], outside: [], unwanted: [] };
  globalThis.tithingKeyboard = state;
  const name = (element) => element.outerHTML.replace(/\s+/g, " ").slice(0, 140);
  globalThis.tithingMissed = () => wanted.slice(0, most).filter((_, i) => !state.reached.includes(i)).map(name);
  document.addEventListener("focusin", ({ target }) => {
    const index = wanted.indexOf(target);
    if (index < 0) return state.unwanted.push(name(target));
    state.reached.push(index);
    const now = look(target);
    if (!now.outline && now.changes === before.get(target).changes) state.invisible.push(name(target));
  });
  // One step later the browser has scrolled to it.
  document.addEventListener("keydown", () => {
    const focused = document.activeElement;
    if (!focused || focused === document.body) return;
    const box = focused.getBoundingClientRect();
    if (box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth || box.width * box.height === 0) state.outside.push(name(focused));
  });
  // A field for a date has a stop for each of its parts.
  const shown = wanted.slice(0, most);
  return shown.length + 3 * shown.filter((element) => element.type === "date").length;
}

export async function checkKeyboard(group, page, name) {
  await page.evaluate(() => (document.activeElement?.blur(), getSelection().removeAllRanges()));
  const steps = await page.evaluate(watch, mostElements);
  for (let i = 0; i < steps; i += 1) {
    await page.keyboard.press("Tab");
    // Once round: the browser begins again.
    if (i % 20 === 19 && (await page.evaluate(() => document.activeElement === document.body))) break;
  }
  const found = await page.evaluate(() => ({ ...globalThis.tithingKeyboard, missed: globalThis.tithingMissed() }));
  group.equal(`${name}: Tab reaches every element`, found.missed, []);
  group.check(`${name}: Tab goes in the order of the page`, found.reached.every((index, i) => i === 0 || index > found.reached[i - 1]), () => JSON.stringify(found.reached));
  group.equal(`${name}: Tab reaches nothing else`, found.unwanted, []);
  group.equal(`${name}: the focus can be seen`, found.invisible, []);
  group.equal(`${name}: what has the focus is in view`, found.outside, []);
}

// The first Tab shows the link to the main part, and Enter goes there.
export async function checkSkipLink(group, page, name) {
  await page.goto(page.url());
  await page.keyboard.press("Tab");
  const box = await page.evaluate(() => {
    const link = document.activeElement;
    const { width, height, top, left } = link.getBoundingClientRect();
    return { skip: link.matches(".govuk-skip-link"), shown: width > 40 && height > 10 && top >= 0 && left >= 0 };
  });
  group.equal(`${name}: the first Tab shows the skip link`, box, { skip: true, shown: true });
  await page.keyboard.press("Enter");
  group.check(`${name}: the skip link goes to the main part`, await page.evaluate(() => location.hash === "#main-content" && document.activeElement?.closest("#main-content") !== null));
}
