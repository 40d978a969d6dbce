// The Studio shows at once what comes of the file. Without this, its buttons do.

import { $, reader } from "./script/page.js";

/** @type {HTMLFormElement} */
const form = $("studio");
/** @type {HTMLTextAreaElement} */
const file = $("file");
const problems = $("problems"), shown = $("shown"), status = $("studio-status");
const pageOf = reader("our-studio");
/** @type {ReturnType<typeof setTimeout> | undefined} */
let pause;
/** @type {AbortController | undefined} */
let asking;

/** @type {Record<string, string>} */
const texts = JSON.parse(form.dataset.texts ?? "{}");
/** @param {string} text */
const _ = (text) => texts[text] ?? text;

/** @param {string} text */
const say = (text, isTrouble = false) => {
  status.textContent = text;
  status.classList.toggle("hidden", !isTrouble); // those who see the list of problems read the rest there
};

/**
 * Show what was answered.
 * @param {Document} page
 */
const take = (page) => {
  /** @param {Element} part */
  const newer = (part) => /** @type {Element} */ (page.getElementById(part.id));
  for (const part of [problems, shown]) part.replaceChildren(...newer(part).childNodes);
  shown.ariaLabel = newer(shown).ariaLabel;
  say($("problems-heading").textContent);
};

const show = async () => {
  asking?.abort();
  asking = new AbortController();
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), signal: asking.signal });
    const page = await pageOf(answer);
    const isTooLong = answer.status === 413;
    if (isTooLong) return say(_("That is longer than any campaign, and cannot be checked. Shorten it."), true);
    if (!answer.ok || !page.getElementById("studio")) throw new Error(answer.statusText);
    take(page);
  } catch (error) {
    if (error instanceof Error && error.name === "AbortError") return;
    say(_("The file could not be checked just now. What you typed is still there: try “Check and show”."), true);
  }
};

form.addEventListener("input", ({ target }) => {
  const field = /** @type {Element} */ (target);
  clearTimeout(pause);
  pause = setTimeout(show, field.matches("textarea, #slug") ? 600 : 0);
});

/**
 * Put the cursor at a place in the file, and select the rest of its line.
 * @param {number} line
 * @param {number} column
 */
const goTo = (line, column) => {
  const lines = file.value.split("\n");
  const before = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
  const text = lines[line - 1] ?? "";
  const start = before + Math.min(column - 1, text.length);
  // A field that is given the focus scrolls to where its cursor is.
  file.blur();
  file.setSelectionRange(start, start);
  file.focus();
  file.setSelectionRange(start, before + text.length);
};

// From a problem to its place in the file.
problems.addEventListener("click", (event) => {
  const link = /** @type {Element} */ (event.target).closest("a[data-line]");
  if (!(link instanceof HTMLElement)) return;
  event.preventDefault();
  goTo(Number(link.dataset.line), Number(link.dataset.column));
});

// Another file takes the place of this one.
document.querySelector(".starts")?.addEventListener("click", (event) => {
  const link = /** @type {Element} */ (event.target).closest("a");
  const isTyped = "typed" in form.dataset || file.value !== file.defaultValue;
  const isKept = () => !confirm(_("Open another file? Download this one first if you want to keep it."));
  if (link && isTyped && isKept()) event.preventDefault();
});
