// Long work. The server writes an element data-module="tithing-job" with data-running while the work goes on; this asks for the
// same page again (or for data-url) every second or two and puts the new element in the place of the old one. The page can be
// left and found again at any time. Without script the server's Refresh header does the same.
const shortest = 1000;
const longest = 5000;

async function ask(job, wait) {
  const address = job.dataset.url || window.location.href;
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" }, credentials: "same-origin" });
    if (!answer.ok) throw new Error(`answer ${answer.status}`);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector(`[data-module="tithing-job"]${job.id ? `#${CSS.escape(job.id)}` : ""}`);
    if (!fresh) {
      window.location.assign(address);
      return;
    }
    if (!("running" in fresh.dataset)) {
      // Done: the page as it is now, with its links and results. A reader of the screen is told by the new page.
      window.location.reload();
      return;
    }
    // Kept in place, so that a screen reader's live region and the focus stay.
    for (const part of job.querySelectorAll("[data-part]")) {
      const replacement = fresh.querySelector(`[data-part="${part.dataset.part}"]`);
      if (!replacement) continue;
      if (part instanceof HTMLProgressElement) {
        if (replacement.hasAttribute("max")) part.max = replacement.max;
        if (replacement.hasAttribute("value")) part.value = replacement.value;
      } else if (part.textContent !== replacement.textContent) {
        part.replaceChildren(...replacement.childNodes);
      }
    }
    follow(job, shortest);
  } catch {
    follow(job, Math.min(wait * 2, longest)); // the server restarts, or the network is away: ask again, less often
  }
}

function follow(job, wait) {
  window.setTimeout(() => {
    if (document.hidden) document.addEventListener("visibilitychange", () => ask(job, wait), { once: true });
    else ask(job, wait);
  }, wait);
}

export function followJobs() {
  for (const job of document.querySelectorAll('[data-module="tithing-job"][data-running]')) {
    // The first answer carries a Refresh header for browsers without script; this address does not.
    if (job.dataset.live) window.location.replace(job.dataset.live);
    else follow(job, shortest);
  }
}
