// The program from end to end, as its command line and its site show it: node tests/e2e/run.mjs build/dev/tithing
import path from "node:path";
import { fileURLToPath } from "node:url";
import { audit } from "./audit.mjs";
import { backupsDuringImports, killedBackups, restoreOntoDamage } from "./backups.mjs";
import { commandLine } from "./command_line.mjs";
import { flippedBits, missingEvidence, oneServer } from "./damage.mjs";
import { publications, wrongInput } from "./imports.mjs";
import { manyServers, otherEngine } from "./postgresql.mjs";
import { apiIsTheCommandLine, sampleFigures } from "./sample_figures.mjs";
import { backupWhileServing, endAndStart, importWhileServing } from "./serving.mjs";
import { Program, temporaryFolder } from "./support/program.mjs";
import { Report } from "./support/report.mjs";
import { copyOf, sentence } from "./support/state.mjs";

const binary = process.argv[2];
if (!binary) {
  console.error("Say which program: node tests/e2e/run.mjs build/dev/tithing");
  process.exit(2);
}
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const testdata = path.join(root, "src/slices/evidence/testdata");
const folder = temporaryFolder("e2e");
const report = new Report();
const program = new Program(binary, path.join(folder, "data"));

await commandLine(report, program, folder);
await report.group("the demonstration is loaded", async (group) => {
  const loaded = program.run(["demonstration"], { timeout: 180_000 });
  group.equal("exit code", [loaded.code, sentence(loaded.error)], [0, ""]);
  group.includes("sign-ins are printed", loaded.out, /administrator@demonstration\.invalid\s+\S{20}/);
  console.log(`  the sample was loaded in ${loaded.seconds.toFixed(1)} s`);
  const again = program.run(["demonstration"], { timeout: 180_000 });
  group.equal("loading it again changes nothing", [again.code, again.out], [0, loaded.out]);
  console.log(`  and found to be there in ${again.seconds.toFixed(1)} s`);
});
const copy = (name) => program.with(copyOf(program.data, path.join(folder, name)));

await sampleFigures(report, program);
await wrongInput(report, copy("wrong-input"), folder);
await publications(report, copy("publications"), testdata);
await audit(report, copy("audited"), folder);
await backupsDuringImports(report, copy("during-store"), folder, 3);
await killedBackups(report, copy("killed-store"), folder, 3);
await restoreOntoDamage(report, copy("damaged-store"), folder);
await flippedBits(report, program, folder, [0.02, 0.6]);
await missingEvidence(report, program, folder);
await oneServer(report, program, folder, testdata);
await otherEngine(report, program, folder, root, testdata);
await manyServers(report, program, folder, root, 1);
const site = await program.serve();
await apiIsTheCommandLine(report, program, site);
await backupWhileServing(report, program, site, folder, testdata);
await importWhileServing(report, program, site, folder);
await endAndStart(report, program, site);
process.exit(report.close());
