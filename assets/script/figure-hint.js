// A figure (a.tithing-figure with a title) shows its formula and source in one line while it is pointed at or has the focus.
// Without script the browser shows the title. The hint can be pointed at, and Escape puts it away (WCAG 1.4.13).
let hint;
let owner;

function take(figure) {
  if (figure.title) {
    figure.dataset.hint = figure.title;
    figure.removeAttribute("title");
  }
  return figure.dataset.hint;
}

function show(figure) {
  const text = take(figure);
  if (!text || owner === figure) return;
  hide();
  if (!hint) {
    hint = document.createElement("div");
    hint.id = "tithing-hint";
    hint.className = "tithing-hint";
    hint.setAttribute("role", "tooltip");
    document.body.append(hint);
  }
  hint.textContent = text;
  hint.hidden = false;
  owner = figure;
  figure.setAttribute("aria-describedby", hint.id);
  const at = figure.getBoundingClientRect();
  const size = hint.getBoundingClientRect();
  const width = document.documentElement.clientWidth;
  const below = at.bottom + size.height + 4 < window.innerHeight;
  const left = Math.max(4, Math.min(at.left, width - size.width - 4));
  const top = below ? at.bottom : at.top - size.height;
  hint.style.setProperty("left", `${left + window.scrollX}px`);
  hint.style.setProperty("top", `${top + window.scrollY}px`);
}

function hide() {
  if (!owner) return;
  owner.removeAttribute("aria-describedby");
  owner = undefined;
  hint.hidden = true;
}

const figureOf = (event) => (event.target instanceof Element ? event.target.closest("a.tithing-figure") : null);

export function showFigureHints() {
  document.addEventListener("pointerover", (event) => {
    const figure = figureOf(event);
    if (figure) show(figure);
    else if (owner && event.target !== hint && document.activeElement !== owner) hide();
  });
  document.addEventListener("focusin", (event) => {
    const figure = figureOf(event);
    if (figure) show(figure);
    else hide();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
}
