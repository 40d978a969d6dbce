// What every page has. Nothing here is needed: every page works without it.

import { sendTypedAlong } from "./along.js";
import { showBusyButtons } from "./busy.js";
import { offerCopies } from "./copy.js";
import { offerDrafts } from "./draft.js";
import { offerFilter } from "./filter.js";
import { rememberTyping } from "./history.js";
import { offerPrompts, previewLetter } from "./preview.js";

// In this order: what is typed is remembered before anything else is told of it.
const form = rememberTyping();
if (form) sendTypedAlong();
previewLetter();
offerPrompts();
offerCopies();
offerDrafts(form);
offerFilter();
showBusyButtons();
