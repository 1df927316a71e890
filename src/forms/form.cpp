#include "forms/form.h"

#include <algorithm>

#include "base/text.h"
#include "web/form_parts.h"

namespace tithing::forms {

using html::Content;
using html::Markup;
using html::Url;
using html::Writer;

namespace {

// With script, names are offered while somebody types; of a field of text, to be taken or left.
html::Attributes offering(const Field& field) {
  return {{"data-module", "tithing-picker"}, {"data-url", Url::parse(field.finder.address)}};
}

}  // namespace

std::string Form::value(const std::string& name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? std::string() : found->second;
}

Content Form::error(const std::string& name) const {
  for (const FieldProblem& one : problem_.fields)
    if (one.field == name) return one.message;
  return {};
}

void Form::note(const std::string& name, const Content& label) {
  ids_.insert(name);
  labels_.emplace_back(name, label.plain(context_.language));
}

void Form::begin(const Url& action, bool upload, const std::string& id) {
  action_ = action;
  html::Attributes attributes = {{"method", "post"}, {"action", action}, {"novalidate", true}};
  if (!id.empty()) attributes.push_back({"id", id});
  if (upload) attributes.push_back({"enctype", "multipart/form-data"});
  writer_->open("form", attributes);
  writer_->put(web::csrf_field(context_));
}

void Form::begin_asking(const Url& action, const std::string& classes) {
  action_ = action;
  writer_->open("form", {{"method", "get"}, {"action", action}, {"class", classes}});
}

void Form::hidden(const std::string& name, const std::string& text) { web::hidden_field(*writer_, name, text); }

void Form::hidden_lines(const std::string& name, const std::string& values) {
  for (const std::string& line : split(values, '\n')) hidden(name, line);
}

void Form::put_input(const Field& field, const char* type, const char* mode, const Content& prefix,
                     const std::string& classes) {
  govuk::InputParams input{.id = field.name, .name = field.name};
  input.type = type;
  input.inputmode = mode;
  const auto month = field.kind == Kind::month ? month_of(value(field.name)) : std::nullopt;
  input.value = month ? month->text() : value(field.name);
  input.label = {.text = field.label};
  input.hint = {.text = field.hint};
  input.error_message = {.text = error(field.name)};
  input.prefix = {.text = prefix};
  input.classes = field.classes.empty() ? classes : field.classes;
  if (field.kind == Kind::email) input.spellcheck = false;
  if (!field.finder.address.empty()) input.attributes = offering(field);
  if (focused_ == field.name) input.attributes.push_back({"autofocus", true});
  render(*writer_, input);
}

void Form::put(const Field& field) {
  note(field.name, field.label);
  switch (field.kind) {
    case Kind::text:
      return put_input(field, "", "", {}, "");
    case Kind::email:
      return put_input(field, "email", "", {}, "");
    case Kind::number:
      return put_input(field, "", "numeric", {}, "govuk-input--width-5");
    case Kind::money:
      return put_input(field, "", "decimal", "£", "govuk-input--width-10");
    case Kind::day:
      return put_input(field, "date", "", {}, "govuk-input--width-10");
    case Kind::month:
      return put_input(field, "", "", {}, "govuk-input--width-10");
    case Kind::time:
      return put_input(field, "", "", {}, "govuk-input--width-5");
    case Kind::picked:
      return field.several ? put_several(field)
                           : put_picked(field, {field.name, field.name, field.label, field.hint, false});
    case Kind::ticks:
      return put_ticks(field);
    case Kind::long_text:
      return render(*writer_, govuk::TextareaParams{.id = field.name,
                                                    .name = field.name,
                                                    .rows = field.rows,
                                                    .value = value(field.name),
                                                    .label = {.text = field.label},
                                                    .hint = {.text = field.hint},
                                                    .error_message = {.text = error(field.name)}});
    case Kind::choice: {
      govuk::SelectParams select{.id = field.name, .name = field.name};
      for (const auto& [choice, words] : field.choices)
        select.items.push_back({.value = choice, .text = words, .selected = choice == value(field.name)});
      select.label = {.text = field.label, .classes = field.begins ? "govuk-label--m" : ""};
      select.hint = {.text = field.hint};
      select.error_message = {.text = error(field.name)};
      return render(*writer_, select);
    }
    case Kind::radios: {
      govuk::RadiosParams radios{.name = field.name};
      radios.id_prefix = field.name;
      radios.value = value(field.name);
      radios.fieldset = govuk::FieldsetParams{.legend = {.text = field.label, .classes = "govuk-fieldset__legend--m"}};
      radios.hint = {.text = field.hint};
      radios.error_message = {.text = error(field.name)};
      for (const auto& [choice, words] : field.choices) radios.items.push_back({.text = words, .value = choice});
      return render(*writer_, radios);
    }
    case Kind::file: {
      govuk::FileUploadParams upload{.name = field.name, .id = field.name};
      upload.label = {.text = field.label};
      upload.hint = {.text = field.hint};
      upload.error_message = {.text = error(field.name)};
      return render(*writer_, upload);
    }
  }
}

// The line of a picker. What was typed and is not settled yet has its radios below, so that the whole form stays as it
// is until one is chosen.
void Form::put_picked(const Field& field, const Line& line) {
  const auto& [id, name, label, hint, focused] = line;
  const std::string typed(trimmed(value(name)));
  const Content wrong = error(name);
  // One that was chosen among several stays chosen, also where the form comes back before it is settled: a line is
  // added.
  const std::string chosen = value(name + "-is");
  auto known = typed.empty() ? std::nullopt : field.finder.of(typed);
  if (!known && !chosen.empty()) known = look_up(field.finder, typed, chosen).found;
  govuk::InputParams input{.id = id, .name = name};
  input.value = known ? known->name : typed;
  input.label = {.text = label};
  input.hint = {.text = hint};
  input.error_message = {.text = wrong};
  input.classes = field.classes;
  input.autocomplete = "off";
  input.spellcheck = false;
  if (!field.finder.address.empty()) input.attributes = offering(field);
  if (focused) input.attributes.push_back({"autofocus", true});
  render(*writer_, input);
  if (known) return hidden(name + "-is", known->code);
  if (typed.empty() || wrong.empty()) return;
  const Looked looked = look_up(field.finder, typed);
  if (looked.offered.empty()) return;
  govuk::RadiosParams radios{.name = name + "-is"};
  radios.id_prefix = name + "-is";
  radios.classes = "govuk-radios--small";
  radios.value = chosen;
  radios.fieldset = govuk::FieldsetParams{
      .legend = {.text = tr("Which is meant by \"{0}\"?", {typed}), .classes = "govuk-fieldset__legend--s"}};
  for (const Match& one : looked.offered)
    radios.items.push_back(
        {.text = name_alone(field.finder, one), .value = one.code, .hint = {.text = Content(one.kind)}});
  render(*writer_, radios);
}

void Form::put_several(const Field& field) {
  std::vector<std::pair<std::string, std::string>> lines;  // what is picked, its share
  for (int row = 1; row <= 40; ++row)
    if (const std::string name = field.name + "-" + std::to_string(row); values_.count(name) > 0)
      lines.emplace_back(value(name), value(name + "-share"));
  if (lines.empty())
    for (const std::string& part : split(value(field.name), ';'))
      if (const std::size_t equals = part.find('='); !trimmed(part).empty())
        lines.emplace_back(trimmed(part.substr(0, equals)), equals == std::string::npos ? "" : part.substr(equals + 1));
  const bool more = value("add") == field.name;
  while (lines.size() < 2 || (more && !lines.back().first.empty())) lines.emplace_back();
  const Content wrong = error(field.name);
  writer_->open("div", {{"class", wrong.empty() ? "govuk-form-group" : "govuk-form-group govuk-form-group--error"}});
  writer_->open("fieldset", {{"class", "govuk-fieldset"}});
  writer_->element("legend", {{"class", "govuk-fieldset__legend govuk-fieldset__legend--s"}}, field.label);
  if (!field.hint.empty()) writer_->element("div", {{"class", "govuk-hint"}}, field.hint);
  Writer written(writer_->language());
  bool told = false;  // at the line that it is about
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string number = std::to_string(i + 1), name = field.name + "-" + number;
    Values line = {{name, lines[i].first}, {name + "-is", value(name + "-is")}, {name + "-share", lines[i].second}};
    // A line that is not settled is where the radios belong.
    Problem here;
    if (!wrong.empty() && !lines[i].first.empty())
      if (const Looked looked = look_up(field.finder, lines[i].first, at(line, name + "-is")); !looked.sentence.empty())
        here = {ProblemKind::invalid, looked.sentence, {{name, looked.sentence}}};
    told = told || !here.message.empty();
    Form one(written, context_, line, here);
    one.put_picked(field, {i == 0 ? field.name : name,
                           name,
                           tr("Name of {0} {1}", {field.finder.what, number}),
                           {},
                           more && i + 1 == lines.size()});
    if (!field.share.empty())
      one.put({.name = name + "-share",
               .label = tr("{0} {1}", {field.share.plain(context_.language), number}),
               .kind = Kind::number,
               .classes = "govuk-input--width-3"});
  }
  if (!wrong.empty() && !told) render(*writer_, govuk::ErrorMessageParams{.text = wrong, .id = field.name + "-error"});
  writer_->put(written.take());
  button_to(tr("Add another line"), "add", field.name, field.name + "-" + std::to_string(lines.size() + 1));
  writer_->close("fieldset").close("div");
}

void Form::put_ticks(const Field& field) {
  govuk::CheckboxesParams boxes{.name = field.name};
  boxes.id_prefix = field.name;
  boxes.classes = "govuk-checkboxes--small";
  boxes.fieldset = govuk::FieldsetParams{.legend = {.text = field.label, .classes = "govuk-fieldset__legend--s"}};
  boxes.hint = {.text = field.hint};
  boxes.error_message = {.text = error(field.name)};
  boxes.values = split(value(field.name), '\n');
  for (const auto& [choice, words] : field.choices) boxes.items.push_back({.text = words, .value = choice});
  render(*writer_, boxes);
}

void Form::input(const std::string& name, const Content& label, const Content& hint, const std::string& classes) {
  put({.name = name, .label = label, .hint = hint, .classes = classes});
}

void Form::money(const std::string& name, const Content& label, const Content& hint) {
  put({.name = name, .label = label, .kind = Kind::money, .hint = hint});
}

void Form::text(const std::string& name, const Content& label, const Content& hint, int rows) {
  put({.name = name, .label = label, .kind = Kind::long_text, .hint = hint, .rows = rows});
}

void Form::select(const std::string& name, const Content& label, const Choices& choices, const Content& hint) {
  put({.name = name, .label = label, .kind = Kind::choice, .hint = hint, .choices = choices});
}

void Form::tick(const std::string& name, const Content& legend, const Choices& choices, const Content& hint) {
  put({.name = name, .label = legend, .kind = Kind::ticks, .hint = hint, .choices = choices});
}

void Form::file(const std::string& name, const Content& label, const Content& hint) {
  put({.name = name, .label = label, .kind = Kind::file, .hint = hint});
}

void Form::branches(const std::string& name, const Content& label, const std::vector<Branch>& branches) {
  const std::string current = value(name).empty() ? branches.front().value : value(name);
  note(name, label);
  govuk::SelectParams select{.id = name, .name = name};
  for (const Branch& one : branches)
    select.items.push_back({.value = one.value, .text = one.text, .selected = one.value == current});
  select.label = {.text = label};
  select.error_message = {.text = error(name)};
  render(*writer_, select);
  for (const Branch& one : branches)
    render(*writer_, govuk::DetailsParams{.summary = one.text, .text = one.fields, .open = one.value == current});
}

void Form::begin_group(const Content& legend) {
  writer_->open("fieldset", {{"class", "govuk-fieldset govuk-!-margin-bottom-6"}});
  writer_->element("legend", {{"class", "govuk-fieldset__legend govuk-fieldset__legend--m"}}, legend);
}

void Form::button(const Content& words, const std::string& name, const std::string& chosen,
                  const std::string& classes) {
  render(
      *writer_,
      govuk::ButtonParams{
          .text = words, .name = name, .value = chosen, .classes = classes, .prevent_double_click = classes.empty()});
}

void Form::button_to(const Content& words, const std::string& name, const std::string& chosen,
                     const std::string& field) {
  if (!std::exchange(has_default_, true))
    writer_->element("button",
                     {{"type", "submit"},
                      {"class", "govuk-visually-hidden"},
                      {"tabindex", "-1"},
                      {"aria-hidden", "true"},
                      {"name", pressed_.first},
                      {"value", pressed_.second}},
                     tr("Continue"));
  render(*writer_, govuk::ButtonParams{.text = words,
                                       .name = name,
                                       .value = chosen,
                                       .classes = "govuk-button--secondary govuk-!-margin-top-3",
                                       .attributes = {{"formaction", Url::parse(action_.text() + "#" + field)}}});
}

void Form::button_elsewhere(const Content& words, const Url& action) {
  render(*writer_, govuk::ButtonParams{.text = words,
                                       .classes = "govuk-button--secondary",
                                       .attributes = {{"formaction", action}},
                                       .prevent_double_click = true});
}

Markup Form::summary() const { return web::error_summary(problem_, context_.language, &ids_); }

void Form::save_buttons(const drafts::Form& form, const std::optional<drafts::Draft>& kept, const Content& save,
                        const std::string& name, const std::string& chosen) {
  drafts::put_buttons(*writer_, context_, form, kept,
                      {.text = save, .name = name, .value = chosen, .prevent_double_click = true});
}

void say(web::PageOptions& options, const Problem& problem, const std::string& language) {
  if (problem.message.empty()) return;
  options.notice = web::error_summary(problem, language);
  options.has_error = true;
  options.status = web::status_of(problem.kind);
}

void finish(web::PageOptions& options, const Form& form, const Problem& problem) {
  say(options, problem, {});
  if (!problem.message.empty()) options.notice = form.summary();
}

void put_answers(Writer& writer, const std::vector<Field>& fields, const Values& values) {
  govuk::SummaryListParams list;
  for (const Field& field : fields)
    if (const std::string words = in_words(field, values, writer.language()); !words.empty())
      list.rows.push_back({.key = {.text = field.label}, .value = {.text = words}});
  render(writer, list);
}

void put_checked(Writer& writer, const web::Context& context, const Url& action, const Values& values,
                 const drafts::Form& draft, const Content& save) {
  writer.open("form", {{"method", "post"}, {"action", action}});
  writer.put(web::csrf_field(context));
  for (const auto& [name, text] : values)
    for (const std::string& line : split(text, '\n')) web::hidden_field(writer, name, line);
  drafts::put_hidden(writer, draft);
  writer.open("div", {{"class", "govuk-button-group"}});
  render(writer, govuk::ButtonParams{.text = save, .name = "step", .value = "save", .prevent_double_click = true});
  // At an address of its own (sheet.h) it leads back to the form's: nothing is sent again.
  const bool at_address = context.request->method != "POST";
  render(writer, govuk::ButtonParams{.text = tr("Back to the form"),
                                     .name = at_address ? "" : "step",
                                     .value = at_address ? "" : "back",
                                     .href = at_address ? Url::parse(draft.address) : Url(),
                                     .classes = "govuk-button--secondary"});
  writer.close("div").close("form");
}

web::Answer overtaken_page(const web::Context& context, const Overtaken& asked) {
  const Values began = without_empty_rows(asked.began), yours = without_empty_rows(asked.yours),
               stored = without_empty_rows(asked.stored);
  drafts::Conflict conflict{asked.form, {}, {}, {}, asked.change};
  for (const auto& [name, label] : asked.labels) {
    const std::string mine = at(yours, name), theirs = at(stored, name);
    const bool alone = asked.only_yours.count(name) > 0;
    if (mine == theirs && !asked.with_same && (began.empty() || at(began, name) == mine)) continue;
    const std::string shown = label_of_row(name, label);
    if (!began.empty() && !alone) conflict.began.emplace_back(shown, at(began, name));
    conflict.yours.emplace_back(shown, mine);
    if (!alone) conflict.stored.emplace_back(shown, theirs);
  }
  return drafts::conflict_page(context, conflict);
}

Overtaken overtaken(const drafts::Form& form, const std::vector<Field>& fields, const Values& began,
                    const Values& yours, const Values& stored, const std::string& language) {
  Overtaken out{.form = form, .with_same = true};
  for (const Field& field : fields) {
    if (field.kind == Kind::file) continue;
    out.labels.emplace_back(field.name, field.label.plain(language));
    if (!began.empty()) out.began[field.name] = in_words(field, began, language);
    out.yours[field.name] = in_words(field, yours, language);
    out.stored[field.name] = in_words(field, stored, language);
  }
  return out;
}

}  // namespace tithing::forms
