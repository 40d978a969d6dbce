// What was typed last on any page of the journey goes along with what is sent from this one.

import { fieldOf, forms, isTypedIn, letter, page, remember } from "./history.js";
import { goesAlong, oldestFirst, otherPages, textsElsewhere } from "./journey.js";

/**
 * @typedef {import("./journey.js").LetterText} LetterText
 * @typedef {import("./journey.js").Texts} Texts
 */

/**
 * The letter as it was last on any page. A first letter and a second are two.
 * @param {boolean} isSecond
 */
const lastLetter = (isSecond) => {
  const letters = [page.passedOn, ...otherPages().flatMap(({ passedOn, letter }) => [passedOn, letter])];
  return oldestFirst(letters.filter((one) => one !== undefined).filter((one) => one.isSecond === isSecond)).at(-1);
};

/**
 * Put the letter as it was last into what is sent.
 * @param {HTMLFormElement} sent
 * @param {FormData} data
 * @param {LetterText} last
 */
const sendLetterAlong = (sent, data, last) => {
  /** @param {Texts} fields */
  const set = (fields) => Object.entries(fields).forEach(([name, text]) => data.set(name, text));
  const { isEdited, subject, body, base } = last;
  if (letter && last.when <= page.typedAt) {
    // The same letter in another language was changed too: it stays within reach.
    if (data.has("switched") && isEdited && base !== page.hidden.composed) {
      data.append("other", `${subject}\n\n${body}`);
    }
  } else if (sent === letter) {
    if (isEdited) set({ subject, body, composed: base });
  } else if (data.has("use") && base !== data.get("earlier_base")) {
    if (isEdited) data.append("other", `${subject}\n\n${body}`); // of two others one was chosen
  } else if (isEdited) {
    set({ earlier_subject: subject, earlier: body, earlier_base: base });
  } else {
    ["earlier_subject", "earlier", "earlier_base"].forEach((name) => data.delete(name));
  }
};

/**
 * Put what was typed last on any page into what is sent.
 * @param {HTMLFormElement} sent
 * @param {FormData} data
 */
export const sendAlong = (sent, data) => {
  const before = new Set(data.keys());
  for (const { name, text, when } of textsElsewhere()) {
    if (goesAlong(name) && !isTypedIn(fieldOf(sent, name)) && (when > page.made || !before.has(name))) {
      data.set(name, text);
    }
  }
  const last = lastLetter(Boolean(data.get("first_sent")));
  if (!last) return;
  if (!letter) { // it is not lost even if the script of the next page never comes
    page.passedOn = last;
    remember();
  }
  sendLetterAlong(sent, data, last);
};

/** @param {SubmitEvent} event */
const onSubmit = ({ target, submitter }) => {
  const sent = /** @type {HTMLFormElement} */ (target);
  if (!forms.includes(sent)) return;
  const to = submitter?.getAttribute("formaction") ?? sent.getAttribute("action") ?? "";
  const isSwitched = /** @type {HTMLButtonElement | null} */ (submitter)?.name === "switched";
  if (sent === letter && !isSwitched && /\/letter(\.\w+)?$/.test(to)) return; // this letter, and no other
  sent.addEventListener("formdata", ({ formData }) => sendAlong(sent, formData), { once: true });
};

/** Send along what was typed, whichever form is sent. */
export const sendTypedAlong = () => document.addEventListener("submit", onSubmit);
