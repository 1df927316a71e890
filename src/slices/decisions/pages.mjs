// The pages of this room for the walk in a browser; what an entry says is told in tests/browser/pages.mjs.
import { deciders } from "../../../tests/browser/people.mjs";

export const pages = [
  // The demonstration has a decision in each state: 1 published, 2 open to comments, 3 a draft, 4 agreed, 5 frozen.
  { route: "/funding/decisions", path: "/funding/decisions", seen: "anyone", more: true, h1: "Decisions on money" },
  { route: "/funding/decisions", path: "/funding/decisions?state=published", seen: "anyone", more: true, h1: "Decisions on money" },
  { route: "/funding/decisions/:id", path: "/funding/decisions/1", seen: "anyone", more: true, h1: /^Worked example: Worcestershire 2012\/13/ },
  { route: "/funding/decisions/:id", path: "/funding/decisions/2", refusal: 404, hidden: true, seen: [...deciders, "manager.north-yorkshire", "manager.north-worcestershire"], h1: /^Worked example: Worcestershire 2012\/13/ },
  { route: "/funding/decisions/:id", path: "/funding/decisions/3", refusal: 404, hidden: true, seen: deciders, h1: /^Worked example: Worcestershire, the three/ },
  { route: "/funding/decisions/:id/paper", path: "/funding/decisions/1/paper", seen: "anyone", more: true, h1: /^Allocation paper: Worked example: Worcestershire 2012\/13/ },
  { route: "/funding/decisions/:id/paper/print", path: "/funding/decisions/1/paper/print", seen: "anyone", h1: /^Allocation paper: / },
  { route: "/funding/decisions/:id/notice", path: "/funding/decisions/1/notice", seen: "anyone", more: true, h1: /^Decision notice: Worked example: Worcestershire 2012\/13/ },
  { route: "/funding/decisions/:id/notice/print", path: "/funding/decisions/1/notice/print", seen: "anyone", h1: /^Decision notice: / },
  { route: "/funding/decisions/new", path: "/funding/decisions/new", seen: ["commissioning"], h1: "Prepare a decision" },
  { route: "/funding/decisions/:id/edit", path: "/funding/decisions/3/edit", seen: ["commissioning"], h1: "Change the draft" },
  { route: "/funding/decisions/:id/consult", path: "/funding/decisions/3/consult", seen: ["commissioning"], h1: "Open it to comments" },
  { route: "/funding/decisions/:id/comment", path: "/funding/decisions/2/comment", seen: ["manager.north-worcestershire"], h1: "Comment on the proposal" },
  { route: "/funding/decisions/:id/comments/:comment", path: "/funding/decisions/2/comments/1", seen: ["commissioning"], h1: "Answer a comment" },
  { route: "/funding/decisions/:id/take-back", path: "/funding/decisions/2/take-back", seen: ["commissioning"], h1: "Take it back to a draft" },
  { route: "/funding/decisions/:id/agree", path: "/funding/decisions/3/agree", seen: ["decision-maker"], h1: "Agree it" },
  { route: "/funding/decisions/:id/withdraw", path: "/funding/decisions/4/withdraw", seen: ["decision-maker"], h1: "Withdraw the agreement" },
  { route: "/funding/decisions/:id/freeze", path: "/funding/decisions/4/freeze", seen: ["commissioning"], h1: "Freeze it" },
  { route: "/funding/decisions/:id/publish", path: "/funding/decisions/5/publish", seen: ["decision-maker"], h1: "Publish it" },
  { route: "/funding/decisions/:id/supersede", path: "/funding/decisions/1/supersede", seen: ["decision-maker"], h1: "Supersede it" },
  { route: "/figures/:kind", path: "/figures/frozen-allocation?area=bromsgrove&decision=1", seen: "anyone", more: true, h1: /Bromsgrove CSP/ },
];

// Addresses that answer with data, not with a page.
export const data = [
  { route: "/funding/decisions/:id/frozen.json" },
  { route: "/funding/decisions/:id/paper.docx" },
  { route: "/funding/decisions/:id/notice.docx" },
  { route: "/funding/decisions/:id/workings.xlsx" },
];
