// Backup and restore: while everything else happens, killed at any moment, onto what is damaged.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { streetFile } from "./support/police.mjs";
import { answers, copyOf, sentence } from "./support/state.mjs";

const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const filesIn = (folder) => (fs.existsSync(folder) ? fs.readdirSync(folder) : []);
const mode = (file) => (fs.statSync(file).mode & 0o777).toString(8);
// What work that is at an end, or was killed and cleared away, leaves of itself: nothing.
const leftBehind = (program, folder) => [
  ...filesIn(path.join(program.data, "spool")).filter((name) => /^(backup|restore|serve)-/.test(name)),
  ...filesIn(folder).filter((name) => name.endsWith(".part") || name.includes(".restoring-")),
];

function whole(group, program, what) {
  for (const words of [["evidence", "verify"], ["audit", "verify"]]) {
    const done = program.run(words);
    group.equal(`${what}: ${words.join(" ")}`, [done.code, sentence(done.error)], [0, ""]);
  }
}

// Restores into a folder of its own, and looks whether it is whole.
function restorable(group, program, saved, to, what) {
  const done = program.run(["restore", saved, "--into", to]);
  group.equal(`${what} can be restored`, [done.code, sentence(done.error)], [0, ""]);
  if (done.code !== 0) return;
  const elsewhere = program.with(to);
  elsewhere.environment = program.environment;
  whole(group, elsewhere, what);
  group.equal(`${what}: the store is its owner's only`, [mode(to), ...(fs.existsSync(path.join(to, "store.sqlite")) ? [mode(path.join(to, "store.sqlite"))] : [])], ["700", ...(fs.existsSync(path.join(to, "store.sqlite")) ? ["600"] : [])]);
  fs.rmSync(to, { recursive: true });
}

// Imports without end until told to stop: new months, the same month in another publication, and files that are refused.
function importing(program, folder) {
  const forces = ["Cumbria Constabulary", "Durham Constabulary", "Lancashire Constabulary"];
  let stopped = false;
  let imported = 0;
  const work = (async () => {
    for (let i = 0; !stopped; ++i) {
      const month = `2021-${String((i % 12) + 1).padStart(2, "0")}`;
      const force = forces[Math.floor(i / 12) % forces.length];
      const slug = force.split(" ")[0].toLowerCase();
      const file = path.join(folder, `${month}-${slug}-street.csv`);
      fs.writeFileSync(file, i % 4 === 3 ? "nothing of the kind\n" : streetFile(month, 3000 + i, { force }));
      const child = program.start(["import", "police", file, "--choose", "--reason", "a test"]);
      if ((await child.ended).code === 0) imported += 1;
    }
  })();
  return { stop: async () => ((stopped = true), await work, imported) };
}

export async function backupsDuringImports(report, program, folder, rounds = 6) {
  await report.group("backups while imports run", async (group) => {
    const place = path.join(folder, "during-imports");
    fs.mkdirSync(place);
    const imports = importing(program, place);
    for (let i = 0; i < rounds; ++i) {
      await wait(40 + 90 * i);
      const saved = path.join(place, `during-${i}.tithing`);
      const child = program.start(["backup", saved]);
      // While it is written it is somebody's secret too.
      let over = false;
      child.ended.then(() => (over = true));
      const modes = new Set();
      while (!over) {
        for (const name of filesIn(place).filter((one) => one.includes(".tithing"))) {
          try {
            modes.add(mode(path.join(place, name)));
          } catch {
            // It has just got its name.
          }
        }
        await wait(2);
      }
      group.equal(`backup ${i}`, [(await child.ended).code, sentence(child.log)], [0, ""]);
      group.equal(`backup ${i}: its owner's only at every moment`, [...modes], ["600"]);
      group.includes(`backup ${i} was read again`, child.text, "it is whole");
    }
    const imported = await imports.stop();
    group.check("imports went on meanwhile", imported > 1, String(imported));
    for (let i = 0; i < rounds; ++i) restorable(group, program, path.join(place, `during-${i}.tithing`), path.join(place, `restored-${i}`), `backup ${i}`);
    group.equal("nothing is left behind", leftBehind(program, place), []);
    console.log(`  ${rounds} backups during ${imported} imports`);
  });
}

// At moments spread over the whole of it.
export async function killedBackups(report, program, folder, rounds = 8) {
  await report.group("backup and restore killed with -9", async (group) => {
    const place = path.join(folder, "backups-killed");
    fs.mkdirSync(place);
    const good = path.join(place, "good.tithing");
    const began = performance.now();
    group.equal("a backup", program.run(["backup", good]).code, 0);
    const length = performance.now() - began;
    let finished = 0;
    for (let i = 0; i < rounds; ++i) {
      const saved = path.join(place, `killed-${i}.tithing`);
      const child = program.start(["backup", saved]);
      await wait((length * (i + 0.5)) / rounds);
      child.kill("SIGKILL");
      await child.ended;
      group.equal(`killed backup ${i}: the next start`, program.run(["user", "list"]).code, 0);
      group.equal(`killed backup ${i}: nothing is left`, leftBehind(program, place), []);
      if (!fs.existsSync(saved)) continue;
      finished += 1;
      restorable(group, program, saved, path.join(place, "restored"), `killed backup ${i}`);
    }
    const before = answers(program);
    const accounts = program.run(["user", "list"]).out;
    group.equal("a change", program.run(["user", "add", "--email", "late@example.org", "--name", "Late comer"]).code, 0);
    for (let i = 0; i < rounds; ++i) {
      const child = program.start(["restore", good]);
      await wait((length * (i + 0.5)) / rounds);
      child.kill("SIGKILL");
      await child.ended;
      whole(group, program, `killed restore ${i}`);
      group.equal(`killed restore ${i}: the figures`, answers(program), before);
      group.equal(`killed restore ${i}: nothing is left`, leftBehind(program, place), []);
      const into = path.join(place, "into");
      const other = program.start(["restore", good, "--into", into]);
      await wait((length * (i + 0.5)) / rounds);
      other.kill("SIGKILL");
      await other.ended;
      if (fs.existsSync(into)) {
        whole(group, program.with(into), `killed restore ${i} into a new folder`);
        fs.rmSync(into, { recursive: true });
      }
      restorable(group, program, good, into, `after killed restore ${i} it`);
      group.equal(`after killed restore ${i} into a new folder nothing is left`, leftBehind(program, place), []);
    }
    const done = program.run(["restore", good]);
    group.equal("and then it is restored", [done.code, sentence(done.error), program.run(["user", "list"]).out], [0, "", accounts]);
    console.log(`  ${rounds} backups killed, ${finished} of them after they had their name; ${2 * rounds} restores killed`);
  });
}

export async function restoreOntoDamage(report, program, folder) {
  await report.group("restore onto what is damaged", async (group) => {
    const place = path.join(folder, "damage");
    fs.mkdirSync(place);
    const saved = path.join(place, "good.tithing");
    group.equal("a backup", program.run(["backup", saved]).code, 0);
    const before = answers(program);
    const ruin = {
      "its first page overwritten": (store) => fs.writeSync(fs.openSync(store, "r+"), Buffer.alloc(4096, 7), 0, 4096, 0),
      "cut to a third": (store) => fs.truncateSync(store, Math.floor(fs.statSync(store).size / 3)),
      "pages in the middle overwritten": (store) => fs.writeSync(fs.openSync(store, "r+"), Buffer.alloc(400_000, 7), 0, 400_000, 40_960),
      "empty": (store) => fs.truncateSync(store, 0),
      "gone": (store) => fs.rmSync(store),
    };
    for (const [what, damage] of Object.entries(ruin)) {
      const hurt = program.with(copyOf(program.data, path.join(place, "hurt")));
      for (const log of ["-wal", "-shm"]) fs.rmSync(path.join(hurt.data, `store.sqlite${log}`), { force: true });
      damage(path.join(hurt.data, "store.sqlite"));
      // A kept original is damaged as well.
      const originals = path.join(hurt.data, "originals");
      const original = fs.readdirSync(originals, { recursive: true }).map((name) => path.join(originals, name)).find((name) => fs.statSync(name).isFile());
      fs.chmodSync(original, 0o600);
      fs.appendFileSync(original, "x");
      const done = hurt.run(["restore", saved]);
      group.equal(`a store ${what}`, [done.code, sentence(done.error)], [0, ""]);
      group.includes(`a store ${what}: says what was lost`, done.out, /lost|no store here before/);
      group.equal(`a store ${what}: the figures`, answers(hurt), before);
      whole(group, hurt, `a store ${what}`);
      fs.rmSync(hurt.data, { recursive: true });
    }

    // Beside a server a damaged file cannot be replaced: it says so, and nothing changes.
    const served = program.with(copyOf(program.data, path.join(place, "served")));
    const site = await served.serve([]);
    const link = /https?:\/\/\S+|\/\S*password\S*/.exec(served.run(["user", "add", "--email", "new@example.org", "--name", "New one"]).out)?.[0] ?? "";
    const opens = async () => (await fetch(new URL(link, site.origin).pathname.replace(/^/, site.origin))).status;
    group.equal("a link to set a password opens", await opens(), 200);
    const later = path.join(place, "later.tithing");
    group.equal("a backup with an open link", served.run(["backup", later]).code, 0);
    const restored = served.run(["restore", later]);
    group.equal("restored beside the server", [restored.code, sentence(restored.error)], [0, ""]);
    group.check("the link no longer opens", (await opens()) !== 200);
    group.includes("where the audit ended before and ends now", restored.out, /ends at entry \d+ \([0-9a-f]{64}\).*Before, it ended at entry \d+ \([0-9a-f]{64}\)/);
    group.includes("what was lost in time", restored.out, /Lost is what was done after \d{4}-.* until \d{4}-.*: 1 entry of the audit/);
    const open = spawnSync("sqlite3", [path.join(served.data, "store.sqlite"), "SELECT (SELECT count(*) FROM account_session) + (SELECT count(*) FROM account_link WHERE used_at IS NULL)"], { encoding: "utf8" });
    group.equal("no session and no link is open", open.stdout.trim(), "0");
    group.includes("the audit tells of it", served.run(["audit", "list", "--action", "app.restore"]).out, "Everybody is signed out");
    await site.stop();

    const taken = path.join(place, "taken");
    fs.mkdirSync(taken);
    fs.writeFileSync(path.join(taken, "mine.txt"), "mine");
    const refused = program.run(["restore", saved, "--into", taken]);
    group.equal("into a folder with something in it: exit code", refused.code, 1);
    group.includes("into a folder with something in it: a sentence", sentence(refused.error), "is not empty");
    group.equal("and nothing is added to it", fs.readdirSync(taken), ["mine.txt"]);
    const bytes = fs.readFileSync(saved);
    const wrong = path.join(place, "wrong.tithing");
    for (const at of [100, Math.floor(bytes.length / 2), bytes.length - 20]) {
      const flipped = Buffer.from(bytes);
      flipped[at] ^= 4;
      fs.writeFileSync(wrong, flipped);
      const no = program.run(["restore", wrong, "--into", path.join(place, "no")]);
      // A bit of the padding at the end may say nothing; then it is whole.
      group.check(`a bit of the backup at ${at} is another`, no.code === 1 || at > bytes.length - 1000, no.out);
      group.equal(`a bit of the backup at ${at} is another: no folder`, fs.existsSync(path.join(place, "no")), no.code === 0);
      fs.rmSync(path.join(place, "no"), { recursive: true, force: true });
    }
    group.equal("nothing is left behind", leftBehind(program, place), []);

    // An original that is gone cannot be in a backup: it is made of the rest, and says so with its exit code.
    const poor = program.with(copyOf(program.data, path.join(place, "poor")));
    fs.rmSync(path.join(poor.data, "originals"), { recursive: true });
    const made = poor.run(["backup", path.join(place, "poor.tithing")]);
    group.equal("a backup without originals: exit code", made.code, 1);
    group.includes("a backup without originals: a sentence", sentence(made.error), /kept originals? (is|are) not in the backup/);
    group.check("a backup without originals: there is one", fs.existsSync(path.join(place, "poor.tithing")));
  });
}
