/**
 * Players of other sites: nothing of theirs is loaded before a click, or before a choice that was made for good.
 * Without this script there is a link and what it leads to.
 */

import { forget, isChosen, listChoices, remember } from "./embed/choices.js";
import { frameOf, isAllowed } from "./embed/frame.js";

const attached = [];

/** Give one place its button; its state is `before`, `once` (loaded by a click) or `always` (loaded by itself). */
function attach(root) {
  const { frame, origin, name, site } = root.dataset;
  if (!isAllowed(frame)) return;
  const part = (selector) => root.querySelector(selector);
  const [stage, load, tick, said] = [".embed-stage", ".embed-load", "input", "[role=status]"].map(part);

  const show = (state) => {
    root.dataset.state = state;
    stage.querySelector("iframe")?.remove();
    if (state === "before") {
      tick.checked = false;
      return;
    }
    const made = frameOf(root.dataset);
    const ready = () => {
      said.textContent = said.dataset.loaded;
      // What a frame held before it had its page has gone, and the focus with it.
      if (document.activeElement === made) {
        made.blur();
        made.focus();
      }
    };
    made.addEventListener("load", ready, { once: true });
    stage.append(made);
    // By itself nothing takes the focus from where somebody reads.
    if (state === "once") made.focus();
  };

  const close = () => {
    const within = root.contains(document.activeElement);
    show("before");
    said.textContent = said.dataset.closed;
    if (within) load.focus();
  };

  load.addEventListener("click", () => {
    show("once");
    if (tick.checked && remember(site, origin, name)) root.dataset.state = "always";
  });
  for (const button of root.querySelectorAll(".embed-close")) {
    button.addEventListener("click", () => {
      if (root.dataset.state === "always") forget(site, origin);
      close();
      for (const other of attached) if (other.origin === origin && other.state() === "always") other.close();
    });
  }
  load.hidden = false;
  attached.push({ origin, close, state: () => root.dataset.state });
  show(isChosen(site, origin) ? "always" : "before");
}

for (const root of document.querySelectorAll("[data-module=embed]")) attach(root);
for (const root of document.querySelectorAll("[data-module=embed-choices]")) listChoices(root);
