// Imports that are repeated, replaced, wrong, cut off or killed: what they say, and that the store is as it was.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import { heading, streetFile } from "./support/police.mjs";
import { answers, copyOf, evidenceFiles, sentence, withoutTimes } from "./support/state.mjs";
import { crc32, zipOf } from "./support/zip.mjs";

const surrey = (program, ...more) => {
  const { code, out, error } = program.run(["figure", "crimes", "--area", "E23000031", "--from", "2022-11", "--to", "2022-11", ...more, "--json"]);
  return code === 0 ? JSON.parse(out) : { problem: sentence(error) };
};

export async function publications(report, program, testdata) {
  const early = path.join(testdata, "2022-11-surrey-street.early-publication.csv");
  const later = path.join(testdata, "2022-11-surrey-street.later-publication.csv");

  await report.group("both publications of a month", async (group) => {
    const first = program.run(["import", "police", early]);
    group.equal("the early one: exit code", [first.code, sentence(first.error)], [0, ""]);
    group.includes("the early one: says how many rows", first.out, "7,331");
    const before = surrey(program);
    group.equal("it is counted", before.value, 7331);
    const files = evidenceFiles(program.data);

    const again = program.run(["import", "police", early]);
    group.equal("the same again: exit code", again.code, 0);
    group.includes("the same again: says that nothing was changed", again.out, "Nothing was changed");
    group.equal("the same again: no file changed", evidenceFiles(program.data), files);
    group.equal("the same again: the same figure to the last letter", surrey(program), before);

    const second = program.run(["import", "police", later]);
    group.equal("the later one: exit code", [second.code, sentence(second.error)], [0, ""]);
    group.includes("the later one: shows what is different", second.out, /1,133/);
    const after = surrey(program);
    group.equal("the later one: replaces, and does not add", after.value, 7331);
    group.check("the figure names the later file", JSON.stringify(after.working) !== JSON.stringify(before.working));
    const kept = evidenceFiles(program.data);
    const originals = Object.keys(files).filter((name) => name.startsWith("originals/"));
    group.check("the former original is kept", originals.every((name) => kept[name] === files[name]), () => originals.filter((name) => !kept[name]).join(" "));
    const back = program.run(["import", "police", early]);
    group.includes("the former, given again, does not come back", back.out, "Nothing was changed");
    group.equal("and the figure stays", surrey(program), after);
    group.includes("it is offered as a choice", back.out, /does not count[\s\S]*--choose/);
  });

  await report.group("a wrong file is undone", async (group) => {
    const good = surrey(program);
    const figures = answers(program);
    const lines = fs.readFileSync(later, "utf8").split("\n");
    const partial = path.join(path.dirname(program.data), "partial", "2022-11-surrey-street.csv");
    fs.mkdirSync(path.dirname(partial), { recursive: true });
    fs.writeFileSync(partial, lines.filter((line, at) => at === 0 || line.includes(",Burglary,")).join("\n") + "\n");
    const files = evidenceFiles(program.data);
    const dry = program.run(["import", "police", partial, "--dry-run"]);
    group.equal("a dry run: exit code", dry.code, 0);
    group.includes("a dry run: shows what it would remove", dry.out, /of 7,331 rows[\s\S]*Nothing was changed: this was a dry run/);
    const refused = program.run(["import", "police", partial]);
    group.equal("without an answer: exit code", refused.code, 1);
    group.includes("without an answer: what would go, and how to answer", sentence(refused.error), /of 7,331 rows.*Nothing was changed.*--accept-removals --reason/);
    group.equal("nothing was changed", [surrey(program), evidenceFiles(program.data)], [good, files]);
    const unreasoned = program.run(["import", "police", partial, "--accept-removals"]);
    group.equal("an answer without a reason: exit code", unreasoned.code, 1);
    group.includes("an answer without a reason: a sentence", sentence(unreasoned.error), "--reason");
    const accepted = program.run(["import", "police", partial, "--accept-removals", "--reason", "sent as a correction"]);
    group.equal("accepted: exit code", [accepted.code, sentence(accepted.error)], [0, ""]);
    group.check("accepted: the figure follows", surrey(program).value < 1000, JSON.stringify(surrey(program).value));
    const [month] = JSON.parse(program.run(["evidence", "publications", "--key", "surrey 2022-11", "--json"]).out);
    group.equal("three publications are choosable", month.publications.length, 3);
    group.equal("the choice is kept with its reason", month.choices.map((choice) => choice.reason), ["sent as a correction"]);
    const right = month.publications.find((one) => one.name.includes("later"));
    const chosen = program.run(["evidence", "choose", "police-month", "surrey 2022-11", String(right.file), "--reason", "the correction was an extract"]);
    group.equal("the good one chosen again: exit code", [chosen.code, sentence(chosen.error)], [0, ""]);
    group.equal("the figure is what it was, to the last letter", surrey(program), good);
    group.equal("and so are the others", answers(program), figures);
    group.equal("verify agrees", program.run(["evidence", "verify"]).code, 0);
    const before = evidenceFiles(program.data);
    group.equal("rebuild", program.run(["evidence", "rebuild"]).code, 0);
    group.equal("rebuild follows the choice, byte for byte", [surrey(program), evidenceFiles(program.data)], [good, before]);
    group.includes("the audit has the reasons", program.run(["audit", "list", "--limit", "1000"]).out, /sent as a correction[\s\S]*the correction was an extract|the correction was an extract[\s\S]*sent as a correction/);
  });

  await report.group("odd real files", async (group) => {
    const quirks = program.run(["import", "police", path.join(testdata, "quirk_rows.csv")]);
    group.equal("47 odd rows: exit code", [quirks.code, sentence(quirks.error)], [0, ""]);
    const manchester = program.run(["import", "police", path.join(testdata, "2022-08-greater-manchester-street.csv")]);
    group.equal("a file with the rows of another force: exit code", [manchester.code, sentence(manchester.error)], [0, ""]);
    group.includes("it is accepted and counted", manchester.out, /\b14 rows/);
    const { out } = program.run(["figure", "crimes", "--area", "E23000005", "--from", "2022-08", "--to", "2022-08", "--json"]);
    const figure = JSON.parse(out || "{}");
    // Rows of two categories, all of Leicester: part of another force's file, so what Greater Manchester recorded is not known.
    group.equal("its figure is not known", figure.value, null);
    group.includes("and says why", figure.reason ?? "", /its rows lie in another force, so they say nothing of its own area/);
    group.check("is marked suspect", figure.coverage?.suspect?.length > 0, JSON.stringify(figure.coverage));
  });

  await report.group("evidence is rebuilt byte for byte", async (group) => {
    const before = evidenceFiles(program.data);
    const figures = answers(program);
    const cubes = Object.keys(before).filter((name) => name.includes("cube"));
    group.check("there is a cube", cubes.length > 0, Object.keys(before).join(" "));
    const derived = Object.keys(before).filter((name) => name.startsWith("evidence/"));
    for (const name of derived) fs.rmSync(path.join(program.data, name));
    const rebuilt = program.run(["evidence", "rebuild"]);
    group.equal("rebuild: exit code", [rebuilt.code, sentence(rebuilt.error)], [0, ""]);
    group.equal("every derived file comes out as it was", evidenceFiles(program.data), before);
    group.equal("and the figures too", answers(program), figures);
    const once = program.run(["evidence", "rebuild"]);
    group.equal("rebuild on top of what is there: exit code", once.code, 0);
    group.equal("changes nothing", evidenceFiles(program.data), before);
  });
}

// Zeros that unpack to `size` bytes, without ever holding them.
function deflatedZeros(size) {
  const content = Buffer.alloc(size);
  return { deflated: zlib.deflateRawSync(content, { level: 9 }), crc: crc32(content), size };
}

export async function wrongInput(report, program, folder) {
  const place = path.join(folder, "wrong");
  fs.mkdirSync(place, { recursive: true });
  const file = (name, content) => {
    const target = path.join(place, name);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, content);
    return target;
  };
  const good = streetFile("2022-11", 300);
  const archive = zipOf([
    { name: "2022-10/2022-10-surrey-street.csv", content: streetFile("2022-10", 500) },
    { name: "2022-11/2022-11-surrey-street.csv", content: good },
  ]);
  const corrupt = Buffer.from(archive);
  corrupt.fill(0x55, 200, 400);
  const utf16 = (text) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]);
  const cases = [
    ["a zip archive cut off", file("truncated.zip", archive.subarray(0, Math.floor(archive.length * 0.7))), /cut off|damaged/],
    ["a zip archive cut off within its last bytes", file("truncated-late.zip", archive.subarray(0, archive.length - 5)), /cut off|damaged/],
    ["a zip archive with damaged content", file("corrupt.zip", corrupt), /damaged/],
    ["a zip bomb", file("bomb.zip", zipOf([{ name: "2022-11/2022-11-surrey-street.csv", ...deflatedZeros(300_000_000) }])), /times its size/],
    ["a zip bomb that says it is small", file("liar.zip", zipOf([{ name: "2022-11/2022-11-surrey-street.csv", ...deflatedZeros(300_000_000), size: 1000 }])), /times its size|damaged/],
    ["a text that is called zip", file("text.zip", "this is no archive"), /zip archive/],
    ["a CSV with a missing column", file("column/2022-11-surrey-street.csv", good.replaceAll(/^(?:[^,\r\n]*,){4}/gm, (found) => found.split(",").slice(0, 3).join(",") + ",")), /no column/],
    ["a CSV with a misspelt column", file("misspelt/2022-11-surrey-street.csv", good.replace("LSOA code", "LSOA kode")), /no column "LSOA code"/],
    ["a UTF-16 file with a misspelt column", file("utf16-misspelt/2022-11-surrey-street.csv", utf16(good.replace("LSOA code", "LSOA kode"))), /no column "LSOA code".*It was read as UTF-16/],
    ["an empty file", file("empty/2022-11-surrey-street.csv", ""), /empty/],
    ["a file with nothing but a heading", file("heading/2022-11-surrey-street.csv", `${heading}\r\n`), /no rows/],
    ["a file with nothing but a line of 200 MB", file("long/2022-11-surrey-street.csv", Buffer.alloc(200_000_000, "x")), /.{20}/],
    ["a picture", file("picture/2022-11-surrey-street.csv", Buffer.from("89504e470d0a1a0a0000000d494844520000000100000001", "hex")), /.{20}/],
    ["a path that does not exist", path.join(place, "nowhere.zip"), /There is no file or folder/],
    ["a folder with nothing in it", (fs.mkdirSync(path.join(place, "bare")), path.join(place, "bare")), /no CSV/],
  ];

  await report.group("wrong input to import police", async (group) => {
    const before = { figures: answers(program), files: evidenceFiles(program.data) };
    for (const [what, given, expected] of cases) {
      const done = program.run(["import", "police", given], { timeout: 60_000 });
      group.equal(`${what}: exit code`, done.code, 1);
      const said = sentence(done.error);
      group.includes(`${what}: a clear sentence`, said, expected);
      group.check(`${what}: one that is short and ends`, said.split("\n").length <= 3 && said.length < 600 && /[.!?]$/.test(said.trim()), said.slice(0, 800));
      group.equal(`${what}: the figures are as they were`, answers(program), before.figures);
      group.equal(`${what}: the files are as they were`, evidenceFiles(program.data), before.files);
    }
    const outcomes = program.run(["import", "police", file("outcomes/2022-11-surrey-outcomes.csv", "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Outcome type\r\nx,2022-11,Surrey Police,Surrey Police,,,No Location,,,Offender given a caution\r\n")]);
    group.includes("an outcomes file is named as what it is", outcomes.out + sentence(outcomes.error), /outcomes file.*not used/i);
    group.equal("an outcomes file changes nothing", [answers(program), evidenceFiles(program.data)], [before.figures, before.files]);

    // A right file as a spreadsheet saves it is read, and it is said how. A dry run: it would be another publication of the month.
    const writings = [
      ["UTF-16", utf16(good), /300 rows can be used, read as UTF-16\./],
      ["UTF-16 without a mark", Buffer.from(good, "utf16le"), /300 rows can be used, read as UTF-16\./],
    ];
    for (const [what, bytes, expected] of writings) {
      const done = program.run(["import", "police", "--dry-run", file(`${what}/2022-11-surrey-street.csv`, bytes)]);
      group.equal(`${what}: exit code`, [done.code, sentence(done.error)], [0, ""]);
      group.includes(`${what}: how it was read`, done.out, expected);
      group.includes(`${what}: what would be`, done.out, /^Would import 1 file /m);
      group.equal(`${what}: a dry run changes nothing`, [answers(program), evidenceFiles(program.data)], [before.figures, before.files]);
    }

    // A right file with one line of 200 MB in it: that line is refused, the others count, and memory stays small.
    const copy = program.with(copyOf(program.data, path.join(folder, "long-line")));
    const rows = good.trimEnd().split("\r\n");
    const long = file("one/2022-11-surrey-street.csv", "");
    const descriptor = fs.openSync(long, "w");
    fs.writeSync(descriptor, `${rows.slice(0, 101).join("\r\n")}\r\n`);
    for (let i = 0; i < 20; i += 1) fs.writeSync(descriptor, Buffer.alloc(10_000_000, "y"));
    fs.writeSync(descriptor, `\r\n${rows.slice(101).join("\r\n")}\r\n`);
    fs.closeSync(descriptor);
    const done = copy.run(["import", "police", long], { under: ["bash", "-c", 'ulimit -v 1000000; exec "$@"', "bash"] });
    group.equal("one line of 200 MB among right ones: exit code, in 1 GB of memory", [done.code, sentence(done.error)], [0, ""]);
    group.includes("one line of 200 MB: the others are accepted, it is refused", done.out, /300 rows accepted, 1 refused/);
  });

  await report.group("wrong input to the other imports", async (group) => {
    const before = { figures: answers(program), files: evidenceFiles(program.data) };
    for (const [what, words, expected] of [
      ["population: a path that does not exist", ["import", "population", path.join(place, "nowhere.csv")], /no file|cannot be/i],
      ["population: an empty file", ["import", "population", file("population.csv", "")], /empty|column|heading/i],
      ["population: a street file", ["import", "population", file("street-as-population.csv", good)], /column|population/i],
      ["table C2: an empty file", ["import", "table-c2", file("c2.csv", "")], /.{20}/],
      ["table C2: a street file", ["import", "table-c2", file("street-as-c2.csv", good)], /.{20}/],
      ["geography: a path that does not exist", ["import", "geography", path.join(place, "nowhere.csv")], /.{20}/],
      ["geography: a street file", ["import", "geography", file("2022-11-surrey-street.csv", good)], /.{20}/],
      ["geography: broken GeoJSON", ["import", "geography", file("broken.geojson", '{"type":"FeatureCollection","features":[{"type":"Feature"')], /.{20}/],
      ["geography: GeoJSON nested without end", ["import", "geography", file("deep.geojson", `{"type":"FeatureCollection","features":${"[".repeat(200_000)}`)], /.{20}/],
      ["geography: an archive cut off", ["import", "geography", path.join(place, "truncated.zip")], /.{20}/],
    ]) {
      const done = program.run(words);
      group.equal(`${what}: exit code`, done.code, 1);
      group.includes(`${what}: a clear sentence`, sentence(done.error), expected);
      group.equal(`${what}: the figures are as they were`, answers(program), before.figures);
      group.equal(`${what}: the files are as they were`, evidenceFiles(program.data), before.files);
    }
  });

  await report.group("a full disk", async (group) => {
    const big = file("big.zip", zipOf(["2022-08", "2022-09", "2022-10", "2022-11"].map((month) => ({ name: `${month}/${month}-surrey-street.csv`, content: streetFile(month, 40_000) }))));
    const full = (what, target, options) => {
      const before = { figures: answers(target), files: evidenceFiles(target.data) };
      const done = target.run(["import", "police", big], options.run);
      options.after?.();
      group.equal(`${what}: exit code`, done.code, 1);
      group.includes(`${what}: says that the disk is full`, sentence(done.error), /full|space|room/i);
      group.equal(`${what}: the figures are as they were`, answers(target), before.figures);
      group.equal(`${what}: the files are as they were`, evidenceFiles(target.data), before.files);
    };
    // The largest file of the store may be written again, but not the archive.
    const limit = Math.floor(fs.statSync(big).size / 2 / 1024);
    const limited = program.with(copyOf(program.data, path.join(folder, "limited")));
    full("files may not grow", limited, { run: { under: ["bash", "-c", `trap '' XFSZ; ulimit -f ${limit}; exec "$@"`, "bash"] } });

    // A real file system that is full, where this machine lets us have one.
    const mount = path.join(folder, "small-disk");
    fs.mkdirSync(mount);
    if (spawnSync("mount", ["-t", "tmpfs", "-o", "size=200m", "tmpfs", mount]).status === 0) {
      try {
        const target = program.with(copyOf(program.data, path.join(mount, "data")));
        answers(target);
        const { bavail, bsize } = fs.statfsSync(mount);
        const filler = path.join(mount, "filler");
        fs.writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - fs.statSync(big).size / 2)));
        full("a file system without room", target, { after: () => fs.rmSync(filler) });
        const room = target.run(["import", "police", big]);
        group.equal("with room again it is imported", [room.code, sentence(room.error)], [0, ""]);
      } finally {
        spawnSync("umount", [mount]);
      }
    } else {
      console.log("  no small file system could be mounted here: the limit on files stands for it");
    }
  });

  await report.group("an import killed", async (group) => {
    const months = ["2022-04", "2022-05", "2022-06", "2022-07", "2022-08", "2022-09", "2022-10", "2022-11"];
    const large = file("large.zip", zipOf(months.map((month) => ({ name: `${month}/${month}-surrey-street.csv`, content: streetFile(month, 30_000) }))));
    const clean = program.with(copyOf(program.data, path.join(folder, "clean")));
    const whole = clean.run(["import", "police", large]);
    group.equal("left alone it comes through", [whole.code, sentence(whole.error)], [0, ""]);
    const expected = { figures: answers(clean), surrey: surrey(clean).value };
    // The quicker of two: what else the machine does must not make every kill come too late.
    const secondRun = program.with(copyOf(program.data, path.join(folder, "clean-again"))).run(["import", "police", large]);
    const seconds = Math.min(whole.seconds, secondRun.seconds);

    const killed = program.with(copyOf(program.data, path.join(folder, "killed")));
    const before = { figures: answers(killed), files: evidenceFiles(killed.data) };
    const early = before.figures.map(withoutTimes);
    const late = expected.figures.map(withoutTimes);
    let interrupted = 0;
    for (const part of [0.1, 0.25, 0.4, 0.55, 0.7, 0.8, 0.9]) {
      const child = killed.start(["import", "police", large]);
      await new Promise((resolve) => setTimeout(resolve, seconds * part * 1000));
      child.kill("SIGKILL");
      const { signal } = await child.ended;
      const now = answers(killed).map(withoutTimes);
      const done = JSON.stringify(now) === JSON.stringify(late);
      group.check(`killed at ${part} of its time: all of it or nothing`, done || JSON.stringify(now) === JSON.stringify(early), () => now.join("\n").slice(0, 600));
      const verified = killed.run(["audit", "verify"]);
      group.equal(`killed at ${part} of its time: the audit is whole`, [verified.code, sentence(verified.error)], [0, ""]);
      if (done || signal !== "SIGKILL") break; // it was faster this time
      interrupted += 1;
    }
    group.check("it was killed on its way several times", interrupted >= 3, String(interrupted));
    const again = killed.run(["import", "police", large]);
    group.equal("afterwards it comes through", [again.code, sentence(again.error)], [0, ""]);
    group.equal("with the same figures as if it had never been killed", answers(killed).map(withoutTimes), expected.figures.map(withoutTimes));
    group.equal("and the same rows", surrey(killed).value, expected.surrey);
    group.equal("and the same files, with nothing left over", evidenceFiles(killed.data), evidenceFiles(clean.data));
  });
}
