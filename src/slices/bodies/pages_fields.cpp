#include "slices/bodies/pages_fields.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "slices/register/area_picker.h"

namespace tithing::bodies {
namespace {

using forms::Choices;
using forms::Field;
using forms::Kind;

template <class Terms>
Choices choices_of(const Terms& terms, bool required = true) {
  Choices out = {{"", required ? tr("Choose one") : tr("Not said")}};
  for (const auto& one : terms) out.emplace_back(std::string(one.code), std::string(one.name));
  return out;
}

// The codes of kinds or functions with what they are called, by name.
Choices general_choices(const Names& names, FactKind kind, bool with_none) {
  std::set<std::pair<std::string, std::string>> known;  // name, code
  if (names.all)
    for (const FactPointer& fact : names.all->general(kind)) known.emplace(fact->value, fact->role);
  Choices out;
  if (with_none) out.emplace_back("", tr("Choose one"));
  for (const auto& [name, code] : known) out.emplace_back(code, name);
  return out;
}

Field body_field(const char* name, Message label, const Names& names, Message hint = {}) {
  Field field{.name = name, .label = std::move(label), .kind = Kind::picked};
  if (!hint.empty()) field.hint = std::move(hint);
  if (names.all) field.finder = body_finder(names.all, names.as_at);
  return field;
}

Field holder(Message hint = tr("Only a name that is public by office. May be empty.")) {
  return {.name = "holder", .label = tr("Public office-holder"), .hint = std::move(hint)};
}

Field number(const char* name, Message label, std::int64_t most, Message hint) {
  return {
      .name = name, .label = std::move(label), .kind = Kind::number, .hint = std::move(hint), .least = 1, .most = most};
}

Field choice(const char* name, Message label, Choices choices, Message hint = {}) {
  Field field{.name = name, .label = std::move(label), .kind = Kind::choice, .choices = std::move(choices)};
  if (!hint.empty()) field.hint = std::move(hint);
  return field;
}

// What a kind of fact has besides the body, days, source and reason.
std::vector<Field> own_fields(FactKind kind, const Names& names) {
  switch (kind) {
    case FactKind::body:
      return {choice("role", tr("Kind of body"), general_choices(names, FactKind::kind, true)),
              choice("state", tr("State"),
                     {{"", tr("In force in its time")}, {"proposed", tr("Proposed: not in force yet")}})};
    case FactKind::name:
      return {{.name = "value", .label = tr("Name")}};
    case FactKind::identifier:
      return {choice("role", tr("Scheme"),
                     {{"", tr("Choose one")},
                      {"gss", tr("Code of the Office for National Statistics (GSS)")},
                      {"as-printed", tr("As a paper prints it")},
                      {"local", tr("A local one")}}),
              {.name = "value", .label = tr("Identifier")}};
    case FactKind::area:
      return {{.name = "value",
               .label = tr("Area that it serves"),
               .kind = Kind::picked,
               .hint = tr("Its name, such as North Worcestershire."),
               .missing = "Enter the name of the area.",
               .finder = names.areas ? register_::area_finder(names.areas, names.as_at) : forms::Finder()}};
    case FactKind::parent: {
      Choices upward = {{"", tr("Choose one")}};
      for (const LineWords& one : lines()) upward.emplace_back(std::string(one.code), std::string(one.upward));
      return {body_field("other", tr("Body above it"), names),
              choice("value", tr("What the line is"), std::move(upward), tr("As the source says it.")),
              choice("role", tr("Chain"),
                     {{"", tr("Choose one")},
                      {"community-safety", tr("Community safety")},
                      {"criminal-justice", tr("Criminal justice")},
                      {"corporate", tr("Corporate")}})};
    }
    case FactKind::post:
      return {{.name = "value", .label = tr("Title of the post")}, holder()};
    case FactKind::membership:
      return {choice("role", tr("Seat"), choices_of(seat_roles())),
              body_field("other", tr("Organisation"), names, tr("The organisation that holds the seat.")),
              {.name = "value",
               .label = tr("Post"),
               .hint = tr("The post that holds the seat. May be empty."),
               .finder = {.address = "/bodies/posts"}},
              holder(),
              choice("state", tr("State"), {{"", tr("Filled")}, {"vacant", tr("Vacant")}}),
              choice("detail", tr("Vote"),
                     {{"", tr("The source does not say")}, {"yes", tr("Has a vote")}, {"no", tr("Has no vote")}})};
    case FactKind::meetings:
      return {
          number("amount", tr("Meetings a year"), 366,
                 tr("Leave it empty where the source says how many weeks lie between two meetings.")),
          number(
              "role", tr("Weeks between two meetings"), 99,
              tr("Such as 6 for a group that meets every six weeks. Leave it empty where the number a year is known.")),
          number("detail", tr("Minutes of one meeting"), 9999, tr("May be empty."))};
    case FactKind::discharge:
      return {choice("role", tr("Function"), general_choices(names, FactKind::function, true))};
    case FactKind::statement:
      return {{.name = "value", .label = tr("What the paper says"), .hint = tr("In your own words.")},
              choice("role", tr("Of what it is"), choices_of(statement_topics(), false)),
              {.name = "amount",
               .label = tr("Amount"),
               .kind = Kind::number,
               .hint = tr("A sum or number that the paper gives, in whole units. May be empty.")},
              {.name = "detail", .label = tr("Unit of the amount"), .hint = tr("Such as pounds, or per cent.")},
              holder(tr("Whom the paper names. Only a name that is public by office. May be empty.")),
              body_field("other", tr("Other body"), names, tr("May be empty."))};
    case FactKind::succession: {
      Field successors = body_field("other", tr("Successor"), names,
                                    tr("One body; for a split each of them, with its share in whole per cent."));
      successors.several = true;
      successors.share = tr("Share in per cent");
      const std::vector<Field> decided = instrument_fields();
      return {choice("role", tr("What happened"), choices_of(succession_types())),
              successors,
              {.name = "detail",
               .label = tr("Functions passed on"),
               .kind = Kind::ticks,
               .hint = tr("Only where a body passed functions to another and is still there."),
               .choices = general_choices(names, FactKind::function, false)},
              decided[0],
              decided[1]};
    }
    default:
      return {};
  }
}

}  // namespace

forms::Finder body_finder(std::shared_ptr<const Register> all, Date as_at) {
  const auto match = [all, as_at](const std::string& code) {
    std::string kind = all->kind_name(all->kind_of(code, as_at));
    if (all->standing_of(code, as_at) == Standing::over) kind += ", has ended";
    return forms::Match{code, all->name_at(code, as_at), std::move(kind)};
  };
  return {"body", "bodies", "/bodies/names",
          [all, match](std::string_view code) {
            const std::string wanted(code);
            return all->exists(wanted) ? std::optional(match(wanted)) : std::nullopt;
          },
          [all, match](std::string_view text) {
            std::vector<forms::Match> out;
            for (const Register::Hit& hit : all->search(text, 30)) out.push_back(match(hit.code));
            return out;
          }};
}

std::vector<Field> instrument_fields() {
  return {choice("state", tr("By what it was decided"), choices_of(instrument_kinds()),
                 tr("Where nothing has been decided yet, enter it in a proposal.")),
          {.name = "value",
           .label = tr("Reference of the order, agreement, decision or minute"),
           .hint = tr("Such as 013/2014.")},
          {.name = "seen", .label = tr("Day of the order, agreement, decision or minute"), .kind = Kind::day}};
}

std::vector<Field> fields_for(FactKind kind, const Names& names, Entering entering) {
  const bool succession = kind == FactKind::succession, once = succession || kind == FactKind::meeting;
  std::vector<Field> out;
  const auto add = [&](const char* name, Kind type, Message hint = {}) -> Field& {
    Field field{.name = name, .label = label_of(kind, name), .kind = type};
    if (!hint.empty()) field.hint = std::move(hint);
    return out.emplace_back(std::move(field));
  };
  if (entering == Entering::change) {
    add("action", Kind::radios).choices = {{"replace", tr("Change it")},
                                           {"remove", tr("Take it away: it should never have been entered")}};
    add("effective", Kind::day, tr("Leave it empty to correct what was wrong from the beginning."));
  }
  if (kind == FactKind::body && entering == Entering::fresh) {
    // Its code is made of its name.
    add("name", Kind::text).missing = "Enter the name of the body.";
  } else {
    Field body =
        body_field("body", label_of(kind, "body"), names, succession ? tr("For a merger, each of them.") : Message());
    body.several = succession;
    out.push_back(std::move(body));
  }
  for (Field& one : own_fields(kind, names)) out.push_back(std::move(one));
  add("from", Kind::day, once ? Message() : tr("The first day. Leave it empty when it is not known."));
  if (!once) add("to", Kind::day, tr("The first day on which it is no longer so. Leave it empty while it lasts."));
  add("seen", Kind::day,
      succession ? Message()
                 : tr("The day of which the source speaks. Where no end is known, it is not known whether it is still "
                      "so after that day. Leave it empty for what you keep up to date here."));
  add("paper", Kind::text, tr("The order, minute or paper that says so."));
  add("paragraph", Kind::text);
  add("note", Kind::text);
  add("inferred", Kind::text,
      tr("Where the source does not say it itself: its words, in quotation marks, and how it follows from them. "
         "Leave it empty where it says so."));
  Field& reason = add("reason", Kind::long_text, tr("Everyone who may read the audit will see it."));
  reason.rows = 2;
  reason.missing = "Give a reason, such as the order or the minute that says so.";
  return out;
}

Message label_of(FactKind kind, const std::string& name) {
  const bool succession = kind == FactKind::succession, once = succession || kind == FactKind::meeting;
  for (const Field& field : own_fields(kind, {}))
    if (field.name == name) return field.label.message();
  for (const auto& [known, label] : std::initializer_list<std::pair<const char*, Message>>{
           {"body", succession ? tr("Body or bodies to which it happened") : tr("Body")},
           {"from", once ? tr("Day") : tr("From")},
           {"to", tr("Until")},
           {"seen", succession ? tr("Day of the order, agreement, decision or minute") : tr("Known on")},
           {"paper", tr("Source")},
           {"paragraph", tr("Paragraph")},
           {"note", tr("Note")},
           {"inferred", tr("Inferred from")},
           {"name", tr("Name")},
           {"action", tr("What do you want to do?")},
           {"effective", tr("From which day does the change hold?")},
           {"reason", tr("Reason for the change")}})
    if (name == known) return label;
  return tr("Column {0}", {name});  // not a field of this kind, but a file may fill it
}

forms::Values values_of(const Fact& fact) {
  forms::Values out;
  const std::vector<std::string> fields = fields_of(fact);
  for (std::size_t i = 1; i < fields.size(); ++i) out[fact_columns()[i]] = fields[i];
  if (fact.kind == FactKind::succession) out["detail"] = joined(forms::lines_of(fact.detail, ';'), "\n");
  return out;
}

Result<Fact> fact_of(FactKind kind, const forms::Values& values) {
  std::vector<std::string> fields;
  for (const std::string& column : fact_columns()) fields.push_back(forms::at(values, column));
  fields.front() = code_of(kind);
  if (kind == FactKind::succession)
    for (std::size_t i = 0; i < fields.size(); ++i)
      if (fact_columns()[i] == "detail") fields[i] = joined(split(fields[i], '\n'), ";");
  return fact_from(fact_columns(), fields);
}

std::string said_by(const Fact& fact, const Names& names, const std::string& language) {
  const forms::Values values = values_of(fact);
  std::vector<std::string> words;
  for (const Field& field : own_fields(fact.kind, names))
    if (std::string one = forms::in_words(field, values, language); !one.empty()) words.push_back(std::move(one));
  return std::string(name_of(fact.kind)) + (words.empty() ? "" : ": " + joined(words, ", "));
}

web::Fields labelled(const Fact& fact, const std::string& language) {
  web::Fields out;
  const std::vector<std::string> values = fields_of(fact);
  const std::vector<Field> fields = own_fields(fact.kind, {});
  for (std::size_t i = 1; i < values.size(); ++i) {
    // As the form offers it, with the code that a file has: "merged into (merged)".
    std::string shown = values[i];
    for (const Field& field : fields)
      if (field.name == fact_columns()[i])
        for (const auto& [code, words] : field.choices)
          if (const std::string text = words.plain(language); !code.empty() && code == values[i] && text != code)
            shown = text + " (" + code + ")";
    out.emplace_back(label_of(fact.kind, fact_columns()[i]).in(language).text, std::move(shown));
  }
  return out;
}

}  // namespace tithing::bodies
