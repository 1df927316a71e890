// The frame that every page has in common (see README.md): product name and where you are, search, my work, me; the
// rooms of this body; the band of the date that is looked at; breadcrumbs; one h1; the footer.
//
// The page carries no inline script and no inline style, so it stands under `script-src 'self'; style-src 'self'`.
#pragma once

#include "govuk/common.h"

namespace tithing::govuk {

struct PageLink {
  Content text = {};
  Url url = {};
  bool current = false;  // this very page
  bool active = false;   // a page within it
};

struct PageParams {
  std::string language = "en";  // of the page; a message without a translation is marked
  Content title = {};           // the h1, also the first part of the browser's title. Text or a message, never markup
  Content caption = {};         // a line above the h1: the kind of thing, the period
  Content where = {};  // the force area or body of this page, beside the product name and in the browser's title;
                       // text or a message, never markup
  Url where_url = {};
  std::vector<PageLink> rooms = {};  // second line: only those that this person may enter
  std::vector<PageLink> breadcrumbs = {};
  std::string signed_in_name = {};  // empty: nobody, and a link to sign in
  Url account_url = {};             // "/account" or "/sign-in" unless given
  int work_count = -1;              // of my work; negative: no link
  Url work_url = {};                // "/my-work" unless given
  Content as_at = {};               // "You are looking at 1 January 2012": a band across the top. Empty: today
  Url as_at_leave_url = {};         // back to today
  std::string search_query = {};    // what stands in the search box
  Markup notice = {};               // between breadcrumbs and h1: a notification-banner, an error-summary
  bool has_error = false;           // "Error: " before the browser's title, as GOV.UK has it
  bool heading_in_body = false;     // the body has its own h1 (a form with one question)
  bool narrow = false;              // 70 characters a line: a paper, a form
  Markup body = {};
  Content data_licence = {};  // the sources of the figures on the page; a general sentence unless given
  Url english_url = {};       // this page in the other language; none: ?language=...
  Url welsh_url = {};
  std::vector<std::string> scripts = {};  // names of further assets
  int refresh_seconds =
      0;  // work under way: a browser without script asks again by itself; with script see JobProgressParams
};

// The whole document, from <!DOCTYPE html>.
Markup page(const PageParams& params);

// Tithing's mark, a ring of ten dots, as inline SVG without a name of its own.
Markup mark();

}  // namespace tithing::govuk
