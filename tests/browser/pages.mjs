// Every page of the site. run.mjs walks them all and fails when the site links to a page, or the program has a route, that no
// entry covers: a new page is a new entry. The pages of a room are listed in its own folder (src/slices/<room>/pages.mjs), here are
// those of the site and its desks.
//
//   route   the path as the program registers it
//   path    an address of it, or a function of what the walk has found (`found`, see run.mjs)
//   seen    who sees it: "anyone", "signed-in" or a list of demonstration accounts; the others are refused
//   h1      its heading
//   more    it offers more to those who are signed in
//   refusal the status of a refusal where it is not 403: with 404 nobody who may not see it learns that it is there
//   hidden  the public is not asked to sign in but refused as well: the route is everyone's, this address of it is not
//   place   where it is, as its title says beside its heading
import fs from "node:fs";
import { crimes } from "./people.mjs";

export { accounts } from "./people.mjs";

const slices = new URL("../../src/slices/", import.meta.url);
const rooms = await Promise.all(fs.readdirSync(slices).map((room) => new URL(`${room}/pages.mjs`, slices))
  .filter((file) => fs.existsSync(file)).map((file) => import(file)));

export const pages = [
  { route: "/", path: "/", seen: "anyone", h1: "Police force areas" },
  { route: "/search", path: "/search", seen: "anyone", h1: "Search" },
  { route: "/search", path: "/search?q=worcester", seen: "anyone", h1: "Search" },
  { route: "/accessibility", path: "/accessibility", seen: "anyone", h1: "Accessibility statement" },
  { route: "/figures", path: "/figures", seen: "anyone", h1: "Figures" },
  { route: "/figures/:kind", path: `/figures/crimes?${crimes}`, seen: "anyone", more: true, h1: /North Yorkshire/ },
  { route: "/figures/:kind", path: `/figures/rate?${crimes}&type=burglary`, seen: "anyone", h1: /North Yorkshire/ },
  { route: "/figures/:kind", path: "/figures/population?area=E22000368&year=2022", seen: "anyone", h1: /North Worcestershire/ },
  { route: "/figures/:kind", path: "/figures/rate-compared?area=E22000368&from=2022-01&peers=all&to=2022-11", seen: "anyone", h1: /North Worcestershire/ },
  { route: "/figures/frozen", path: "/figures/frozen", seen: "signed-in", h1: "Frozen figures" },
  { route: "/figures/frozen/:id", path: (found) => found.frozen, seen: "signed-in", h1: /, frozen$/ },
  { route: "/figures/:kind", path: "/figures/allocation?area=bromsgrove&example=worcestershire-2012-13", seen: "anyone", more: true, h1: /Bromsgrove CSP/ },
  { route: "/figures/:kind", path: "/figures/allocation?area=E22000368&example=need-2022&year=3", seen: "anyone", more: true, h1: /North Worcestershire/ },
  { route: "/drafts", path: "/drafts", seen: "signed-in", h1: "Your drafts" },
  { route: "/jobs", path: "/jobs", seen: "signed-in", h1: "My work under way" },
  { route: "/jobs/:id", path: (found) => found.job, seen: ["analyst", "administrator"], refusal: 404, h1: /Import/ },
].concat(...rooms.map((room) => room.pages));

// Addresses that answer with data, not with a page.
export const data = [
  { route: "/figures/:kind/rows.csv" },
  { route: "/health" },
  { route: "/api/v1/figures/:kind" },
  { route: "/api/v1/openapi.json" },
].concat(...rooms.map((room) => room.data ?? []));

// Pages of which the others are examples, and whose numbers are counted all the same (explained.mjs): every published table.
export const counted = ["thames-valley-2019-to-2022", "thames-valley-2014-15", "sussex-2019-20-table", "warwickshire", "cheshire-2022-23",
  "worcestershire-2010-11", "worcestershire-2012-13-as-printed", "worcestershire-merged", "thames-valley-2021-22", "sussex-2019-20", "warwickshire-2024-25", "warwickshire-2025-26"]
  .map((name) => ({ path: `/funding/examples/${name}`, seen: "anyone" }))
  .concat([
    { path: "/areas/E22000371/analysis/did-it-work?type=crime&base-from=2022-01&base-to=2022-05&from=2022-06&to=2022-10&compare=E22000372", seen: "anyone" },
  ]);
