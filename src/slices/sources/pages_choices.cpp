#include <algorithm>

#include "base/marked.h"
#include "base/text.h"
#include "exports/table_html.h"
#include "govuk/components.h"
#include "lists/list.h"
#include "slices/sources/choice_parts.h"
#include "web/form_parts.h"

namespace tithing::sources {

namespace {

using exports::ColumnKind;
using exports::text_cell;
using html::Content;
using html::Markup;
using html::Url;
using html::Writer;
using web::Context;

Message state_words(const Standing& standing) {
  switch (standing.state) {
    case Standing::State::counts:
      return standing.chosen ? tr("counts, as chosen") : tr("counts");
    case Standing::State::superseded:
      return tr("was replaced");
    case Standing::State::beside:
      return standing.chosen ? tr("set aside") : tr("kept, not counted");
    case Standing::State::unreadable:
      return tr("cannot be read");
  }
  return {};
}

std::string day_words(const std::string& at) {
  const Result<Date> day = Date::parse(at.substr(0, std::min<std::size_t>(at.size(), 10)));
  return day ? day->text() : at;
}

// A file by its name and the day on which it was given: neither is a number of the place.
// Several files may have one name and one day, so its number among the files stands behind.
Words file_of(const Thing::Row& row) {
  Words out = as_name(row.name);
  out += " of ";
  out += as_date(day_words(row.at));
  out += " (";
  out += as_name("file " + std::to_string(row.publication.source_file));
  out += ")";
  return out;
}

std::string file_text(const Thing::Row& row) { return shown_file(row.name, row.at, row.publication.source_file); }

// What is written elsewhere about something whose name has digits in it: "Surrey Police, November 2022".
Words naming(const std::string& text) {
  const auto digit = text.find_first_of("0123456789");
  return digit == std::string::npos ? Words(text) : Words(as_name(text));
}

// What a change says in plain words of the files that it names; other numbers in it stay as they are.
Words said_of(const Thing& thing, const std::string& text) {
  for (const Thing::Row& row : thing.rows) {
    const std::string shown = file_text(row);
    if (const auto at = text.find(shown); at != std::string::npos) {
      Words out = text.substr(0, at);
      out += file_of(row);
      return out += text.substr(at + shown.size());
    }
  }
  return text;
}

std::string plain(const Context& context, const Message& message) { return Content(message).plain(context.language); }

exports::Cell rows_cell(const std::optional<std::int64_t>& rows, const char* why) {
  return rows ? exports::integer_cell(*rows) : exports::unknown_cell(why);
}

std::string file_words(const Thing& thing, std::int64_t source_file) {
  for (const Thing::Row& row : thing.rows)
    if (row.publication.source_file == source_file) return file_text(row);
  return "file " + std::to_string(source_file);
}

std::string choice_words(const Thing& thing, const Choice& choice) {
  switch (choice.verdict) {
    case Verdict::counts:
      return file_words(thing, choice.source_file) + " counts";
    case Verdict::set_aside:
      return file_words(thing, choice.source_file) + " is set aside";
    case Verdict::standard:
      return "Back to the default";
  }
  return {};
}

void paragraph(Writer& writer, const Content& content) { writer.element("p", {{"class", "govuk-body"}}, content); }

void reason_field(Writer& writer, const Context& context, const Problem& problem) {
  render(writer, govuk::TextareaParams{.id = "reason",
                                       .name = "reason",
                                       .rows = 3,
                                       .value = context.form_value("reason"),
                                       .label = {.text = tr("Why?")},
                                       .hint = {.text = tr("It is kept with the day and your name, and everybody who "
                                                           "sees the figures can read it.")},
                                       .error_message = {.text = web::field_error(problem, "reason")}});
}

}  // namespace

const Thing::Row* Thing::counting() const {
  for (const Row& row : rows)
    if (row.standing.state == Standing::State::counts) return &row;
  return nullptr;
}

Markup changes_part(const Context& context, const std::vector<Change>& changes, std::size_t most) {
  std::vector<const Change*> ordered, remarks;
  for (const Change& change : changes) (change.kind == kRemark ? remarks : ordered).push_back(&change);
  const auto rank = [](const Change* change) { return !change->asks.empty() ? 0 : change->offered ? 1 : 2; };
  std::stable_sort(ordered.begin(), ordered.end(), [&](const Change* a, const Change* b) { return rank(a) < rank(b); });
  exports::Table table{.id = "changes", .title = tr("What it would change")};
  table.caption = tr("What it would change");
  table.columns = {{"about", tr("What")},
                   {"now", tr("Counts now")},
                   {"rows_now", tr("Rows now"), ColumnKind::integer},
                   {"then", tr("Would count")},
                   {"rows_then", tr("Rows then"), ColumnKind::integer},
                   {"outcome", tr("In words")}};
  for (std::size_t i = 0; i < ordered.size() && i < most; ++i) {
    const Change& change = *ordered[i];
    table.rows.push_back(
        {text_cell(naming(change.about)), text_cell(naming(change.now.empty() ? "nothing" : change.now)),
         rows_cell(change.rows_now, change.now.empty() ? "Nothing counts now." : "Files are laid over each other."),
         text_cell(naming(change.then.empty() ? "nothing" : change.then)),
         rows_cell(change.rows_then, change.then.empty() ? "Nothing would count." : "Files are laid over each other."),
         text_cell(change.asks.empty() ? change.outcome : "It is asked about, above.")});
  }
  Writer writer(context.language);
  // What is asked stands in a line of its own: on a phone the table's last column lies off the screen.
  bool list = false;
  for (std::size_t i = 0; i < ordered.size() && i < most && !ordered[i]->asks.empty(); ++i) {
    if (!list) writer.open("ul", {{"class", "govuk-list govuk-list--bullet"}});
    list = true;
    writer.element("li", {}, naming(ordered[i]->asks));
  }
  if (list) writer.close("ul");
  if (!remarks.empty()) {
    exports::Table said{.id = "remarks", .title = tr("What would be in doubt")};
    said.caption = tr("What would be in doubt");
    said.columns = {{"about", tr("What")}, {"why", tr("In words")}};
    for (std::size_t i = 0; i < remarks.size() && i < most; ++i)
      said.rows.push_back({text_cell(naming(remarks[i]->about)), text_cell(remarks[i]->outcome)});
    if (remarks.size() > most)
      said.notes.push_back(tr("And {0} more.", {grouped(static_cast<std::int64_t>(remarks.size() - most))}));
    writer.put(exports::to_html(said, {.language = context.language, .paged = false, .exportable = false}));
  }
  writer.put(exports::to_html(table, {.language = context.language,
                                      .paged = false,
                                      .exportable = false,
                                      .empty_text = tr("It would change nothing.")}));
  if (ordered.size() > most)
    paragraph(writer, tr("And {0} more, about none of which anything is asked unless it stands above.",
                         {grouped(static_cast<std::int64_t>(ordered.size() - most))}));
  return writer.take();
}

Markup answer_fields(const Context& context, const std::vector<Change>& changes, const Problem& problem) {
  const bool asked = asks(changes);
  const bool offered = std::any_of(changes.begin(), changes.end(), [](const Change& change) { return change.offered; });
  Writer writer(context.language);
  if (!asked && !offered) {
    web::hidden_field(writer, "answer", "import");
    return writer.take();
  }
  govuk::RadiosParams radios{.name = "answer", .value = context.form_value("answer"), .id_prefix = "answer"};
  radios.fieldset =
      govuk::FieldsetParams{.legend = {.text = tr("What is to be done?"), .classes = "govuk-fieldset__legend--m"}};
  const auto add = [&](const char* value, Message text, Message hint) {
    govuk::RadiosItem item;
    item.value = value;
    item.text = std::move(text);
    item.hint.text = std::move(hint);
    radios.items.push_back(std::move(item));
  };
  if (asked) {
    add("accept", tr("It is right: let it count"),
        tr("What it removes or contradicts is meant so. The former is kept and can be chosen again."));
    add("aside", tr("Keep it, and do not count it"), tr("The figures stay as they are. It can be chosen later."));
  } else {
    add("import", tr("Leave what counts as it is"), tr("Only what is new is imported."));
  }
  if (offered)
    add("choose", tr("Let all of it count, also what was given before"),
        tr("What counts now is kept and can be chosen again."));
  radios.error_message = {.text = web::field_error(problem, "answer")};
  render(writer, radios);
  reason_field(writer, context, problem);
  return writer.take();
}

Result<Manners> answer_of(const Context& context, const std::vector<Change>& changes) {
  Manners manners;
  const std::string answer = context.form_value("answer");
  manners.reason = std::string(trimmed(context.form_value("reason")));
  manners.seen = fingerprint(changes);
  manners.accept_removals = answer == "accept";
  manners.keep_aside = answer == "aside";
  manners.choose = answer == "choose";
  const bool known =
      manners.accept_removals || manners.keep_aside || manners.choose || (answer == "import" && !asks(changes));
  if (!known) return invalid(tr("Choose what is to be done."), {{"answer", tr("Choose what is to be done")}});
  if (answer != "import" && manners.reason.empty()) return invalid(tr("Say why."), {{"reason", tr("Enter why")}});
  if (const std::string fault = fault_of(manners); !fault.empty()) return invalid(fault, {{"reason", fault}});
  return manners;
}

Result<Chosen> chosen_from(const std::string& text) {
  if (text == "default") return Chosen{};
  constexpr std::string_view kAside = "set-aside-";
  Chosen chosen;
  chosen.verdict = text.starts_with(kAside) ? Verdict::set_aside : Verdict::counts;
  chosen.source_file = web::whole_number(text.starts_with(kAside) ? text.substr(kAside.size()) : text);
  if (chosen.source_file == 0)
    return invalid(tr("Choose one of the publications, or the default."),
                   {{"file", tr("Choose one of the publications, or the default")}});
  return chosen;
}

Markup thing_part(const Context& context, const Thing& thing, bool may_choose, const Url& action,
                  const Problem& problem, bool take_back) {
  Writer writer(context.language);
  exports::Table table{.id = "publications", .title = as_name(thing.about)};
  table.caption = tr("Publications, in the order in which they were given");
  table.columns = {
      {"file", tr("File")},   {"imported", tr("Imported")}, {"holds", tr("What it says")},
      {"state", tr("State")}, {"why", tr("Why")},           {"difference", tr("Held against what counts")}};
  for (const Thing::Row& row : thing.rows) {
    table.rows.push_back({text_cell(as_name(row.name)).linked(Url::parse(page_of(row.publication.source_file))),
                          text_cell(as_date(day_words(row.at))), text_cell(row.holds),
                          text_cell(plain(context, state_words(row.standing))), text_cell(dated(row.standing.why)),
                          text_cell(row.difference)});
  }
  writer.put(exports::to_html(table, {.language = context.language, .paged = false}));
  if (!thing.choices.empty()) {
    exports::Table made{.id = "choices", .title = tr("Choices of {0}", {thing.about})};
    made.caption = tr("Choices so far");
    made.columns = {{"when", tr("When")}, {"who", tr("Who")}, {"what", tr("What")}, {"why", tr("Why")}};
    for (const Choice& choice : thing.choices)
      // A reason is somebody's own words.
      made.rows.push_back({text_cell(as_date(day_words(choice.at))), text_cell(naming(context.person(choice.by))),
                           text_cell(said_of(thing, choice_words(thing, choice))), text_cell(as_name(choice.reason))});
    writer.put(exports::to_html(made, {.language = context.language, .paged = false}));
  }
  if (!may_choose) {
    paragraph(writer, tr("People who may import can choose another one."));
    return writer.take();
  }
  writer.open("form", {{"method", "post"}, {"action", action}, {"novalidate", true}});
  writer.put(web::csrf_field(context));
  govuk::RadiosParams radios{.name = "file", .value = context.form_value("file"), .id_prefix = "file"};
  radios.fieldset =
      govuk::FieldsetParams{.legend = {.text = tr("Which one counts?"), .classes = "govuk-fieldset__legend--m"}};
  for (const Thing::Row& row : thing.rows) {
    if (row.standing.state == Standing::State::unreadable) continue;
    const bool counts = row.standing.state == Standing::State::counts;
    const std::string number = std::to_string(row.publication.source_file);
    govuk::RadiosItem item;
    const bool lay_aside = thing.manner == Manner::all_count && counts;
    item.value = lay_aside ? "set-aside-" + number : number;
    item.text = lay_aside                           ? tr("Set {0} aside", {file_of(row)})
                : thing.manner == Manner::all_count ? tr("Count {0} again", {file_of(row)})
                                                    : tr("{0}", {file_of(row)});
    item.hint.text = counts ? Content(tr("{0}. It counts now.", {row.holds})) : Content(row.holds);
    radios.items.push_back(std::move(item));
    if (!take_back || !counts || thing.manner != Manner::one_counts) continue;
    govuk::RadiosItem back;
    back.value = "set-aside-" + number;
    back.text = tr("Take {0} back", {file_of(row)});
    back.hint.text =
        tr("It is offered no longer. It stays here with its rows and your reason, and what names it still "
           "has it.");
    radios.items.push_back(std::move(back));
  }
  govuk::RadiosItem standard;
  standard.value = "default";
  standard.text = tr("Whichever the default says");
  standard.hint.text = thing.manner == Manner::one_counts ? tr("The newest archive, unless much smaller.")
                                                          : tr("All of them, one laid over the other.");
  radios.items.push_back(std::move(standard));
  radios.error_message = {.text = web::field_error(problem, "file")};
  render(writer, radios);
  reason_field(writer, context, problem);
  render(writer, govuk::ButtonParams{.text = tr("Continue"), .prevent_double_click = true});
  writer.close("form");
  return writer.take();
}

Markup check_part(const Context& context, const Thing& thing, const std::vector<Change>& changes, const Url& action) {
  Writer writer(context.language);
  writer.put(changes_part(context, changes));
  govuk::SummaryListParams answers;
  const Result<Chosen> chosen = chosen_from(context.form_value("file"));
  Choice choice;
  if (chosen) {
    choice.source_file = chosen->source_file;
    choice.verdict = chosen->verdict;
  }
  answers.rows.push_back(
      {.key = {.text = tr("Your choice")}, .value = {.text = said_of(thing, choice_words(thing, choice))}});
  answers.rows.push_back({.key = {.text = tr("Why")}, .value = {.text = as_name(context.form_value("reason"))}});
  render(writer, answers);
  paragraph(writer, tr("Every figure that rests on it follows at once. You can choose again at any time."));
  writer.open("form", {{"method", "post"}, {"action", action}, {"novalidate", true}});
  writer.put(web::csrf_field(context));
  for (const char* name : {"file", "reason"}) web::hidden_field(writer, name, context.form_value(name));
  web::hidden_field(writer, "seen", fingerprint(changes));
  web::hidden_field(writer, "confirmed", "yes");
  render(writer, govuk::ButtonParams{.text = tr("Make this choice"), .prevent_double_click = true});
  writer.close("form");
  writer.open("p", {{"class", "govuk-body"}})
      .element("a", {{"class", "govuk-link"}, {"href", action}}, tr("Change the answer"))
      .close("p");
  return writer.take();
}

Markup things_part(const Context& context, const std::vector<Thing>& things, const std::string& address,
                   const Label& empty_text) {
  exports::Table table{.id = "things", .title = tr("Publications")};
  table.caption = tr("What several publications speak of");
  table.columns = {{"about", tr("What"), ColumnKind::text, {}, true},
                   {"counts", tr("Counts now"), ColumnKind::text, {}, true},
                   {"why", tr("Why")},
                   {"publications", tr("Publications"), ColumnKind::integer, {}, true},
                   {"chosen", tr("By"), ColumnKind::text, {}, true}};
  for (const Thing& thing : things) {
    std::int64_t counting = 0;
    for (const Thing::Row& row : thing.rows) counting += row.standing.state == Standing::State::counts;
    const Thing::Row* one = thing.counting();
    const Words now = one == nullptr  ? Words("nothing")
                      : counting == 1 ? file_of(*one)
                                      : Words(plural(counting, "file", "files") + ", one laid over the other");
    table.rows.push_back({text_cell(naming(thing.about)).linked(Url::path(address, {thing.kind, thing.key})),
                          text_cell(now),
                          text_cell(one == nullptr || counting != 1 ? Words() : dated(one->standing.why)),
                          exports::integer_cell(static_cast<std::int64_t>(thing.rows.size())),
                          text_cell(thing.choices.empty() ? tr("the default") : tr("choice"))});
  }
  return lists::part(context, {.table = std::move(table), .filters = {"chosen"}, .search = true, .none = empty_text});
}

Thing thing_of(const std::string& kind, const std::string& key, const std::string& about,
               const std::vector<Edition>& editions, std::vector<Choice> choices) {
  Thing thing{kind, key, about, Manner::one_counts, {}, std::move(choices)};
  const std::vector<Standing> standings = standings_of(editions, thing.choices);
  for (std::size_t i = 0; i < editions.size(); ++i) {
    Thing::Row row;
    row.publication.source_file = editions[i].source_file;
    row.publication.holding = editions[i].holding;
    row.standing = standings[i];
    row.name = editions[i].name;
    row.at = editions[i].at;
    row.holds = plural(editions[i].holding.rows, "row", "rows");
    thing.rows.push_back(std::move(row));
  }
  return thing;
}

Result<std::vector<Change>> changes_of_choice(const Thing& thing, const Chosen& chosen, const std::string& reason,
                                              bool dry_run) {
  if (!dry_run && trimmed(reason).empty())
    return invalid(tr("Say why: the choice is kept with its day and its reason."), {{"reason", tr("Enter why")}});
  if (reason.size() > 2000)
    return invalid(tr("The reason is too long."), {{"reason", tr("The reason must be 2,000 characters or fewer")}});
  std::vector<Publication> publications;
  bool there = chosen.verdict == Verdict::standard;
  for (const Thing::Row& row : thing.rows) {
    there = there || row.publication.source_file == chosen.source_file;
    publications.push_back(row.publication);
  }
  if (!there) return not_found(tr("That file says nothing of {0}.", {thing.about}));
  std::vector<Choice> choices = thing.choices;
  Choice choice;
  choice.source_file = chosen.source_file;
  choice.verdict = chosen.verdict;
  choices.push_back(std::move(choice));
  const std::vector<Standing> after = standings(publications, choices, thing.manner);
  Change change{.kind = thing.kind, .key = thing.key, .about = thing.about};
  for (std::size_t i = 0; i < thing.rows.size(); ++i) {
    const Thing::Row& row = thing.rows[i];
    const std::string shown = file_text(row);
    if (row.standing.state == Standing::State::counts) {
      change.now = shown;
      change.rows_now = row.publication.holding.rows;
    }
    if (after[i].state == Standing::State::counts) {
      change.then = shown;
      change.rows_then = row.publication.holding.rows;
    }
  }
  if (change.now == change.then && change.rows_now == change.rows_then) return std::vector<Change>{};
  change.outcome = choice_outcome(change.then, 1, true);
  return std::vector<Change>{std::move(change)};
}

}  // namespace tithing::sources
