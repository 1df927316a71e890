// Signing in with a provider of accounts: oidc-provider, which is certified for OpenID Connect, in this process; the program asks
// it over the network as it would any other. People and keys are made up.
import crypto from "node:crypto";
import fs from "node:fs";
import http from "node:http";
import net from "node:net";
import path from "node:path";

globalThis.crypto ??= crypto.webcrypto; // Node.js 18
const client = { id: "tithing", secret: "a#secret of thirty-two characters" };

const freePort = () => new Promise((resolve) => {
  const server = net.createServer().listen(0, "127.0.0.1", () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  });
});

async function signingKey(kid) {
  const { privateKey } = crypto.generateKeyPairSync("rsa", { modulusLength: 2048 });
  return { ...privateKey.export({ format: "jwk" }), kid, use: "sig", alg: "RS256" };
}

// Whoever `who` is signs in at once and agrees; people by their subject.
async function startProvider(port, redirect, people, kid) {
  // It warns that it keeps everything in memory, which is what a test wants.
  for (const way of ["info", "warn"]) {
    const say = console[way];
    console[way] = (...words) => (String(words[0]).includes("oidc-provider") ? undefined : say(...words));
  }
  const { default: Provider } = await import("oidc-provider");
  const state = { who: "", grants: 0 };
  const provider = new Provider(`http://127.0.0.1:${port}`, {
    clients: [{ client_id: client.id, client_secret: client.secret, redirect_uris: [redirect], grant_types: ["authorization_code"], response_types: ["code"] }],
    jwks: { keys: [await signingKey(kid)] },
    cookies: { keys: ["made up for this test"] },
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_, subject) => ({ accountId: subject, claims: () => ({ sub: subject, ...people[subject] }) }),
  });
  provider.on("server_error", (_, error) => console.error(error));
  const callback = provider.callback();
  const server = http.createServer(async (request, response) => {
    if (!request.url.startsWith("/interaction/")) return callback(request, response);
    const { prompt, params, session, grantId } = await provider.interactionDetails(request, response);
    if (state.who === "refuses") return provider.interactionFinished(request, response, { error: "access_denied" });
    if (prompt.name === "login") return provider.interactionFinished(request, response, { login: { accountId: state.who } });
    const grant = grantId ? await provider.Grant.find(grantId) : new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
    grant.addOIDCScope("openid email profile");
    state.grants += 1;
    return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } });
  });
  await new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
  return { as: (who) => (state.who = who), stop: () => new Promise((resolve) => (server.closeAllConnections?.(), server.close(resolve))) };
}

// `tithing serve` on a port that the provider knows beforehand.
async function serveAt(program, port) {
  const child = program.start(["serve", "--port", String(port)]);
  let over = false;
  child.ended.then(() => (over = true));
  while (!child.text.includes("Stop it with Ctrl-C")) {
    if (over) throw new Error(`tithing serve ended before it was open:\n${child.log}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return { stop: () => (child.kill("SIGTERM"), child.ended) };
}

// A browser without a picture: cookies by origin, one step at a time.
class Visitor {
  jars = new Map();

  async open(address, options = {}) {
    const { origin } = new URL(address);
    const jar = this.jars.get(origin) ?? this.jars.set(origin, new Map()).get(origin);
    const answer = await fetch(address, { redirect: "manual", ...options, headers: { Cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; "), ...options.headers } });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
      if (/max-age=0/i.test(cookie) || value === "") jar.delete(name);
      else jar.set(name, value);
    }
    const location = answer.headers.get("location");
    return { status: answer.status, text: await answer.text(), to: location && new URL(location, address).href };
  }

  // Follows redirects until `until` says so, or to their end.
  async follow(address, until = () => false) {
    for (let steps = 0; steps < 20; ++steps) {
      const answer = await this.open(address);
      if (!answer.to) return { ...answer, address };
      if (until(answer.to)) return { ...answer, address: answer.to };
      address = answer.to;
    }
    throw new Error(`no end at ${address}`);
  }
}

export async function signInWithProvider(report, program) {
  await report.group("signing in with a provider of accounts", async (group) => {
    const [port, at] = [await freePort(), await freePort()];
    const origin = `http://127.0.0.1:${port}`;
    const back = `${origin}/sign-in/provider/back`;
    const people = {
      "subject-1": { email: "Officer@Example.org", email_verified: true, name: "Community officer" },
      "subject-2": { email: "nobody@example.org", email_verified: true, name: "Nobody here" },
      "subject-3": { email: "auditor@example.org", email_verified: false, name: "Says so" },
      "subject-4": { email: "officer@example.org", email_verified: true, name: "Another one at the same address" },
    };
    let provider = await startProvider(at, back, people, "first");
    for (const [email, name, role] of [["officer@example.org", "Community officer", "panel-member"], ["auditor@example.org", "Auditor", "auditor"]])
      program.run(["user", "add", "--email", email, "--name", name, "--role", role, "--password-stdin"], { input: "lanterns behind seven orchards\n" });
    const configure = (lines) => fs.writeFileSync(path.join(program.data, "tithing.conf"), `site = ${origin}\noidc-issuer = http://127.0.0.1:${at}\noidc-client = ${client.id}\noidc-name = Council account\n${lines}`);

    const off = await program.serve([]);
    group.check("without being configured it is not offered", !(await (await fetch(`${off.origin}/sign-in`)).text()).includes("/sign-in/provider"));
    group.equal("and leads nowhere", (await fetch(`${off.origin}/sign-in/provider`, { redirect: "manual" })).status, 404);
    await off.stop();

    program.environment = { TITHING_OIDC_SECRET: client.secret };
    configure("");
    let site = await serveAt(program, port);
    const begin = (visitor, until) => visitor.follow(`${origin}/sign-in/provider?next=/account`, until);
    const offered = await (await fetch(`${origin}/sign-in?next=/account`)).text();
    group.includes("it is offered by its name", offered, "Sign in with Council account");

    const visitor = new Visitor();
    provider.as("subject-1");
    const first = await begin(visitor);
    group.equal("the account of the verified address, where one wanted to be", [first.status, first.address], [200, `${origin}/account`]);
    group.includes("is open", first.text, "You are signed in as Community officer, officer@example.org.");
    group.includes("the audit tells how", program.run(["audit", "list", "--action", "identity.sign-in"]).out, `signed in with an account of http://127.0.0.1:${at}, linked to it by the verified e-mail address.`);
    people["subject-1"].email = "renamed@example.org";
    group.includes("from then on its subject counts, not the address", (await begin(new Visitor())).text, "officer@example.org");

    provider.as("subject-2");
    const stranger = await begin(new Visitor());
    group.equal("no account is made for a stranger", stranger.status, 403);
    group.includes("who is told what to do", stranger.text, "There is no account here for you. Ask an administrator");
    provider.as("subject-3");
    group.equal("an address that the provider has not verified opens nothing", (await begin(new Visitor())).status, 403);
    provider.as("subject-4");
    group.equal("another person at the address of a linked account is not let in", (await begin(new Visitor())).status, 403);
    provider.as("refuses");
    group.includes("who refuses there is told so", (await begin(new Visitor())).text, "You were not signed in at the other site.");
    group.check("none of them made an account", !/nobody@/.test(program.run(["user", "list"]).out));

    provider.as("subject-1");
    const under = new Visitor();
    const stolen = await begin(under, (to) => to.startsWith(back));
    group.equal("an answer that came to another browser opens nothing", (await new Visitor().open(stolen.to)).status, 403);
    const other = new Visitor();
    await begin(other, (to) => to.startsWith(back));
    group.equal("nor in a browser that began a sign-in of its own", (await other.open(stolen.to)).status, 403);
    const changed = new URL(stolen.to);
    changed.searchParams.set("state", "x".repeat(43));
    group.equal("nor with another state", (await under.open(changed.href)).status, 403);
    const fresh = new Visitor();
    const good = await begin(fresh, (to) => to.startsWith(back));
    const [copy] = [new Map([...fresh.jars].map(([name, jar]) => [name, new Map(jar)]))];
    group.equal("the right one does", (await fresh.open(good.to)).to, `${origin}/account`);
    const again = new Visitor();
    again.jars = copy;
    group.check("a code works once", (await again.open(good.to)).status >= 400);

    // The provider's key changes while the program runs.
    await provider.stop();
    await new Promise((resolve) => setTimeout(resolve, 5_100));
    provider = await startProvider(at, back, people, "second");
    provider.as("subject-1");
    group.equal("a new key of the provider is fetched", (await begin(new Visitor())).address, `${origin}/account`);
    await provider.stop();
    const away = await begin(new Visitor(), (to) => to.startsWith(`http://127.0.0.1:${at}`));
    const late = away.to ? await fetch(`${back}?code=x&state=y`, { redirect: "manual" }) : null;
    group.equal("a provider that is away lets nobody in", late?.status ?? away.status, late ? 403 : 503);

    await site.stop();
    provider = await startProvider(at, back, people, "third");
    program.environment = {};
    configure(`oidc-secret = ${client.secret} # of the file\noidc-new-accounts = yes\n`);
    site = await serveAt(program, port);
    provider.as("subject-2");
    const made = await begin(new Visitor());
    group.includes("where it is configured so, a stranger gets an account without a role", made.text, "You have no role yet");
    group.includes("and the audit says so", program.run(["audit", "list", "--action", "identity.sign-in", "--limit", "3"]).out, "for which this account without a role was made");
    provider.as("subject-3");
    group.equal("but not with an address that is not verified", (await begin(new Visitor())).status, 403);
    await site.stop();
    await provider.stop();

    fs.writeFileSync(path.join(program.data, "tithing.conf"), "oidc-issuer = http://login.example.org\noidc-client = x\n");
    const wrong = program.run(["serve", "--port", "0"]);
    group.equal("an issuer without https is refused at start", wrong.code, 1);
    group.includes("in a sentence", wrong.error, "has to begin with https://");
  });
}
