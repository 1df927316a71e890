// The attacks on what is kept, by themselves: node tests/e2e/attack_data.mjs build/dev/tithing [--sample] [NAME..]
// (`./test` runs the same checks in fewer rounds, as part of run.mjs.)
import path from "node:path";
import { fileURLToPath } from "node:url";
import { backupsDuringImports, killedBackups, restoreOntoDamage } from "./backups.mjs";
import { flippedBits, missingEvidence, oneServer } from "./damage.mjs";
import { manyServers, otherEngine } from "./postgresql.mjs";
import { Program, temporaryFolder } from "./support/program.mjs";
import { Report } from "./support/report.mjs";
import { copyOf } from "./support/state.mjs";

const [binary, ...words] = process.argv.slice(2);
if (!binary) {
  console.error("Say which program: node tests/e2e/attack_data.mjs build/dev/tithing");
  process.exit(2);
}
const sample = words.includes("--sample");
const only = words.filter((word) => !word.startsWith("--"));
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const folder = temporaryFolder("attack-data");
const report = new Report();
const program = new Program(binary, path.join(folder, "data"));
const loaded = program.run(["demonstration"], { timeout: 300_000 });
if (loaded.code !== 0) throw new Error(loaded.error);
const copy = (name) => program.with(copyOf(program.data, path.join(folder, name)));
const parts = {
  imports: () => backupsDuringImports(report, copy("during"), folder, sample ? 4 : 24),
  killed: () => killedBackups(report, copy("killed-store"), folder, sample ? 4 : 60),
  restore: () => restoreOntoDamage(report, copy("damaged-store"), folder),
  bits: () => flippedBits(report, program, folder, sample ? [0.02, 0.6] : [0, 0.01, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.99, 1]),
  missing: () => missingEvidence(report, program, folder),
  alone: () => oneServer(report, program, folder, path.join(root, "src/slices/evidence/testdata")),
  postgresql: () => otherEngine(report, program, folder, root, path.join(root, "src/slices/evidence/testdata")),
  many: () => manyServers(report, program, folder, root, sample ? 3 : 12),
};
for (const [name, part] of Object.entries(parts)) if (only.length === 0 || only.includes(name)) await part();
process.exit(report.close());
