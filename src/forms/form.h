// A form on a page: its fields with what was entered, each with its error, and the summary above that leads to them;
// its draft, the page that asks to check the answers, and the page for two who changed the same.
//
//   forms::Form form(writer, context, values, problem);
//   form.begin(Url("/priorities"));
//   for (const forms::Field& field : fields) form.put(field);
//   form.button(tr("Save"));
//   form.end();
//   forms::finish(options, form, problem);
#pragma once

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "drafts/drafts.h"
#include "forms/field.h"
#include "govuk/components.h"
#include "html/html.h"
#include "web/web.h"

namespace tithing::forms {

class Form {
 public:
  using Choices = forms::Choices;
  // `problem` without a message: nothing is wrong. Its fields are names of fields of this form.
  Form(html::Writer& writer, const web::Context& context, const Values& values, const Problem& problem)
      : writer_(&writer), context_(context), values_(values), problem_(problem) {}
  // `id`: so that a button elsewhere on the page can send it.
  void begin(const html::Url& action, bool upload = false, const std::string& id = {});
  void begin_asking(const html::Url& action, const std::string& classes = "");  // what is asked stands in the address
  void end() { writer_->close("form"); }
  void hidden(const std::string& name, const std::string& value);
  void hidden_lines(const std::string& name, const std::string& values);  // a field for each line

  void put(const Field& field);
  void put(const std::vector<Field>& fields) {
    for (const Field& field : fields) put(field);
  }
  // The same, for a form that is written field by field.
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
  // Fields that are folded under a summary.
  template <class F>
  void folded(const html::Content& summary, bool open, F&& write) {
    const html::Markup fields = within(write);
    render(*writer_, govuk::DetailsParams{.summary = summary, .text = fields, .open = open});
  }
  void tick(const std::string& name, const html::Content& legend, const Choices& choices,
            const html::Content& hint = {});
  void file(const std::string& name, const html::Content& label, const html::Content& hint = {});
  void begin_group(const html::Content& legend);
  void end_group() { writer_->close("fieldset"); }
  void button(const html::Content& text, const std::string& name = "", const std::string& value = "",
              const std::string& classes = "");
  // A button that sends the form to another address: what is typed goes along, so that nothing of it is lost there.
  void button_elsewhere(const html::Content& text, const html::Url& action);
  void paragraph(const html::Content& content) { writer_->element("p", {{"class", "govuk-body"}}, content); }
  // A button that sends the form and comes back to it with the focus at `field`, not at the top of the page: adding a
  // line. The room answers with the form again.
  // Before it stands what Enter presses, which is the first button of a form: nothing by name unless enter_presses()
  // has said otherwise.
  void button_to(const html::Content& text, const std::string& name, const std::string& value,
                 const std::string& field);
  void enter_presses(const std::string& name, const std::string& value) { pressed_ = {name, value}; }
  void focus(const std::string& field) { focused_ = field; }  // of a line that was added
  // "Save", and "Save and finish later" with the line that says when the draft was saved.
  void save_buttons(const drafts::Form& form, const std::optional<drafts::Draft>& kept,
                    const html::Content& save = tr("Save"), const std::string& name = "do",
                    const std::string& value = "save");
  // Whether a field of that name has been written.
  bool asks(const std::string& name) const { return ids_.count(name) > 0; }
  // Names and labels in the order of the form: for a page that sets two versions beside each other.
  const std::vector<std::pair<std::string, std::string>>& labels() const { return labels_; }
  // Call when the form is written. What is wrong with no field of the form is said without a link.
  html::Markup summary() const;

 private:
  void put_input(const Field& field, const char* type, const char* mode, const html::Content& prefix,
                 const std::string& classes);
  struct Line {
    std::string id, name;
    html::Content label, hint;
    bool focused = false;
  };
  void put_picked(const Field& field, const Line& line);
  void put_several(const Field& field);
  void put_ticks(const Field& field);
  std::string value(const std::string& name) const;
  html::Content error(const std::string& name) const;
  void note(const std::string& name, const html::Content& label);
  html::Writer* writer_;
  const web::Context& context_;
  const Values& values_;
  const Problem& problem_;
  std::set<std::string> ids_;
  std::vector<std::pair<std::string, std::string>> labels_;
  html::Url action_;
  std::pair<std::string, std::string> pressed_;
  bool has_default_ = false;
  std::string focused_;
};

// Summary, status and "Error:" of a page on which something is wrong; nothing for a problem without a message.
void say(web::PageOptions& options, const Problem& problem, const std::string& language);
// The same of the page that the form stands on, with links to its fields.
void finish(web::PageOptions& options, const Form& form, const Problem& problem);

// "Check your answers": each field that holds something, in words.
void put_answers(html::Writer& writer, const std::vector<Field>& fields, const Values& values);
// The values as hidden fields, for the page between the form and the change, its two buttons ("step": "save", "back").
void put_checked(html::Writer& writer, const web::Context& context, const html::Url& action, const Values& values,
                 const drafts::Form& draft, const html::Content& save);

// A form that another one's saved version has overtaken.
struct Overtaken {
  drafts::Form form;
  Values began, yours, stored;                              // `began` empty where it is not known
  std::vector<std::pair<std::string, std::string>> labels;  // names and labels, as Form::labels()
  html::Content change = {};                                // who changed it, when and why
  std::set<std::string> only_yours = {};                    // names of fields that belong to the change alone: a reason
  bool with_same = false;                                   // shows as well what both have alike
};
// 409: what each of the two changed, field by field. Nothing is lost: `yours` is the draft.
web::Answer overtaken_page(const web::Context& context, const Overtaken& overtaken);
// The same with every value in the words of its field.
Overtaken overtaken(const drafts::Form& form, const std::vector<Field>& fields, const Values& began,
                    const Values& yours, const Values& stored, const std::string& language);

}  // namespace tithing::forms
