/**
 * Makes filters of the menus above the experts: the search page can combine what these pages show one at a time.
 */

import { closeLikeMenus } from "./search/menus.js";

for (const ways of document.querySelectorAll("[data-module=ways]")) {
  for (const link of ways.querySelectorAll("a[data-filter]")) link.href = `${ways.dataset.search}?${link.dataset.filter}`;
  closeLikeMenus(ways, ".way");
}
