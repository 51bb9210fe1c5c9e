/**
 * Suggestions below the field, after the combobox pattern of the ARIA Authoring Practices: a list, chosen from by hand.
 */

/** How long somebody stops typing before there are suggestions. */
const PAUSE = 120;

/** Offer topics and people while somebody types; `say` takes the number of them for screen readers. */
export function offerAt(form, engine, site, say) {
  const field = form.elements.q;
  const list = document.importNode(form.querySelector("template").content.firstElementChild, true);
  const [topics, people, blank] = list.children;
  let timer;
  let active;

  const options = () => [...list.querySelectorAll(".option")];
  const activate = (option) => {
    active?.setAttribute("aria-selected", "false");
    active = option;
    if (!active) return field.removeAttribute("aria-activedescendant");
    active.setAttribute("aria-selected", "true");
    active.scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", active.id);
  };
  const expand = (shown) => {
    list.hidden = !shown;
    field.setAttribute("aria-expanded", String(shown));
    activate();
  };
  const close = () => {
    clearTimeout(timer);
    if (list.hidden) return;
    expand(false);
    say(0);
  };
  const add = (group, name, more, choose) => {
    const option = blank.cloneNode(true);
    option.id = `option-${options().length}`;
    option.firstElementChild.textContent = name;
    option.lastElementChild.textContent = more;
    option.onclick = choose;
    group.append(option);
  };
  const offer = async () => {
    const query = field.value;
    const found = await engine()
      .then((source) => source.suggest(query))
      .catch(() => ({ topics: [], people: [] }));
    if (query !== field.value || document.activeElement !== field) return;
    for (const old of options()) old.remove();
    for (const { label, phrase } of found.topics) {
      const plain = label.toLowerCase().includes(query.trim().toLowerCase());
      add(topics, label, plain ? "" : phrase, () => {
        field.value = label;
        form.requestSubmit();
      });
    }
    for (const card of found.people) {
      add(people, card.n, card.h, () => location.assign(site.home(card)));
    }
    topics.hidden = !found.topics.length;
    people.hidden = !found.people.length;
    const count = options().length;
    if (!count) return close();
    expand(true);
    say(count);
  };

  // What each key does; true leaves the key to the browser as well.
  const acts = {
    ArrowDown: (all, at) => activate(all[at + 1]),
    ArrowUp: (all, at) => activate(at < 0 ? all.at(-1) : all[at - 1]),
    Enter: () => (active ? active.click() : true),
    Escape: close,
  };
  const clear = () => {
    field.value = "";
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  field.addEventListener("keydown", (event) => {
    const { key } = event;
    if (event.isComposing) return;
    if (list.hidden) {
      if (key === "ArrowDown") offer();
      else if (key === "Escape" && field.value) clear();
      else return;
      event.preventDefault();
    } else if (!acts[key]) activate(); // any other key belongs to the text
    else if (!acts[key](options(), options().indexOf(active))) event.preventDefault();
  });
  field.addEventListener("input", () => {
    clearTimeout(timer);
    if (field.value.trim().length < 2) close();
    else timer = setTimeout(offer, PAUSE);
  });
  field.addEventListener("blur", close); // Tab goes on and chooses nothing
  form.addEventListener("submit", close);
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
  blank.remove();
  field.after(list);
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  if (field.value.trim().length > 1) offer();
}
