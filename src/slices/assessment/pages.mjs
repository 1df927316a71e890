// The pages of this room for the walk in a browser; what an entry says is told in tests/browser/pages.mjs.

export const pages = [
  { route: "/areas/:code/crime", path: "/areas/E23000009/crime?type=crime", seen: "anyone", h1: "Recorded crime in North Yorkshire", place: "North Yorkshire" },
  { route: "/areas/:code/crime", path: "/areas/E22000368/crime?type=crime", seen: "anyone", h1: "Recorded crime in North Worcestershire", place: "North Worcestershire" },
  { route: "/areas/:code/crime", path: "/areas/E22000371/crime?type=burglary&from=2022-06&to=2022-11", seen: "anyone", h1: "Burglary in City of York", place: "City of York" },
  { route: "/areas/:code/crime", path: "/areas/E07000165/crime?type=crime", seen: "anyone", h1: "Recorded crime in Harrogate", place: "Harrogate" },
  { route: "/areas/:code/crime", path: "/areas/E01013368/crime?type=crime", seen: "anyone", h1: "Recorded crime in York 010B", place: "York 010B" },
  { route: "/areas/:code/crime", path: "/areas/E22000368/crime?as-at=2022-12-31&type=crime", seen: "anyone", h1: "Recorded crime in North Worcestershire", place: "North Worcestershire" },
  { route: "/areas/:code/crime/:file", path: "/areas/E22000372/crime/lsoas?type=crime", seen: "anyone", h1: "LSOAs of North Yorkshire", place: "North Yorkshire" },
  { route: "/areas/:code/crime/:file", path: "/areas/E22000372/crime/lsoas?sort=rate&order=desc&page=2&type=crime", seen: "anyone", h1: "LSOAs of North Yorkshire", place: "North Yorkshire" },
  { route: "/areas/:code/crime/:file", path: "/areas/E22000368/crime/comparison-all?type=crime", seen: "anyone", h1: "Partnerships compared with North Worcestershire", place: "North Worcestershire" },
  { route: "/areas/:code/crime", path: "/areas/E05015440/crime?type=crime", seen: "anyone", h1: "Recorded crime in Bengeworth", place: "Bengeworth" },
  { route: "/areas/:code/crime", path: "/areas/E06000014/crime?type=crime", seen: "anyone", h1: "Recorded crime in York", place: "York" },
  { route: "/areas/:code/crime", path: "/areas/btp/crime?type=crime", seen: "anyone", h1: "Recorded crime of British Transport Police", place: "British Transport Police" },
];
