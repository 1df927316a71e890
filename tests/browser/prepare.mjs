// What some pages need to be there, made in the browser first: a frozen figure, an invitation, an upload, an exercise.
import { evidence } from "./flow_evidence.mjs";
import { freeze } from "./flow_figures.mjs";
import { priorities } from "./flow_priorities.mjs";

export async function prepare(report, contexts, silent, site, program) {
  const found = {};
  found.frozen = await freeze(report, silent, "/figures/crimes?area=E22000372&from=2022-01&to=2022-11");
  found.link = new URL(program.run(["user", "add", "--email", "link@example.org", "--name", "Somebody new"]).out.match(/https?:\S+/)[0]).pathname;
  Object.assign(found, await evidence(report, contexts, silent, site, program));
  Object.assign(found, await priorities(report, silent));
  return found;
}
