// Who walks the site: the demonstration's accounts, and those among them whom several rooms name.
export const accounts = ["administrator", "analyst", "commissioning", "decision-maker", "manager.north-yorkshire", "manager.north-worcestershire", "panel-member", "auditor"];
export const deciders = ["analyst", "commissioning", "decision-maker", "auditor"];
export const reviewers = ["administrator", "analyst", "commissioning"];
export const crimes = "area=E22000372&from=2022-01&to=2022-11";
export const funders = ["administrator", "commissioning"];
export const fundReaders = ["administrator", "analyst", "commissioning", "decision-maker", "auditor"];
