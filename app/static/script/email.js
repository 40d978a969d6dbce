// The letter as an email, as app/letters/email.py makes it: its text, and links that open it in a mail program.

/**
 * @typedef {{ start: string, longest: number, subject: string }} MailProgram
 * `start` is the link up to the recipient's address; `longest` the characters of a link that arrive whole;
 * `subject` what the link calls the subject.
 *
 * @typedef {{ to: string, subject: string, text: string, copyTo: string }} Email
 * @typedef {{ href: string, hasLetter: boolean, hasSubject: boolean }} MailLink
 */

/**
 * Whether a text is one address, by the pattern of its field.
 * @param {string} text
 * @param {string} pattern
 */
export const isAddress = (text, pattern) => new RegExp(`^(?:${pattern})$`, "u").test(text);

/**
 * The letter, its writer's name, and below it the address that shows a constituent.
 * @param {string} body
 * @param {string} name
 * @param {string} address
 */
export const emailText = (body, name, address) => {
  const text = body.trim();
  const signed = text.endsWith(`\n${name}`);
  return `${text}\n${signed ? "" : `\n${name}\n`}${address}\n`;
};

// RFC 6068, with every character quoted that some program stumbles over.
/** @param {string} text */
const quoted = (text) =>
  encodeURIComponent(text.replaceAll(/\r?\n/g, "\r\n"))
    .replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/**
 * @param {string} start
 * @param {string} to
 * @param {[string, string][]} fields
 */
const href = (start, to, fields) => {
  const address = start + quoted(to).replaceAll("%40", "@");
  const query = fields.map(([field, text]) => `${field}=${quoted(text)}`).join("&");
  return query ? `${address}${address.includes("?") ? "&" : "?"}${query}` : address;
};

/**
 * A link with as much of the email as the program takes: all of it, or no letter, or no subject either.
 * @param {MailProgram} program
 * @param {Email} email
 * @returns {MailLink}
 */
export const mailLink = ({ start, longest, subject: called }, { to, subject, text, copyTo }) => {
  /** @type {[string, string][]} */
  const copy = copyTo ? [["cc", copyTo]] : [];
  /** @type {[string, string][]} */
  const withSubject = [...copy, [called, subject]];
  const whole = href(start, to, [...withSubject, ["body", text]]);
  if (whole.length <= longest) return { href: whole, hasLetter: true, hasSubject: true };
  const short = href(start, to, withSubject);
  if (short.length <= longest) return { href: short, hasLetter: false, hasSubject: true };
  return { href: href(start, to, copy), hasLetter: false, hasSubject: false };
};
