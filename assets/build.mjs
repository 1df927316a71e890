// Builds the styles, scripts and icons of the pages into build/assets/: each under a name that carries its content's hash, with
// a compressed twin where that is smaller, and manifest.json, from which CMake embeds them into the program.
//
//   npm run build
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import * as sass from "sass";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const output = join(root, "build", "assets");
const contentTypes = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

// Folders of src/ may carry a style sheet of what they draw (maps, charts); it joins the one style sheet of the pages.
function styleSheetsOfFolders(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return styleSheetsOfFolders(path);
      return entry.name.endsWith(".css") ? [path] : [];
    })
    .sort();
}

function styles() {
  const entry = join(root, "assets", "styles", "tithing.scss");
  const further = styleSheetsOfFolders(join(root, "src")).map((path, index) => {
    const name = relative(root, path).replace(/\.css$/, "").replaceAll("\\", "/");
    return `@use "${name}" as folder${index};`;
  });
  const uses = readFileSync(entry, "utf8");
  const { css } = sass.compileString(`${uses}\n${further.join("\n")}\n`, {
    url: pathToFileURL(entry),
    loadPaths: [join(root, "node_modules"), root],
    style: "compressed",
    charset: false,
    quietDeps: true,
  });
  // GOV.UK Frontend repeats in every rule what is inherited here from <body> (smoothing, the typeface on paper) and gives each
  // custom property a fallback although this same sheet defines it. Without them the sheet is a tenth smaller.
  const shorter = css
    .replace(/var\((--govuk-[a-z-]+), ?#[0-9a-f]+\)/g, "var($1)")
    .replaceAll("-webkit-font-smoothing:antialiased;-moz-osx-font-smoothing:grayscale", "")
    .replace(/@media print\{[^{}]+\{font-family:sans-serif\}\}/g, "");
  return Buffer.from(esbuild.transformSync(shorter, { loader: "css", minify: true, target: "es2020" }).code);
}

function script(file, format) {
  const { outputFiles } = esbuild.buildSync({
    entryPoints: [join(root, "assets", "script", file)],
    bundle: true,
    minify: true,
    write: false,
    format,
    target: "es2020",
    legalComments: "none",
  });
  return Buffer.from(outputFiles[0].contents);
}

const files = { "tithing.css": styles(), "start.js": script("start.js", "iife"), "tithing.js": script("tithing.js", "esm") };
for (const name of readdirSync(join(root, "assets", "icons")).sort()) {
  files[name] = Buffer.from(readFileSync(join(root, "assets", "icons", name), "utf8").trim());
}

rmSync(output, { recursive: true, force: true });
mkdirSync(output, { recursive: true });
const manifest = [];
for (const [name, bytes] of Object.entries(files)) {
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 16);
  const extension = extname(name);
  const file = `${basename(name, extension)}-${hash}${extension}`;
  const packed = gzipSync(bytes, { level: 9 });
  const compressed = packed.length < bytes.length;
  writeFileSync(join(output, file), bytes);
  if (compressed) writeFileSync(join(output, `${file}.gz`), packed);
  manifest.push({ name, file, contentType: contentTypes[extension], hash, compressed });
  console.log(`${name.padEnd(14)} ${String(bytes.length).padStart(7)} bytes ${String(packed.length).padStart(7)} compressed`);
}
writeFileSync(join(output, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
