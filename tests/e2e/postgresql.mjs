// The same program with PostgreSQL as its store: what it answers does not depend on where it keeps it.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { answers, sentence, withoutTimes } from "./support/state.mjs";

// Another, empty database of the same server.
function anotherStore(store, name) {
  const made = spawnSync("psql", [store, "-qc", `CREATE DATABASE ${name}`], { encoding: "utf8" });
  if (made.status !== 0) throw new Error(made.stderr);
  const address = new URL(store);
  address.pathname = `/${name}`;
  return address.href;
}

// Store and kept files in one file, by the program alone.
async function backUpAndRestore(group, program, folder, store) {
  const saved = path.join(folder, "postgresql.tithing");
  const made = program.run(["backup", saved]);
  group.equal("backup: exit code", [made.code, sentence(made.error)], [0, ""]);
  const before = { figures: answers(program), accounts: program.run(["user", "list"]).out };
  program.run(["user", "add", "--email", "late@example.org", "--name", "Late comer"]);
  const restored = program.run(["restore", saved]);
  group.equal("restore: exit code", [restored.code, sentence(restored.error)], [0, ""]);
  group.includes("restore: what was lost in time", restored.out, /Lost is what was done after .*: 2 entries of the audit/);
  group.equal("restore: the figures and the accounts", { figures: answers(program), accounts: program.run(["user", "list"]).out }, before);
  // The numbers of rows go on where they were: nobody gets the number of an account that was.
  const added = program.run(["user", "add", "--email", "next@example.org", "--name", "Next one"]);
  group.equal("restore: the store can be written to", [added.code, sentence(added.error)], [0, ""]);
  for (const words of [["evidence", "rebuild"], ["evidence", "verify"], ["audit", "verify"]]) {
    const done = program.run(words);
    group.equal(`restore: ${words.join(" ")}`, [done.code, sentence(done.error)], [0, ""]);
  }
  const elsewhere = program.with(path.join(folder, "postgresql-elsewhere"));
  elsewhere.environment = { TITHING_STORE: store };
  const taken = elsewhere.run(["restore", saved, "--into", elsewhere.data]);
  group.equal("into a new folder, onto a store that is in use: refused", [taken.code, /holds a Tithing store already/.test(taken.error)], [1, true]);
  elsewhere.environment = { TITHING_STORE: anotherStore(store, "elsewhere") };
  const moved = elsewhere.run(["restore", saved, "--into", elsewhere.data]);
  group.equal("into a new folder and an empty database", [moved.code, sentence(moved.error)], [0, ""]);
  group.equal("into a new folder and an empty database: the figures", answers(elsewhere), before.figures);
  // A store that is damaged: tables are gone.
  const hurt = spawnSync("psql", [store, "-qc", "DROP TABLE account CASCADE; DROP TABLE audit_head"], { encoding: "utf8" });
  group.equal("the store is damaged", [hurt.status, program.run(["user", "list"]).code], [0, 1]);
  const mended = program.run(["restore", saved]);
  group.equal("restore onto a damaged store", [mended.code, sentence(mended.error)], [0, ""]);
  group.equal("restore onto a damaged store: as before", { figures: answers(program), accounts: program.run(["user", "list"]).out }, before);
  const file = program.with(path.join(folder, "sqlite-elsewhere"));
  const other = file.run(["restore", saved]);
  group.equal("onto a SQLite store: refused", [other.code, /is of a store on PostgreSQL/.test(other.error)], [1, true]);
}

// Several processes on one store and one data folder: each keeps to its own spool and its own jobs.
export async function manyServers(report, sqlite, folder, root, rounds = 3) {
  await report.group("several servers on PostgreSQL", async (group) => {
    const script = path.join(root, "tests/support/postgresql.sh");
    const place = path.join(folder, "postgresql-many");
    const started = spawnSync(script, ["start", place], { encoding: "utf8" });
    if (!group.equal("a server is there", [started.status, started.stderr], [0, ""])) return;
    const program = sqlite.with(path.join(folder, "many"));
    program.environment = { TITHING_STORE: started.stdout.trim() };
    try {
      group.equal("the demonstration is loaded", program.run(["demonstration"], { timeout: 180_000 }).code, 0);
      const spool = path.join(program.data, "spool");
      const first = await program.serve([]);
      const own = fs.readdirSync(spool).filter((name) => /^serve-[^.]*$/.test(name));
      // A job of another process, alive; and an upload that waits for an answer.
      const sql = (text) => spawnSync("psql", [started.stdout.trim(), "-qtAc", text], { encoding: "utf8" }).stdout.trim();
      sql(`INSERT INTO job (kind, title, started_by, started_by_name, state, done, total, unit, message, result_url, created_at, runner, seen_at) VALUES ('test', 'Of another process', 'system', 'System', 'running', 0, 0, '', '', '', ${Date.now()}, 'another', ${Date.now() + 600_000})`);
      fs.mkdirSync(path.join(spool, "import-abcdefghijklmnop"));
      fs.writeFileSync(path.join(spool, "import-abcdefghijklmnop", "given"), "waits");
      fs.writeFileSync(path.join(spool, own[0], "tithing-spool-abcdef"), "an upload of the first");
      for (let i = 0; i < rounds; ++i) {
        const second = await program.serve([]);
        group.equal(`round ${i}: both answer`, [(await fetch(`${first.origin}/`)).status, (await fetch(`${second.origin}/`)).status], [200, 200]);
        await second.stop("SIGKILL");
        const third = await program.serve([]);
        const there = fs.readdirSync(spool);
        group.equal(`round ${i}: the first one's spool is left alone, the killed one's is gone`, [there.includes(own[0]), there.filter((name) => /^serve-[^.]*$/.test(name)).length], [true, 2]);
        group.equal(`round ${i}: so are the upload of the first and the one that waits`, [fs.existsSync(path.join(spool, own[0], "tithing-spool-abcdef")), fs.existsSync(path.join(spool, "import-abcdefghijklmnop", "given"))], [true, true]);
        group.equal(`round ${i}: and the job of another process`, sql("SELECT state FROM job WHERE title = 'Of another process'"), "running");
        await third.stop();
      }
      await first.stop();
      group.equal("afterwards only what waits is there", fs.readdirSync(spool), ["import-abcdefghijklmnop"]);
    } finally {
      spawnSync(script, ["stop", place]);
    }
  });
}

export async function otherEngine(report, sqlite, folder, root, testdata) {
  await report.group("PostgreSQL as the store", async (group) => {
    const script = path.join(root, "tests/support/postgresql.sh");
    const place = path.join(folder, "postgresql");
    const started = spawnSync(script, ["start", place], { encoding: "utf8" });
    if (!group.equal("a server is there", [started.status, started.stderr], [0, ""])) return;
    const store = started.stdout.trim();
    const program = sqlite.with(path.join(folder, "on-postgresql"));
    program.environment = { TITHING_STORE: store };
    try {
      const loaded = program.run(["demonstration"], { timeout: 180_000 });
      group.equal("the demonstration is loaded", [loaded.code, sentence(loaded.error)], [0, ""]);
      group.equal("the figures are the same to the last letter", answers(program).map(withoutTimes), answers(sqlite).map(withoutTimes));
      group.check("the password of the store is in no output", !`${loaded.out}${loaded.error}`.includes(new URL(store).password));
      for (const publication of ["early", "later", "early"]) {
        const words = ["import", "police", path.join(testdata, `2022-11-surrey-street.${publication}-publication.csv`)];
        const done = program.run(words);
        group.equal(`the ${publication} publication`, [done.code, sentence(done.error)], [0, ""]);
      }
      const surrey = program.run(["figure", "crimes", "--area", "E23000031", "--from", "2022-11", "--to", "2022-11", "--json"]);
      group.equal("a month published again is counted once", JSON.parse(surrey.out || "{}").value, 7331);
      for (const words of [["evidence", "rebuild"], ["evidence", "verify"], ["audit", "verify"], ["user", "list"]]) {
        const done = program.run(words);
        group.equal(words.join(" "), [done.code, sentence(done.error)], [0, ""]);
      }
      await backUpAndRestore(group, program, folder, store);
      const site = await program.serve();
      for (const address of ["/", "/areas/E22000368/crime", "/evidence", "/areas/successions", "/search?q=worcester"]) {
        const answer = await fetch(site.origin + address);
        group.equal(`${address}: status`, answer.status, 200);
      }
      group.equal("it ends in order", await site.stop(), { code: 0, signal: null });
    } finally {
      spawnSync(script, ["stop", place]);
    }
    const gone = program.run(["audit", "verify"]);
    group.equal("a server that is not there: exit code", gone.code, 1);
    group.check("a server that is not there: a sentence without the password", sentence(gone.error).length > 20 && !gone.error.includes(new URL(store).password), gone.error);
  });
}
