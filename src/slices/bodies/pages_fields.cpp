#include "slices/bodies/pages_fields.h"

#include "base/text.h"

namespace tithing::bodies {

std::vector<Field> fields_for(FactKind kind) {
  std::vector<std::string> roles;
  for (const SeatRole& role : seat_roles()) roles.emplace_back(role.code);
  switch (kind) {
    case FactKind::body: return {{"role", tr("Kind of body"), tr("A code such as csp; see the list below.")}, {"state", tr("State"), tr("Empty, or \"proposed\".")}};
    case FactKind::name: return {{"value", tr("Name"), {}}};
    case FactKind::identifier: return {{"role", tr("Scheme"), tr("Such as gss for codes of the Office for National Statistics.")}, {"value", tr("Identifier"), {}}};
    case FactKind::area: return {{"value", tr("Code of the area"), tr("Such as E22000368.")}};
    case FactKind::parent:
      return {{"other", tr("Reports to"), tr("The code of the other body.")}, {"role", tr("Chain"), tr("community-safety, criminal-justice or corporate.")}};
    case FactKind::post: return {{"value", tr("Title of the post"), {}}, {"holder", tr("Public office-holder"), tr("Only a name that is public by office. May be empty.")}};
    case FactKind::membership:
      return {{"role", tr("Seat"), tr("One of: {0}.", {joined(roles, ", ")})},
              {"other", tr("Organisation"), tr("The code of the organisation that holds the seat.")},
              {"value", tr("Post"), tr("The post that holds the seat. May be empty.")},
              {"holder", tr("Public office-holder"), tr("Only a name that is public by office. May be empty.")},
              {"state", tr("State"), tr("Empty, or \"vacant\".")}};
    case FactKind::meetings: return {{"amount", tr("Meetings a year"), {}}, {"detail", tr("Minutes of one meeting"), tr("May be empty.")}};
    case FactKind::discharge: return {{"role", tr("Function"), tr("A code such as partnership-plan.")}};
    case FactKind::statement: return {{"value", tr("What the paper says"), {}}, {"other", tr("Other body"), tr("May be empty.")}};
    case FactKind::succession:
      return {{"role", tr("What happened"), tr("renamed, replaced, merged, split, functions-transferred or ended.")},
              {"other", tr("Successor"), tr("Its code. For a split: each with its share, such as east=60;west=40.")},
              {"detail", tr("Functions passed on"), tr("Codes, only for functions-transferred.")}};
    default: return {};
  }
}

Message label_of(FactKind kind, const std::string& name) {
  const bool once = kind == FactKind::succession || kind == FactKind::meeting;
  for (const Field& field : fields_for(kind))
    if (field.name == name) return field.label;
  if (name == "body") return kind == FactKind::succession ? tr("Body or bodies to which it happened") : tr("Body");
  if (name == "from") return once ? tr("Day") : tr("From");
  if (name == "to") return tr("Until");
  if (name == "seen") return tr("Known from");
  if (name == "paper") return tr("Source");
  if (name == "paragraph") return tr("Paragraph");
  if (name == "note") return tr("Note");
  if (name == "name") return tr("Name");
  if (name == "effective") return tr("From which day does the change hold?");
  if (name == "reason") return tr("Reason for the change");
  return tr("Column {0}", {name});  // not a field of this kind, but a file may fill it
}

web::Fields labelled(const Fact& fact, const std::string& language) {
  web::Fields out;
  const std::vector<std::string> values = fields_of(fact);
  for (std::size_t i = 1; i < values.size(); ++i) out.emplace_back(label_of(fact.kind, fact_columns()[i]).in(language).text, values[i]);
  return out;
}

}  // namespace tithing::bodies
