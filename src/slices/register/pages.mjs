// The pages of this room for the walk in a browser; what an entry says is told in tests/browser/pages.mjs.
import { reviewers } from "../../../tests/browser/people.mjs";

export const pages = [
  { route: "/areas/:code", path: "/areas/E05015440", seen: "anyone", h1: "Bengeworth", place: "Bengeworth" },
  { route: "/areas/:code", path: "/areas/btp", seen: "anyone", h1: "British Transport Police", place: "British Transport Police" },
  { route: "/areas", path: "/areas", seen: "anyone", h1: "Areas" },
  { route: "/areas", path: "/areas?as-at=2018-06-01", seen: "anyone", h1: "Areas" },
  { route: "/areas/:code", path: "/areas/E23000016", seen: "anyone", h1: "West Mercia", place: "West Mercia" },
  { route: "/areas/:code", path: "/areas/E22000368", seen: "anyone", h1: "North Worcestershire", place: "North Worcestershire" },
  { route: "/areas/:code", path: "/areas/E06000014", seen: "anyone", h1: "York", place: "York" },
  { route: "/areas/:code", path: "/areas/E01013368", seen: "anyone", h1: "York 010B", place: "York 010B" },
  { route: "/areas/:code", path: "/areas/X-bromsgrove-csp", seen: "anyone", h1: "Bromsgrove", place: "Bromsgrove" },
  { route: "/areas/import", path: "/areas/import", seen: ["administrator", "analyst"], h1: "Import geography" },
  { route: "/areas/publications", path: "/areas/publications", seen: "anyone", h1: "Publications of geography" },
  { route: "/areas/publications", path: "/areas/publications?show=all", seen: "anyone", h1: "Publications of geography" },
  { route: "/areas/publications/:kind/:key", path: "/areas/publications/look-up/2022-12-31", seen: "anyone", more: true, h1: "Look-up of December 2022" },
  { route: "/areas/successions", path: "/areas/successions", seen: "anyone", h1: "What became of areas" },
  { route: "/areas/successions", path: "/areas/successions?state=all", seen: "anyone", more: true, h1: "What became of areas" },
  { route: "/areas/successions/:id", path: (found) => found.succession, seen: reviewers, h1: "Review what became of an area" },
];

// Addresses that answer with data, not with a page.
export const data = [
  { route: "/areas/names" },
  { route: "/api/v1/areas/:code" },
];
