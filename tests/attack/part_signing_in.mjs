// Guessing from many places at once, hosts that are not ours, uploads that never end. Addresses are those of the documentation (RFC
// 5737); the program is told that the tests are its proxy.
import http from "node:http";
import net from "node:net";

export const title = "Guesses, hosts and uploads that never end";

const password = "lanterns behind seven orchards";
const owner = "owner@example.org";

function ask(origin, path, { method = "GET", from, host, cookie, form } = {}) {
  const { hostname, port } = new URL(origin);
  const body = form ? new URLSearchParams(form).toString() : undefined;
  return new Promise((resolve, reject) => {
    const request = http.request({ hostname, port, path, method, agent: false, headers: {
      Host: host ?? `${hostname}:${port}`,
      ...(from ? { "X-Forwarded-For": from } : {}),
      ...(cookie ? { Cookie: cookie } : {}),
      ...(body ? { "Content-Type": "application/x-www-form-urlencoded", "Content-Length": body.length } : {}),
    } }, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (part) => (text += part)).on("end", () => resolve({ status: answer.statusCode, headers: answer.headers, text }));
    });
    request.on("error", reject);
    request.end(body);
  });
}

// A browser somewhere: its cookies, and the form's token.
class Browser {
  cookies = new Map();
  constructor(origin, from) {
    this.origin = origin;
    this.from = from;
  }
  async open(path, options = {}) {
    const answer = await ask(this.origin, path, { from: this.from, cookie: [...this.cookies].map((pair) => pair.join("=")).join("; "), ...options });
    for (const cookie of answer.headers["set-cookie"] ?? []) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
      this.cookies.set(name, value);
    }
    this.token = /name="csrf-token" value="([^"]+)"/.exec(answer.text)?.[1] ?? this.token;
    return answer;
  }
  async signIn(word) {
    this.cookies.delete("tithing"); // a session that is open ends; what the browser is known by stays
    await this.open("/sign-in");
    return (await this.open("/sign-in", { method: "POST", form: { "csrf-token": this.token, email: owner, password: word } })).status;
  }
}

export async function attack(report, room) {
  const program = room.program("signing_in");
  program.run(["user", "add", "--email", owner, "--name", "Owner", "--role", "system-administrator", "--password-stdin"], { input: `${password}\n` });
  const site = await program.serve(["--trusted-proxy", "127.0.0.1"]);
  const { origin } = site;
  const known = new Browser(origin, "192.0.2.1");
  await known.signIn(password);

  await report.group("guesses at one account from many networks", async (group) => {
    const networks = room.sample ? 3 : 19;
    let asked = 0;
    const guesses = [];
    for (let network = 1; network <= networks; ++network) {
      const guesser = new Browser(origin, `203.0.113.${network}`);
      for (let i = 0; i < 5; ++i, ++asked) guesses.push(await guesser.signIn("not the password at all"));
      guesses.push(await guesser.signIn(password));
    }
    group.equal("each network has five", guesses.filter((status) => status === 400).length, asked);
    group.equal("and then waits, whatever it sends", guesses.filter((status) => status === 429).length, networks);
    group.equal("the owner comes in from elsewhere in a new browser", await new Browser(origin, "198.51.100.7").signIn(password), 303);
    group.equal("who writes a list of addresses into the header is still one", await new Browser(origin, "192.0.2.99, 203.0.113.1").signIn(password), 429);
    for (let i = 0; i < 6; ++i) await new Browser(origin, "192.0.2.1").signIn("not the password at all");
    group.equal("a stranger beside the owner has to wait", await new Browser(origin, "192.0.2.1").signIn(password), 429);
    group.equal("the owner's own browser there has not", await known.signIn(password), 303);
    if (!room.sample) {
      for (let network = 1; network <= 8; ++network) {
        const guesser = new Browser(origin, `198.51.100.${network + 100}`);
        for (let i = 0; i < 5; ++i) await guesser.signIn("not the password at all");
      }
      group.equal("a hundred guesses from everywhere: strangers wait everywhere", await new Browser(origin, "198.51.100.250").signIn(password), 429);
      group.equal("the owner's own browser does not", await known.signIn(password), 303);
    }
  });

  await report.group("hosts that are not ours", async (group) => {
    await known.open("/administration/accounts/1");
    for (const host of ["evil.example", "127.0.0.1.evil.example", "localhost:1", `${new URL(origin).host}.evil.example`, "[::2]:80"]) {
      const page = await known.open("/sign-in", { host });
      group.equal(`${host}: a page is sent to our own address`, [page.status, page.headers.location], [308, `${origin}/sign-in`]);
      const form = await known.open("/administration/accounts/1/link", { method: "POST", host, form: { "csrf-token": known.token } });
      group.equal(`${host}: a form is refused`, [form.status, form.text.includes("/set-password/")], [421, false]);
    }
    const link = await known.open("/administration/accounts/1/link", { method: "POST", form: { "csrf-token": known.token } });
    group.includes("a link has our own address", link.text, `value="${origin}/set-password/`);
  });

  await report.group("uploads that never end", async (group) => {
    const many = room.sample ? 100 : 1500;
    const { hostname, port } = new URL(origin);
    const sockets = [];
    let refused = 0;
    await Promise.all(Array.from({ length: many }, () => new Promise((resolve) => {
      const socket = net.connect(Number(port), hostname, () => {
        socket.write(`POST /sign-in HTTP/1.1\r\nHost: ${hostname}:${port}\r\nX-Forwarded-For: 203.0.113.200\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 900000\r\n\r\n${"x".repeat(1000)}`);
        setTimeout(resolve, 1500);
      });
      socket.on("data", (data) => (refused += String(data).startsWith("HTTP/1.1 429") ? 1 : 0)).on("error", () => {});
      sockets.push(socket);
    })));
    group.equal("but for those of its budget they are refused at once", refused, many - 32);
    group.equal("another client signs in", await known.signIn(password), 303);
    group.equal("and reads", (await ask(origin, "/sign-in", { from: "198.51.100.61" })).status, 200);
    group.equal("so does this one", (await ask(origin, "/sign-in", { from: "203.0.113.200" })).status, 200);
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => setTimeout(resolve, 300));
    const again = await ask(origin, "/sign-in", { method: "POST", from: "203.0.113.200", form: { email: "x" } });
    group.equal("when they are gone it may send again", again.status, 403); // the form's token is missing: it was read
  });
  await site.stop();
}
