// A form that sends files (data-module="tithing-upload") shows how much has been sent, then goes to the page that the server
// answers with: the job's. Without script the browser sends the form as it is. Its words come from the form's data attributes.
function send(form) {
  const words = form.dataset;
  const button = form.querySelector("button[type=submit], button:not([type])");
  const status = document.createElement("div");
  status.className = "tithing-progress";
  const label = document.createElement("p");
  label.className = "govuk-body tithing-progress__text";
  label.setAttribute("role", "status");
  label.textContent = words.sendingText || "";
  const bar = document.createElement("progress");
  bar.className = "tithing-progress__bar";
  bar.setAttribute("aria-label", words.sendingText || "");
  status.append(label, bar);
  form.append(status);
  const content = new FormData(form);
  if (button) {
    if (button.name) content.append(button.name, button.value);
    button.disabled = true;
  }

  const warn = (event) => event.preventDefault();
  window.addEventListener("beforeunload", warn);
  const request = new XMLHttpRequest();
  const failed = () => {
    window.removeEventListener("beforeunload", warn);
    label.textContent = words.failedText || "";
    bar.remove();
    if (button) button.disabled = false;
  };
  request.upload.addEventListener("progress", (event) => {
    if (!event.lengthComputable) return;
    bar.max = event.total;
    bar.value = event.loaded;
  });
  request.upload.addEventListener("load", () => {
    bar.removeAttribute("value");
    label.textContent = words.sentText || words.sendingText || "";
  });
  request.addEventListener("error", failed);
  request.addEventListener("abort", failed);
  request.addEventListener("load", () => {
    window.removeEventListener("beforeunload", warn);
    if (request.status < 400) {
      window.location.assign(request.responseURL);
      return;
    }
    // Refused: the page that says why takes the place of this one.
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    const main = page.querySelector("main");
    if (!main) {
      failed();
      return;
    }
    document.title = page.title;
    document.querySelector("main").replaceWith(main);
    followUploads();
    const errors = main.querySelector(".govuk-error-summary") || main;
    errors.setAttribute("tabindex", "-1");
    errors.focus();
  });
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "text/html");
  request.send(content);
}

export function followUploads() {
  for (const form of document.querySelectorAll('form[data-module="tithing-upload"]')) {
    form.addEventListener("submit", (event) => {
      if (event.defaultPrevented) return;
      event.preventDefault();
      send(form);
    });
  }
}
