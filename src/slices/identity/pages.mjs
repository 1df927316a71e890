// The pages of this room for the walk in a browser; what an entry says is told in tests/browser/pages.mjs.

export const pages = [
  { route: "/sign-in", path: "/sign-in", seen: "anyone", only: "anonymous", h1: "Sign in" },
  { route: "/set-password/:token", path: (found) => found.link, seen: "anyone", only: "anonymous", h1: "Set your password" },
  { route: "/account", path: "/account", seen: "signed-in", h1: "My account" },
  { route: "/account/second-factor", path: "/account/second-factor", seen: "signed-in", h1: "Set up a second factor" },
  { route: "/administration/second-factor", path: "/administration/second-factor", seen: ["administrator"], h1: "Second factor" },
  { route: "/administration", path: "/administration", seen: "signed-in", h1: "Administration" },
  { route: "/administration/permissions", path: "/administration/permissions", seen: "signed-in", h1: "What each role may do" },
  { route: "/administration/accounts", path: "/administration/accounts", seen: ["administrator"], h1: "Accounts" },
  { route: "/administration/accounts/new", path: "/administration/accounts/new", seen: ["administrator"], h1: "New account" },
  { route: "/administration/accounts/:id", path: "/administration/accounts/2", seen: ["administrator"], h1: "Performance analyst" },
  { route: "/administration/accounts/:id/provider", path: "/administration/accounts/2/provider", seen: ["administrator"], h1: "Sign-in of Performance analyst with a provider" },
  { route: "/administration/audit", path: "/administration/audit", seen: ["administrator", "auditor"], h1: "Audit" },
];

// Addresses that answer with data, not with a page; and pages of a sign-in under way, which flow_identity.mjs walks.
export const data = [
  { route: "/sign-in/code" },
  { route: "/sign-in/second-factor" },
  { route: "/sign-in/provider" },
  { route: "/sign-in/provider/back" },
  { route: "/administration/audit.csv" },
];
