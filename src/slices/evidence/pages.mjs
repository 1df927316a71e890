// The pages of this room for the walk in a browser; what an entry says is told in tests/browser/pages.mjs.

export const pages = [
  { route: "/evidence", path: "/evidence", seen: "anyone", h1: "Data sets" },
  { route: "/evidence/sources", path: "/evidence/sources", seen: "anyone", h1: "Files" },
  { route: "/evidence/sources", path: "/evidence/sources?kind=police-street", seen: "anyone", h1: "Files: Street-level crime" },
  { route: "/evidence/sources/:id", path: (found) => found.source, seen: "anyone", more: true, h1: "2022-10-surrey-street.csv" },
  { route: "/evidence/coverage", path: "/evidence/coverage", seen: "anyone", h1: "Coverage" },
  { route: "/evidence/coverage", path: "/evidence/coverage?force=surrey&state=missing&year=2022", seen: "anyone", h1: "Coverage" },
  { route: "/evidence/revisions", path: "/evidence/revisions", seen: "anyone", h1: "Revisions" },
  { route: "/evidence/revisions/:id", path: (found) => found.revision, seen: "anyone", h1: "Revision of Surrey Police, November 2022" },
  { route: "/evidence/publications", path: "/evidence/publications", seen: "anyone", h1: "Publications" },
  { route: "/evidence/publications", path: "/evidence/publications?show=all&kind=police-month&page=2", seen: "anyone", h1: "Publications" },
  { route: "/evidence/publications/:kind/:key", path: "/evidence/publications/police-month/surrey%202022-11", seen: "anyone", more: true, h1: "Surrey Police, November 2022" },
  { route: "/evidence/imports", path: "/evidence/imports", seen: "anyone", h1: "Imports" },
  { route: "/evidence/imports/:id", path: (found) => found.import, seen: "anyone", h1: /^Import \d+$/ },
  { route: "/evidence/import/check/:token", path: (found) => found.check, seen: ["administrator", "analyst"], h1: "Check what the import would change" },
  { route: "/evidence/import", path: "/evidence/import", seen: ["administrator", "analyst"], h1: "Import data" },
];

// Addresses that answer with data, not with a page.
export const data = [
  { route: "/evidence/sources.csv" },
  { route: "/evidence/sources.xlsx" },
  { route: "/evidence/sources/:id/refused.csv" },
  { route: "/evidence/coverage.csv" },
  { route: "/evidence/coverage.xlsx" },
];
