// The audit, and hands laid upon it from outside the program.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { copyOf, sentence } from "./support/state.mjs";

export async function audit(report, program, folder) {
  await report.group("audit", async (group) => {
    const listed = program.run(["audit", "list", "--limit", "1000"]);
    const entries = listed.out.trim().split("\n");
    group.check("it tells what was done", entries.length >= 8 && listed.code === 0, listed.out.slice(0, 500) + sentence(listed.error));
    group.includes("the accounts of the demonstration", listed.out, "identity.");
    group.includes("the imports", listed.out, "evidence.");
    const whole = program.run(["audit", "verify"]);
    group.equal("untouched: exit code", [whole.code, sentence(whole.error)], [0, ""]);
    group.includes("untouched: whole", whole.out, `${entries.length.toLocaleString("en-GB")} entries`);

    const sql = (data, text) => spawnSync("sqlite3", [path.join(data, "store.sqlite"), text], { encoding: "utf8" });
    const guarded = program.with(copyOf(program.data, path.join(folder, "guarded")));
    group.check("an entry cannot be changed by mistake", sql(guarded.data, "UPDATE audit_entry SET sentence = 'x' WHERE number = 3").stderr.includes("never changed"));
    group.check("an entry cannot be removed by mistake", sql(guarded.data, "DELETE FROM audit_entry WHERE number = 3").stderr.includes("never removed"));
    const open = "DROP TRIGGER audit_entry_no_update; DROP TRIGGER audit_entry_no_delete;";
    for (const [what, change] of [
      ["a changed sentence", "UPDATE audit_entry SET sentence = sentence || ' ' WHERE number = 3"],
      ["a changed actor", "UPDATE audit_entry SET actor = 'somebody' WHERE number = 4"],
      ["a changed time", "UPDATE audit_entry SET at = '2020-01-01T00:00:00.000Z' WHERE number = 5"],
      ["an entry removed", "DELETE FROM audit_entry WHERE number = 3"],
      ["the last entry removed", "DELETE FROM audit_entry WHERE number = (SELECT max(number) FROM audit_entry)"],
      ["two entries that changed places", "UPDATE audit_entry SET number = -1 WHERE number = 3; UPDATE audit_entry SET number = 3 WHERE number = 4; UPDATE audit_entry SET number = 4 WHERE number = -1"],
      ["an entry put in", "INSERT INTO audit_entry SELECT number + 1, at, actor, action, subject, 'invented', detail, hash, hash FROM audit_entry ORDER BY number DESC LIMIT 1"],
    ]) {
      const touched = program.with(copyOf(program.data, path.join(folder, `audit ${what}`)));
      const changed = sql(touched.data, `${open} ${change};`);
      group.equal(`${what}: the change was made`, [changed.status, changed.stderr], [0, ""]);
      const found = touched.run(["audit", "verify"]);
      group.equal(`${what}: exit code`, found.code, 1);
      group.includes(`${what}: is found and named`, sentence(found.error), /\d/);
      fs.rmSync(touched.data, { recursive: true });
    }
  });
}
