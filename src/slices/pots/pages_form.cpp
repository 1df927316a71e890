#include "slices/pots/pages_form.h"

#include <set>

#include "base/text.h"

namespace tithing::pots {

using html::Content;
using html::Markup;
using html::Url;

std::string Form::value(const std::string& name) const {
  const auto found = entered_.find(name);
  return found == entered_.end() ? std::string() : found->second;
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

void Form::begin(const Url& action, bool upload) {
  html::Attributes attributes = {{"method", "post"}, {"action", action}, {"novalidate", true}};
  if (upload) attributes.push_back({"enctype", "multipart/form-data"});
  writer_->open("form", attributes);
  writer_->put(web::csrf_field(context_));
}

void Form::hidden(const std::string& name, const std::string& text) {
  writer_->void_element("input", {{"type", "hidden"}, {"name", name}, {"value", text}});
}

void Form::input(const std::string& name, const Content& label, const Content& hint, const std::string& classes) {
  note(name, label);
  render(*writer_, govuk::InputParams{.id = name,
                                      .name = name,
                                      .value = value(name),
                                      .label = {.text = label},
                                      .hint = {.text = hint},
                                      .error_message = {.text = error(name)},
                                      .classes = classes});
}

void Form::money(const std::string& name, const Content& label, const Content& hint) {
  note(name, label);
  render(*writer_, govuk::InputParams{.id = name,
                                      .name = name,
                                      .inputmode = "decimal",
                                      .value = value(name),
                                      .label = {.text = label},
                                      .hint = {.text = hint},
                                      .error_message = {.text = error(name)},
                                      .prefix = {.text = "£"},
                                      .classes = "govuk-input--width-10"});
}

void Form::text(const std::string& name, const Content& label, const Content& hint, int rows) {
  note(name, label);
  render(*writer_, govuk::TextareaParams{.id = name,
                                         .name = name,
                                         .rows = rows,
                                         .value = value(name),
                                         .label = {.text = label},
                                         .hint = {.text = hint},
                                         .error_message = {.text = error(name)}});
}

void Form::select(const std::string& name, const Content& label, const Choices& choices, const Content& hint) {
  note(name, label);
  govuk::SelectParams select{.id = name, .name = name};
  for (const auto& [choice, words] : choices)
    select.items.push_back({.value = choice, .text = words, .selected = choice == value(name)});
  select.label = {.text = label};
  select.hint = {.text = hint};
  select.error_message = {.text = error(name)};
  render(*writer_, select);
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

void Form::tick(const std::string& name, const Content& legend, const Choices& choices, const Content& hint) {
  note(name, legend);
  govuk::CheckboxesParams boxes{.name = name};
  boxes.id_prefix = name;
  boxes.classes = "govuk-checkboxes--small";
  boxes.fieldset = govuk::FieldsetParams{.legend = {.text = legend, .classes = "govuk-fieldset__legend--s"}};
  boxes.hint = {.text = hint};
  boxes.error_message = {.text = error(name)};
  boxes.values = split(value(name), '\n');
  for (const auto& [choice, words] : choices) boxes.items.push_back({.text = words, .value = choice});
  render(*writer_, boxes);
}

void Form::file(const std::string& name, const Content& label, const Content& hint) {
  note(name, label);
  govuk::FileUploadParams upload{.name = name, .id = name};
  upload.label = {.text = label};
  upload.hint = {.text = hint};
  upload.error_message = {.text = error(name)};
  render(*writer_, upload);
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

Markup Form::summary() const {
  if (problem_.message.empty()) return {};
  govuk::ErrorSummaryParams summary{.title = tr("There is a problem")};
  for (const FieldProblem& one : problem_.fields)
    summary.error_list.push_back(
        {.text = one.message, .href = ids_.count(one.field) > 0 ? Url::parse("#" + one.field) : Url()});
  if (summary.error_list.empty()) summary.error_list.push_back({.text = problem_.message, .href = Url()});
  return govuk::rendered(summary, context_.language);
}

void Form::save_buttons(const drafts::Form& form, const std::optional<drafts::Draft>& kept) {
  drafts::put_buttons(*writer_, context_, form, kept,
                      {.text = tr("Save"), .name = "do", .value = "save", .prevent_double_click = true});
}

namespace {

Entered entered_by(const web::Fields& fields) {
  Entered out;
  for (const auto& [name, text] : fields) {
    std::string clean;
    for (const char c : text)
      if (c != '\r') clean += c;
    const auto [place, fresh] = out.emplace(name, clean);
    if (!fresh) place->second += "\n" + clean;
  }
  return out;
}

std::string in(const Entered& entered, const std::string& name) {
  const auto found = entered.find(name);
  return found == entered.end() ? std::string() : found->second;
}

// "Amount (fund 2)" for fund-1-amount: several rows of a form have the same labels.
std::string label_of(const std::string& name, const std::string& label) {
  const std::size_t first = name.find('-'), second = name.find('-', first + 1);
  if (second == std::string::npos) return label;
  const std::string digits = name.substr(first + 1, second - first - 1);
  if (digits.empty() || digits.size() > 3 || digits.find_first_not_of("0123456789") != std::string::npos) return label;
  return label + " (" + name.substr(0, first) + " " + std::to_string(std::stoi(digits) + 1) + ")";
}

// What a form sends of a row although nobody has typed anything into it: the first choice of its lists.
bool is_a_choice(std::string_view field) {
  for (const char* one : {"kind", "status", "carried", "transform", "from"})
    if (field == one) return true;
  return false;
}

// "fund-1-" of "fund-1-kind"; empty for a field that stands in no row.
std::string row_of(const std::string& name) {
  const std::size_t first = name.find('-'), second = first == std::string::npos ? first : name.find('-', first + 1);
  if (second == std::string::npos) return {};
  const std::string digits = name.substr(first + 1, second - first - 1);
  return digits.empty() || digits.find_first_not_of("0123456789") != std::string::npos ? std::string()
                                                                                       : name.substr(0, second + 1);
}

}  // namespace

Entered without_empty_rows(const Entered& entered) {
  std::set<std::string> filled;
  for (const auto& [name, text] : entered)
    if (const std::string row = row_of(name);
        !row.empty() && !is_a_choice(name.substr(row.size())) && !trimmed(text).empty())
      filled.insert(row);
  Entered out;
  for (const auto& [name, text] : entered)
    if (const std::string row = row_of(name); row.empty() || filled.count(row) > 0) out.emplace(name, text);
  return out;
}

Entered entered_in(const web::Context& context) { return entered_by(context.form); }

Entered entered_in(const drafts::Draft& draft) {
  Entered out = entered_by(draft.fields);
  out.erase("do");  // a button, not what was typed
  return out;
}

web::Answer overtaken_page(const web::Context& context, const Overtaken& asked) {
  Overtaken overtaken = asked;
  for (Entered* side : {&overtaken.began, &overtaken.yours, &overtaken.stored}) *side = without_empty_rows(*side);
  drafts::Conflict conflict{overtaken.form, {}, {}, {}, overtaken.change};
  for (const auto& [name, label] : overtaken.labels) {
    const std::string mine(trimmed(in(overtaken.yours, name))), stored(trimmed(in(overtaken.stored, name)));
    if (mine == stored) continue;
    const std::string shown = label_of(name, label);
    if (!overtaken.began.empty()) conflict.began.emplace_back(shown, in(overtaken.began, name));
    conflict.yours.emplace_back(shown, mine);
    conflict.stored.emplace_back(shown, stored);
  }
  return drafts::conflict_page(context, conflict);
}

Entered merged(const Entered& they_began, const Entered& typed, const Entered& kept) {
  if (they_began.empty()) return typed;
  // The first choices of an empty row are nobody's change: they would be put onto a row that somebody else has added.
  const Entered began = without_empty_rows(they_began), yours = without_empty_rows(typed),
                stored = without_empty_rows(kept);
  Entered out = yours;
  for (const Entered* side : {&yours, &stored})
    for (const auto& [name, text] : *side)
      if (trimmed(in(yours, name)) == trimmed(in(began, name))) out[name] = in(stored, name);
  return out;
}

std::int64_t number_in(const std::string& text) {
  if (text.empty() || text.size() > 15 || text.find_first_not_of("0123456789") != std::string::npos) return 0;
  return std::stoll(text);
}

void finish(web::PageOptions& options, const Form& form, const Problem& problem) {
  if (problem.message.empty()) return;
  options.notice = form.summary();
  options.has_error = true;
  options.status = web::status_of(problem.kind);
}

}  // namespace tithing::pots
