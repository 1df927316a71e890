// What is looked at in the document itself. Runs in the page: no names from outside.
export function inspection() {
  const text = (element) => (element?.textContent ?? "").replace(/\s+/g, " ").trim();
  const where = (element) => element.outerHTML.replace(/\s+/g, " ").slice(0, 160);
  const problems = [];
  const say = (what, elements) => [...elements].slice(0, 3).forEach((element) => problems.push(`${what}: ${where(element)}`));

  for (const table of document.querySelectorAll("table")) {
    if (!table.caption || text(table.caption) === "") say("a table without a caption", [table]);
    say("a heading of a table without scope", table.querySelectorAll("th:not([scope])"));
    if (!table.querySelector("thead th[scope=col]")) say("a table without headings of its columns", [table]);
    say("an empty heading of a table", [...table.querySelectorAll("th")].filter((th) => text(th) === "" && !th.querySelector("svg, img")));
  }
  const ids = new Map();
  for (const element of document.querySelectorAll("[id]")) ids.set(element.id, (ids.get(element.id) ?? 0) + 1);
  for (const [id, count] of ids) if (count > 1) problems.push(`the id ${id} stands ${count} times`);
  for (const link of document.querySelectorAll('a[href^="#"]')) {
    const id = decodeURIComponent(link.getAttribute("href").slice(1));
    if (id === "" || !document.getElementById(id)) say("a link to a place that is not on the page", [link]);
  }
  for (const attribute of ["aria-labelledby", "aria-describedby", "aria-controls", "for"])
    for (const element of document.querySelectorAll(`[${attribute}]`))
      if (!element.getAttribute(attribute).split(/\s+/).every((id) => document.getElementById(id))) say(`${attribute} names what is not there`, [element]);
  say("an inline style", document.querySelectorAll("main [style], header [style], footer [style]"));
  say("an inline script", document.querySelectorAll("script:not([src])"));
  say("a picture without a name", [...document.querySelectorAll("svg[role=img]")].filter((svg) => !svg.getAttribute("aria-label") && !svg.getAttribute("aria-labelledby") && !svg.querySelector("title")));
  say("a form of the page's own method without a token", document.querySelectorAll("form[method=post]:not(:has(input[name=csrf-token]))"));
  const words = document.body.innerText;
  for (const pattern of [/\{\d\}/, /\bNaN\b/, /\bundefined\b/, /\bnull\b/, /-?\binf\b/, /\[object /, /\uFFFD/]) {
    const found = pattern.exec(words);
    if (found) problems.push(`odd words: ...${words.slice(Math.max(0, found.index - 40), found.index + 40)}...`);
  }
  return {
    problems,
    title: document.title,
    headings: [...document.querySelectorAll("h1")].map(text),
    language: document.documentElement.lang,
    skip: document.querySelector(".govuk-skip-link")?.getAttribute("href"),
    // A link in a drawing has no text as its href, so all are read from the attribute.
    links: [...new Set([...document.querySelectorAll("a[href]")].map((link) => new URL(link.getAttribute("href"), document.baseURI).href))],
  };
}

// What sticks out to the right, when the page scrolls sideways.
export function overflow() {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const inScroll = (element) => {
    for (let at = element.parentElement; at; at = at.parentElement) if (/auto|scroll|hidden|clip/.test(getComputedStyle(at).overflowX) && at !== document.body && at !== document.documentElement) return true;
    return false;
  };
  const right = (element) => {
    const box = document.createRange();
    box.selectNodeContents(element);
    return Math.max(element.getBoundingClientRect().right, box.getBoundingClientRect().right);
  };
  const out = [...document.body.querySelectorAll("*")].filter((element) => right(element) > width + 0.5 && !inScroll(element));
  return [`${document.documentElement.scrollWidth} px wide in ${width}: ${out.slice(-3).map((element) => element.outerHTML.slice(0, 120)).join(" | ")}`];
}

// The words of the page's main part, without what only script can use.
export function mainWords() {
  const main = document.querySelector("main").cloneNode(true);
  main.querySelectorAll("button, progress, script, [hidden]").forEach((element) => element.remove());
  return main.textContent.replace(/\s+/g, " ").trim();
}
