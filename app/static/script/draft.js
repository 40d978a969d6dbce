// A draft on this device, for those who ask for one. It follows what is typed on the pages that come from it.

import { sendAlong } from "./along.js";
import { becomeDraft, draftOfPage } from "./history.js";
import { $, _, find, inEnglish, say } from "./page.js";

/**
 * @typedef {object} Draft
 * @property {string} kept  When.
 * @property {string} [language]
 * @property {Record<string, string>} fields
 */

const language = () => document.documentElement.lang;

/**
 * The draft of the campaign at a path.
 *
 * It has a number of its own, which goes along in the forms of its pages. A page without it, to which a form on another
 * site may lead, did not come from the draft: it changes nothing there.
 * @param {string} path
 */
const onDevice = (path) => {
  const key = `dear-mp:${inEnglish(path)}`;
  /** @returns {Draft | null} */
  const read = () => JSON.parse(localStorage.getItem(key) ?? "null");
  return {
    read,
    /** @param {Record<string, string>} fields */
    keep: (fields) => {
      const draft = { kept: new Date().toISOString(), language: language(), fields };
      localStorage.setItem(key, JSON.stringify(draft));
    },
    follows: () => Boolean(draftOfPage()) && read()?.fields.draft === draftOfPage(),
    wipe: () => localStorage.removeItem(key),
  };
};

/**
 * The day when a draft was kept. Not every browser knows the months of every language.
 * @param {Draft} draft
 */
const dayOf = ({ kept }) => {
  // deno-fmt-ignore
  const months = [
    _("January"), _("February"), _("March"), _("April"), _("May"), _("June"),
    _("July"), _("August"), _("September"), _("October"), _("November"), _("December"),
  ];
  const day = new Date(kept);
  return `${day.getDate()} ${months[day.getMonth()]} ${day.getFullYear()}`;
};

/**
 * Offer to keep what is typed into a form.
 * @param {HTMLElement} section
 * @param {HTMLFormElement} form
 */
const offerDraft = (section, form) => {
  const draft = onDevice(section.dataset.path ?? "");
  const follows = _(
    "A draft is kept in this browser, and follows what you type. Whoever uses this device can read it.",
  );
  const keep = () => {
    becomeDraft(draftOfPage() ?? crypto.getRandomValues(new Uint32Array(3)).join("-"));
    const data = new FormData(form);
    if (form.id !== "letter") sendAlong(form, data);
    draft.keep(/** @type {Record<string, string>} */ (Object.fromEntries(data)));
  };
  /** @param {string | null} text */
  const show = (text) => {
    $("draft-keep").hidden = draft.follows();
    $("draft-wipe").hidden = !draft.read();
    if (text) say(text, $("draft-status"));
  };
  $("draft-keep").addEventListener("click", () => {
    keep();
    show(follows);
    $("draft-wipe").focus();
  });
  $("draft-wipe").addEventListener("click", () => {
    draft.wipe();
    show(_("The draft is wiped from this device. Close this tab too, if others use it."));
    $("draft-keep").focus();
  });
  document.addEventListener("input", () => draft.follows() && keep());
  const other = draft.read();
  if (draft.follows()) keep();
  show(draft.follows() ? follows : other && sayAnother(dayOf(other)));
  section.hidden = false;
};

/** @param {string} day */
const sayAnother = (day) =>
  _("Another draft of this letter, of %(day)s, is kept in this browser. If you keep this one, it takes its place.", {
    day,
  });

/**
 * Go on with a draft, on the page where it was kept.
 * @param {string} path
 * @param {Draft} draft
 */
const resume = (path, { fields, language: written = "en-GB" }) => {
  if (written !== language()) fields.switched = language();
  const action = `${path}/${fields.body ? "letter" : "write"}`;
  const made = { method: "post", enctype: "multipart/form-data", action, hidden: true };
  const form = Object.assign(document.createElement("form"), made);
  for (const [name, value] of Object.entries(fields)) {
    form.append(Object.assign(document.createElement("textarea"), { name, value }));
  }
  document.body.append(form);
  form.submit();
};

/**
 * Offer to go on with a draft that is kept here.
 * @param {HTMLElement} section
 */
const offerFoundDraft = (section) => {
  const { path = "" } = section.dataset;
  const draft = onDevice(path);
  const found = draft.read();
  if (!found) return;
  say(dayOf(found), $("found-draft-day"));
  $("draft-resume").addEventListener("click", () => resume(path, draft.read() ?? found));
  $("draft-forget").addEventListener("click", () => {
    draft.wipe();
    const said = { textContent: _("The draft is wiped from this device."), role: "status" };
    section.replaceChildren(Object.assign(document.createElement("p"), said));
  });
  section.hidden = false;
};

/** @param {HTMLFormElement | null} form */
export const offerDrafts = (form) => {
  const toKeep = find("draft"), found = find("found-draft");
  try {
    if (toKeep && form) offerDraft(toKeep, form);
    if (found) offerFoundDraft(found);
  } catch { /* a browser that stores nothing is offered nothing */ }
};
