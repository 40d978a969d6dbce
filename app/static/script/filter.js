// The list of constituencies shows what fits the words typed above it, in any order, whatever their accents.

import { $, _, find, say } from "./page.js";

/** @param {string} text */
export const plain = (text) =>
  text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^a-z0-9]+/g, " ").trim();

/**
 * Whether each word that is wanted begins a word of a text.
 * @param {string} text
 * @param {string} wanted
 */
export const fits = (text, wanted) => wanted.split(" ").every((word) => ` ${text}`.includes(` ${word}`));

/** @param {number} number */
const found = (number) => {
  if (number === 0) return _("None is called that");
  return number === 1 ? _("One constituency") : _("%(number)s constituencies", { number });
};

export const offerFilter = () => {
  const filter = find("filter");
  if (!filter) return;
  /** @type {NodeListOf<HTMLElement>} */
  const items = document.querySelectorAll("#seats li");
  const places = [...items].map((item) => ({ item, text: plain(`${item.textContent} ${item.dataset.also ?? ""}`) }));
  /** @type {NodeListOf<HTMLElement>} */
  const sections = document.querySelectorAll("#seats section");
  /** @type {HTMLInputElement} */
  const field = $("filter-text");
  const show = () => {
    const wanted = plain(field.value);
    for (const { item, text } of places) item.hidden = !fits(text, wanted);
    for (const section of sections) section.hidden = !section.querySelector("li:not([hidden])");
    const all = document.querySelectorAll("#seats section:last-of-type li:not([hidden])").length;
    say(wanted && found(all), $("filter-status"));
  };
  field.addEventListener("input", show);
  filter.hidden = false;
  show(); // the browser may have brought back what was typed
};
