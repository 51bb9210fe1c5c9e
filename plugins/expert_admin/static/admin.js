// Loads the editor, adds to it what this project needs, and starts it.
import { add as addBackends } from "./backends.js";
import { add as addPreviews } from "./previews.js";
import { add as addWidgets } from "./widgets.js";
import { phrases } from "./phrases.js";

const about = JSON.parse(document.getElementById("about").textContent);

// On a phone a form beside its preview leaves room for neither; the button for it stays.
if (matchMedia("(width < 50rem)").matches) localStorage["cms.right-pane"] ??= "none";

document.documentElement.classList.toggle("local", about.local);
window.CMS_MANUAL_INIT = true; // the forms need our widgets, so it waits for them
const script = document.createElement("script");
script.src = about.decap;
script.integrity = about.integrity;
script.addEventListener("load", () => {
  const { CMS } = window;
  CMS.registerLocale(about.lang, phrases(CMS.getLocale(about.lang), about.lang));
  addBackends(CMS, about.local);
  addWidgets(CMS, about.services, about.texts);
  addPreviews(CMS, about);
  const site = new URL(about.base, location.href).href; // the preview's port is known here only
  CMS.init(about.local ? { config: { site_url: site, display_url: site } } : {});
});
script.addEventListener("error", () => {
  document.querySelector("[role=status]").textContent = about.texts.failed;
});
document.head.append(script);

// The way to the other languages stands below the lists; it would cover a form.
const languages = document.querySelector(".languages");
if (languages) {
  const show = () => {
    languages.hidden = /\/(entries|new)\b/.test(location.hash);
  };
  addEventListener("hashchange", show);
  show();
}
