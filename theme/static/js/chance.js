/**
 * Meet someone by chance: draws one of all, each as likely as any other; where that fails, the link leads where it says.
 */

const draw = (slugs) => slugs[Math.floor(Math.random() * slugs.length)];

for (const link of document.querySelectorAll("a[data-chance]")) {
  link.addEventListener("click", async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const { chance, page, except } = link.dataset;
    try {
      const people = await (await fetch(chance)).json();
      const others = people.filter((slug) => slug !== except);
      location.href = others.length ? `${page}${draw(others)}/` : link.href;
    } catch {
      location.href = link.href;
    }
  });
}
