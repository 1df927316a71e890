// The pages of this room for the walk in a browser; what an entry says is told in tests/browser/pages.mjs.
import { funders, fundReaders } from "../../../tests/browser/people.mjs";

export const pages = [
  { route: "/funding", path: "/funding", seen: "anyone", more: true, h1: "Funding" },
  { route: "/funding/examples/:name", path: "/funding/examples/worcestershire-table-1", seen: "anyone", more: true, h1: "Worcestershire, Table 1 as printed" },
  { route: "/funding/examples/:name", path: "/funding/examples/worcestershire-2012-13", seen: "anyone", more: true, h1: "Worcestershire 2012/13, the stated fund by last year's split" },
  { route: "/funding/examples/:name", path: "/funding/examples/need-2022?weight-1=40&weight-2=30&weight-3=30&year=2", seen: "anyone", more: true, h1: "A need formula on the figures of 2022" },
  { route: "/funding/compare", path: "/funding/compare?schemes=need-2022,need-2022,worcestershire-2012-13&weights-2=20,40,40&year-2=3&against=2", seen: "anyone", more: true, h1: "Scenarios side by side" },
  { route: "/funding/compare", path: "/funding/compare", seen: "anyone", more: true, h1: "Scenarios side by side" },
  { route: "/funding/examples/:name/paper", path: "/funding/examples/thames-valley-2021-22/paper", seen: "anyone", more: true, h1: "Allocation paper: Thames Valley 2021/22, a larger part retained" },
  { route: "/funding/examples/:name/paper", path: "/funding/examples/need-2022/paper?weights=40%2C30%2C30&year=2", seen: "anyone", more: true, h1: "Allocation paper: A need formula on the figures of 2022" },
  { route: "/funding/examples/:name/paper/print", path: "/funding/examples/worcestershire-merged/paper/print", seen: "anyone", h1: "Allocation paper: Worcestershire, the three northern partnerships as one, on the reproduced pot" },
  { route: "/funding/reconcile", path: "/funding/reconcile", seen: ["analyst", "commissioning", "decision-maker", "manager.north-yorkshire", "manager.north-worcestershire", "auditor"], h1: "Check a printed table" },
  { route: "/funding/pots", path: "/funding/pots", seen: fundReaders, h1: "Pots of money" },
  { route: "/funding/pots/:id", path: "/funding/pots/8", seen: fundReaders, h1: "Worcestershire community safety funding" },
  { route: "/funding/schemes/:id", path: "/funding/schemes/7", seen: fundReaders, h1: "The stated fund by last year's split" },
  { route: "/funding/schemes/:id", path: "/funding/schemes/9", seen: fundReaders, h1: "Population 50, recorded crime 25, anti-social behaviour 25, over three years" },
  { route: "/funding/pots/new", path: "/funding/pots/new", seen: funders, h1: "Set up a pot" },
  { route: "/funding/pots/:id/change", path: "/funding/pots/8/change", seen: funders, h1: "Change the pot Worcestershire community safety funding" },
  { route: "/funding/pots/:id/withdraw", path: "/funding/pots/8/withdraw", seen: funders, h1: "Withdraw the pot Worcestershire community safety funding" },
  { route: "/funding/schemes/new", path: "/funding/schemes/new?pot=8", seen: funders, h1: "Set up a scheme" },
  { route: "/funding/schemes/:id/steps/:step", path: "/funding/schemes/9/steps/1", seen: funders, h1: "Step 1: Weighted indicators" },
  { route: "/funding/schemes/:id/steps/:step", path: "/funding/schemes/9/steps/new?type=floor", seen: funders, h1: "Add a step: Floor" },
  { route: "/funding/schemes/:id/settings", path: "/funding/schemes/7/settings", seen: funders, h1: "Title, rounding and tranches" },
  { route: "/funding/schemes/:id/areas", path: "/funding/schemes/7/areas", seen: funders, h1: "Areas" },
  { route: "/funding/schemes/:id/last-year", path: "/funding/schemes/8/last-year", seen: funders, h1: "Last year's money" },
  { route: "/funding/schemes/:id/import", path: "/funding/schemes/7/import", seen: funders, h1: "Replace the scheme The stated fund by last year's split by a file" },
  { route: "/funding/schemes/:id/copy", path: "/funding/schemes/7/copy", seen: funders, h1: "Copy the scheme The stated fund by last year's split" },
  { route: "/funding/schemes/:id/withdraw", path: "/funding/schemes/7/withdraw", seen: funders, h1: "Withdraw the scheme The stated fund by last year's split" },
];

// Addresses that answer with data, not with a page.
export const data = [
  { route: "/funding/examples/:name/:file" },
  { route: "/funding/indicators" },
  { route: "/funding/schemes/:id/scheme.json" },
];
