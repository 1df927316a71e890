#include "slices/assessment/view.h"

#include "base/translation.h"
#include "slices/evidence/crime_types.h"

namespace tithing::assessment {
namespace {

// First and last month with a file of the forces whose rows count here.
std::optional<Period> submitted(const evidence::Snapshot& snapshot, const evidence::Selection& selection) {
  std::optional<Period> span;
  for (const evidence::ForceMonth& entry : snapshot.ledger()) {
    if (entry.state != evidence::FileState::submitted) continue;
    bool counts = false;
    for (const int force : selection.forces) counts = counts || force == entry.force;
    if (!counts) continue;
    if (!span) span = Period{entry.month, entry.month};
    span->from = std::min(span->from, entry.month);
    span->to = std::max(span->to, entry.month);
  }
  return span;
}

Status place(View& view, const std::string& code) {
  view.area = view.snapshot->areas().find(code);
  if (view.area == nullptr)
    return not_found(
        tr("There is no area with the code {0}. Search for its name, or import the look-ups that hold it.", {code}));
  view.force = view.snapshot->areas().force_of(code, view.as_at);
  auto selection = view.snapshot->select(
      code, view.as_at, view.recorded_by == "all" ? evidence::Recorder::all : evidence::Recorder::territorial_force);
  if (!selection) return pass_on(selection);
  view.selection = std::move(*selection);
  view.available = submitted(*view.snapshot, *view.selection);
  return {};
}

}  // namespace

figures::Address View::figure(const std::string& kind,
                              std::initializer_list<std::pair<const char*, std::string>> extra) const {
  figures::Address address{kind, {}};
  auto& values = address.parameters.values;
  values["area"] = area->code;
  values["from"] = shown.from.iso();
  values["to"] = shown.to.iso();
  values["type"] = type;
  values["as-at"] = as_at_text;
  values["recorded-by"] = recorded_by;
  for (const auto& [name, value] : extra) values[name] = value;
  std::erase_if(values, [](const auto& pair) { return pair.second.empty(); });
  return address;
}

Result<View> view_of(const web::Context& context, evidence::Service& evidence) {
  View view;
  view.snapshot = evidence.snapshot();
  view.viewer = figures::Viewer::of(context.reach());
  auto as_at = context.as_at();
  if (!as_at) return pass_on(as_at);
  view.as_at = *as_at;
  if (*as_at != context.today) view.as_at_text = as_at->iso();
  view.recorded_by = context.query_value("recorded-by");
  if (!view.recorded_by.empty() && view.recorded_by != "all")
    return invalid(tr("Recorded by is either left out or \"all\"."),
                   {{"recorded-by", tr("Leave it out, or write all.")}});
  if (auto placed = place(view, context.parameter("code")); !placed) return pass_on(placed);

  view.type = context.query_value("type");
  if (view.type.empty()) view.type = evidence::kAllSlug;
  if (!evidence::type_of(*view.snapshot, view.type)) {
    return invalid(tr("There is no crime type called {0} in what has been imported.", {view.type}),
                   {{"type", tr("Choose a crime type from the list.")}});
  }
  view.type_name = evidence::name_of_type(*view.snapshot, view.type);
  if (!view.available) return view;
  view.shown = shown_period(*view.available);
  if (const std::string from = context.query_value("from"), to = context.query_value("to");
      !from.empty() || !to.empty()) {
    const auto asked =
        Period::parse(from.empty() ? view.shown.from.iso() : from, to.empty() ? view.shown.to.iso() : to);
    if (!asked) return pass_on(asked);
    if (asked->months() > 240)
      return invalid(tr("Choose at most 240 months."), {{"to", tr("Choose at most 240 months.")}});
    view.shown = *asked;
  }
  view.compared = compared_periods(*view.available, view.shown);
  return view;
}

Result<View> view_of(const View& of, const std::string& area_code) {
  View view = of;
  if (auto placed = place(view, area_code); !placed) return pass_on(placed);
  return view;
}

}  // namespace tithing::assessment
