// The pages of this room for the walk in a browser; what an entry says is told in tests/browser/pages.mjs.

export const pages = [
  { route: "/areas/:code/analysis", path: "/areas/E22000371/analysis?type=crime", seen: "anyone", more: true, h1: "Analysis of crime in City of York", place: "City of York" },
  { route: "/areas/:code/analysis/change", path: "/areas/E22000371/analysis/change?type=crime", seen: "anyone", more: true, h1: "Change of crime in City of York", place: "City of York" },
  { route: "/areas/:code/analysis/series", path: "/areas/E22000371/analysis/series?type=crime", seen: "anyone", more: true, h1: "Crime month by month in City of York", place: "City of York" },
  { route: "/areas/:code/analysis/signals", path: "/areas/E22000371/analysis/signals?type=crime", seen: "anyone", more: true, h1: "Signals of control charts in City of York", place: "City of York" },
  { route: "/areas/:code/analysis/hot-spots", path: "/areas/E22000371/analysis/hot-spots?type=crime", seen: "signed-in", h1: /City of York/, place: "City of York" },
  { route: "/areas/:code/analysis/grid", path: "/areas/E22000371/analysis/grid?type=crime", seen: "signed-in", h1: /City of York/, place: "City of York" },
  { route: "/areas/:code/analysis/density", path: "/areas/E22000371/analysis/density?bandwidth=150&cell=100&type=crime", seen: "signed-in", h1: /City of York/, place: "City of York" },
  { route: "/areas/:code/analysis/concentration", path: "/areas/E22000371/analysis/concentration?type=crime", seen: "signed-in", h1: /City of York/, place: "City of York" },
  { route: "/areas/:code/analysis/clusters", path: "/areas/E22000371/analysis/clusters?type=crime", seen: "signed-in", h1: /City of York/, place: "City of York" },
  { route: "/areas/:code/analysis/did-it-work", path: "/areas/E22000371/analysis/did-it-work?type=crime", seen: "anyone", more: true, h1: "Did it work? City of York", place: "City of York" },
  { route: "/areas/:code/analysis/near-repeat", path: "/areas/E22000371/analysis/near-repeat?type=crime", seen: "anyone", more: true, h1: "Near repeats in City of York", place: "City of York" },
];

// Addresses that answer with data, not with a page.
export const data = [
  { route: "/areas/:code/analysis/change/:file" },
  { route: "/areas/:code/analysis/series/:file" },
  { route: "/areas/:code/analysis/signals/:file" },
  { route: "/areas/:code/analysis/hot-spots/:file" },
  { route: "/areas/:code/analysis/grid/:file" },
  { route: "/areas/:code/analysis/grid-test/:file" },
  { route: "/areas/:code/analysis/density/:file" },
  { route: "/areas/:code/analysis/concentration/:file" },
  { route: "/areas/:code/analysis/clusters/:file" },
  { route: "/areas/:code/analysis/did-it-work/:file" },
  { route: "/areas/:code/analysis/forecast/:file" },
];
