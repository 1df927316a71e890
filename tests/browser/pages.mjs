// Every page of the site. run.mjs walks them all and fails when the site links to a page, or the program has a route, that no
// entry here covers: a new page is a new entry.
//
//   route   the path as the program registers it
//   path    an address of it, or a function of what the walk has found (`found`, see run.mjs)
//   seen    who sees it: "anyone", "signed-in" or a list of demonstration accounts; the others are refused
//   h1      its heading
//   more    it offers more to those who are signed in
//   refusal the status of a refusal where it is not 403: with 404 nobody who may not see it learns that it is there
//   hidden  the public is not asked to sign in but refused as well: the route is everyone's, this address of it is not
//   place   where it is, as its title says beside its heading
export const accounts = ["administrator", "analyst", "commissioning", "decision-maker", "manager.north-yorkshire", "manager.north-worcestershire", "panel-member", "auditor"];

const deciders = ["analyst", "commissioning", "decision-maker", "auditor"];
const reviewers = ["administrator", "analyst", "commissioning"];
const crimes = "area=E22000372&from=2022-01&to=2022-11";

const funders = ["administrator", "commissioning"];
const fundReaders = ["administrator", "analyst", "commissioning", "decision-maker", "auditor"];

export const pages = [
  // Crime
  { route: "/", path: "/", seen: "anyone", h1: "Police force areas" },
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

  // Areas
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
  { route: "/search", path: "/search", seen: "anyone", h1: "Search" },
  { route: "/search", path: "/search?q=worcester", seen: "anyone", h1: "Search" },
  { route: "/accessibility", path: "/accessibility", seen: "anyone", h1: "Accessibility statement" },

  // Evidence
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

  // Figures
  { route: "/figures", path: "/figures", seen: "anyone", h1: "Figures" },
  { route: "/figures/:kind", path: `/figures/crimes?${crimes}`, seen: "anyone", more: true, h1: /North Yorkshire/ },
  { route: "/figures/:kind", path: `/figures/rate?${crimes}&type=burglary`, seen: "anyone", h1: /North Yorkshire/ },
  { route: "/figures/:kind", path: "/figures/population?area=E22000368&year=2022", seen: "anyone", h1: /North Worcestershire/ },
  { route: "/figures/:kind", path: "/figures/rate-compared?area=E22000368&from=2022-01&peers=all&to=2022-11", seen: "anyone", h1: /North Worcestershire/ },
  { route: "/figures/frozen", path: "/figures/frozen", seen: "signed-in", h1: "Frozen figures" },
  { route: "/figures/frozen/:id", path: (found) => found.frozen, seen: "signed-in", h1: /, frozen$/ },

  { route: "/figures/:kind", path: "/figures/allocation?area=bromsgrove&example=worcestershire-2012-13", seen: "anyone", more: true, h1: /Bromsgrove CSP/ },
  { route: "/figures/:kind", path: "/figures/allocation?area=E22000368&example=need-2022&year=3", seen: "anyone", more: true, h1: /North Worcestershire/ },

  // Comparison
  { route: "/areas/:code/analysis/comparison", path: "/areas/E22000372/analysis/comparison?type=crime", seen: "anyone", more: true, h1: "Comparison of North Yorkshire", place: "North Yorkshire" },
  { route: "/areas/:code/analysis/comparison", path: (found) => `/areas/E22000368/analysis/comparison?type=burglary&by=residents&by=rate&list=${found.list.split("/").pop()}`, seen: "anyone", more: true, h1: "Comparison of North Worcestershire", place: "North Worcestershire" },
  { route: "/comparison/lists", path: "/comparison/lists", seen: "anyone", more: true, h1: "Lists for comparison" },
  { route: "/comparison/lists/:id", path: (found) => found.list, seen: "anyone", more: true, h1: "Test list, 1" },
  { route: "/comparison/lists/import", path: "/comparison/lists/import", seen: ["administrator", "analyst", "commissioning"], h1: "Import a list of areas" },

  // Priorities
  { route: "/priorities", path: "/priorities", seen: "anyone", more: true, h1: "Priorities" },
  { route: "/priorities/:id", path: "/priorities/1", seen: "signed-in", h1: /^Worked example/ },
  { route: "/priorities/:id", path: (found) => found.closed, seen: "anyone", more: true, h1: "What comes first" },
  { route: "/priorities/:id", path: (found) => `${found.closed}?w-1=5&w-2=0`, seen: "anyone", more: true, h1: "What comes first" },
  { route: "/priorities/:id/scores", path: (found) => `${found.closed}/scores`, seen: "signed-in", h1: "Scores and reasons" },
  { route: "/priorities/new", path: "/priorities/new?area=E22000372", seen: ["analyst", "commissioning", "manager.north-yorkshire", "manager.north-worcestershire"], h1: "Begin an exercise" },
  { route: "/priorities/:id/edit", path: "/priorities/1/edit", seen: ["analyst", "commissioning", "manager.north-yorkshire"], h1: "Change the exercise" },
  { route: "/priorities/:id/score", path: "/priorities/1/score?item=drugs", seen: ["analyst", "commissioning", "manager.north-yorkshire"], h1: "Give your scores" },
  { route: "/priorities/:id/moderate", path: (found) => `${found.moderated}/moderate`, seen: ["manager.north-yorkshire"], h1: "Agree values" },
  { route: "/priorities/harm", path: "/priorities/harm", seen: "anyone", more: true, h1: "Harm weights" },
  { route: "/priorities/harm/:id", path: (found) => found.harm, seen: "anyone", h1: "Test weights, 1" },
  { route: "/priorities/harm/import", path: "/priorities/harm/import", seen: ["analyst", "commissioning"], h1: "Import harm weights" },

  // Funding
  { route: "/funding", path: "/funding", seen: "anyone", more: true, h1: "Funding" },
  { route: "/funding/examples/:name", path: "/funding/examples/worcestershire-table-1", seen: "anyone", more: true, h1: "Worcestershire, Table 1 as printed" },
  { route: "/funding/examples/:name", path: "/funding/examples/worcestershire-2012-13", seen: "anyone", more: true, h1: "Worcestershire 2012/13, the stated fund by last year's split" },
  { route: "/funding/examples/:name", path: "/funding/examples/need-2022?weight-1=40&weight-2=30&weight-3=30&year=2", seen: "anyone", more: true, h1: "A need formula on the figures of 2022" },
  { route: "/funding/compare", path: "/funding/compare?schemes=need-2022,need-2022,worcestershire-2012-13&weights-2=20,40,40&year-2=3&against=2", seen: "anyone", more: true, h1: "Scenarios side by side" },
  { route: "/funding/compare", path: "/funding/compare", seen: "anyone", more: true, h1: "Scenarios side by side" },
  { route: "/funding/examples/:name/paper", path: "/funding/examples/thames-valley-2021-22/paper", seen: "anyone", more: true, h1: "Allocation paper: Thames Valley 2021/22, a larger part retained" },
  { route: "/funding/examples/:name/paper", path: "/funding/examples/need-2022/paper?weights=40%2C30%2C30&year=2", seen: "anyone", more: true, h1: "Allocation paper: A need formula on the figures of 2022" },
  { route: "/funding/examples/:name/paper/print", path: "/funding/examples/worcestershire-merged/paper/print", seen: "anyone", h1: "Allocation paper: Worcestershire, the three northern partnerships as one, on the reproduced pot" },
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
  { route: "/funding/reconcile", path: "/funding/reconcile", seen: ["analyst", "commissioning", "decision-maker", "manager.north-yorkshire", "manager.north-worcestershire", "auditor"], h1: "Check a printed table" },
  { route: "/funding/pots", path: "/funding/pots", seen: fundReaders, h1: "Pots of money" },
  { route: "/funding/pots/:id", path: "/funding/pots/8", seen: fundReaders, h1: "Worcestershire community safety funding" },
  { route: "/funding/schemes/:id", path: "/funding/schemes/7", seen: fundReaders, h1: "The stated fund by last year's split" },
  { route: "/funding/schemes/:id", path: "/funding/schemes/9", seen: fundReaders, h1: "Population 50, recorded crime 25, anti-social behaviour 25, over three years" },
  { route: "/funding/pots/new", path: "/funding/pots/new", seen: funders, h1: "Set up a pot" },
  { route: "/funding/pots/:id/change", path: "/funding/pots/8/change", seen: funders, h1: "Change the pot Worcestershire community safety funding" },
  { route: "/funding/pots/:id/withdraw", path: "/funding/pots/8/withdraw", seen: funders, h1: "Withdraw the pot Worcestershire community safety funding" },
  { route: "/funding/schemes/new", path: "/funding/schemes/new?pot=8", seen: funders, h1: "Set up a scheme" },
  { route: "/funding/schemes/:id/steps/:step", path: "/funding/schemes/9/steps/1", seen: funders, h1: "Step 1: Weighted indicators" },
  { route: "/funding/schemes/:id/steps/:step", path: "/funding/schemes/9/steps/new?type=floor", seen: funders, h1: "Add a step: Floor" },
  { route: "/funding/schemes/:id/settings", path: "/funding/schemes/7/settings", seen: funders, h1: "Title, rounding and tranches" },
  { route: "/funding/schemes/:id/areas", path: "/funding/schemes/7/areas", seen: funders, h1: "Areas" },
  { route: "/funding/schemes/:id/last-year", path: "/funding/schemes/8/last-year", seen: funders, h1: "Last year's money" },
  { route: "/funding/schemes/:id/import", path: "/funding/schemes/7/import", seen: funders, h1: "Replace the scheme The stated fund by last year's split by a file" },
  { route: "/funding/schemes/:id/copy", path: "/funding/schemes/7/copy", seen: funders, h1: "Copy the scheme The stated fund by last year's split" },
  { route: "/funding/schemes/:id/withdraw", path: "/funding/schemes/7/withdraw", seen: funders, h1: "Withdraw the scheme The stated fund by last year's split" },

  // Analysis
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

  // Bodies
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
  { route: "/bodies/proposals/:number/enact", path: "/bodies/proposals/1/enact", seen: ["administrator", "commissioning"], h1: /Enact proposal 1/ },

  // Coming in
  { route: "/sign-in", path: "/sign-in", seen: "anyone", only: "anonymous", h1: "Sign in" },
  { route: "/set-password/:token", path: (found) => found.link, seen: "anyone", only: "anonymous", h1: "Set your password" },
  { route: "/account", path: "/account", seen: "signed-in", h1: "My account" },

  // Administration
  { route: "/administration", path: "/administration", seen: "signed-in", h1: "Administration" },
  { route: "/administration/permissions", path: "/administration/permissions", seen: "signed-in", h1: "What each role may do" },
  { route: "/administration/accounts", path: "/administration/accounts", seen: ["administrator"], h1: "Accounts" },
  { route: "/administration/accounts/new", path: "/administration/accounts/new", seen: ["administrator"], h1: "New account" },
  { route: "/administration/accounts/:id", path: "/administration/accounts/2", seen: ["administrator"], h1: "Performance analyst" },
  { route: "/administration/audit", path: "/administration/audit", seen: ["administrator", "auditor"], h1: "Audit" },

  // Work under way
  { route: "/drafts", path: "/drafts", seen: "signed-in", h1: "Your drafts" },
  { route: "/jobs", path: "/jobs", seen: "signed-in", h1: "My work under way" },
  { route: "/jobs/:id", path: (found) => found.job, seen: ["analyst", "administrator"], refusal: 404, h1: /Import/ },
];

// Addresses that answer with data, not with a page.
export const data = [
  { route: "/figures/:kind/rows.csv" },
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
  { route: "/bodies/files/:file" },
  { route: "/areas/names" },
  { route: "/bodies/names" },
  { route: "/bodies/posts" },
  { route: "/administration/audit.csv" },
  { route: "/evidence/sources.csv" },
  { route: "/evidence/sources.xlsx" },
  { route: "/evidence/sources/:id/refused.csv" },
  { route: "/evidence/coverage.csv" },
  { route: "/evidence/coverage.xlsx" },
  { route: "/funding/decisions/:id/frozen.json" },
  { route: "/funding/decisions/:id/paper.docx" },
  { route: "/funding/decisions/:id/notice.docx" },
  { route: "/funding/decisions/:id/workings.xlsx" },
  { route: "/funding/examples/:name/:file" },
  { route: "/funding/schemes/:id/scheme.json" },
  { route: "/health" },
  { route: "/api/v1/areas/:code" },
  { route: "/api/v1/figures/:kind" },
  { route: "/api/v1/openapi.json" },
];

// Pages of which the others are examples, and whose numbers are counted all the same (explained.mjs): every published table.
export const counted = ["thames-valley-2019-to-2022", "thames-valley-2014-15", "sussex-2019-20-table", "warwickshire", "cheshire-2022-23",
  "worcestershire-2010-11", "worcestershire-2012-13-as-printed", "worcestershire-merged", "thames-valley-2021-22", "sussex-2019-20", "warwickshire-2024-25", "warwickshire-2025-26"]
  .map((name) => ({ path: `/funding/examples/${name}`, seen: "anyone" }))
  .concat([
    { path: "/areas/E22000371/analysis/did-it-work?type=crime&base-from=2022-01&base-to=2022-05&from=2022-06&to=2022-10&compare=E22000372", seen: "anyone" },
  ]);
