// The routes that the program's sources register, against pages.mjs: a page that nobody walks is found here.
import fs from "node:fs";
import path from "node:path";
import { data, pages } from "./pages.mjs";

function sources(folder) {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return sources(file);
    return file.endsWith(".cpp") && !file.endsWith("_test.cpp") && !file.includes(`${path.sep}web${path.sep}`) ? [file] : [];
  });
}

export async function everyRouteIsListed(report, folder) {
  await report.group("every route is in the list of pages", async (group) => {
    const listed = new Set([...pages, ...data].map((entry) => entry.route));
    const registered = new Set();
    for (const file of sources(folder)) for (const [, route] of fs.readFileSync(file, "utf8").matchAll(/\bget\(\s*"(\/[^"]*)"/g)) registered.add(route);
    group.check("the sources were read", registered.size > 20, String(registered.size));
    for (const route of registered) group.check(`${route} is listed`, listed.has(route));
    for (const route of listed) group.check(`${route} is registered`, registered.has(route));
  });
}
