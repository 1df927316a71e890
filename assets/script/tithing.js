// Everything that a page does by script. Every page works without it.
import {
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  FileUpload,
  NotificationBanner,
  PasswordInput,
  Radios,
  SkipLink,
  Tabs,
  createAll,
} from "govuk-frontend";
import { followDrafts } from "./draft.js";
import { showFigureHints } from "./figure-hint.js";
import { followForms } from "./follow.js";
import { followJobs } from "./job.js";
import { offerNames } from "./picker.js";
import { followUploads } from "./upload.js";

for (const component of [
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  FileUpload,
  NotificationBanner,
  PasswordInput,
  Radios,
  SkipLink,
  Tabs,
]) {
  createAll(component);
}
showFigureHints();
followJobs();
followUploads();
followDrafts();
followForms();
offerNames();
