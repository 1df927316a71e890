// A form of the room: fields with what was entered, each with its error, and the summary above that leads to them.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "drafts/drafts.h"
#include "govuk/components.h"
#include "html/html.h"
#include "slices/pots/step_fields.h"
#include "web/web.h"

namespace tithing::pots {

class Form {
 public:
  using Choices = std::vector<std::pair<std::string, html::Content>>;  // value, text
  // `problem` without a message: nothing is wrong. Its fields are names of fields of this form.
  Form(html::Writer& writer, const web::Context& context, const Entered& entered, const Problem& problem)
      : writer_(&writer), context_(context), entered_(entered), problem_(problem) {}
  void begin(const html::Url& action, bool upload = false);
  void end() { writer_->close("form"); }
  void hidden(const std::string& name, const std::string& value);
  void input(const std::string& name, const html::Content& label, const html::Content& hint = {},
             const std::string& classes = "");
  void money(const std::string& name, const html::Content& label, const html::Content& hint = {});
  void text(const std::string& name, const html::Content& label, const html::Content& hint = {}, int rows = 5);
  void select(const std::string& name, const html::Content& label, const Choices& choices,
              const html::Content& hint = {});
  // A choice, and under it the fields of each branch, folded but for the one that is chosen.
  struct Branch {
    std::string value;
    html::Content text;
    html::Markup fields;
  };
  void branches(const std::string& name, const html::Content& label, const std::vector<Branch>& branches);
  // What `write` writes, as markup for a branch.
  template <class F>
  html::Markup within(F&& write) {
    html::Writer inner(writer_->language());
    html::Writer* const outer = std::exchange(writer_, &inner);
    write();
    writer_ = outer;
    return inner.take();
  }
  void tick(const std::string& name, const html::Content& legend, const Choices& choices,
            const html::Content& hint = {});
  void file(const std::string& name, const html::Content& label, const html::Content& hint = {});
  void begin_group(const html::Content& legend);
  void end_group() { writer_->close("fieldset"); }
  void button(const html::Content& text, const std::string& name = "", const std::string& value = "",
              const std::string& classes = "");
  // "Save", and "Save and finish later" with the line that says when the draft was saved.
  void save_buttons(const drafts::Form& form, const std::optional<drafts::Draft>& kept);
  // Names and labels in the order of the form: for a page that sets two versions beside each other.
  const std::vector<std::pair<std::string, std::string>>& labels() const { return labels_; }
  // Call when the form is written. What is wrong with no field of the form is said without a link.
  html::Markup summary() const;

 private:
  std::string value(const std::string& name) const;
  html::Content error(const std::string& name) const;
  void note(const std::string& name, const html::Content& label);
  html::Writer* writer_;
  const web::Context& context_;
  const Entered& entered_;
  const Problem& problem_;
  std::set<std::string> ids_;
  std::vector<std::pair<std::string, std::string>> labels_;
};

// Everything that was sent, several values of one field in lines.
Entered entered_in(const web::Context& context);
std::int64_t number_in(const std::string& text);  // 0: none

void finish(web::PageOptions& options, const Form& form, const Problem& problem);

// --- drafts ----------------------------------------------------------------------------------------------------------

Entered entered_in(const drafts::Draft& draft);

// A form that another one's saved version has overtaken.
struct Overtaken {
  drafts::Form form;
  Entered began, yours, stored;                             // `began` empty where it is not known
  std::vector<std::pair<std::string, std::string>> labels;  // names and labels, as Form::labels()
  html::Content change;                                     // who changed it, when and why
};
// A form sends the first choice of every list of every row, also of rows into which nobody has typed: those are left
// out.
Entered without_empty_rows(const Entered& entered);
web::Answer overtaken_page(const web::Context& context, const Overtaken& overtaken);
// By name: yours where you changed it, else what is stored. Without `began`, yours.
Entered merged(const Entered& began, const Entered& yours, const Entered& stored);

}  // namespace tithing::pots
