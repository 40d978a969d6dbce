// What is there to be copied, pasted elsewhere and shared.

import { $, _, find, say } from "./page.js";

/**
 * @typedef {"email" | "subject" | "letter"} Part  What of an email can be copied.
 * @typedef {Record<Part, () => string>} Parts
 * @typedef {HTMLInputElement | HTMLTextAreaElement} Field
 */

/** @type {Record<Part, string>} */
const SHOWN_IN = { email: "email-address", subject: "email-subject", letter: "email-text" };

/** Buttons that copy a field. */
export const offerCopies = () => {
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-copies]"))) {
    /** @type {Field} */
    const field = $(button.dataset.copies ?? "");
    button.hidden = false;
    button.addEventListener("click", async () => {
      field.select(); // to be seen, and to be copied by hand where the browser does not let us
      try {
        await navigator.clipboard.writeText(field.value);
        say(_("Copied"), button);
      } catch {
        field.focus();
      }
    });
  }
};

/**
 * Copy a part of the email, or select it where the browser does not let us.
 * @param {Parts} parts
 * @param {Part} part
 * @param {string} said
 */
export const copyPart = async (parts, part, said) => {
  try {
    await navigator.clipboard.writeText(parts[part]());
    say(said);
  } catch {
    /** @type {HTMLDetailsElement} */ ($("as-text")).open = true;
    /** @type {Field} */
    const field = $(SHOWN_IN[part]);
    field.focus();
    field.select();
    say(_("Your browser does not let us copy. The text is selected below: copy it from there."));
  }
};

/**
 * Buttons that copy a part of the email.
 * @param {Parts} parts
 */
export const offerParts = (parts) => {
  const copied = {
    email: _("The address is copied. Paste it into your email."),
    subject: _("The subject is copied. Paste it into your email."),
    letter: _("The letter is copied. Paste it into your email."),
  };
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-copy]"))) {
    const part = /** @type {Part} */ (button.dataset.copy);
    /** @type {HTMLElement} */ (button.closest(".copies")).hidden = false;
    button.addEventListener("click", () => copyPart(parts, part, copied[part]));
  }
};

/** @param {ShareData} data */
const share = (data) => navigator.share(data).catch(() => {}); // the writer thought better of it

/**
 * Share the letter with an app on this device.
 * @param {Parts} parts
 */
const shareLetter = async (parts) => {
  const said = _("The address is copied. Paste it as the recipient, if the app does not know it.");
  await copyPart(parts, "email", said);
  share({ title: parts.subject(), text: parts.letter() });
};

/**
 * Where the device can share, buttons that share the letter and the campaign's link.
 * @param {Parts} parts
 */
export const offerSharing = (parts) => {
  if (!navigator.share) return;
  const ofLetter = find("share-letter"), ofLink = $("share-link");
  if (ofLetter) {
    ofLetter.hidden = false;
    ofLetter.addEventListener("click", () => shareLetter(parts));
  }
  const { value: url } = /** @type {HTMLInputElement} */ ($("share-url"));
  ofLink.hidden = false;
  ofLink.addEventListener("click", () => share({ title: ofLink.dataset.title, url }));
};
