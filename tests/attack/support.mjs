// What the parts share: requests that can be left, signing in without a browser, and what a process takes.
import fs from "node:fs";
import http from "node:http";

// Asks and says how it ended: { status, headers, text, began, ended, milliseconds }. `leave()` closes the connection.
export function ask(origin, target, { cookie, method = "GET", body, timeout = 120_000, headers = {} } = {}) {
  const began = performance.now();
  let request;
  const answered = new Promise((resolve) => {
    const end = (answer) => resolve({ began, ended: performance.now(), milliseconds: performance.now() - began, headers: {}, text: "", ...answer });
    request = http.request(origin + target, { method, agent: false, timeout, headers: { ...(cookie ? { Cookie: cookie } : {}), ...(body ? { "Content-Type": "application/x-www-form-urlencoded", "Content-Length": Buffer.byteLength(body) } : {}), ...headers } }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (piece) => (text += piece)).on("end", () => end({ status: response.statusCode, headers: response.headers, text })).on("error", () => end({ status: 0 }));
    });
    request.on("error", () => end({ status: 0 })).on("timeout", () => request.destroy());
    request.end(body);
  });
  return { answered, leave: () => request.destroy() };
}

const cookiesOf = (headers) => (headers["set-cookie"] ?? []).map((one) => one.split(";")[0]);

// The session's cookie of an account, as a browser without script gets it, and how long that took.
export async function signIn(origin, { email, password }) {
  const began = performance.now();
  const form = await ask(origin, "/sign-in").answered;
  const visit = cookiesOf(form.headers).join("; ");
  const token = /name="csrf-token"[^>]*value="([^"]+)"/.exec(form.text)?.[1] ?? /value="([^"]+)"[^>]*name="csrf-token"/.exec(form.text)?.[1];
  const sent = await ask(origin, "/sign-in", { method: "POST", cookie: visit, body: new URLSearchParams({ "csrf-token": token ?? "", email, password }).toString() }).answered;
  const session = cookiesOf(sent.headers).find((one) => /^(__Host-)?tithing=./.test(one));
  return { cookie: session, status: sent.status, began, ended: performance.now(), milliseconds: performance.now() - began };
}

export const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export async function eventually(condition, milliseconds = 60_000) {
  const until = performance.now() + milliseconds;
  while (performance.now() < until) {
    if (await condition()) return true;
    await pause(100);
  }
  return false;
}

export function residentMegabytes(pid) {
  return Number(/VmRSS:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, "utf8"))[1]) / 1024;
}

// Seconds of processor that a process has used so far, all its threads together.
export function processorSeconds(pid) {
  const fields = fs.readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
