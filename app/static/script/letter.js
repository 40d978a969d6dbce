// The page of the finished letter: what is copied, linked to and shared is always the letter as it is in the form.

import { copyPart, offerParts, offerSharing } from "./copy.js";
import { emailText, isAddress, mailLink } from "./email.js";
import { fieldOf } from "./history.js";
import { $, _, find, pageOf, say } from "./page.js";

const PAUSE = 800; // milliseconds without typing, after which the letter is checked again

/** @type {HTMLFormElement} */
const letter = $("letter");

/** @param {string} name */
const typed = (name) => fieldOf(letter, name).value.trim();

const text = () => emailText(typed("body"), letter.dataset.name ?? "", letter.dataset.address ?? "");

/** @type {import("./copy.js").Parts} */
const parts = { email: () => letter.dataset.email ?? "", subject: () => typed("subject"), letter: text };

/** @returns {NodeListOf<HTMLAnchorElement>} */
const mailLinks = () => letter.querySelectorAll("a[data-start]");

/** @param {Element} link */
const thenPaste = (link) => /** @type {HTMLElement} */ (link.querySelector(".then-paste"));

/** The address that a copy goes to; empty where there is none, or none that is right. */
const copyTo = () => {
  const field = /** @type {HTMLInputElement | null} */ (fieldOf(letter, "copy_to"));
  const address = field?.value.trim() ?? "";
  return field && isAddress(address, field.pattern) ? address : "";
};

/** @param {string} address */
const showCopy = (address) => {
  const shown = find("copy-shown");
  if (!shown) return;
  shown.hidden = !address;
  say(address, shown.querySelector("strong") ?? shown);
};

/** @param {HTMLAnchorElement} link */
const writeLink = (link) => {
  const { start = "", longest, subject = "" } = link.dataset;
  const email = { to: parts.email(), subject: parts.subject(), text: text(), copyTo: copyTo() };
  const { href, hasLetter, hasSubject } = mailLink({ start, longest: Number(longest), subject }, email);
  link.href = href;
  const { pasteLetter = "", pasteBoth = "" } = /** @type {HTMLElement} */ (link.closest("ul")).dataset;
  thenPaste(link).hidden = hasLetter;
  say(hasSubject ? pasteLetter : pasteBoth, thenPaste(link));
};

const writeLinks = () => {
  const links = [...mailLinks()];
  showCopy(copyTo());
  links.forEach(writeLink);
  if (links.length) $("paste-why").hidden = links.every((link) => thenPaste(link).hidden);
  /** @type {HTMLInputElement} */ ($("email-subject")).value = parts.subject();
  /** @type {HTMLTextAreaElement} */ ($("email-text")).value = text();
};

const offerPasting = () => {
  const said = _("The letter is copied. Paste it where the letter goes.");
  for (const link of mailLinks()) {
    link.addEventListener("click", () => thenPaste(link).hidden || copyPart(parts, "letter", said));
  }
};

/** @type {AbortController | undefined} */
let asking;

/** Ask the server again what it has to say of the letter. */
const check = async () => {
  asking?.abort();
  asking = new AbortController();
  try {
    const answer = await fetch(letter.action, { method: "POST", body: new FormData(letter), signal: asking.signal });
    const page = await pageOf(answer);
    const checked = answer.ok && page.getElementById("before");
    if (checked) $("before").replaceChildren(...checked.childNodes);
  } catch { /* without a network the letter is still there */ }
};

/**
 * From a remark to the words it is about.
 * @param {Event} event
 */
const showQuote = (event) => {
  const link = /** @type {Element} */ (event.target).closest("a[data-quote]");
  if (!(link instanceof HTMLAnchorElement)) return;
  const quote = link.dataset.quote ?? "";
  const field = fieldOf(letter, link.hash.slice(1));
  const start = field.value.indexOf(quote);
  event.preventDefault();
  field.focus();
  if (quote && start >= 0) field.setSelectionRange(start, start + quote.length);
};

offerParts(parts);
offerPasting();
offerSharing(parts);
/** @type {ReturnType<typeof setTimeout> | undefined} */
let pause;
letter.addEventListener("input", () => {
  writeLinks();
  clearTimeout(pause);
  pause = setTimeout(check, PAUSE);
});
$("before").addEventListener("click", showQuote);
$("keep").hidden = true; // changes count as they are typed
writeLinks();
