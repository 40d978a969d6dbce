// A button says what it has begun, and a second click begins nothing more.

const LEAVING = 10_000, FILE = 4_000; // milliseconds that a page or a file may take; who stopped it can press again

/** @type {Map<HTMLElement, () => void>} */
const busy = new Map(); // the buttons that were pressed, and how each becomes itself again
let isElsewhere = false; // whether the last click opens a tab of its own, and leaves this page as it is

const letGo = () => busy.forEach((end) => end());

/** @param {HTMLElement} button */
const isFile = (button) => "file" in button.dataset;

/** @param {HTMLElement} button */
const begin = (button) => {
  const text = button.textContent;
  const end = () => {
    clearTimeout(timer);
    busy.delete(button);
    button.classList.remove("busy");
    button.removeAttribute("aria-disabled");
    if (button.dataset.busy) button.textContent = text;
  };
  const timer = setTimeout(end, isFile(button) ? FILE : LEAVING);
  busy.set(button, end);
  button.classList.add("busy");
  button.setAttribute("aria-disabled", "true");
  if (button.dataset.busy) button.textContent = button.dataset.busy;
};

/** @param {Event} event */
const onClick = (event) => {
  const { ctrlKey, metaKey, shiftKey, button } = /** @type {MouseEvent} */ (event);
  isElsewhere = ctrlKey || metaKey || shiftKey || button === 1;
};

/** @param {SubmitEvent} event */
const refuseSecond = (event) => {
  const isLeaving = [...busy.keys()].some((button) => !isFile(button));
  if (!isLeaving && !(event.submitter && busy.has(event.submitter))) return;
  event.preventDefault();
  event.stopImmediatePropagation();
};

/** @param {SubmitEvent} event */
const onSubmit = ({ defaultPrevented, target, submitter }) => {
  const form = /** @type {HTMLFormElement} */ (target);
  // The Enter key presses a button that nobody sees.
  const pressed = submitter?.matches(".hidden") ? form.querySelector("[data-busy]:not([formaction])") : submitter;
  const button = /** @type {HTMLButtonElement | null | undefined} */ (pressed);
  const stays = isElsewhere || (button?.formTarget && button.formTarget !== "_self") || form.target;
  if (button && !defaultPrevented && !stays && (button.dataset.busy || isFile(button))) begin(button);
};

export const showBusyButtons = () => {
  for (const kind of ["click", "auxclick"]) addEventListener(kind, onClick, { capture: true });
  addEventListener("submit", refuseSecond, { capture: true });
  addEventListener("submit", onSubmit);
  addEventListener("input", letGo); // another letter, another file
  addEventListener("pageshow", letGo); // kept whole by the browser, and come back to
};
