// The attacks that the site was built to stand: node tests/attack/run.mjs build/dev/tithing [--sample] [NAME..]
//
// Every file part_NAME.mjs of this folder is a part. It exports `title`, and `attack(report, room)`, where `room` has
// `program(name)`, a program with a data folder of its own, `sample`, true in the short form that ./test runs, and `demonstration()`,
// a program whose demonstration is loaded (the folder is copied: parts do not see each other). Times are printed and never judged:
// what is judged is who is answered before whom, how much is under way at once, and what is left of memory and processes.
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Program, temporaryFolder } from "../e2e/support/program.mjs";
import { Report } from "../e2e/support/report.mjs";
import { copyOf } from "../e2e/support/state.mjs";

const [binary, ...words] = process.argv.slice(2);
if (!binary || binary.startsWith("--")) {
  console.error("Say which program: node tests/attack/run.mjs build/dev/tithing [--sample] [NAME..]");
  process.exit(2);
}
const here = path.dirname(fileURLToPath(import.meta.url));
const wanted = words.filter((word) => !word.startsWith("--"));
const parts = fs.readdirSync(here).filter((name) => /^part_[a-z_]+\.mjs$/.test(name)).sort();
const chosen = parts.filter((name) => wanted.length === 0 || wanted.includes(name.slice(5, -4)));
if (chosen.length === 0) {
  console.error(`There is no such part. There are: ${parts.map((name) => name.slice(5, -4)).join(", ")}`);
  process.exit(2);
}
const folder = temporaryFolder("attack");
const report = new Report();
let loaded;
const room = {
  binary,
  folder,
  sample: words.includes("--sample"),
  program: (name) => new Program(binary, path.join(folder, name)),
  demonstration(name) {
    if (!loaded) {
      loaded = new Program(binary, path.join(folder, "demonstration"));
      const done = loaded.run(["demonstration"], { timeout: 300_000 });
      if (done.code !== 0) throw new Error(`The demonstration was not loaded: ${done.error}`);
    }
    return loaded.with(copyOf(loaded.data, path.join(folder, name)));
  },
};
for (const name of chosen) {
  const { title, attack } = await import(pathToFileURL(path.join(here, name)));
  console.log(title);
  await attack(report, room);
}
process.exit(report.close());
