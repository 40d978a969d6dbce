// The letter beside the form fills itself in as one types, and says how much of it is the writer's own.

import { $, filled, find, say } from "./page.js";

// Words are counted as app/letters/personal.py counts them.
// A Chinese or Japanese character is a word. Hyphens and apostrophes separate no words.
const character = "[\\u3040-\\u30ff\\u3400-\\u9fff\\uf900-\\ufaff]";
const letters = `(?:(?!${character})[\\p{L}\\p{N}])+`;
const word = new RegExp(`${character}|${letters}(?:[’'-]${letters})*`, "gu");

/** @param {string} text */
export const wordsIn = (text) => text.replace(/[\p{Mn}\p{Mc}\p{Cf}]/gu, "").match(word)?.length ?? 0;

/**
 * The percentage of a letter's words that are the writer's own: to the nearest five, and never 0 for something.
 * @param {number} own
 * @param {number} all
 */
export const percentOf = (own, all) => own ? Math.max(5 * Math.round((20 * own) / all), 5) : 0;

/** @typedef {{ nothing: string, about: string, advice: [number, string][] }} Says */

/**
 * @param {number} own
 * @param {number} all
 */
const showShare = (own, all) => {
  const percent = percentOf(own, all);
  const { nothing, about, advice } = /** @type {Says} */ (JSON.parse($("personal").dataset.says ?? ""));
  say(own ? filled(about, { percent }) : nothing, $("personal-says"));
  say(advice.find(([most]) => percent <= most)?.[1] ?? "", $("personal-advice"));
  /** @type {HTMLMeterElement} */
  const meter = $("personal-meter");
  meter.value = percent;
};

/** @param {HTMLElement} sheet */
const fillGaps = (sheet) => {
  for (const gap of /** @type {NodeListOf<HTMLElement>} */ (sheet.querySelectorAll(".gap"))) {
    const field = /** @type {HTMLInputElement | null} */ (document.querySelector(`[name="${gap.dataset.from}"]`));
    if (!field) continue;
    const typed = field.value.trim();
    gap.textContent = typed || (gap.dataset.empty ?? "");
    gap.classList.toggle("empty", !typed);
  }
};

/** @param {HTMLElement} sheet */
const countOwn = (sheet) => {
  /** @param {string} found */
  const count = (found) => [...sheet.querySelectorAll(found)].reduce((sum, part) => sum + wordsIn(part.textContent), 0);
  const own = count('.text p:not(.subject) .gap[data-from^="answer-"]:not(.empty)');
  showShare(own, count(".text p:not(.subject), .text li") - count(".text p:not(.subject) .gap.empty"));
};

export const previewLetter = () => {
  const sheet = find("sheet");
  if (!sheet?.querySelector(".gap")) return;
  const show = () => {
    fillGaps(sheet);
    if (find("personal")) countOwn(sheet);
  };
  document.addEventListener("input", show);
  find("show")?.remove(); // it is shown as one types
  show();
};

/**
 * Put the beginning of a sentence into an answer.
 * @param {HTMLTextAreaElement} field
 * @param {string} prompt
 */
const begin = (field, prompt) => {
  const before = field.value.trimEnd();
  const beginning = prompt.replace(/\s*…$/, "");
  if (!before.includes(beginning)) field.value = `${before}${before && "\n\n"}${beginning} `;
  field.focus();
  field.dispatchEvent(new Event("input", { bubbles: true }));
};

/** Beginnings of sentences become buttons. */
export const offerPrompts = () => {
  for (const list of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".prompts ul"))) {
    /** @type {HTMLTextAreaElement} */
    const field = $(list.dataset.for ?? "");
    for (const item of list.children) {
      const made = { type: "button", className: "prompt", textContent: item.textContent };
      const button = Object.assign(document.createElement("button"), made);
      button.addEventListener("click", () => begin(field, button.textContent));
      item.replaceChildren(button);
    }
  }
};
