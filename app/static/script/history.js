// Nothing typed is lost. The browser's own buttons lead to a page as it was: it gets what was typed last on any page of
// the journey.

import { keep, newPage, otherPages, textsElsewhere, thisPage } from "./journey.js";
import { find } from "./page.js";

/**
 * @typedef {HTMLInputElement | HTMLTextAreaElement} Field
 * @typedef {import("./journey.js").PageState} PageState
 */

/** @type {HTMLFormElement | null} */
export let letter;
/** @type {HTMLFormElement[]} */
export let forms;
/** @type {HTMLFormElement} */
let form; // the one that is typed into
/** @type {PageState} */
export let page;

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 */
export const fieldOf = (form, name) => /** @type {Field} */ (form.elements.namedItem(name));

/** @param {unknown} field */
export const isTypedIn = (field) => {
  const { type, readOnly } = /** @type {Partial<Field>} */ (field ?? {});
  return /^(text|textarea|email|date)$/.test(type ?? "") && !readOnly;
};

/**
 * Whether the writer changed the letter of a page.
 * @param {HTMLFormElement} letter
 */
const isEdited = (letter) => {
  const fields = ["subject", "body"].map((name) => fieldOf(letter, name));
  return "changed" in letter.dataset || fields.some(({ value, defaultValue }) => value !== defaultValue);
};

/** Have the tab remember this page. */
export const remember = () => {
  const { made, typedAt, hidden, typed } = page;
  const isSecond = Boolean(hidden.first_sent);
  if (letter) {
    const { subject, body } = typed;
    page.letter = { isSecond, when: typedAt, isEdited: isEdited(letter), subject, body, base: hidden.composed };
  } else if (hidden.earlier) {
    const { earlier_subject: subject, earlier: body, earlier_base: base } = hidden;
    page.letter = { isSecond, when: made, isEdited: true, subject, body, base };
  }
  keep(page);
};

/** This page as it came from the server. */
const readPage = () => {
  const page = newPage();
  for (const [name, text] of new FormData(form)) {
    page[isTypedIn(fieldOf(form, name)) ? "typed" : "hidden"][name] = String(text);
  }
  return page;
};

/** Bring this page up to date with what was typed elsewhere. Returns its fields. */
const takeUp = () => {
  page = thisPage() ?? readPage();
  const since = page.typedAt;
  for (const { name, text, when, base } of textsElsewhere()) {
    if (!(name in page.typed) || when <= since || (letter && base !== page.hidden.composed)) continue;
    page.typed[name] = text;
    page.typedAt = when;
  }
  const fields = Object.keys(page.typed).map((name) => fieldOf(form, name)).filter(isTypedIn);
  for (const field of fields) field.value = page.typed[field.name];
  if (letter) fieldOf(letter, "composed").value = page.hidden.composed;
  remember();
  return fields;
};

/** The number of the draft that this page comes from. */
export const draftOfPage = () => page?.hidden.draft ?? otherPages().map(({ hidden }) => hidden.draft).find(Boolean);

/**
 * Make this page one of a draft.
 * @param {string} number
 */
export const becomeDraft = (number) => {
  if (!fieldOf(form, "draft")) {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "draft" }));
  }
  fieldOf(form, "draft").value = page.hidden.draft = number;
  remember();
};

/** @param {Event} event */
const onInput = ({ target }) => {
  const field = /** @type {Field} */ (target);
  if (field.form !== form || !isTypedIn(field)) return;
  page.typed[field.name] = field.value;
  page.typedAt = Date.now();
  remember();
};

const onPageShow = () => {
  const isChanged = takeUp().some((field) => field.value !== field.defaultValue);
  if (isChanged) form.dispatchEvent(new Event("input", { bubbles: true }));
};

/**
 * The forms in a part of the page.
 * @param {string} part
 * @returns {HTMLFormElement[]}
 */
const formsIn = (part) => {
  /** @type {NodeListOf<HTMLFormElement>} */
  const found = document.querySelectorAll(`${part} form[method=post]`);
  return [...found];
};

/** Begin to remember what is typed. Returns the form that it is typed into, if there is one. */
export const rememberTyping = () => {
  letter = /** @type {HTMLFormElement | null} */ (find("letter"));
  // Nothing typed goes into an address. The form in the masthead only shows the page in another language.
  forms = ["main", "header"].flatMap(formsIn);
  form = forms.find((form) => [...form.elements].some(isTypedIn)) ?? forms[0];
  if (!form) return null;
  takeUp();
  // At once: when a page is left, the next one has been told already what there is to know.
  document.addEventListener("input", onInput);
  // Only now has the browser put back what it remembers itself.
  addEventListener("pageshow", onPageShow);
  return form;
};
