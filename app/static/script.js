// Nothing here is needed: every page works without it.

const $ = (id) => document.getElementById(id);
// The texts are English here; a page in another language brings them along in that.
const texts = JSON.parse(document.body.dataset.texts ?? "{}");
const _ = (text, values = {}) => (texts[text] ?? text).replace(/%(?:%|\((\w+)\)s)/g, (found, name) => name ? values[name] : "%");
// As the server counts: a Chinese or Japanese character is a word, and hyphens and apostrophes part none.
const character = "[\\u3040-\\u30ff\\u3400-\\u9fff\\uf900-\\ufaff]";
const letters = `(?:(?!${character})[\\p{L}\\p{N}])+`;
const word = new RegExp(`${character}|${letters}(?:[’'-]${letters})*`, "gu");
const wordsIn = (text) => text.replace(/[\p{Mn}\p{Mc}\p{Cf}]/gu, "").match(word)?.length ?? 0;
const say = (text, where = $("status")) => { where.textContent = text; };
// The page's policy lets no text become elements but that of our own pages, read here.
const trusted = window.trustedTypes?.createPolicy("our-page", { createHTML: (text) => text }) ?? { createHTML: (text) => text };
const pageOf = async (answer) => new DOMParser().parseFromString(trusted.createHTML(await answer.text()), "text/html");

// ---- Nothing typed is lost. What is in a form goes into the tab's own history, and ends with the tab.

const letter = $("letter");
const isTypedIn = (field) => /^(text|textarea|email|date)$/.test(field?.type) && !field.readOnly;
// Nothing typed goes into an address. That of the masthead only shows the page in another language.
const forms = [...document.querySelectorAll("main form[method=post]"), ...document.querySelectorAll("header form[method=post]")];
const form = forms.find((form) => [...form.elements].some(isTypedIn)) ?? forms[0];
const inEnglish = (path) => path.replace(/^(.*?)\/cy(?=\/c\/)/, "$1"); // a campaign is one in every language
const campaign = /^.*\/c\/[^/]+/.exec(inEnglish(location.pathname))?.[0] ?? "";
const isEdited = () => "changed" in letter.dataset
  || ["subject", "body"].some((name) => letter.elements[name].value !== letter.elements[name].defaultValue);

// Each page of a journey remembers what it holds, when it was made, and when it was last typed in. The browser's own buttons lead
// to a page as it was; there, and in what is sent from there, stands what was typed last on any page of the journey. A journey
// begins with the postcode. Where the browser has no memory for it (the Navigation API), it does what it does by itself.
const tab = window.navigation;
const goesAlong = (name) => /^(name|address_line_[12]|town|copy_to|other|draft|answer-.*)$/.test(name);
const oldestFirst = (list) => list.sort((a, b) => a.when - b.when);
let page;

const otherPages = () => {
  const here = tab?.currentEntry?.index;
  const pages = tab?.entries().map((entry) => entry.getState()) ?? [];
  const isOurs = (page) => page && page.campaign === campaign;
  const start = pages.findLastIndex((page, n) => n <= here && isOurs(page) && "postcode" in page.typed);
  return pages.filter((page, n) => n >= start && n !== here && isOurs(page));
};
const textsElsewhere = () => oldestFirst(otherPages().flatMap(({ made, typedAt, hidden, typed, letter }) => [
  ...Object.entries(hidden).filter(([name]) => goesAlong(name)).map(([name, text]) => ({ name, text, when: made })),
  ...Object.entries(typed).map(([name, text]) => ({ name, text, when: typedAt, base: letter?.base })),
]));
const remember = () => {
  const { made, typedAt, hidden, typed } = page;
  const isSecond = Boolean(hidden.first_sent);
  if (letter) page.letter = { isSecond, when: typedAt, isEdited: isEdited(), subject: typed.subject, body: typed.body, base: hidden.composed };
  else if (hidden.earlier) page.letter = { isSecond, when: made, isEdited: true, subject: hidden.earlier_subject, body: hidden.earlier, base: hidden.earlier_base };
  tab?.updateCurrentEntry?.({ state: page });
};
const takeUp = () => {
  const now = Date.now();
  const kept = tab?.currentEntry?.getState();
  page = kept?.campaign === campaign ? kept : { campaign, made: now, typedAt: now, hidden: {}, typed: {} };
  if (page !== kept) for (const [name, text] of new FormData(form)) page[isTypedIn(form.elements[name]) ? "typed" : "hidden"][name] = text;
  const since = page.typedAt;
  for (const { name, text, when, base } of textsElsewhere()) {
    if (!(name in page.typed) || when <= since || letter && base !== page.hidden.composed) continue;
    page.typed[name] = text;
    page.typedAt = when;
  }
  const fields = Object.keys(page.typed).map((name) => form.elements[name]).filter(isTypedIn);
  for (const field of fields) field.value = page.typed[field.name];
  if (letter) letter.elements.composed.value = page.hidden.composed;
  remember();
  return fields;
};
const sendAlong = (sent, data) => {
  const set = (fields) => { for (const [name, text] of Object.entries(fields)) data.set(name, text); };
  const before = new Set(data.keys());
  for (const { name, text, when } of textsElsewhere()) {
    if (goesAlong(name) && !isTypedIn(sent.elements[name]) && (when > page.made || !before.has(name))) data.set(name, text);
  }
  // So does the letter as it was last. A first letter and a second are two.
  const isSecond = Boolean(data.get("first_sent"));
  const letters = [page.passedOn, ...otherPages().flatMap(({ passedOn, letter }) => [passedOn, letter])];
  const last = oldestFirst(letters.filter((one) => one?.isSecond === isSecond)).at(-1);
  if (!last) return;
  if (!letter) { // it is not lost even if the script of the next page never comes
    page.passedOn = last;
    remember();
  }
  const { isEdited, subject, body, base } = last;
  if (letter && last.when <= page.typedAt) {
    // The same letter in another language was changed too: it stays within reach.
    if (data.has("switched") && isEdited && base !== page.hidden.composed) data.append("other", `${subject}\n\n${body}`);
    return;
  }
  if (sent === letter) {
    if (isEdited) set({ subject, body, composed: base });
  } else if (data.has("use") && base !== data.get("earlier_base")) {
    if (isEdited) data.append("other", `${subject}\n\n${body}`); // of two others one was chosen
  } else if (isEdited) {
    set({ earlier_subject: subject, earlier: body, earlier_base: base });
  } else {
    ["earlier_subject", "earlier", "earlier_base"].forEach((name) => data.delete(name));
  }
};
if (form) {
  takeUp();
  // At once, since when a page is left its successor has been told already what there is to know.
  document.addEventListener("input", ({ target }) => {
    if (target.form !== form || !isTypedIn(target)) return;
    page.typed[target.name] = target.value;
    page.typedAt = Date.now();
    remember();
  });
  // Only by now has the browser put back what it remembers itself.
  addEventListener("pageshow", () => {
    const fields = takeUp();
    if (fields.some((field) => field.value !== field.defaultValue)) form.dispatchEvent(new Event("input", { bubbles: true }));
  });
  document.addEventListener("submit", ({ target, submitter }) => {
    if (!forms.includes(target)) return;
    const to = submitter?.getAttribute("formaction") ?? target.getAttribute("action");
    const isSwitched = submitter?.name === "switched";
    if (target === letter && !isSwitched && /\/letter(\.\w+)?$/.test(to)) return; // this letter, as it stands
    target.addEventListener("formdata", ({ formData }) => sendAlong(target, formData), { once: true });
  });
}

// ---- The letter beside the form fills itself in as one types, and says how much of it is the writer's own.

const showShare = (own, all) => {
  const percent = own ? Math.max(5 * Math.round((20 * own) / all), 5) : 0;
  const [, advice] = JSON.parse($("personal").dataset.advice).find(([most]) => percent <= most);
  say(own ? _("about %(percent)s%%", { percent }) : _("nothing yet"), $("personal-says"));
  say(advice, $("personal-advice"));
  $("personal-meter").value = percent;
};

const sheet = $("sheet");
const fillIn = () => {
  for (const gap of sheet.querySelectorAll(".gap")) {
    const field = document.querySelector(`[name="${gap.dataset.from}"]`);
    if (!field) continue;
    const typed = field.value.trim();
    gap.textContent = typed || gap.dataset.empty;
    gap.classList.toggle("empty", !typed);
  }
  if (!$("personal")) return;
  const count = (found) => [...sheet.querySelectorAll(found)].reduce((sum, gap) => sum + wordsIn(gap.textContent), 0);
  const own = count('.text p:not(.subject) .gap[data-from^="answer-"]:not(.empty)');
  showShare(own, count(".text p:not(.subject), .text li") - count(".text p:not(.subject) .gap.empty"));
};
if (sheet?.querySelector(".gap")) {
  document.addEventListener("input", fillIn);
  $("show")?.remove(); // it is shown as one types
  fillIn();
}

// Beginnings of sentences are buttons that put them into the answer.
for (const list of document.querySelectorAll(".prompts ul")) {
  const field = $(list.dataset.for);
  for (const item of list.children) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "prompt", textContent: item.textContent });
    button.addEventListener("click", () => {
      const before = field.value.trimEnd();
      const beginning = button.textContent.replace(/\s*…$/, "");
      if (!before.includes(beginning)) field.value = `${before}${before && "\n\n"}${beginning} `;
      field.focus();
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
    item.replaceChildren(button);
  }
}

// ---- The finished letter: what is copied, linked to and shared is always the letter as it stands.

if (letter) {
  const { subject, body, copy_to: copyTo } = letter.elements;
  const { email, name, address } = letter.dataset;

  const emailText = () => {
    const text = body.value.trim();
    const signed = text.endsWith(`\n${name}`);
    return `${text}\n${signed ? "" : `\n${name}\n`}${address}\n`;
  };
  // As RFC 6068 has it, with every character quoted that some program stumbles over.
  const quoted = (text) => encodeURIComponent(text.replaceAll(/\r?\n/g, "\r\n")).replaceAll(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  const href = (start, fields) => {
    const address = start + quoted(email).replaceAll("%40", "@");
    const query = fields.map(([field, text]) => `${field}=${quoted(text)}`).join("&");
    return query ? `${address}${address.includes("?") ? "&" : "?"}${query}` : address;
  };

  const writeLinks = () => {
    const copy = copyTo?.value.trim() && copyTo.validity.valid ? [["cc", copyTo.value.trim()]] : [];
    if ($("copy-shown")) {
      $("copy-shown").hidden = !copy.length;
      say(copy[0]?.[1] ?? "", $("copy-shown").querySelector("strong"));
    }
    const links = [...letter.querySelectorAll("a[data-start]")];
    for (const link of links) {
      const { start, longest, subject: called } = link.dataset;
      const withSubject = [...copy, [called, subject.value.trim()]];
      const [whole, short] = [[...withSubject, ["body", emailText()]], withSubject].map((fields) => href(start, fields));
      const fits = (link) => link.length <= Number(longest);
      link.href = fits(whole) ? whole : fits(short) ? short : href(start, copy);
      link.querySelector(".then-paste").hidden = fits(whole);
      say(fits(short) ? _("then paste the letter") : _("then paste subject and letter"), link.querySelector(".then-paste"));
    }
    if (links.length) $("paste-why").hidden = links.every((link) => link.querySelector(".then-paste").hidden);
    if ($("email-subject")) $("email-subject").value = subject.value.trim();
    $("email-text").value = emailText();
  };

  const toCopy = { email: () => email, subject: () => subject.value.trim(), letter: emailText };
  const fields = { email: "email-address", subject: "email-subject", letter: "email-text" };
  const copied = {
    email: _("The address is copied. Paste it into your email."),
    subject: _("The subject is copied. Paste it into your email."),
    letter: _("The letter is copied. Paste it into your email."),
  };
  const copy = async (what, said = copied[what]) => {
    try {
      await navigator.clipboard.writeText(toCopy[what]());
      say(said);
    } catch {
      $("as-text").open = true;
      $(fields[what]).focus();
      $(fields[what]).select();
      say(_("Your browser does not let us copy. The text is selected below: copy it from there."));
    }
  };
  for (const button of letter.querySelectorAll("[data-copy]")) {
    button.closest(".copies").hidden = false;
    button.addEventListener("click", () => copy(button.dataset.copy));
  }
  for (const link of letter.querySelectorAll("a[data-start]")) {
    link.addEventListener("click", () => link.querySelector(".then-paste").hidden || copy("letter", _("The letter is copied. Paste it where the letter goes.")));
  }
  if (navigator.share && $("share-letter")) {
    $("share-letter").hidden = false;
    $("share-letter").addEventListener("click", async () => {
      await copy("email", _("The address is copied. Paste it as the recipient, if the app does not know it."));
      navigator.share({ title: subject.value.trim(), text: emailText() }).catch(() => {}); // the writer thought better of it
    });
  }

  // What the server has to say of the letter is asked again after a pause.
  let pause, asking;
  const checkAgain = async () => {
    asking?.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(letter.action, { method: "POST", body: new FormData(letter), signal: asking.signal });
      const page = await pageOf(answer);
      const checked = answer.ok && page.getElementById("before");
      if (checked) $("before").replaceChildren(...checked.childNodes);
    } catch { /* without a network the letter goes on */ }
  };
  letter.addEventListener("input", () => {
    writeLinks();
    clearTimeout(pause);
    pause = setTimeout(checkAgain, 800);
  });
  // From a remark to the words it is about.
  $("before").addEventListener("click", (event) => {
    const link = event.target.closest("a[data-quote]");
    if (!link) return;
    const field = letter.elements[link.hash.slice(1)];
    const start = field.value.indexOf(link.dataset.quote);
    event.preventDefault();
    field.focus();
    if (link.dataset.quote && start >= 0) field.setSelectionRange(start, start + link.dataset.quote.length);
  });
  $("keep").hidden = true; // changes count as they are typed
  writeLinks();

  if (navigator.share) {
    const { value: url } = $("share-url");
    $("share-link").hidden = false;
    $("share-link").addEventListener("click", () => navigator.share({ title: $("share-link").dataset.title, url }).catch(() => {}));
  }
}

// What is there to be copied and pasted elsewhere.
for (const button of document.querySelectorAll("[data-copies]")) {
  const field = $(button.dataset.copies);
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

// ---- A draft on this device, for those who ask for one. It follows what is typed on the pages that come from it.

const language = document.documentElement.lang;
// A draft has a number of its own, which goes along in the forms of its pages. A page without it, as another site's form
// leads to, did not come from the draft: it changes nothing there.
const draftOfPage = () => page?.hidden.draft ?? otherPages().map(({ hidden }) => hidden.draft).find(Boolean);
const nameDraft = () => {
  const name = draftOfPage() ?? crypto.getRandomValues(new Uint32Array(3)).join("-");
  if (!form.elements.draft) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "draft" }));
  form.elements.draft.value = page.hidden.draft = name;
  remember();
};
const onDevice = (path) => {
  const key = `dear-mp:${inEnglish(path)}`;
  const read = () => JSON.parse(localStorage.getItem(key) ?? "null");
  return {
    read,
    keep: (fields) => localStorage.setItem(key, JSON.stringify({ kept: new Date().toISOString(), language, fields })),
    follows: () => Boolean(draftOfPage()) && read()?.fields.draft === draftOfPage(),
    wipe: () => localStorage.removeItem(key),
  };
};
// Not every browser knows the months of every language.
const months = [
  _("January"), _("February"), _("March"), _("April"), _("May"), _("June"),
  _("July"), _("August"), _("September"), _("October"), _("November"), _("December"),
];
const dayOf = ({ kept }) => {
  const day = new Date(kept);
  return `${day.getDate()} ${months[day.getMonth()]} ${day.getFullYear()}`;
};
const offerDraft = (section) => {
  const draft = onDevice(section.dataset.path);
  const other = draft.read();
  const follows = _("A draft is kept in this browser, and follows what you type. Whoever uses this device can read it.");
  const keep = () => {
    nameDraft();
    const data = new FormData(form);
    if (form !== letter) sendAlong(form, data);
    draft.keep(Object.fromEntries(data));
  };
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
  if (draft.follows()) keep();
  const another = (day) => _("Another draft of this letter, of %(day)s, is kept in this browser. If you keep this one, it takes its place.", { day });
  show(draft.follows() ? follows : other && another(dayOf(other)));
  section.hidden = false;
};
const offerFoundDraft = (section) => {
  const { path } = section.dataset;
  const draft = onDevice(path);
  const found = draft.read();
  if (!found) return;
  say(dayOf(found), $("found-draft-day"));
  $("draft-resume").addEventListener("click", () => {
    const { fields, language: written = "en-GB" } = draft.read() ?? found;
    if (written !== language) fields.switched = language;
    const resumed = Object.assign(document.createElement("form"), { method: "post", enctype: "multipart/form-data", action: `${path}/${fields.body ? "letter" : "write"}`, hidden: true });
    for (const [name, value] of Object.entries(fields)) resumed.append(Object.assign(document.createElement("textarea"), { name, value }));
    document.body.append(resumed);
    resumed.submit();
  });
  $("draft-forget").addEventListener("click", () => {
    draft.wipe();
    section.replaceChildren(Object.assign(document.createElement("p"), { textContent: _("The draft is wiped from this device."), role: "status" }));
  });
  section.hidden = false;
};
try {
  if ($("draft") && form) offerDraft($("draft"));
  if ($("found-draft")) offerFoundDraft($("found-draft"));
} catch { /* a browser that stores nothing is offered nothing */ }

// ---- The list of constituencies shows what fits the words typed above it, in any order, whatever their accents.

const filter = $("filter");
if (filter) {
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^a-z0-9]+/g, " ").trim();
  const places = [...document.querySelectorAll("#seats li")].map((item) => ({ item, text: plain(`${item.textContent} ${item.dataset.also ?? ""}`) }));
  const sections = document.querySelectorAll("#seats section");
  const show = () => {
    const wanted = plain($("filter-text").value).split(" ");
    for (const { item, text } of places) item.hidden = !wanted.every((word) => ` ${text}`.includes(` ${word}`));
    for (const section of sections) section.hidden = !section.querySelector("li:not([hidden])");
    const all = document.querySelectorAll("#seats section:last-of-type li:not([hidden])").length;
    const said = all === 0 ? _("None is called that") : all === 1 ? _("One constituency") : _("%(number)s constituencies", { number: all });
    $("filter-status").textContent = plain($("filter-text").value) && said;
  };
  $("filter-text").addEventListener("input", show);
  filter.hidden = false;
  show(); // the browser may have brought back what was typed
}

// ---- A button says what it has begun, and a second click begins nothing more.

const busy = new Map(); // the buttons that were pressed, and how each becomes itself again
const LEAVING = 10_000, FILE = 4_000; // milliseconds; so long may a page or a file take, and who stopped it can press again
const letGo = () => busy.forEach((end) => end());
const begin = (button, isFile) => {
  const text = button.textContent;
  const end = () => {
    clearTimeout(timer);
    busy.delete(button);
    button.classList.remove("busy");
    button.removeAttribute("aria-disabled");
    if (button.dataset.busy) button.textContent = text;
  };
  const timer = setTimeout(end, isFile ? FILE : LEAVING);
  busy.set(button, end);
  button.classList.add("busy");
  button.setAttribute("aria-disabled", "true");
  if (button.dataset.busy) button.textContent = button.dataset.busy;
};
const isFile = (button) => "file" in button.dataset;
let isElsewhere = false; // whether the last click opens a tab of its own, and leaves this page as it is
for (const kind of ["click", "auxclick"]) {
  addEventListener(kind, (event) => { isElsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.button === 1; }, { capture: true });
}
const isLeaving = () => [...busy.keys()].some((button) => !isFile(button));
addEventListener("submit", (event) => {
  if (!isLeaving() && !busy.has(event.submitter)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, { capture: true });
addEventListener("submit", ({ defaultPrevented, target, submitter }) => {
  // The Enter key presses a button that nobody sees.
  const button = submitter?.matches(".hidden") ? target.querySelector("[data-busy]:not([formaction])") : submitter;
  const stays = isElsewhere || button?.formTarget && button.formTarget !== "_self" || target.target;
  if (button && !defaultPrevented && !stays && (button.dataset.busy || isFile(button))) begin(button, isFile(button));
});
addEventListener("input", letGo); // another letter, another file
addEventListener("pageshow", letGo); // kept whole by the browser, and come back to
