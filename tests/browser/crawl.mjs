// Follows the site's own links from what the walk has seen: each answers, and each leads to a page or a file that pages.mjs
// knows. Links of one shape (the same route and the same names in the query) are followed once or twice.
import { data, pages } from "./pages.mjs";
import { cookieOf } from "./walk.mjs";

const mostOfAShape = { anonymous: 2 }; // one for the others
const mostInAll = 900;
const assets = /^\/assets\//;

const pattern = (route) => new RegExp(`^${route.replace(/[.]/g, "\\.").replace(/:\w+/g, "[^/]+")}$`);
const routes = [...new Set([...pages, ...data].map((entry) => entry.route))].map((route) => ({ route, pattern: pattern(route), variable: (route.match(/:/g) ?? []).length }));

// Fixed segments go before variable ones, as in the program.
export function routeOf(path) {
  return routes.filter((one) => one.pattern.test(path)).sort((a, b) => a.variable - b.variable)[0]?.route;
}

function shapeOf(url) {
  const names = [...url.searchParams.keys()].sort();
  const kind = /^\/(?:api\/v1\/)?figures\/([^/]+)/.exec(url.pathname)?.[1] ?? "";
  const file = /\/crime\/([^/]+)$/.exec(url.pathname)?.[1] ?? "";
  return `${routeOf(url.pathname)} ${kind}${file} ${names.join("&")}`;
}

async function follow(group, who, context, start, origin) {
  const cookie = await cookieOf(context);
  const counted = new Map();
  const seen = new Set();
  const waiting = [...start];
  let followed = 0;
  const take = async () => {
    while (waiting.length > 0 && followed < mostInAll) {
      const { href, from } = waiting.shift();
      const url = new URL(href);
      url.hash = "";
      if (url.origin !== origin || seen.has(url.href) || url.searchParams.has("lang")) continue;
      seen.add(url.href);
      if (assets.test(url.pathname)) continue;
      const shape = shapeOf(url);
      const count = counted.get(shape) ?? 0;
      if (count >= (mostOfAShape[who] ?? 1)) continue;
      counted.set(shape, count + 1);
      followed += 1;
      if (!group.check(`${url.pathname} is in the list of pages (pages.mjs)`, routeOf(url.pathname), `linked from ${from} as ${who}`)) continue;
      const answer = await fetch(url, { headers: { Cookie: cookie, Accept: "text/html" } });
      const body = await answer.text();
      if (!group.equal(`${url.pathname}${url.search} as ${who}: answers, linked from ${from}`, answer.status, 200)) continue;
      if (!(answer.headers.get("content-type") ?? "").startsWith("text/html")) continue;
      group.equal(`${url.pathname}${url.search} as ${who}: one h1`, (body.match(/<h1[\s>]/g) ?? []).length, 1);
      for (const [, link] of body.matchAll(/<a\s(?:[^>]*?\s)?href="([^"]*)"/g)) waiting.push({ href: new URL(link.replaceAll("&amp;", "&"), answer.url).href, from: url.pathname + url.search });
    }
  };
  await Promise.all([take(), take()]);
  console.log(`  ${followed} links of ${counted.size} shapes followed as ${who}`);
}

export async function crawl(report, contexts, linked, origin) {
  const people = [...contexts].map(([who, context]) =>
    report.group(`links as ${who}`, async (group) => {
      const start = [...linked.values()].filter((one) => one.who === who).flatMap((one) => one.links.map((href) => ({ href, from: one.path })));
      await follow(group, who, context, start, origin);
    }));
  await Promise.all(people);
}
