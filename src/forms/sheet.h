// A form on a page of its own, from its opening to the change: the page with the form and its draft, the page that asks
// to check the answers, and an address for each, so that going back in the browser asks nobody to send anything again.
//
//   const forms::Sheet sheet{.options = options, .action = Url("/bodies/change"), .draft = draft, .fields = fields};
//   return forms::sheet_page(database, context, sheet, values, problem);
//
// What stands in `values` and in none of the fields goes along hidden: the version that was seen, what other pages of a
// form have asked.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "forms/form.h"

namespace tithing::forms {

struct Sheet {
  web::PageOptions options = {};  // title, breadcrumbs, caption; the draft's notice and the summary come to its notice
  html::Url action = {};
  drafts::Form draft = {};  // without a key nothing is kept
  std::vector<Field> fields = {};
  html::Content save = tr("Save");
  html::Markup before = {}, after = {};                    // above the form and below it
  std::function<void(Form&, const Field&)> ahead_of = {};  // what stands ahead of a field
  std::function<void(Form&)> last = {};                    // what stands after the buttons
  std::vector<html::Content> instead = {};                 // why it cannot be done yet: then there is no form
  std::string id = {};                                     // of the form, for buttons elsewhere on the page
  std::string classes = {};                                // of the button, where nothing is kept
  bool upload = false;                                     // a form with a file
};

// The form with what stands in it, each fault at its field. Asked for by its address it says that a draft has come
// back. `database` keeps drafts.
web::Answer sheet_page(db::Database& database, const web::Context& context, Sheet sheet, const Values& values,
                       const Problem& problem = {});
// "Check your answers": what was answered, then `comes_to`, then "Save" and "Back to the form".
web::Answer check_page(const web::Context& context, const Sheet& sheet, const Values& values,
                       const html::Markup& comes_to);

// What a draft has for the form at this address: its values, and the line that was to be added ("&add=other").
Values values_kept(const web::Context& context, const drafts::Draft& draft);
// Post, redirect, get: a page that a form led to on its way is shown at the address of its draft with `name` and
// `value` in it. Where the draft could not be kept, and for every other answer, `answer` itself.
web::Answer at_address(db::Database& database, const web::Context& context, web::Answer answer,
                       const drafts::Form& draft, const std::string& name, const std::string& value);

}  // namespace tithing::forms
