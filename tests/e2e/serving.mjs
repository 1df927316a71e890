// The site while other things happen to its data folder, and its end.
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { streetFile } from "./support/police.mjs";
import { answers, sentence } from "./support/state.mjs";

const textOf = async (site, address) => {
  const answer = await fetch(site.origin + address);
  return { status: answer.status, text: await answer.text() };
};
// An import by another process is seen within a second.
const settled = () => new Promise((resolve) => setTimeout(resolve, 1500));

export async function backupWhileServing(report, program, site, folder, testdata) {
  await report.group("backup and restore while serving", async (group) => {
    const saved = path.join(folder, "saved.tithing");
    const before = { figures: answers(program), home: await textOf(site, "/") };
    const made = program.run(["backup", saved]);
    group.equal("backup: exit code", [made.code, sentence(made.error)], [0, ""]);
    group.equal("the backup is its owner's only", (fs.statSync(saved).mode & 0o777).toString(8), "600");
    const twice = program.run(["backup", saved]);
    group.equal("a backup never overwrites another: exit code", twice.code, 1);
    group.includes("a backup never overwrites another: a sentence", sentence(twice.error), "is there already");

    // A stranger's large upload is refused by its head: not a byte of it is kept.
    const head = await new Promise((resolve, reject) => {
      const socket = net.connect(Number(new URL(site.origin).port), "127.0.0.1", () =>
        socket.write("POST /evidence/import HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4000000000\r\nContent-Type: multipart/form-data; boundary=x\r\n\r\n"));
      socket.once("data", (data) => { resolve(String(data)); socket.destroy(); });
      socket.once("error", reject);
    });
    group.includes("a stranger's large upload is refused at once", head, "HTTP/1.1 403");

    const imported = program.run(["import", "police", path.join(testdata, "2022-11-surrey-street.early-publication.csv")]);
    group.equal("a change: exit code", [imported.code, sentence(imported.error)], [0, ""]);
    program.run(["user", "add", "--email", "late@example.org", "--name", "Late comer"]);
    await settled();
    group.check("the site shows the change", (await textOf(site, "/")).text.includes("Surrey") && !before.home.text.includes("Surrey"));
    group.equal("and its figure", (await (await fetch(`${site.origin}/api/v1/figures/crimes?area=E23000031&from=2022-11&to=2022-11`)).json()).value, 7331);

    const damaged = path.join(folder, "damaged.tithing");
    const bytes = fs.readFileSync(saved);
    fs.writeFileSync(damaged, bytes.subarray(0, Math.floor(bytes.length / 2)));
    const refused = program.run(["restore", damaged]);
    group.equal("half a backup: exit code", refused.code, 1);
    group.includes("half a backup: a sentence", sentence(refused.error), "Nothing was restored");
    const none = program.run(["restore", path.join(folder, "none.tithing")]);
    group.equal("no backup: exit code", none.code, 1);
    await settled();
    group.check("the site still shows the change", (await textOf(site, "/")).text.includes("Surrey"));

    const restored = program.run(["restore", saved]);
    group.equal("restore: exit code", [restored.code, sentence(restored.error)], [0, ""]);
    await settled();
    const after = await textOf(site, "/");
    group.equal("the site shows the old state", after, before.home);
    group.equal("the figures are the old ones", answers(program), before.figures);
    group.check("the account made since is gone", !program.run(["user", "list"]).out.includes("late@example.org"));
    const verified = program.run(["audit", "verify"]);
    group.equal("the audit is whole", [verified.code, sentence(verified.error)], [0, ""]);
    group.includes("and tells of the restoring", program.run(["audit", "list", "--action", "app"]).out, "Restored the store");
    const rebuilt = program.run(["evidence", "rebuild"]);
    group.equal("the originals of the backup are whole", [rebuilt.code, sentence(rebuilt.error)], [0, ""]);

    // Into an empty data folder: another machine.
    const elsewhere = program.with(path.join(folder, "elsewhere"));
    const moved = elsewhere.run(["restore", saved]);
    group.equal("into an empty data folder: exit code", [moved.code, sentence(moved.error)], [0, ""]);
    group.equal("into an empty data folder: the same figures", answers(elsewhere), before.figures);
  });
}

export async function importWhileServing(report, program, site, folder) {
  await report.group("an import while the site is read", async (group) => {
    const file = path.join(folder, "2022-10-cumbria-street.csv");
    fs.writeFileSync(file, streetFile("2022-10", 60_000, { force: "Cumbria Constabulary" }));
    const child = program.start(["import", "police", file]);
    let over = false;
    child.ended.then(() => (over = true));
    const seen = new Map();
    let slowest = 0;
    let asked = 0;
    while (!over || asked < 20) {
      const began = performance.now();
      const answer = await fetch(`${site.origin}/api/v1/figures/crimes?area=E23000009&from=2022-01&to=2022-11`);
      const { value } = await answer.json();
      seen.set(`${answer.status} ${value}`, (seen.get(`${answer.status} ${value}`) ?? 0) + 1);
      slowest = Math.max(slowest, performance.now() - began);
      asked += 1;
    }
    group.equal("the import comes through", await child.ended, { code: 0, signal: null });
    group.equal("every answer meanwhile was right", [...seen.keys()], ["200 61779"]);
    group.check("and none was long in coming", slowest < 5000, `${slowest.toFixed(0)} ms`);
    console.log(`  ${asked} questions during the import, the slowest answered in ${slowest.toFixed(0)} ms`);
  });
}

export async function endAndStart(report, program, site) {
  await report.group("stopping and starting again", async (group) => {
    // A request that takes long: its form comes in two parts, and the stop between them.
    const { hostname, port } = new URL(site.origin);
    const socket = net.connect(Number(port), hostname);
    let answer = "";
    socket.setEncoding("utf8").on("data", (text) => (answer += text));
    const closed = new Promise((resolve) => socket.on("close", resolve));
    const body = "email=nobody%40example.org&password=none";
    socket.write(`POST /sign-in HTTP/1.1\r\nHost: ${hostname}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, 10)}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
    const began = performance.now();
    const ended = site.stop("SIGTERM");
    await new Promise((resolve) => setTimeout(resolve, 500));
    const late = await fetch(site.origin).then((one) => one.status, () => "refused");
    group.equal("after SIGTERM nobody new is let in", late, "refused");
    socket.write(body.slice(10));
    await closed;
    group.includes("the request under way is answered in full", answer, /^HTTP\/1\.1 403 /);
    const length = Number(/content-length: (\d+)/i.exec(answer)?.[1] ?? -1);
    group.equal("to its last byte", Buffer.byteLength(answer.slice(answer.indexOf("\r\n\r\n") + 4)), length);
    group.equal("then the program ends in order", await ended, { code: 0, signal: null });
    console.log(`  stopped ${((performance.now() - began) / 1000).toFixed(2)} s after SIGTERM`);

    const again = await program.serve();
    console.log(`  a second start of serve --demonstration took ${again.seconds.toFixed(2)} s`);
    group.equal("the second start finds the same accounts", Object.keys(again.accounts), Object.keys(site.accounts));
    group.equal("with the same passwords", again.accounts, site.accounts);
    group.equal("and answers", (await textOf(again, "/areas/E22000368/crime")).status, 200);
    group.equal("SIGINT ends it too", await again.stop("SIGINT"), { code: 0, signal: null });

    const killed = await program.serve([]);
    await killed.stop("SIGKILL");
    const after = await program.serve([]);
    group.equal("after a kill it starts again", (await textOf(after, "/")).status, 200);
    // Of another data folder: on the same one it is the lock that says so (damage.mjs).
    const second = program.with(`${program.data}-of-another`).start(["serve", "--port", new URL(after.origin).port]);
    const ending = await second.ended;
    group.equal("a port that is taken: exit code", ending.code, 1);
    group.includes("a port that is taken: a sentence", sentence(second.log), /port|address/i);
    await after.stop();
  });
}
