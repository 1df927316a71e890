// The pages of this room for the walk in a browser; what an entry says is told in tests/browser/pages.mjs.

export const pages = [
  { route: "/bodies", path: "/bodies", seen: "anyone", more: true, h1: "Bodies" },
  { route: "/bodies", path: "/bodies?as-at=2012-05-01&area=E23000016", seen: "anyone", more: true, h1: /Bodies/ },
  { route: "/bodies/:code", path: "/bodies/bradford-csp", seen: "anyone", more: true, h1: "Bradford Community Safety Partnership" },
  { route: "/bodies/:code/history", path: "/bodies/bradford-csp/history", seen: "signed-in", h1: /Bradford/ },
  { route: "/bodies/duties", path: "/bodies/duties", seen: "anyone", more: true, h1: "Duties, gaps and double cover" },
  { route: "/bodies/calendar", path: "/bodies/calendar", seen: "anyone", more: true, h1: "What falls due" },
  { route: "/bodies/overlap", path: "/bodies/overlap", seen: "anyone", more: true, h1: "The same people in several rooms" },
  { route: "/bodies/papers/:paper", path: "/bodies/papers/worcestershire-2011", seen: "anyone", more: true, h1: /./ },
  { route: "/bodies/change", path: "/bodies/change?fact=body", seen: ["administrator", "commissioning", "manager.north-yorkshire", "manager.north-worcestershire"], h1: /./ },
  { route: "/bodies/import", path: "/bodies/import", seen: ["administrator", "analyst"], h1: /./ },
  { route: "/bodies/reorganise", path: "/bodies/reorganise", seen: ["administrator", "commissioning", "manager.north-yorkshire", "manager.north-worcestershire"], h1: "Merge or split bodies" },
  { route: "/bodies/reorganise", path: "/bodies/reorganise?what=merge", seen: ["administrator", "commissioning", "manager.north-yorkshire", "manager.north-worcestershire"], h1: "Merge bodies" },
  { route: "/bodies/reorganise", path: "/bodies/reorganise?what=split", seen: ["administrator", "commissioning", "manager.north-yorkshire", "manager.north-worcestershire"], h1: "Split a body" },
  { route: "/bodies/changes", path: "/bodies/changes", seen: "signed-in", h1: /./ },
  { route: "/bodies/changes/:number", path: "/bodies/changes/1", seen: "signed-in", h1: /./ },
  { route: "/bodies/records/:record", path: "/bodies/records/1", seen: "signed-in", h1: /Record 1/ },
  { route: "/bodies/difference", path: "/bodies/difference", seen: "anyone", more: true, h1: "What began, ended and moved" },
  { route: "/bodies", path: "/bodies?proposal=1&as-at=2014-05-01&area=E23000016", seen: "signed-in", h1: "Bodies" },
  { route: "/bodies/duties", path: "/bodies/duties?proposal=2&as-at=2013-01-01&area=E23000009", seen: "signed-in", h1: "Duties, gaps and double cover" },
  { route: "/bodies/proposals", path: "/bodies/proposals", seen: "signed-in", h1: "Proposals" },
  { route: "/bodies/proposals/new", path: "/bodies/proposals/new", seen: ["administrator", "commissioning", "manager.north-yorkshire", "manager.north-worcestershire"], h1: "Make a proposal" },
  { route: "/bodies/proposals/:number", path: "/bodies/proposals/1?as-at=2014-05-01", seen: "signed-in", h1: /Worcestershire/ },
  { route: "/bodies/proposals/:number/words", path: "/bodies/proposals/1/words", seen: ["administrator", "commissioning"], h1: /Title and reason/ },
  { route: "/bodies/proposals/:number/withdraw", path: "/bodies/proposals/1/withdraw", seen: ["administrator", "commissioning"], h1: /Withdraw proposal 1/ },
  { route: "/bodies/proposals/:number/take-out", path: "/bodies/proposals/1/take-out?edits=1", seen: ["administrator", "commissioning"], h1: /Take out of proposal 1/ },
  { route: "/bodies/proposals/:number/enact", path: "/bodies/proposals/1/enact", seen: ["administrator", "commissioning"], h1: /Enact proposal 1/ },
];

// Addresses that answer with data, not with a page.
export const data = [
  { route: "/bodies/files/:file" },
  { route: "/bodies/names" },
  { route: "/bodies/posts" },
];
