// What a data folder holds, so that "the store is as it was" can be checked.
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

export const sha256 = (file) => createHash("sha256").update(fs.readFileSync(file)).digest("hex");

// Path -> SHA-256 of every file of evidence: originals, segments, cube. Locks are no evidence.
export function evidenceFiles(data) {
  const found = {};
  for (const folder of ["originals", "evidence", "spool"]) {
    const start = path.join(data, folder);
    if (!fs.existsSync(start)) continue;
    for (const name of fs.readdirSync(start, { recursive: true }).sort()) {
      const file = path.join(start, String(name));
      if (fs.statSync(file).isFile() && !file.endsWith(".lock")) found[path.join(folder, String(name))] = sha256(file);
    }
  }
  return found;
}

const questions = [
  ["crimes", "--area", "E23000009", "--from", "2022-01", "--to", "2022-11"],
  ["rate", "--area", "E22000368", "--from", "2022-01", "--to", "2022-11"],
];

// The answers of the command line with their whole working.
export function answers(program) {
  return questions.map((words) => {
    const { code, out, error } = program.run(["figure", ...words, "--json"]);
    return code === 0 ? out : `${code} ${sentence(error)}`;
  });
}

// The time of an import is part of a working, and differs.
export const withoutTimes = (json) => json.replaceAll(/"imported_at":"[^"]*"/g, '"imported_at":""');

// Standard error without the log's lines.
export function sentence(error) {
  return error
    .split("\n")
    .filter((line) => line && !/^\d{4}-\d\d-\d\dT\S+ (info|warning|error|debug) /.test(line))
    .join("\n");
}

export function copyOf(data, to) {
  fs.cpSync(data, to, { recursive: true });
  return to;
}
