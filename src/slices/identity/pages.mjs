// The pages of this room for the walk in a browser; what an entry says is told in tests/browser/pages.mjs.

export const pages = [
  { route: "/sign-in", path: "/sign-in", seen: "anyone", only: "anonymous", h1: "Sign in" },
  { route: "/set-password/:token", path: (found) => found.link, seen: "anyone", only: "anonymous", h1: "Set your password" },
  { route: "/account", path: "/account", seen: "signed-in", h1: "My account" },
  { route: "/administration", path: "/administration", seen: "signed-in", h1: "Administration" },
  { route: "/administration/permissions", path: "/administration/permissions", seen: "signed-in", h1: "What each role may do" },
  { route: "/administration/accounts", path: "/administration/accounts", seen: ["administrator"], h1: "Accounts" },
  { route: "/administration/accounts/new", path: "/administration/accounts/new", seen: ["administrator"], h1: "New account" },
  { route: "/administration/accounts/:id", path: "/administration/accounts/2", seen: ["administrator"], h1: "Performance analyst" },
  { route: "/administration/audit", path: "/administration/audit", seen: ["administrator", "auditor"], h1: "Audit" },
];

// Addresses that answer with data, not with a page.
export const data = [
  { route: "/administration/audit.csv" },
];
