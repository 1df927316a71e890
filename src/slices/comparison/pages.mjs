// The pages of this room for the walk in a browser; what an entry says is told in tests/browser/pages.mjs.

export const pages = [
  { route: "/areas/:code/analysis/comparison", path: "/areas/E22000372/analysis/comparison?type=crime", seen: "anyone", more: true, h1: "Comparison of North Yorkshire", place: "North Yorkshire" },
  { route: "/areas/:code/analysis/comparison", path: (found) => `/areas/E22000368/analysis/comparison?type=burglary&by=residents&by=rate&list=${found.list.split("/").pop()}`, seen: "anyone", more: true, h1: "Comparison of North Worcestershire", place: "North Worcestershire" },
  { route: "/comparison/lists", path: "/comparison/lists", seen: "anyone", more: true, h1: "Lists for comparison" },
  { route: "/comparison/lists/:id", path: (found) => found.list, seen: "anyone", more: true, h1: "Test list, 1" },
  { route: "/comparison/lists/import", path: "/comparison/lists/import", seen: ["administrator", "analyst", "commissioning"], h1: "Import a list of areas" },
];
