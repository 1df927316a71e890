// A form with drafts (data-module="tithing-draft" on the line that says when it was saved) is saved while somebody types: three
// seconds after the last key, and when the page is left. The line is a live region, so that it is also said aloud, politely.
// Nothing is saved before anything was changed. Passwords and files are never sent. Without script the form has a button.
const pause = 3000;
const again = 15000;

function contents(form) {
  const fields = new URLSearchParams();
  const secret = new Set([...form.querySelectorAll('input[type="password"]')].map((input) => input.name));
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && !secret.has(name)) fields.append(name, value);
  }
  return fields;
}

function follow(line) {
  const form = line.closest("form");
  let timer = 0;
  let changed = false;
  let sending = null;

  const say = (words) => {
    if (words && line.textContent !== words) line.textContent = words;
  };
  const wait = (time) => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => save(false), time);
  };
  async function save(leaving) {
    window.clearTimeout(timer);
    if (!changed) return;
    changed = false;
    if (sending) sending.abort();
    const mine = new AbortController();
    sending = mine;
    try {
      const answer = await fetch(line.dataset.url, {
        method: "POST",
        body: contents(form),
        headers: { Accept: "application/json" },
        credentials: "same-origin",
        keepalive: leaving,
        signal: mine.signal,
      });
      if (!answer.ok || !(answer.headers.get("Content-Type") || "").startsWith("application/json")) throw new Error(`answer ${answer.status}`);
      say((await answer.json()).sentence);
    } catch {
      if (mine.signal.aborted) return; // a newer one is on its way, or the form itself is being sent
      changed = true;
      say(line.dataset.failedText);
      wait(again);
    } finally {
      if (sending === mine) sending = null;
    }
  }

  const typed = () => {
    changed = true;
    wait(pause);
  };
  form.addEventListener("input", typed);
  form.addEventListener("change", typed);
  // What is sent is kept or ended by the server; a late draft must not come after it.
  form.addEventListener("submit", () => {
    window.clearTimeout(timer);
    changed = false;
    if (sending) sending.abort();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save(true);
  });
}

export function followDrafts() {
  for (const line of document.querySelectorAll('[data-module="tithing-draft"]')) follow(line);
}
