// A form that asks for its page again with other numbers (data-module="tithing-follow", method get): when one is changed, what
// stands around the form follows at once and the address with it, while the form keeps the focus. What cannot be used is said in
// the form's status line, and the page stays as it was. Without script the form has its button.
function replaceAround(form, fresh) {
  const main = form.closest("main");
  for (let here = form, there = fresh; here !== main && there; here = here.parentElement, there = there.parentElement) {
    for (const sibling of [...here.parentElement.children]) if (sibling !== here) sibling.remove();
    let before = true;
    for (const sibling of [...there.parentElement.children]) {
      if (sibling === there) before = false;
      else if (before) here.before(sibling);
      else here.parentElement.append(sibling);
    }
  }
}

function follow(form) {
  const line = form.querySelector('[role="status"]');
  let asked = null;
  form.addEventListener("change", async () => {
    if (asked) asked.abort();
    const mine = new AbortController();
    asked = mine;
    const url = `${form.getAttribute("action")}?${new URLSearchParams(new FormData(form))}`;
    try {
      const answer = await fetch(url, { headers: { Accept: "text/html" }, credentials: "same-origin", signal: mine.signal });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector('form[data-module="tithing-follow"]');
      const wrong = page.querySelector(".govuk-error-summary__list");
      if (wrong || !answer.ok || !fresh) {
        line.textContent = wrong ? wrong.textContent.trim() : line.dataset.failedText;
        return;
      }
      replaceAround(form, fresh);
      window.history.replaceState(null, "", url);
      line.textContent = line.dataset.doneText;
    } catch {
      if (!mine.signal.aborted) line.textContent = line.dataset.failedText;
    }
  });
}

export function followForms() {
  for (const form of document.querySelectorAll('form[data-module="tithing-follow"]')) follow(form);
}
