// The same program with PostgreSQL as its store: what it answers does not depend on where it keeps it.
import { spawnSync } from "node:child_process";
import path from "node:path";
import { answers, sentence, withoutTimes } from "./support/state.mjs";

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
      const backup = program.run(["backup", path.join(folder, "postgresql.tithing")]);
      group.equal("backup leaves the server's own tools to it: exit code", backup.code, 1);
      group.includes("backup leaves the server's own tools to it: a sentence", sentence(backup.error), /pg_dump/);
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
