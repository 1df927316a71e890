// Loaded first in <body>, before anything is drawn: it says that there is script, so that what script will change is styled so
// from the start and nothing moves afterwards.
const supported = "noModule" in HTMLScriptElement.prototype;
document.body.classList.add("js-enabled");
if (supported) document.body.classList.add("govuk-frontend-supported");
