// Counts checks by group, prints a line for each group and every failure in full, and ends as ./test wants it:
// "N passed, N failed" on the last line.
export class Report {
  passed = 0;
  failed = 0;
  skipped = 0; // what could not be looked at here, counted by whoever skips it

  // Runs `body(group)`; an exception in it is one failure of the group, and the next group goes on.
  async group(name, body) {
    const group = new Group(name);
    const began = performance.now();
    try {
      await body(group);
    } catch (error) {
      group.check("runs to its end", false, error.stack || String(error));
    }
    if (group.passed + group.failed === 0) group.check("checks something", false, "The group came to its end without a check.");
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    console.log(`${name.padEnd(52)} ${String(group.passed).padStart(5)} passed ${String(group.failed).padStart(3)} failed ${seconds.padStart(6)} s`);
    this.passed += group.passed;
    this.failed += group.failed;
    return group;
  }

  // Prints the closing line and answers the exit code.
  close() {
    console.log(`${this.passed} passed, ${this.failed} failed${this.skipped > 0 ? `, ${this.skipped} skipped` : ""}`);
    return this.failed === 0 ? 0 : 1;
  }
}

class Group {
  passed = 0;
  failed = 0;
  constructor(name) {
    this.name = name;
  }

  // `detail` may be a function, asked only when the check failed.
  check(what, condition, detail = "") {
    if (condition) {
      this.passed += 1;
      return true;
    }
    this.failed += 1;
    const text = typeof detail === "function" ? detail() : detail;
    console.log(`FAILED ${this.name}: ${what}${text ? `\n    ${String(text).replaceAll("\n", "\n    ")}` : ""}`);
    return false;
  }

  equal(what, found, expected) {
    const a = JSON.stringify(found);
    const b = JSON.stringify(expected);
    return this.check(what, a === b, () => `found    ${shortened(a, b)}\nexpected ${shortened(b, a)}`);
  }

  includes(what, text, part) {
    return this.check(what, part instanceof RegExp ? part.test(text) : String(text).includes(part), () => `${String(part)} is not in: ${String(text).slice(0, 600)}`);
  }
}

// Long texts are shown from shortly before the place where they part.
function shortened(text, other) {
  if (text === undefined) return "undefined";
  if (text.length < 400) return text;
  let at = 0;
  while (at < text.length && text[at] === other?.[at]) at += 1;
  const from = Math.max(0, at - 100);
  return `${from > 0 ? "..." : ""}${text.slice(from, from + 300)}...`;
}
