// The program as a person meets it: its command line, and its site on a port of its own.
import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

// A folder that goes when this process ends, however it ends.
export function temporaryFolder(name) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `tithing-${name}-`));
  process.on("exit", () => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const started = new Set();
process.on("exit", () => started.forEach((child) => child.kill("SIGKILL")));
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => process.exit(1));

export class Program {
  environment = {};

  constructor(binary, data) {
    this.binary = path.resolve(binary);
    this.data = data;
  }

  // The same program with another data folder.
  with(data) {
    return new Program(this.binary, data);
  }

  // Runs a subcommand on this data folder to its end: { code, out, error, seconds }. `code` is null when a signal ended it.
  run(words, options = {}) {
    const began = performance.now();
    const [command, before] = options.under ? [options.under[0], [...options.under.slice(1), this.binary]] : [this.binary, []];
    const done = spawnSync(command, [...before, ...words, "--data", this.data], {
      encoding: "utf8",
      input: options.input ?? "",
      maxBuffer: 1 << 28,
      timeout: options.timeout ?? 120_000,
      env: { ...process.env, ...this.environment },
    });
    if (done.error && done.error.code !== "ETIMEDOUT") throw done.error;
    return { code: done.status, signal: done.signal, out: done.stdout, error: done.stderr, seconds: (performance.now() - began) / 1000 };
  }

  // Starts a subcommand and leaves it running.
  start(words) {
    const child = spawn(this.binary, [...words, "--data", this.data], { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...this.environment } });
    started.add(child);
    child.ended = new Promise((resolve) => child.on("exit", (code, signal) => (started.delete(child), resolve({ code, signal }))));
    child.text = "";
    child.log = "";
    child.stdout.setEncoding("utf8").on("data", (text) => (child.text += text));
    child.stderr.setEncoding("utf8").on("data", (text) => (child.log = (child.log + text).slice(-200_000)));
    return child;
  }

  // `tithing serve` on a free port, once it is open: { origin, accounts: {name: {email, password}}, seconds, stop() }.
  // Tests ask faster and for more than a person does, and wait for the page itself: `limits` of long work are wide for them.
  async serve(options = ["--demonstration"], limits = ["--long-after", "600", "--long-at-once", "500", "--long-seconds", "100000"]) {
    const began = performance.now();
    const child = this.start(["serve", "--port", "0", ...options, ...limits]);
    let over = null;
    child.ended.then((ending) => (over = ending));
    while (!/Stop it with Ctrl-C/.test(child.text)) {
      if (over) throw new Error(`tithing serve ended before it was open (${JSON.stringify(over)}):\n${child.log}${child.text}`);
      if (performance.now() - began > 180_000) throw new Error(`tithing serve was not open after three minutes:\n${child.log}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    const accounts = {};
    for (const [, email, password] of child.text.matchAll(/^(\S+@demonstration\.invalid)\s+(\S+)/gm)) accounts[email.split("@")[0]] = { email, password };
    return {
      origin: /open at (https?:\/\/[^/\s]+)\//.exec(child.text)[1],
      accounts,
      seconds: (performance.now() - began) / 1000,
      child,
      stop: (signal = "SIGTERM") => (child.kill(signal), child.ended),
    };
  }
}
