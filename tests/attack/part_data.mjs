// What is kept: backups while imports run, kills, damage, two processes. ./test runs a few rounds of each in tests/e2e
// (backups.mjs, damage.mjs, postgresql.mjs); here are many.
import path from "node:path";
import { fileURLToPath } from "node:url";
import { backupsDuringImports, killedBackups, restoreOntoDamage } from "../e2e/backups.mjs";
import { flippedBits, missingEvidence, oneServer } from "../e2e/damage.mjs";
import { manyServers } from "../e2e/postgresql.mjs";

export const title = "What is kept";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const testdata = path.join(root, "src/slices/evidence/testdata");

export async function attack(report, room) {
  const few = room.sample;
  await backupsDuringImports(report, room.demonstration("data-during"), room.folder, few ? 1 : 24);
  await killedBackups(report, room.demonstration("data-killed"), room.folder, few ? 1 : 60);
  await flippedBits(report, room.demonstration("data-bits"), room.folder, few ? [0.4] : [0, 0.01, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.99, 1]);
  if (few) return;
  await restoreOntoDamage(report, room.demonstration("data-damaged"), room.folder);
  await missingEvidence(report, room.demonstration("data-missing"), room.folder);
  await oneServer(report, room.demonstration("data-alone"), room.folder, testdata);
  await manyServers(report, room.demonstration("data-many"), room.folder, root, 12);
}
