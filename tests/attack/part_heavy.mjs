// A flood of figures that take long: by visitors, by accounts, by clients that leave.
import { ask, eventually, pause, processorSeconds, residentMegabytes, signIn } from "./support.mjs";

export const title = "A flood of long work";

const kinds = ["scan-cluster", "grid-hot-spots", "highest-density", "moran", "hot-spot-count", "grid-accuracy"];
const areas = ["E23000016", "E23000009", "E22000368", "E22000372"];

// No two alike: as-at, months, type, cells and bandwidths go past what is kept. `filler` makes each as long as a head may be.
function question(i, filler = 0) {
  const kind = kinds[i % kinds.length];
  const query = new URLSearchParams({ area: areas[i % areas.length], from: `2022-0${1 + (i % 3)}`, to: `2022-${String(8 + (i % 4)).padStart(2, "0")}`, type: "crime", "as-at": `2022-12-${String(1 + (i % 28)).padStart(2, "0")}` });
  if (kind.startsWith("grid")) query.set("cell", ["500", "1000", "2000"][i % 3]);
  if (kind === "highest-density") query.set("bandwidth", String(1000 + i));
  if (filler > 0) query.set("part", `2.${"1.".repeat(filler / 2)}1`);
  return `/${kind}?${query}`;
}

const counted = (answers) => {
  const by = new Map();
  for (const { status } of answers) by.set(status, (by.get(status) ?? 0) + 1);
  return [...by].sort().map(([status, count]) => `${count} x ${status}`).join(", ");
};

async function afterwards(pid, milliseconds = 120_000) {
  // At rest: less than a tenth of a processor over a second.
  return eventually(async () => {
    const before = processorSeconds(pid);
    await pause(1000);
    return processorSeconds(pid) - before < 0.1;
  }, milliseconds);
}

export async function attack(report, room) {
  const many = room.sample ? 60 : 600;
  const program = room.demonstration("heavy");
  const site = await program.serve(["--demonstration"], []);
  const pid = site.child.pid;
  await afterwards(pid); // what visitors are shown is worked out at the start
  await signIn(site.origin, site.accounts.analyst);
  const alone = await signIn(site.origin, site.accounts.auditor);
  const atRest = residentMegabytes(pid);

  await report.group(`${many} long questions of a visitor`, async (group) => {
    const used = processorSeconds(pid);
    const asked = Array.from({ length: many }, (_, i) => ask(site.origin, `/api/v1/figures${question(i, 7000)}`));
    const inside = await signIn(site.origin, site.accounts["decision-maker"]);
    const answers = await Promise.all(asked.map((one) => one.answered));
    group.check("sign-in is answered", inside.cookie !== undefined, `status ${inside.status}`);
    group.check("nobody has anything worked out", answers.every(({ status }) => status === 403 || status === 503), counted(answers));
    group.check("and it is said what to do", answers.some(({ text }) => text.includes("sign in")));
    console.log(`  ${counted(answers)}; sign-in took ${inside.milliseconds.toFixed(0)} ms (alone ${alone.milliseconds.toFixed(0)} ms); ${(processorSeconds(pid) - used).toFixed(2)} s of processor`);
  });

  await report.group("long questions of five accounts", async (group) => {
    const names = ["analyst", "commissioning", "decision-maker", "auditor", "administrator"];
    const sessions = [];
    for (const name of names) sessions.push((await signIn(site.origin, site.accounts[name])).cookie);
    const asked = Array.from({ length: many }, (_, i) => ask(site.origin, `/${i % 2 ? "figures" : "api/v1/figures"}${question(i)}`, { cookie: sessions[i % sessions.length] }));
    await pause(50);
    const inside = await signIn(site.origin, site.accounts["panel-member"]);
    const page = await ask(site.origin, "/areas/E22000368/crime?type=crime").answered;
    const answers = await Promise.all(asked.map((one) => one.answered));
    const last = Math.max(...answers.filter(({ status }) => [200, 202].includes(status)).map(({ ended }) => ended));
    group.check("sign-in is answered", inside.cookie !== undefined, `status ${inside.status}`);
    group.equal("a page is answered", page.status, 200);
    group.check("before the last of the long ones", inside.ended < last, `${inside.ended.toFixed(0)} ms, ${last.toFixed(0)} ms`);
    group.check("every one has an answer that was meant", answers.every(({ status }) => [200, 202, 303, 429, 503].includes(status)), counted(answers));
    group.check("what was refused says when to come again", answers.filter(({ status }) => [429, 503].includes(status)).every(({ headers }) => Number(headers["retry-after"]) > 0));
    group.check("and some were refused", answers.some(({ status }) => status === 429), counted(answers));
    group.check("and some were taken", answers.some(({ status }) => [200, 202, 303].includes(status)), counted(answers));
    console.log(`  ${counted(answers)}; sign-in took ${inside.milliseconds.toFixed(0)} ms`);
    group.check("afterwards it rests", await afterwards(pid));
  });

  await report.group("clients that leave", async (group) => {
    await pause(2000);
    const analyst = (await signIn(site.origin, site.accounts["panel-member"])).cookie;
    const used = processorSeconds(pid);
    const leaving = Array.from({ length: 3 }, (_, i) => ask(site.origin, `/api/v1/figures/scan-cluster?area=E23000016&from=2022-01&to=2022-11&type=all&as-at=2022-11-${String(10 + i)}`, { cookie: analyst }));
    await pause(120);
    for (const one of leaving) one.leave();
    await Promise.all(leaving.map((one) => one.answered));
    group.check("what they asked for is stopped", await afterwards(pid, 20_000));
    console.log(`  ${(processorSeconds(pid) - used).toFixed(2)} s of processor for three scans that were left`);
    const back = await ask(site.origin, "/api/v1/figures/moran?area=E22000372&from=2022-02&to=2022-10&type=drugs", { cookie: analyst }).answered;
    group.check("and who comes back is answered", [200, 202].includes(back.status), `${back.status} ${back.text.slice(0, 200)}`);
  });

  await report.group("one that takes long is a job, and then it is there", async (group) => {
    const cookie = (await signIn(site.origin, site.accounts["county-board.worcestershire"])).cookie;
    const target = "/api/v1/figures/scan-cluster?area=E23000016&from=2022-01&to=2022-11&type=crime&as-at=2022-11-29";
    let answer = await ask(site.origin, target, { cookie }).answered;
    group.check("it is answered or has become a job", [200, 202].includes(answer.status), `${answer.status} ${answer.text.slice(0, 200)}`);
    const asJob = answer.status === 202;
    if (asJob) {
      const job = answer.headers.location;
      let state;
      await eventually(async () => {
        state = JSON.parse((await ask(site.origin, job, { cookie }).answered).text);
        return !["queued", "running"].includes(state.state);
      });
      group.equal("the job ends", [state.state, state.result_url], ["done", target]);
      group.equal("it is nobody else's", (await ask(site.origin, job, { cookie: (await signIn(site.origin, site.accounts["panel-member"])).cookie }).answered).status, 404);
      answer = await ask(site.origin, target, { cookie }).answered;
    }
    group.equal("asked again it is there", answer.status, 200);
    console.log(`  ${asJob ? "it was a job" : "it was answered within a second"}; asked again: ${(await ask(site.origin, target, { cookie }).answered).milliseconds.toFixed(0)} ms`);
  });

  await report.group("on the command line it has no limit, and Ctrl-C ends it", async (group) => {
    const figure = program.start(["figure", "scan-cluster", "--area", "E23000016", "--from", "2022-01", "--to", "2022-11", "--type", "all"]);
    await pause(500);
    const began = performance.now();
    figure.kill("SIGINT");
    const ended = await figure.ended;
    group.check("it ends, by the signal or because it was done", ended.signal === "SIGINT" || ended.code === 0, JSON.stringify(ended));
    console.log(`  ended ${(performance.now() - began).toFixed(0)} ms after Ctrl-C`);
  });

  // What a kind says it costs, measured: the example of its own description, once.
  if (!room.sample)
    await report.group("what each kind costs", async (group) => {
      const { paths } = JSON.parse((await ask(site.origin, "/api/v1/openapi.json").answered).text);
      const took = [];
      for (const [route, { get: asked }] of Object.entries(paths)) {
        if (!route.includes("/figures/")) continue;
        const query = new URLSearchParams(asked.parameters.filter((one) => one.name !== "part" && (one.required || one.name === "area")).map((one) => [one.name, one.example]));
        const answer = await ask(site.origin, `${route}?${query}`).answered;
        took.push({ kind: route.split("/").pop(), status: answer.status, milliseconds: answer.milliseconds });
      }
      group.check("every kind was asked", took.length > 40, String(took.length));
      took.sort((a, b) => b.milliseconds - a.milliseconds);
      console.log(`  the dearest for a visitor: ${took.slice(0, 8).map(({ kind, status, milliseconds }) => `${kind} ${milliseconds.toFixed(0)} ms (${status})`).join(", ")}`);
    });

  await report.group("what is left of it", async (group) => {
    await afterwards(pid);
    const left = residentMegabytes(pid);
    // What is kept has its bounds (kMostGrids, kMostStudies, kMostScans, kMostForAccounts): 112 MB together.
    group.check("memory is within what may be kept", left - atRest < 160, `${atRest.toFixed(0)} MB before, ${left.toFixed(0)} MB after`);
    console.log(`  ${atRest.toFixed(0)} MB before, ${left.toFixed(0)} MB after`);
    group.equal("and it ends in order", await site.stop(), { code: 0, signal: null });
  });
}
