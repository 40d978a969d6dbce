// The pages of a journey, as the tab's own history remembers them. They end with the tab.
//
// Each page remembers what it holds, when it was made, and when it was last typed in. A journey begins with the postcode.
// A browser without a memory for it (the Navigation API) does what it can.

import { inEnglish } from "./page.js";

/**
 * @typedef {Record<string, string>} Texts  By name of field.
 *
 * @typedef {object} LetterText  A letter, when it was typed, and the marks of the letter that it was made of.
 * @property {boolean} isSecond
 * @property {number} when
 * @property {boolean} isEdited
 * @property {string} subject
 * @property {string} body
 * @property {string} base
 *
 * @typedef {object} PageState  What a page remembers.
 * @property {string} campaign
 * @property {number} made
 * @property {number} typedAt
 * @property {Texts} hidden
 * @property {Texts} typed
 * @property {LetterText} [letter]
 * @property {LetterText} [passedOn]
 *
 * @typedef {object} Typed  A text of a page, and when it was typed; on the page of a letter with that letter's marks.
 * @property {string} name
 * @property {string} text
 * @property {number} when
 * @property {string} [base]
 */

const tab = globalThis.navigation;

/** The path of the campaign that this page is about; empty where it is about none. */
const campaign = () => /^.*\/c\/[^/]+/.exec(inEnglish(location.pathname))?.[0] ?? "";

/** @param {PageState} [page] */
const isOurs = (page) => page?.campaign === campaign();

/** What this page remembers already, if it does. */
export const thisPage = () => {
  const kept = /** @type {PageState | undefined} */ (tab?.currentEntry?.getState());
  return isOurs(kept) ? kept : undefined;
};

/** @returns {PageState} */
export const newPage = () => {
  const now = Date.now();
  return { campaign: campaign(), made: now, typedAt: now, hidden: {}, typed: {} };
};

/** @param {PageState} page */
export const keep = (page) => tab?.updateCurrentEntry?.({ state: page });

/**
 * Whether a field's text goes along with what is sent from another page.
 * @param {string} name
 */
export const goesAlong = (name) => /^(name|address_line_[12]|town|copy_to|other|draft|answer-.*)$/.test(name);

/**
 * @template {{ when: number }} One
 * @param {One[]} list
 */
export const oldestFirst = (list) => list.sort((a, b) => a.when - b.when);

/** The other pages of this journey. */
export const otherPages = () => {
  const here = tab?.currentEntry?.index ?? NaN;
  const pages = tab?.entries().map((entry) => /** @type {PageState | undefined} */ (entry.getState())) ?? [];
  const start = pages.findLastIndex((page, n) => n <= here && isOurs(page) && "postcode" in (page?.typed ?? {}));
  return /** @type {PageState[]} */ (pages.filter((page, n) => n >= start && n !== here && isOurs(page)));
};

/**
 * The texts on them, the oldest first.
 * @returns {Typed[]}
 */
export const textsElsewhere = () =>
  oldestFirst(
    otherPages().flatMap(({ made, typedAt, hidden, typed, letter }) => [
      ...Object.entries(hidden).filter(([name]) => goesAlong(name)).map(([name, text]) => ({ name, text, when: made })),
      ...Object.entries(typed).map(([name, text]) => ({ name, text, when: typedAt, base: letter?.base })),
    ]),
  );
