// What every module needs of the page it is on.

/**
 * The element of an id that may be on the page.
 * @param {string} id
 * @returns {HTMLElement | null}
 */
export const find = (id) => document.getElementById(id);

/**
 * The element of an id that is on the page.
 * @template {HTMLElement} Found
 * @param {string} id
 * @returns {Found}
 */
export const $ = (id) => /** @type {Found} */ (document.getElementById(id));

/**
 * Show a text in an element: in that of messages, unless another is given.
 * @param {string} text
 * @param {Element} [where]
 */
export const say = (text, where = $("status")) => {
  where.textContent = text;
};

/**
 * A text with values in place of its `%(name)s`.
 * @param {string} text
 * @param {Record<string, string | number>} values
 */
export const filled = (text, values) =>
  text.replace(/%(?:%|\((\w+)\)s)/g, (_found, name) => name ? String(values[name]) : "%");

/** @type {Record<string, string> | undefined} */
let texts;

/**
 * A text in the page's language. The texts are English here; a page in another language brings its own.
 * @param {string} text
 * @param {Record<string, string | number>} [values]
 */
export const _ = (text, values = {}) => {
  texts ??= /** @type {Record<string, string>} */ (JSON.parse(document.body.dataset.texts ?? "{}"));
  return filled(texts[text] ?? text, values);
};

/**
 * A path with the language taken out of it: a campaign is one in every language.
 * @param {string} path
 */
export const inEnglish = (path) => path.replace(`${document.body.dataset.prefix ?? ""}/c/`, "/c/");

/**
 * @typedef {{ createHTML: (text: string) => string }} Policy
 * @typedef {{ trustedTypes?: { createPolicy: (name: string, policy: Policy) => Policy } }} WithPolicies
 */

/**
 * What reads a page that was answered. The page's policy lets no text become elements, except where a page of our own is
 * read here.
 * @param {string} policy  Its name, of which there can be one on a page.
 */
export const reader = (policy) => {
  const { trustedTypes } = /** @type {WithPolicies} */ (globalThis);
  const asIs = { createHTML: /** @param {string} text */ (text) => text };
  const trusted = trustedTypes?.createPolicy(policy, asIs) ?? asIs;
  /** @param {Response} answer */
  return async (answer) => new DOMParser().parseFromString(trusted.createHTML(await answer.text()), "text/html");
};

/** Made on every page, whether it is needed there or not: so nobody else can make a policy of this name. */
export const pageOf = reader("our-page");
