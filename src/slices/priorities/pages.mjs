// The pages of this room for the walk in a browser; what an entry says is told in tests/browser/pages.mjs.

export const pages = [
  { route: "/priorities", path: "/priorities", seen: "anyone", more: true, h1: "Priorities" },
  { route: "/priorities/:id", path: "/priorities/1", seen: "signed-in", h1: /^Worked example/ },
  { route: "/priorities/:id", path: (found) => found.closed, seen: "anyone", more: true, h1: "What comes first" },
  { route: "/priorities/:id", path: (found) => `${found.closed}?w-1=5&w-2=0`, seen: "anyone", more: true, h1: "What comes first" },
  { route: "/priorities/:id/scores", path: (found) => `${found.closed}/scores`, seen: "signed-in", h1: "Scores and reasons" },
  { route: "/priorities/new", path: "/priorities/new?area=E22000372", seen: ["analyst", "commissioning", "manager.north-yorkshire", "manager.north-worcestershire"], h1: "Begin an exercise" },
  { route: "/priorities/:id/edit", path: "/priorities/1/edit", seen: ["analyst", "commissioning", "manager.north-yorkshire"], h1: "Change the exercise" },
  { route: "/priorities/:id/score", path: "/priorities/1/score?item=drugs", seen: ["analyst", "commissioning", "manager.north-yorkshire"], h1: "Give your scores" },
  { route: "/priorities/:id/moderate", path: (found) => `${found.moderated}/moderate`, seen: ["manager.north-yorkshire"], h1: "Agree values" },
  { route: "/priorities/themes", path: "/priorities/themes", seen: "anyone", more: true, h1: "Themes" },
  { route: "/priorities/themes/:id", path: (found) => found.themes, seen: "anyone", h1: "Test themes, 1" },
  { route: "/priorities/themes/import", path: "/priorities/themes/import", seen: ["analyst", "commissioning", "manager.north-yorkshire", "manager.north-worcestershire"], h1: "Import themes" },
  { route: "/priorities/harm", path: "/priorities/harm", seen: "anyone", more: true, h1: "Harm weights" },
  { route: "/priorities/harm/:id", path: (found) => found.harm, seen: "anyone", h1: "Test weights, 1" },
  { route: "/priorities/harm/import", path: "/priorities/harm/import", seen: ["analyst", "commissioning", "manager.north-yorkshire", "manager.north-worcestershire"], h1: "Import harm weights" },
];
