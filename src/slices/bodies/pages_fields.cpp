#include "slices/bodies/pages_fields.h"

#include "base/text.h"

namespace tithing::bodies {

std::vector<Field> fields_for(FactKind kind) {
  switch (kind) {
    case FactKind::body:
      return {{"role", tr("Kind of body"), tr("A code such as csp; see the list below.")},
              {"state", tr("State"), tr("Empty, or \"proposed\".")}};
    case FactKind::name:
      return {{"value", tr("Name"), {}}};
    case FactKind::identifier:
      return {{"role", tr("Scheme"), tr("Such as gss for codes of the Office for National Statistics.")},
              {"value", tr("Identifier"), {}}};
    case FactKind::area:
      return {{"value", tr("Code of the area"), tr("Such as E22000368.")}};
    case FactKind::parent:
      return {{"other", tr("Body above it"), tr("The code of the other body.")},
              {"value", tr("What the line is"), tr("As the source says it.")},
              {"role", tr("Chain"), tr("community-safety, criminal-justice or corporate.")}};
    case FactKind::post:
      return {{"value", tr("Title of the post"), {}},
              {"holder", tr("Public office-holder"), tr("Only a name that is public by office. May be empty.")}};
    case FactKind::membership:
      return {{"role", tr("Seat"), {}},
              {"other", tr("Organisation"), tr("The code of the organisation that holds the seat.")},
              {"value", tr("Post"), tr("The post that holds the seat. May be empty.")},
              {"holder", tr("Public office-holder"), tr("Only a name that is public by office. May be empty.")},
              {"state", tr("State"), tr("Empty, or \"vacant\".")},
              {"detail", tr("Vote"), tr("yes or no, where the source says so. Leave it empty when it does not.")}};
    case FactKind::meetings:
      return {
          {"amount", tr("Meetings a year"),
           tr("Leave it empty where the source says how many weeks lie between two meetings.")},
          {"role", tr("Weeks between two meetings"),
           tr("Such as 6 for a group that meets every six weeks. Leave it empty where the number a year is known.")},
          {"detail", tr("Minutes of one meeting"), tr("May be empty.")}};
    case FactKind::discharge:
      return {{"role", tr("Function"), tr("A code such as partnership-plan.")}};
    case FactKind::statement:
      return {{"value", tr("What the paper says"), tr("In your own words.")},
              {"role", tr("Of what it is"), tr("May be empty.")},
              {"amount", tr("Amount"), tr("A sum or number that the paper gives. May be empty.")},
              {"detail", tr("Unit of the amount"), tr("Such as pounds, or per cent.")},
              {"holder", tr("Public office-holder"),
               tr("Whom the paper names. Only a name that is public by office. May be empty.")},
              {"other", tr("Other body"), tr("May be empty.")}};
    case FactKind::succession:
      return {
          {"role", tr("What happened"), {}},
          {"other", tr("Successor"), tr("Its code. For a split: each with its share, such as east=60;west=40.")},
          {"detail", tr("Functions passed on"), tr("Codes, only for functions-transferred.")},
          {"state", tr("By what it was decided"), tr("Where nothing has been decided yet, enter it in a proposal.")},
          {"value", tr("Reference of the order, agreement, decision or minute"), tr("Such as 013/2014.")}};
    default:
      return {};
  }
}

std::vector<std::pair<std::string, std::string>> choices_for(FactKind kind, const std::string& name) {
  std::vector<std::pair<std::string, std::string>> out;
  const auto add = [&](std::string_view code, std::string_view text) {
    out.emplace_back(std::string(code), std::string(text));
  };
  if (kind == FactKind::succession && name == "state")
    for (const Term& one : instrument_kinds()) add(one.code, one.name);
  if (kind == FactKind::succession && name == "role")
    for (const SuccessionType& one : succession_types()) add(one.code, one.name);
  if (kind == FactKind::parent && name == "value")
    for (const LineWords& one : lines()) add(one.code, one.upward);
  if (kind == FactKind::membership && name == "role")
    for (const SeatRole& one : seat_roles()) add(one.code, one.name);
  if (kind == FactKind::statement && name == "role")
    for (const Term& one : statement_topics()) add(one.code, one.name);
  return out;
}

Message label_of(FactKind kind, const std::string& name) {
  const bool once = kind == FactKind::succession || kind == FactKind::meeting;
  for (const Field& field : fields_for(kind))
    if (field.name == name) return field.label;
  if (name == "body") return kind == FactKind::succession ? tr("Body or bodies to which it happened") : tr("Body");
  if (name == "from") return once ? tr("Day") : tr("From");
  if (name == "to") return tr("Until");
  if (name == "seen")
    return kind == FactKind::succession ? tr("Day of the order, agreement, decision or minute") : tr("Known on");
  if (name == "paper") return tr("Source");
  if (name == "paragraph") return tr("Paragraph");
  if (name == "note") return tr("Note");
  if (name == "inferred") return tr("Inferred from");
  if (name == "name") return tr("Name");
  if (name == "effective") return tr("From which day does the change hold?");
  if (name == "reason") return tr("Reason for the change");
  return tr("Column {0}", {name});  // not a field of this kind, but a file may fill it
}

web::Fields labelled(const Fact& fact, const std::string& language) {
  web::Fields out;
  const std::vector<std::string> values = fields_of(fact);
  for (std::size_t i = 1; i < values.size(); ++i) {
    // As the form offers it, with the code that a file has: "merged into (merged)".
    std::string shown = values[i];
    for (const auto& [code, text] : choices_for(fact.kind, std::string(fact_columns()[i])))
      if (!code.empty() && code == shown && text != code) shown = text + " (" + code + ")";
    out.emplace_back(label_of(fact.kind, fact_columns()[i]).in(language).text, std::move(shown));
  }
  return out;
}

}  // namespace tithing::bodies
