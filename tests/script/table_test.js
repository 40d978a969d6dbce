// Holds our modules to the table that Python is held to.

/// <reference lib="deno.ns" />

import { deepStrictEqual } from "node:assert/strict";
import { emailText, isAddress, mailLink } from "../../app/static/script/email.js";
import { fits, plain } from "../../app/static/script/filter.js";
import { goesAlong } from "../../app/static/script/journey.js";
import { filled } from "../../app/static/script/page.js";
import { percentOf, wordsIn } from "../../app/static/script/preview.js";
import table from "./table.json" with { type: "json" };

Deno.test("counts words", () => {
  for (const { text, count } of table.words) deepStrictEqual([text, wordsIn(text)], [text, count]);
});

Deno.test("says how personal a letter is", () => {
  for (const { own, all, percent } of table.percent) {
    deepStrictEqual([own, all, percentOf(own, all)], [own, all, percent]);
  }
});

Deno.test("fills in values", () => {
  for (const { text, values, filled: expected } of table.texts) {
    deepStrictEqual(filled(text, /** @type {Record<string, string>} */ (values)), expected);
  }
});

Deno.test("knows an address", () => {
  const { pattern, right, wrong } = table.addresses;
  for (const text of right) deepStrictEqual([text, isAddress(text, pattern)], [text, true]);
  for (const text of wrong) deepStrictEqual([text, isAddress(text, pattern)], [text, false]);
});

Deno.test("makes the text of an email", () => {
  for (const { body, name, address, text } of table.emails) {
    deepStrictEqual(emailText(`\n${body}\n`, name, address.join("\n")), text);
  }
});

Deno.test("makes links of an email", () => {
  const { name, address } = table.sender;
  for (const { start, longest, called, to, subject, body, copy_to: copyTo, ...expected } of table.links) {
    const text = emailText(body, name, address.join("\n"));
    const program = { start, longest, subject: called };
    const { href, hasLetter, hasSubject } = mailLink(program, { to, subject, text, copyTo });
    deepStrictEqual({ href, has_letter: hasLetter, has_subject: hasSubject }, expected);
  }
});

Deno.test("sends along what the server takes along", () => {
  for (const [name, goes] of Object.entries(table.goes_along)) deepStrictEqual([name, goesAlong(name)], [name, goes]);
});

Deno.test("finds a constituency by the beginnings of its words, whatever their accents", () => {
  deepStrictEqual(plain(" Ynys  Môn!"), "ynys mon");
  deepStrictEqual(fits(plain("Cities of London and Westminster"), plain("west LON")), true);
  deepStrictEqual(fits(plain("Cities of London and Westminster"), plain("minster")), false);
});
