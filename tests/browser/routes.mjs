// The routes of the program against pages.mjs: a page that nobody walks is found here. The routes are those of
// tests/security/routes.csv, which routes_test holds against the program itself.
import fs from "node:fs";
import path from "node:path";
import { data, pages } from "./pages.mjs";

export async function everyRouteIsListed(report, folder) {
  await report.group("every route is in the list of pages", async (group) => {
    const listed = new Set([...pages, ...data].map((entry) => entry.route));
    const lines = fs.readFileSync(path.join(folder, "..", "tests", "security", "routes.csv"), "utf8").split("\n");
    const registered = new Set(lines.map((line) => line.split(",")).filter(([method]) => method === "GET").map(([, route]) => route));
    group.check("the routes were read", registered.size > 20, String(registered.size));
    for (const route of registered) group.check(`${route} is listed`, listed.has(route));
    for (const route of listed) group.check(`${route} is registered`, registered.has(route));
  });
}
