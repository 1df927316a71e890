// What the command line says of itself.
import fs from "node:fs";
import path from "node:path";
import { sentence } from "./support/state.mjs";

export function subcommandsOf(program) {
  const { out } = program.run(["--help"], {});
  return [...out.matchAll(/^ {2}tithing ((?:[a-z0-9-]+ ?)+?)(?: {2,}|$| [A-Z])/gm)].map((found) => found[1].trim().split(" "));
}

export async function commandLine(report, program, folder) {
  await report.group("command line", async (group) => {
    const help = program.run(["--help"]);
    group.equal("--help: exit code", help.code, 0);
    const commands = subcommandsOf(program);
    const names = commands.map((words) => words.join(" "));
    for (const name of ["serve", "demonstration", "backup", "restore", "import police", "import table-c2", "import population", "import geography", "evidence rebuild", "figure crimes", "figure rate", "user add", "audit verify"])
      group.check(`--help shows ${name}`, names.includes(name), names.join(", "));
    for (const words of commands) {
      const one = program.run([...words, "--help"]);
      group.equal(`${words.join(" ")} --help: exit code`, one.code, 0);
      group.includes(`${words.join(" ")} takes --data`, one.out, /--data\b/);
      group.check(`${words.join(" ")} says what it does`, one.out.trim().split("\n")[0].length > 15, one.out.slice(0, 200));
    }
    const nowhere = program.with(path.join(folder, "never-made"));
    const wrong = [["sorcery"], [], ["import"], ["figure"], ["import", "police"], ["figure", "crimes", "--area"], ["serve", "--sorcery"], ["backup"], ["user", "add"]];
    for (const words of wrong) {
      const { code, out, error } = nowhere.run(words);
      group.check(`"tithing ${words.join(" ")}" is wrong use: exit code 2`, code === 2, `${code}: ${out}${error}`);
      group.check(`"tithing ${words.join(" ")}" says what is wrong`, (out + error).trim().length > 10);
    }
    // A second file is named, and it is said what to do with it.
    const two = nowhere.run(["reconcile", "one.csv", "two.csv"]);
    group.equal("reconcile of two files: exit code", two.code, 2);
    group.includes("reconcile of two files: a sentence", two.error, /“two\.csv” is one more than “reconcile” takes\. Run it once for each of them/);
    group.check("wrong use makes no data folder", !fs.existsSync(nowhere.data));
    const file = path.join(folder, "a-file");
    fs.writeFileSync(file, "");
    const impossible = program.with(path.join(file, "data")).run(["audit", "verify"]);
    group.equal("a data folder that cannot be: exit code", impossible.code, 1);
    group.includes("a data folder that cannot be: a sentence", sentence(impossible.error), /cannot be created.*--data/);
    const empty = program.with(path.join(folder, "empty"));
    const nothing = empty.run(["figure", "crimes", "--area", "E23000009", "--from", "2022-01", "--to", "2022-11"]);
    group.equal("a figure of an empty store: exit code", nothing.code, 1);
    group.includes("a figure of an empty store: a sentence", sentence(nothing.error), /no area with the code E23000009/);
    group.equal("the data folder is its owner's only", (fs.statSync(empty.data).mode & 0o777).toString(8), "700");
  });
}
