#include <algorithm>
#include <map>
#include <memory>

#include "base/marked.h"
#include "base/text.h"
#include "exports/table_html.h"
#include "govuk/components.h"
#include "lists/list.h"
#include "slices/sources/imported_pages.h"
#include "slices/sources/waiting.h"
#include "slices/wiring.h"
#include "web/form_parts.h"

namespace tithing::sources {

namespace {

using exports::ColumnKind;
using exports::text_cell;
using html::Content;
using html::Url;
using html::Writer;
using web::Answer;
using web::Context;

constexpr std::int64_t kLargestList = 2'000'000;  // bytes

struct Room {
  ImportedLists& lists;
  ImportedPages pages;

  const ImportedKind& kind() const { return lists.kind(); }
  Url url(const std::string& below) const { return Url::path(kind().address + "/{}", {below}); }
  Url url(const ImportedList& list) const { return url(std::to_string(list.id)); }
  bool may(const Context& context) const { return context.reach().may(kind().permission, Whose::shared()); }
  Message sort_words(const std::string& code) const {
    for (const auto& [sort, words] : kind().sorts)
      if (sort == code) return words;
    return {};
  }
  Answer page(const Context& context, const Content& title, bool below, const html::Markup& body,
              const Problem& problem = {}) const {
    web::PageOptions options;
    options.title = title;
    options.breadcrumbs = pages.above;
    if (below) options.breadcrumbs.push_back({pages.title, Url::path(kind().address, {}), false});
    options.notice = web::error_summary(problem, context.language);
    options.has_error = !problem.message.empty();
    options.status = options.has_error ? web::status_of(problem.kind) : 200;
    return web::page(context, options, body);
  }
  Result<ImportedList> list_of(const Context& context) const {
    return lists.find(web::whole_number(context.parameter("id")));
  }
};

void paragraph(Writer& writer, const Content& content) { writer.element("p", {{"class", "govuk-body"}}, content); }

void link_line(Writer& writer, const Url& url, const Content& text) {
  writer.open("p", {{"class", "govuk-body"}});
  writer.element("a", {{"class", "govuk-link"}, {"href", url}}, text);
  writer.close("p");
}

// Of a row that a version has not: neither a number nor one that is not known.
exports::Cell not_there() {
  exports::Cell cell = exports::unknown_cell({});
  cell.text = "not there";
  return cell;
}

void open_form(Writer& writer, const Context& context, const Url& action) {
  writer.open("form",
              {{"method", "post"}, {"action", action}, {"enctype", "multipart/form-data"}, {"novalidate", true}});
  writer.put(web::csrf_field(context));
}

Answer lists_page(const Room& room, Context& context) {
  const bool sorts = !room.kind().sorts.empty();
  exports::Table table{.id = "lists", .title = room.pages.title};
  table.columns = {{.key = "name", .heading = tr("List"), .holds = Numeral::Kind::name},
                   {.key = "version", .heading = tr("Version"), .holds = Numeral::Kind::name},
                   {.key = "publisher", .heading = tr("Publisher"), .holds = Numeral::Kind::name},
                   {"imported", tr("Imported"), ColumnKind::date},
                   {"counts", tr("Counts"), ColumnKind::text}};
  if (sorts) table.columns.insert(table.columns.begin() + 2, {"kind", tr("What it is"), ColumnKind::text});
  for (const ImportedList& list : room.lists.all()) {
    exports::Row row = {text_cell(list.name).linked(room.url(list)), text_cell(list.version), text_cell(list.publisher),
                        exports::date_cell(list.imported_at.date()),
                        text_cell(list.counts ? tr("yes") : tr("no: {0}", {list.why}))};
    if (sorts) row.insert(row.begin() + 2, text_cell(Content(room.sort_words(list.sort)).plain("en")));
    table.rows.push_back(std::move(row));
  }
  Writer writer(context.language);
  paragraph(writer, room.pages.about);
  writer.put(exports::to_html(table, {.language = context.language, .paged = false, .empty_text = room.pages.none}));
  if (room.may(context)) render(writer, govuk::ButtonParams{.text = tr("Import a list"), .href = room.url("import")});
  return room.page(context, room.pages.title, false, writer.take());
}

// Another version of the list: the one that was asked for, else the newest one imported before it that counts.
std::optional<ImportedList> other_version(const Room& room, const ImportedList& list, std::int64_t asked) {
  for (ImportedList& other : room.lists.all())
    if (other.name == list.name && other.sort == list.sort && other.version != list.version &&
        (asked == 0 ? other.id < list.id && other.counts : other.id == asked))
      return std::move(other);
  return std::nullopt;
}

Answer list_page(const Room& room, Context& context, const Problem& problem) {
  const auto list = room.list_of(context);
  if (!list) return web::problem_page(context, list.error());
  const std::vector<ListRow> rows = room.lists.rows(list->id);
  exports::Table table = room.pages.table(*list, rows);
  const std::int64_t against = web::whole_number(context.query_value("against"));
  const auto other = other_version(room, *list, against);
  if (against != 0 && !other)
    return web::problem_page(context, {ProblemKind::not_found, "There is no such other version of this list.", {}});
  Writer writer(context.language);
  paragraph(writer, tr("Published by {0}; imported on {1} by {2}.", {as_name(list->publisher), list->imported_at.date(),
                                                                     as_name(context.person(list->imported_by))}));
  if (!list->note.empty()) paragraph(writer, Words(as_name(list->note)));
  if (!list->counts) paragraph(writer, tr("It does not count: {0}", {dated(list->why)}));
  link_line(writer, Url::parse(page_of(list->source_file)), tr("The file"));
  if (against != 0) {
    table = difference(room.pages.table(*other, room.lists.rows(other->id)), table);
    table.caption = tr("What differs from the version {0}", {other->version});
    link_line(writer, room.url(*list), tr("The whole list"));
  } else {
    if (other)
      link_line(
          writer,
          Url::path(room.kind().address + "/{}", {std::to_string(list->id)}, {{"against", std::to_string(other->id)}}),
          tr("What differs from the version {0}", {as_name(other->version)}));
    if (room.pages.before) writer.put(room.pages.before(context, *list, rows));
  }
  const std::vector<std::string> filters = against != 0 ? std::vector<std::string>{"what"} : std::vector<std::string>();
  writer.put(lists::part(context, {.table = std::move(table),
                                   .filters = filters,
                                   .search = true,
                                   .none = against != 0 ? Label(tr("Both versions say the same.")) : Label()}));
  const Thing thing = room.lists.thing_of(*list);
  if (room.may(context) || thing.rows.size() > 1 || !thing.choices.empty())
    writer.put(thing_part(context, thing, room.may(context), room.url(*list), problem, true));
  return room.page(context, list->key(), true, writer.take(), problem);
}

Answer list_post(const Room& room, Context& context) {
  const auto list = room.list_of(context);
  if (!list) return web::problem_page(context, list.error());
  const auto chosen = chosen_from(context.form_value("file"));
  if (!chosen) return list_page(room, context, chosen.error());
  const std::string reason(trimmed(context.form_value("reason")));
  if (reason.empty()) return list_page(room, context, invalid(tr("Say why."), {{"reason", tr("Enter why")}}).value());
  const bool confirmed = context.form_value("confirmed") == "yes";
  const auto changes = room.lists.choose(context.actor, list->key(), *chosen, reason, true);
  if (!changes) return list_page(room, context, changes.error());
  if (confirmed && context.form_value("seen") == fingerprint(*changes)) {
    const auto done = room.lists.choose(context.actor, list->key(), *chosen, reason, false, fingerprint(*changes));
    if (!done) return list_page(room, context, done.error());
    return web::redirect(room.url(*list));
  }
  return room.page(context, tr("Check your choice"), true,
                   check_part(context, room.lists.thing_of(*list), *changes, room.url(*list)));
}

// A file some of whose lines cannot be used, which waits for what is to be done with it.
struct PartlyUsable {
  std::string token;  // empty: its lines were pasted, and stand in the form
  std::string file_name;
};

Answer import_page(const Room& room, Context& context, const Problem& problem,
                   const std::optional<PartlyUsable>& partly = std::nullopt) {
  if (const Status allowed = context.reach().require(room.kind().permission, Whose::shared()); !allowed)
    return web::problem_page(context, allowed.error());
  Writer writer(context.language);
  paragraph(writer, room.pages.file_says());
  open_form(writer, context, room.url("import"));
  if (!room.kind().sorts.empty()) {
    govuk::RadiosParams radios{.name = "kind", .value = context.form_value("kind"), .id_prefix = "kind"};
    radios.fieldset =
        govuk::FieldsetParams{.legend = {.text = tr("What is it?"), .classes = "govuk-fieldset__legend--s"}};
    for (const auto& [code, words] : room.kind().sorts) radios.items.push_back({.text = words, .value = code});
    radios.error_message = {.text = web::field_error(problem, "kind")};
    render(writer, radios);
  }
  const auto input = [&](const char* name, const Message& label, const Message& hint) {
    govuk::InputParams params{.id = name,
                              .name = name,
                              .value = context.form_value(name),
                              .label = {.text = label},
                              .error_message = {.text = web::field_error(problem, name)}};
    if (!hint.empty()) params.hint = {.text = hint};
    render(writer, params);
  };
  input("name", tr("Name of the list"), {});
  input("version", tr("Version"), tr("As its publisher calls it, such as the year."));
  input("publisher", tr("Publisher"), {});
  input("note", tr("Where it was taken from"), tr("May be empty."));
  render(writer, govuk::InputParams{.id = "file", .name = "file", .type = "file", .label = {.text = tr("File")}});
  render(writer, govuk::TextareaParams{.id = "list",
                                       .name = "list",
                                       .rows = 6,
                                       .value = context.form_value("list"),
                                       .label = {.text = tr("Or its lines, pasted")},
                                       .error_message = {.text = web::field_error(problem, "list")}});
  if (partly) {
    web::hidden_field(writer, "waiting", partly->token);
    web::hidden_field(writer, "file-name", partly->file_name);
    govuk::CheckboxesParams boxes{.name = "without", .id_prefix = "without"};
    boxes.items.push_back(
        {.text = tr("Import it without the lines that cannot be used"),
         .value = "yes",
         .hint = {.text =
                      tr("They stay with the file, each with its reason, and its page shows them. The file is still "
                         "here: you need not choose it again.")}});
    render(writer, boxes);
  }
  render(writer, govuk::ButtonParams{.text = tr("Import"), .prevent_double_click = true});
  writer.close("form");
  return room.page(context, room.pages.import_title, true, writer.take(), problem);
}

// What it would change, before it does.
Answer ask_page(const Room& room, Context& context, const ListImport& wanted, const Change& change,
                const std::string& token, const Problem& problem) {
  Writer writer(context.language);
  writer.put(changes_part(context, {change}));
  open_form(writer, context, room.url("import"));
  for (const char* name : {"kind", "name", "version", "publisher", "note", "without"})
    if (!context.form_value(name).empty()) web::hidden_field(writer, name, context.form_value(name));
  web::hidden_field(writer, "file-name", wanted.file_name);
  web::hidden_field(writer, "waiting", token);
  web::hidden_field(writer, "seen", fingerprint({change}));
  writer.put(answer_fields(context, {change}, problem));
  render(writer, govuk::ButtonParams{.text = tr("Import"), .prevent_double_click = true});
  writer.close("form");
  return room.page(context, tr("Check what the import would change"), true, writer.take(), problem);
}

// Puts what was given into `wanted`: a file or pasted lines, else what waits from before. Gives the token of what
// waits.
Result<std::string> take_given(const Room& room, const Context& context, ListImport& wanted) {
  const std::string& data = room.lists.wiring().data_folder;
  const std::string token = context.form_value("waiting");
  const auto given = web::file_or_pasted(context, "file", "list", kLargestList);
  if (!given) return pass_on(given);
  if (token.empty() || !given->file_name.empty() || !trimmed(given->text).empty()) {
    wanted.file_name = given->file_name;
    wanted.csv = given->text;
    return std::string();
  }
  const auto kept = waiting(data, token);
  if (!kept)
    return invalid(tr("The upload is no longer here. Choose the file again."),
                   {{"list", tr("Choose the file again.")}});
  wanted.csv = *kept;
  return token;
}

Answer import_post(const Room& room, Context& context) {
  const std::string& data = room.lists.wiring().data_folder;
  ListImport wanted{context.form_value("kind"),
                    context.form_value("name"),
                    context.form_value("version"),
                    context.form_value("publisher"),
                    context.form_value("note"),
                    context.form_value("file-name"),
                    {},
                    context.form_value("without") == "yes"};
  auto token = take_given(room, context, wanted);
  if (!token) return import_page(room, context, token.error());
  const auto keep = [&]() { return token->empty() ? keep_waiting(data, wanted.csv) : token; };
  const auto change = room.lists.try_import(context.actor, wanted);
  if (!change) {
    const auto& fields = change.error().fields;
    if (fields.empty() || fields.front().field != "list" || wanted.csv.empty())
      return import_page(room, context, change.error());
    const auto read = room.kind().read(wanted.sort, wanted.csv);
    if (!read || read->refused.empty() || read->rows.empty()) return import_page(room, context, change.error());
    const auto kept = wanted.file_name.empty() ? Result<std::string>(std::string()) : keep();
    if (!kept) return web::problem_page(context, kept.error());
    return import_page(room, context, change.error(), PartlyUsable{*kept, wanted.file_name});
  }
  const auto manners = answer_of(context, {*change});
  if (!token->empty() && context.form_value("seen") == fingerprint({*change}) && manners) {
    const auto id = room.lists.import(context.actor, wanted, *manners);
    forget_waiting(data, *token);
    if (!id) return import_page(room, context, id.error());
    return web::redirect(room.url(std::to_string(*id)));
  }
  const Problem problem =
      !context.form_value("seen").empty() && !manners ? manners.error() : Problem{ProblemKind::invalid, {}, {}};
  const auto kept = keep();
  if (!kept) return web::problem_page(context, kept.error());
  return ask_page(room, context, wanted, *change, *kept, problem);
}

}  // namespace

exports::Table difference(const exports::Table& former, const exports::Table& now) {
  const auto is_name = [&](std::size_t column) { return now.columns[column].kind == ColumnKind::text; };
  const auto key = [&](const exports::Row& row) {
    std::string text;
    for (std::size_t i = 0; i < row.size(); ++i)
      if (is_name(i)) text += row[i].text + '\n';
    return text;
  };
  exports::Table table{.id = "difference",
                       .title = tr("{0}: what differs from {1}", {now.title.english(), former.title.english()})};
  for (std::size_t i = 0; i < now.columns.size(); ++i)
    if (is_name(i)) table.columns.push_back(now.columns[i]);
  table.columns.push_back({"what", tr("What differs"), ColumnKind::text, {}, true});
  for (std::size_t i = 0; i < now.columns.size(); ++i) {
    if (is_name(i)) continue;
    exports::Column column = now.columns[i];
    column.heading = tr("{0} before", {column.heading.english()});
    column.key += "-before";
    table.columns.push_back(column);
    column = now.columns[i];
    column.heading = tr("{0} now", {column.heading.english()});
    table.columns.push_back(std::move(column));
  }
  std::multimap<std::string, const exports::Row*> before;
  for (const exports::Row& row : former.rows) before.emplace(key(row), &row);
  const auto put = [&](const exports::Row* was, const exports::Row* is, const char* what) {
    const exports::Row& one = is != nullptr ? *is : *was;
    exports::Row row;
    for (std::size_t i = 0; i < one.size(); ++i)
      if (is_name(i)) row.push_back(one[i]);
    row.push_back(text_cell(what));
    for (std::size_t i = 0; i < one.size(); ++i) {
      if (is_name(i)) continue;
      row.push_back(was != nullptr ? (*was)[i] : not_there());
      row.push_back(is != nullptr ? (*is)[i] : not_there());
    }
    table.rows.push_back(std::move(row));
  };
  for (const exports::Row& row : now.rows) {
    const auto found = before.find(key(row));
    if (found == before.end()) {
      put(nullptr, &row, "new");
      continue;
    }
    const exports::Row& was = *found->second;
    before.erase(found);
    const bool same = std::equal(row.begin(), row.end(), was.begin(), was.end(),
                                 [](const auto& a, const auto& b) { return a.text == b.text && a.state == b.state; });
    if (!same) put(&was, &row, "another value");
  }
  for (const auto& [name, row] : before) put(row, nullptr, "no longer there");
  return table;
}

void register_imported_pages(ImportedLists& lists, ImportedPages pages) {
  const auto room = std::make_shared<const Room>(Room{lists, std::move(pages)});
  web::Router& router = lists.wiring().router;
  const std::string address = lists.kind().address;
  const web::Access import = web::Access::permission(lists.kind().permission);
  router.get(address, web::Access::anyone(), [room](Context& context) { return lists_page(*room, context); });
  router.get(address + "/import", import, [room](Context& context) { return import_page(*room, context, {}); });
  router.post_upload(address + "/import", import, [room](Context& context) { return import_post(*room, context); });
  router.get(address + "/:id", web::Access::anyone(),
             [room](Context& context) { return list_page(*room, context, {}); });
  router.post(address + "/:id", import, [room](Context& context) { return list_post(*room, context); });
}

}  // namespace tithing::sources
