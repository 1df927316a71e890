// Writes the facts of data/sample/geography/wards.csv: which ward each LSOA of 2021 is put to by best fit, for the districts of the
// sample's two forces. FILE is the ONS table "LSOA (2021) to Electoral Ward (2024) to LAD (2024) Best Fit Lookup in EW".
//   node tests/sample/write_wards.mjs FILE > data/sample/geography/wards.csv
import { readFileSync } from "node:fs";

// York, North Yorkshire; Herefordshire, Telford and Wrekin, Shropshire, the six districts of Worcestershire.
const districts = new Set(["E06000014", "E06000065", "E06000019", "E06000020", "E06000051",
  "E07000234", "E07000235", "E07000236", "E07000237", "E07000238", "E07000239"]);
const fields = (line) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain);
const quoted = (text) => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const [heading, ...lines] = readFileSync(process.argv[2], "utf8").replace(/^\uFEFF/, "").split(/\r?\n/).filter(Boolean);
const column = Object.fromEntries(fields(heading).map((name, i) => [name, i]));
const rows = lines.map(fields)
  .map((row) => ["WD24CD", "WD24NM", "LAD24CD", "LSOA21CD"].map((name) => row[column[name]]))
  .filter(([, , district]) => districts.has(district))
  .map((row) => row.map(quoted).join(","))
  .sort();
process.stdout.write(["WD24CD,WD24NM,LAD24CD,LSOA21CD", ...rows].join("\n") + "\n");
