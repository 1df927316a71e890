// The cells of an XLSX workbook's first sheet: rows of { text } or { number }, by column letters.
import { unzipped } from "./zip.mjs";

const entities = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const plain = (xml) => xml.replace(/&(#x?[0-9a-f]+|\w+);/gi, (_, name) => (name[0] === "#" ? String.fromCodePoint(name[1] === "x" ? parseInt(name.slice(2), 16) : Number(name.slice(1))) : entities[name]));
const texts = (xml) => [...xml.matchAll(/<t(?:\s[^>]*)?>([^<]*)<\/t>/g)].map((found) => plain(found[1])).join("");

export function firstSheet(workbook) {
  const members = unzipped(workbook);
  const sheet = members.get("xl/worksheets/sheet1.xml").toString("utf8");
  const shared = [...(members.get("xl/sharedStrings.xml")?.toString("utf8") ?? "").matchAll(/<si>(.*?)<\/si>/gs)].map((found) => texts(found[1]));
  const rows = [];
  for (const [, , body] of sheet.matchAll(/<row\s([^>]*)>(.*?)<\/row>/gs)) {
    const row = {};
    for (const [, attributes, content] of body.matchAll(/<c\s([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)) {
      const column = /\br="([A-Z]+)\d+"/.exec(attributes)[1];
      const type = /\bt="(\w+)"/.exec(attributes)?.[1];
      const value = /<v>([^<]*)<\/v>/.exec(content ?? "")?.[1];
      if (type === "inlineStr") row[column] = { text: texts(content) };
      else if (type === "s") row[column] = { text: shared[Number(value)] };
      else if (type === "str") row[column] = { text: plain(value ?? "") };
      else if (value !== undefined) row[column] = { number: Number(value) };
    }
    rows.push(row);
  }
  return rows;
}
