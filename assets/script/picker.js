// A field into which a name is written (data-module="tithing-picker"): names are offered while somebody types, from the address
// in data-url, in the browser's own list of suggestions. Nothing has to be taken from it: the server looks the name up. Without
// script the same name is looked up when the form is sent, and the server asks where several could be meant.
const pause = 150;

function offer(input) {
  const list = document.createElement("datalist");
  list.id = `${input.id}-names`;
  input.after(list);
  input.setAttribute("list", list.id);
  let timer = 0;
  let asked = null;

  async function ask() {
    const typed = input.value.trim();
    if (typed.length < 2) return list.replaceChildren();
    if (asked) asked.abort();
    asked = new AbortController();
    const url = new URL(input.dataset.url, window.location.href);
    url.searchParams.set("q", typed);
    try {
      const answer = await fetch(url, { headers: { Accept: "application/json" }, credentials: "same-origin", signal: asked.signal });
      if (!answer.ok) return;
      list.replaceChildren(
        ...(await answer.json()).map(({ name, kind }) => {
          const option = document.createElement("option");
          option.value = name;
          option.label = kind;
          return option;
        }),
      );
    } catch {
      // Without an answer the field is what it is without script.
    }
  }
  input.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(ask, pause);
  });
}

export function offerNames() {
  for (const input of document.querySelectorAll('[data-module="tithing-picker"]')) offer(input);
}
