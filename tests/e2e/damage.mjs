// Bits that are not what they were, files that are gone, and two processes where one belongs.
import fs from "node:fs";
import path from "node:path";
import { answers, copyOf, evidenceFiles, sentence } from "./support/state.mjs";

const positions = ["highest-density", "--area", "E22000368", "--from", "2022-06", "--to", "2022-08", "--json"];
const said = (program) => [...answers(program), ((done) => (done.code === 0 ? done.out : `${done.code} ${sentence(done.error)}`))(program.run(["figure", ...positions]))];

function filesOf(data, kind) {
  const folder = path.join(data, kind === "cube" ? "evidence" : kind === "originals" ? "originals" : path.join("evidence", kind));
  return fs
    .readdirSync(folder, { recursive: kind !== "cube" })
    .map(String)
    .filter((name) => kind !== "cube" || name.startsWith("cube-"))
    .map((name) => path.join(folder, name))
    .filter((name) => fs.statSync(name).isFile())
    .sort();
}

function flip(file, part) {
  fs.chmodSync(file, 0o600);
  const bytes = fs.readFileSync(file);
  bytes[Math.floor((bytes.length - 1) * part)] ^= 16;
  fs.writeFileSync(file, bytes);
}

// One bit in one file of each kind that is derived, at several places: nobody is given a number that comes of it.
export async function flippedBits(report, program, folder, places = [0.02, 0.3, 0.6, 0.97]) {
  await report.group("flipped bits", async (group) => {
    const before = said(program);
    group.check("the figures are there", before.every((text) => text.startsWith("{")), before.map((text) => text.slice(0, 200)).join("\n"));
    const files = evidenceFiles(program.data);
    let flips = 0;
    for (const kind of ["cube", "segments", "points", "population"]) {
      for (const place of places) {
        const hurt = program.with(copyOf(program.data, path.join(folder, "hurt")));
        const all = filesOf(hurt.data, kind);
        // Positions: those of the place that is asked for, wherever they are; the others one in four.
        all.forEach((file, i) => (kind === "points" || i % 4 === 0) && flip(file, place));
        // Segments are read when the cube is made.
        if (kind === "segments") filesOf(hurt.data, "cube").forEach((file) => fs.rmSync(file));
        flips += 1;
        if (kind !== "segments") group.equal(`${kind} at ${place}: verify says so`, hurt.run(["evidence", "verify"]).code, 1);
        group.equal(`${kind} at ${place}: the figures are the same`, said(hurt), before);
        if (kind !== "points") group.equal(`${kind} at ${place}: the file is made again`, filesOf(hurt.data, kind === "segments" ? "cube" : kind).map((file) => files[path.relative(hurt.data, file)]), filesOf(program.data, kind === "segments" ? "cube" : kind).map((file) => files[path.relative(program.data, file)]));
        const rebuilt = hurt.run(["evidence", "rebuild"]);
        group.equal(`${kind} at ${place}: rebuild`, [rebuilt.code, sentence(rebuilt.error)], [0, ""]);
        group.equal(`${kind} at ${place}: byte for byte`, evidenceFiles(hurt.data), files);
        fs.rmSync(hurt.data, { recursive: true });
      }
    }
    // What cannot be made again is refused: every derived file gone and the originals damaged.
    const lost = program.with(copyOf(program.data, path.join(folder, "lost")));
    for (const kind of ["cube", "segments", "points", "population"]) filesOf(lost.data, kind).forEach((file) => fs.rmSync(file));
    filesOf(lost.data, "originals").forEach((file) => flip(file, 0.5));
    const refused = lost.run(["figure", "crimes", "--area", "E23000009", "--from", "2022-01", "--to", "2022-11", "--json"]);
    group.equal("damaged originals: exit code", refused.code, 1);
    group.includes("damaged originals: a sentence that says what to do", sentence(refused.error), /cannot be made again.*tithing restore/s);
    const site = await lost.serve([]);
    const answer = await fetch(`${site.origin}/api/v1/figures/crimes?area=E23000009&from=2022-01&to=2022-11`);
    group.equal("damaged originals: the API refuses", answer.status, 503);
    group.includes("damaged originals: with the sentence", await answer.text(), "cannot be made again");
    await site.stop();
    console.log(`  ${flips} bits flipped in four kinds of derived files`);
  });
}

export async function missingEvidence(report, program, folder) {
  await report.group("missing and damaged originals", async (group) => {
    const verify = program.run(["evidence", "verify"]);
    group.equal("whole: exit code", [verify.code, sentence(verify.error)], [0, ""]);
    // Every original counts: of imports of evidence, of geography, of lists and tables of money.
    const all = filesOf(program.data, "originals");
    group.includes("whole: all of them were read", verify.out, `${all.length} originals`);
    group.check("none lies under a doubled path", all.every((file) => path.relative(program.data, file).split(path.sep).length === 3), all.join("\n"));
    for (const file of all) {
      const hurt = program.with(copyOf(program.data, path.join(folder, "one-hurt")));
      flip(path.join(hurt.data, path.relative(program.data, file)), 0.5);
      const found = hurt.run(["evidence", "verify"]);
      group.equal(`${path.basename(file).slice(0, 8)}: a flipped bit is found`, [found.code, /was changed/.test(sentence(found.error))], [1, true]);
      fs.rmSync(hurt.data, { recursive: true });
    }
    const poor = program.with(copyOf(program.data, path.join(folder, "poor")));
    const gone = path.join(poor.data, path.relative(program.data, all[0]));
    const away = path.join(folder, "away");
    fs.renameSync(gone, away);
    const site = await poor.serve([]);
    group.includes("said at start", site.child.text, /Evidence is missing: 1 kept original is not in the data folder/);
    const health = await (await fetch(`${site.origin}/health`)).json();
    group.equal("and on the health page", health.status, "evidence missing");
    fs.renameSync(away, gone);
    await new Promise((resolve) => setTimeout(resolve, 1300)); // it is looked at once in a second
    group.equal("until it is back", (await (await fetch(`${site.origin}/health`)).json()).status, "well");
    await site.stop();
    // From before November 2026: under a doubled path.
    const doubled = path.join(poor.data, "originals", "originals", path.basename(path.dirname(gone)));
    fs.mkdirSync(doubled, { recursive: true });
    fs.renameSync(gone, path.join(doubled, path.basename(gone)));
    const mended = poor.run(["evidence", "verify"]);
    group.equal("an original under a doubled path is put where it belongs", [mended.code, fs.existsSync(gone), fs.existsSync(path.join(poor.data, "originals", "originals"))], [0, true, false]);
  });
}

export async function oneServer(report, program, folder, testdata) {
  await report.group("one server on one SQLite store", async (group) => {
    const alone = program.with(copyOf(program.data, path.join(folder, "alone")));
    const site = await alone.serve([]);
    const spool = path.join(alone.data, "spool");
    const inSpool = fs.readdirSync(spool);
    const second = alone.start(["serve", "--port", "0"]);
    group.equal("a second server: exit code", (await second.ended).code, 1);
    group.includes("a second server: a sentence that names the first", sentence(second.log), new RegExp(`A server already serves this data folder or its store \\(process ${site.child.pid}`));
    group.equal("a second server: the first one's spool is as it was", fs.readdirSync(spool), inSpool);
    group.equal("and the first answers", (await fetch(`${site.origin}/`)).status, 200);
    // Beside it goes everything that a person does on the command line.
    for (const words of [["user", "list"], ["user", "add", "--email", "b@example.org", "--name", "B"], ["import", "police", path.join(testdata, "2022-11-surrey-street.early-publication.csv")], ["backup", path.join(folder, "beside.tithing")], ["evidence", "rebuild"], ["evidence", "verify"], ["audit", "verify"], ["demonstration"], ["restore", path.join(folder, "beside.tithing")], ["restore", path.join(folder, "beside.tithing"), "--into", path.join(folder, "beside")]]) {
      const done = alone.run(words, { timeout: 180_000 });
      group.equal(`beside it: ${words.slice(0, 2).join(" ")}`, [done.code, sentence(done.error)], [0, ""]);
    }
    group.equal("and it still answers", (await fetch(`${site.origin}/`)).status, 200);
    // A damaged store cannot be replaced under a server.
    for (const name of ["store.sqlite", "store.sqlite-wal"].map((one) => path.join(alone.data, one)).filter((one) => fs.existsSync(one))) {
      const file = fs.openSync(name, "r+");
      fs.writeSync(file, Buffer.alloc(fs.fstatSync(file).size, 7), 0, fs.fstatSync(file).size, 0);
      fs.closeSync(file);
    }
    const refused = alone.run(["restore", path.join(folder, "beside.tithing")]);
    group.equal("a damaged store under a server: exit code", refused.code, 1);
    group.includes("a damaged store under a server: a sentence", sentence(refused.error), "Stop the server first");
    await site.stop("SIGKILL");
    const restored = alone.run(["restore", path.join(folder, "beside.tithing")]);
    group.equal("without it: restored", [restored.code, sentence(restored.error)], [0, ""]);
    const after = await alone.serve([]);
    group.equal("the lock went with the killed one", (await fetch(`${after.origin}/`)).status, 200);
    group.equal("and so did its spool", fs.readdirSync(spool).filter((name) => /^serve-[^.]*$/.test(name)).length, 1);
    await after.stop();
    group.equal("a server that ends leaves nothing in the spool", fs.readdirSync(spool), []);
  });
}
