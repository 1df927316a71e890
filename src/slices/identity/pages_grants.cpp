#include "slices/identity/pages_grants.h"

#include <algorithm>

#include "base/organisation.h"
#include "base/text.h"
#include "forms/form.h"
#include "govuk/components.h"
#include "slices/identity/domain.h"
#include "web/form_parts.h"

namespace tithing::identity {
namespace {

using html::Content;
using html::Url;
using html::Writer;

constexpr int kBlankGrants = 3;
constexpr const char* kEverywhere = "everywhere";
constexpr const char* kOnlyArea = "area";
constexpr const char* kItsBody = "body";

// Without a register of areas what is typed is a code, and the command says whether there is such an area.
forms::Looked look_up_area(const Rooms& rooms, Date today, const GrantRow& row) {
  if (!rooms.areas) return {forms::Match{row.area, row.area}, {}, {}};
  return forms::look_up(rooms.areas(today), row.area, row.area_is);
}

// The code of the area, empty for everywhere and for where the body is.
Result<std::string> area_of(const Rooms& rooms, Date today, const GrantRow& row, bool of_body) {
  const auto refuse = [](const char* field, const std::string& sentence) {
    return invalid(sentence, {{field, sentence}});
  };
  if (row.where.empty() && row.area.empty() && !of_body)
    return refuse("where", "Say where each role holds: everywhere, or only for an area.");
  if (row.where == kOnlyArea && row.area.empty())
    return refuse("area", "Enter the name of the area for which the role holds.");
  if ((row.where == kEverywhere || row.where == kItsBody) && !row.area.empty())
    return refuse("where", "Choose \"only for an area\", or clear the area " + row.area + ".");
  if (row.where == kEverywhere && of_body)
    return refuse(
        "where",
        "A role for a body of the register holds where that body is. Choose that, or keep the organisation in "
        "words only.");
  if (row.where == kItsBody && !of_body)
    return refuse("where",
                  "Name a body of the register as the organisation, or choose where the role holds otherwise.");
  if (row.area.empty()) return std::string();
  const forms::Looked looked = look_up_area(rooms, today, row);
  return looked.found ? Result<std::string>(looked.found->code) : refuse("area", looked.sentence);
}

// What stands under the label of a cell, and is wrong with it.
struct Cell {
  std::string id;
  std::string wrong;
  std::string classes(const char* of) const {
    return std::string(of) + (wrong.empty() ? std::string() : " " + std::string(of) + "--error");
  }
  void describe(html::Attributes& attributes) const {
    if (!wrong.empty()) attributes.push_back({"aria-describedby", id + "-error"});
  }
};

// A line into which a name is written; with script, names are offered from `address`.
void put_name(Writer& writer, const Cell& cell, const char* name, const std::string& value,
              const std::string& address) {
  html::Attributes attributes = {{"class", cell.classes("govuk-input")},
                                 {"id", cell.id},
                                 {"name", name},
                                 {"type", "text"},
                                 {"value", value},
                                 {"spellcheck", "false"},
                                 {"autocomplete", "off"}};
  cell.describe(attributes);
  if (!address.empty()) {
    attributes.push_back({"data-module", "tithing-picker"});
    attributes.push_back({"data-url", Url::parse(address)});
  }
  writer.void_element("input", attributes);
}

// A list of choices of a cell; an option holds text alone.
using CellChoices = std::vector<std::pair<std::string, std::string>>;  // value, text
void choices_of_cell(Writer& writer, const Cell& cell, const char* name, const CellChoices& choices,
                     const std::string& chosen) {
  html::Attributes attributes = {{"class", cell.classes("govuk-select")}, {"id", cell.id}, {"name", name}};
  cell.describe(attributes);
  writer.open("select", attributes);
  for (const auto& [value, text] : choices)
    writer.element("option", {{"value", value}, {"selected", chosen == value}}, text);
  writer.close("select");
}

void role_choices(Writer& writer, const Cell& cell, const std::string& chosen) {
  CellChoices choices = {{"", Content(tr("No role")).plain(writer.language())}};
  for (int r = 0; r < kRoleCount; ++r)
    choices.emplace_back(code_of(static_cast<Role>(r)),
                         Content(role_name(static_cast<Role>(r))).plain(writer.language()));
  choices_of_cell(writer, cell, "role", choices, chosen);
}

void where_choices(Writer& writer, const Cell& cell, const GrantRow& row) {
  const auto plain = [&](const Message& text) { return Content(text).plain(writer.language()); };
  choices_of_cell(writer, cell, "where",
                  {{"", plain(tr("Choose where it holds"))},
                   {kEverywhere, plain(tr("Everywhere"))},
                   {kOnlyArea, plain(tr("Only for an area"))},
                   {kItsBody, plain(tr("Where the organisation is"))}},
                  row.where);
}

// The name of the area; below it, while it could mean several, those.
void area_choices(Writer& writer, const Cell& cell, const std::string& suffix, const std::string& line,
                  const GrantRow& row, const Rooms& rooms, Date today) {
  put_name(writer, cell, "area", row.area, rooms.areas ? rooms.areas(today).address : std::string());
  const forms::Looked looked = row.area.empty() ? forms::Looked{} : look_up_area(rooms, today, row);
  if (looked.offered.empty()) {
    web::hidden_field(writer, "area-is", looked.found ? looked.found->code : std::string());
    return;
  }
  const Cell which{"area-is" + suffix, {}};
  render(writer, govuk::LabelParams{.text = tr("Area {0}: which is meant?", {line}), .for_id = which.id});
  CellChoices choices = {{"", Content(tr("Choose an area")).plain(writer.language())}};
  for (const forms::Match& one : looked.offered) choices.emplace_back(one.code, one.name + " (" + one.kind + ")");
  choices_of_cell(writer, which, "area-is", choices, row.area_is);
}

// Under the field: which body it is and what became of it, or, while it is words, the bodies that could be meant.
void organisation_choices(Writer& writer, const std::string& id, const Message& label, const GrantRow& row,
                          const Rooms& rooms) {
  const std::string name = row.body.empty() || row.body == as_words(row.organisation)
                               ? std::string()
                               : organisation_name(rooms.organisations, organisation_of_body(row.body));
  const bool body = !name.empty() && (row.organisation == name || row.organisation == row.body);
  const auto matches = body || row.organisation.empty() || !rooms.organisations.matching
                           ? std::vector<Organisation>()
                           : rooms.organisations.matching(row.organisation);
  if (matches.empty()) {
    web::hidden_field(writer, "body", body ? row.body : std::string());
    if (!body) return;
    writer.element("div", {{"class", "govuk-hint"}}, tr("Body of the register: {0}", {row.body}));
    if (const std::string became = organisation_became(rooms.organisations, organisation_of_body(row.body));
        !became.empty())
      writer.element("div", {{"class", "govuk-hint"}}, became);
    return;
  }
  render(writer, govuk::LabelParams{.text = label, .for_id = id, .classes = "govuk-visually-hidden"});
  const bool chosen =
      row.body == as_words(row.organisation) ||
      std::any_of(matches.begin(), matches.end(), [&](const Organisation& one) { return one.code == row.body; });
  CellChoices choices;
  if (!chosen) choices.emplace_back("", Content(tr("Choose a body")).plain(writer.language()));
  for (const Organisation& one : matches)
    choices.emplace_back(one.code, one.name + " (" + one.kind + ", " + one.code + ")");
  choices.emplace_back(as_words(row.organisation), Content(tr("In words only")).plain(writer.language()));
  choices_of_cell(writer, {id, {}}, "body", choices, row.body);
}

// What a line says, whatever stands in its hidden fields.
std::string key_of(const GrantRow& row) {
  const bool words = row.body.empty() || row.body == as_words(row.organisation);
  return row.role + "\n" + (words ? row.organisation : organisation_of_body(row.body)) + "\n" + row.where + "\n" +
         row.area;
}

bool holds(const std::vector<GrantRow>& rows, const GrantRow& row) {
  return std::any_of(rows.begin(), rows.end(), [&](const GrantRow& one) { return key_of(one) == key_of(row); });
}

constexpr std::pair<const char*, std::string GrantRow::*> kParts[] = {
    {"role", &GrantRow::role}, {"organisation", &GrantRow::organisation},
    {"body", &GrantRow::body}, {"where", &GrantRow::where},
    {"area", &GrantRow::area}, {"area-is", &GrantRow::area_is}};

}  // namespace

std::vector<GrantRow> rows_of(const std::vector<Grant>& grants, const Rooms& rooms) {
  std::vector<GrantRow> rows;
  for (const Grant& grant : grants) {
    const std::string body = body_of_organisation(grant.organisation);
    const std::string area = rooms.area_name ? rooms.area_name(grant.area_code) : std::string();
    rows.push_back({std::string(code_of(grant.role)), organisation_name(rooms.organisations, grant.organisation),
                    body.empty() && !grant.organisation.empty() ? as_words(grant.organisation) : body,
                    !grant.area_code.empty() ? kOnlyArea
                    : body.empty()           ? kEverywhere
                                             : kItsBody,
                    area.empty() ? grant.area_code : area, grant.area_code});
  }
  return rows;
}

std::vector<GrantRow> rows_sent(const web::Fields& form, std::string_view prefix) {
  std::vector<GrantRow> rows;
  for (const auto& [part, field] : kParts) {
    std::size_t i = 0;
    for (const auto& [sent, value] : form) {
      if (sent != std::string(prefix) + part || i >= 100) continue;
      if (rows.size() <= i) rows.emplace_back();
      rows[i++].*field = trimmed(value);
    }
  }
  std::erase_if(rows, [](const GrantRow& row) {
    return row.role.empty() && row.organisation.empty() && row.area.empty() && row.where.empty();
  });
  return rows;
}

GrantsRead read_grants(const std::vector<GrantRow>& rows, const Rooms& rooms, Date today) {
  GrantsRead read;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const GrantRow& row = rows[i];
    const auto complain = [&](const Problem& problem) {
      for (const FieldProblem& one : problem.fields)
        read.wrong.push_back({one.field + suffix_of_grant(i), one.message});
    };
    const std::optional<Role> role = role_from(row.role);
    if (!role) complain({{}, {}, {{"role", tr("Choose a role, or clear the organisation and where it holds.")}}});
    const Result<std::string> organisation = settled_organisation(rooms.organisations, row.organisation, row.body);
    if (!organisation) complain(organisation.error());
    const bool of_body = organisation && !body_of_organisation(*organisation).empty();
    // Of an organisation that is not settled nobody can say whether the role may hold where it is.
    const Result<std::string> area =
        organisation || !row.area.empty() ? area_of(rooms, today, row, of_body) : Result<std::string>(std::string());
    if (!area) complain(area.error());
    if (role && organisation && area) read.grants.push_back({*role, *organisation, *area});
  }
  return read;
}

void put_grants(Writer& writer, const std::vector<GrantRow>& rows, const Problem& problem, const Rooms& rooms,
                Date today) {
  writer.open("fieldset", {{"class", "govuk-fieldset"}});
  writer.element("legend", {{"class", "govuk-fieldset__legend govuk-fieldset__legend--m"}}, tr("Roles"));
  writer.element("p", {{"class", "govuk-hint"}},
                 tr("An organisation is a body of the register, by its name, or words. Only a body opens its records. "
                    "Say of each role where it holds: everywhere, only for an area, which you name, or where its "
                    "organisation is. To take a role away, choose no role in its line and clear the rest."));
  for (std::size_t i = 0; i < rows.size() + kBlankGrants; ++i) {
    const GrantRow row = i < rows.size() ? rows[i] : GrantRow{};
    const std::string line = std::to_string(i + 1);
    const std::string suffix = suffix_of_grant(i);
    // One field of a line, with its label and what is wrong with it.
    const auto cell = [&](const char* name, const Message& label, auto&& field) {
      const Cell one{name + suffix, message_for(problem, name + suffix)};
      writer.open("div",
                  {{"class", one.wrong.empty() ? "govuk-form-group" : "govuk-form-group govuk-form-group--error"}});
      render(writer, govuk::LabelParams{.text = label, .for_id = one.id});
      if (!one.wrong.empty()) render(writer, govuk::ErrorMessageParams{.text = tr(one.wrong), .id = one.id + "-error"});
      field(one);
      writer.close("div");
    };
    writer.open("div", {{"class", "tithing-filters"}});
    cell("role", tr("Role {0}", {line}), [&](const Cell& one) { role_choices(writer, one, row.role); });
    cell("organisation", tr("Organisation {0}", {line}), [&](const Cell& one) {
      put_name(writer, one, "organisation", row.organisation, rooms.organisations.address);
      organisation_choices(writer, "body" + suffix, tr("Organisation {0}: which body is meant?", {line}), row, rooms);
    });
    cell("where", tr("Where role {0} holds", {line}), [&](const Cell& one) { where_choices(writer, one, row); });
    cell("area", tr("Area {0}", {line}),
         [&](const Cell& one) { area_choices(writer, one, suffix, line, row, rooms, today); });
    writer.close("div");
  }
  writer.close("fieldset");
}

void put_began(Writer& writer, const std::vector<GrantRow>& rows) {
  for (const GrantRow& row : rows)
    for (const auto& [part, field] : kParts) web::hidden_field(writer, std::string(kBegan) + part, row.*field);
}

std::string said(const std::vector<GrantRow>& rows, const std::string& language) {
  std::vector<std::string> lines;
  for (const GrantRow& row : rows) {
    const std::optional<Role> role = role_from(row.role);
    std::string line = Content(role ? role_name(*role) : tr("No role")).plain(language);
    if (!row.organisation.empty()) line += ", " + row.organisation;
    const Content where = row.where == kEverywhere ? Content(tr("every area"))
                          : row.where == kItsBody  ? Content(tr("where its organisation is"))
                                                   : Content(row.area);
    lines.push_back(line + ": " + where.plain(language));
  }
  return joined(lines, "; ");
}

std::vector<GrantRow> merged_rows(const std::vector<GrantRow>& began, const std::vector<GrantRow>& yours,
                                  const std::vector<GrantRow>& stored) {
  std::vector<GrantRow> merged;
  for (const GrantRow& row : stored)
    if (!holds(began, row) || holds(yours, row)) merged.push_back(row);
  for (const GrantRow& row : yours)
    if (!holds(began, row) && !holds(stored, row)) merged.push_back(row);
  return merged;
}

}  // namespace tithing::identity
