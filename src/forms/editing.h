// A form that changes what is kept in versions, with its draft: opened, opened again with what was typed, overtaken by
// what somebody else saved meanwhile.
#pragma once

#include <functional>
#include <optional>

#include "forms/form.h"

namespace tithing::forms {

struct Editing {
  drafts::Form draft;
  std::int64_t version = 0;                             // of what is changed, as it stands; 0: it is new
  Values stored;                                        // as it stands
  std::function<Values(std::int64_t seen)> began = {};  // as it stood in that version; empty where that is not known
  std::function<std::vector<Field>(const Values& yours)> fields = {};  // in which the two may differ
  std::vector<Rows> rows = {};                                         // among them
  html::Content change = {};                                           // who changed it, when and why
  // Of a larger whole: a change of that which left this as it was overtakes no draft.
  bool part = false;
  // The page of the form. `back`: what stands in it is the draft, because the form was opened again.
  std::function<web::Answer(const Values& values, const Problem& problem, bool back)> page = {};
};

std::int64_t seen_in(const Values& values);  // the hidden field "seen"; 0: none

// What the form's address answers: the form as it stands or with the draft, or the page for two who changed the same.
web::Answer opened(db::Database& database, const web::Context& context, const Editing& editing);
// What was sent is kept as the draft. An answer where somebody else was first.
std::optional<web::Answer> sent(db::Database& database, const web::Context& context, const Editing& editing,
                                const Values& yours);
// Both versions beside each other: also where the command says that somebody was faster.
web::Answer overtaken_page(const web::Context& context, const Editing& editing, const Values& yours);

}  // namespace tithing::forms
