#include "slices/pots/pot_fields.h"

#include "allocation/printed_text.h"
#include "base/text.h"

namespace tithing::pots {
namespace {

bool means_unknown(const std::string& text) {
  const std::string low = lowered(text);
  return low == "tbc" || low == "unknown" || low == "not known" || low == "n/a";
}

forms::Rows fund_rows() {
  // An amount of its own kind: what is not known is a word, never nought.
  forms::Field amount = money_field("amount", tr("Amount"), tr("Write TBC where it is not known. That is not nought."));
  amount.check = [](const std::string& text) -> std::optional<std::string> {
    const auto read = Money::parse(text);
    return read || means_unknown(text) ? std::nullopt : std::optional(refused_number(text, read.error().message));
  };
  return {.name = "fund",
          .legend = tr("Funds"),
          .fields = {text_field("name", tr("Name of the fund")),
                     text_field("partner", tr("Who pays it in")),
                     text_field("year", tr("Its financial year"), tr("Of its origin, where it is carried forward."),
                                "govuk-input--width-5"),
                     {.name = "kind",
                      .label = tr("Revenue or capital"),
                      .kind = forms::Kind::choice,
                      .choices = {{"revenue", tr("Revenue")}, {"capital", tr("Capital")}}},
                     {.name = "status",
                      .label = tr("Status"),
                      .kind = forms::Kind::choice,
                      .choices = {{"provisional", tr("Provisional")},
                                  {"confirmed", tr("Confirmed")},
                                  {"unknown", tr("Not known")}}},
                     amount,
                     {.name = "carried",
                      .label = tr("Carried forward"),
                      .kind = forms::Kind::ticks,
                      .choices = {{"yes", tr("It is left over from a year before")}}},
                     text_field("note", tr("Note"))},
          .title = [](const std::string& number) { return tr("Fund {0}", {number}); },
          .add = tr("Add a fund"),
          .paste = tr("Lines of funds: name, who pays it in, financial year, amount, note")};
}

forms::Rows slice_rows() {
  return {.name = "slice",
          .legend = tr("Top-slices, taken off before anything is shared"),
          .fields = {text_field("purpose", tr("What it is for")), money_field("amount", tr("Amount")),
                     per_cent_field("percent", tr("Or per cent of the known funds"))},
          .title = [](const std::string& number) { return tr("Top-slice {0}", {number}); },
          .add = tr("Add a top-slice")};
}

forms::Rows assumption_rows() {
  forms::Field what = text_field("text", tr("What is assumed")),
               on =
                   text_field("made-on", tr("Since which day"), tr("For example 2011-09-22."), "govuk-input--width-10"),
               by = text_field("made-by", tr("By whom"), tr("A post or a body."));
  what.missing = "Write what is assumed, or leave the whole row empty.";
  on.missing = "Write the day on which it was assumed, for example 2011-09-22.";
  by.missing = "Write who assumes it: a post or a body.";
  return {.name = "assumption",
          .legend = tr("Assumptions"),
          .fields = {what, on, by},
          .title = [](const std::string& number) { return tr("Assumption {0}", {number}); },
          .add = tr("Add an assumption")};
}

}  // namespace

forms::Questions pot_questions(const forms::Choices& forces, const forms::Finder& finder, bool fresh) {
  forms::Questions out;
  out.first = {
      text_field("title", tr("Title"), tr("By which others find it, such as Community Safety Fund.")),
      text_field("financial-year", tr("Financial year"), tr("For example 2012/13."), "govuk-input--width-5"),
      {.name = "area", .label = tr("Area within which it is shared"), .kind = forms::Kind::choice, .choices = forces},
      {.name = "areas",
       .label = tr("Or within these areas"),
       .kind = forms::Kind::picked,
       .hint = tr("Partnerships, districts or police force areas, by their names. A county is its "
                  "partnerships. What stands here goes before the choice above."),
       .finder = finder,
       .several = true}};
  out.rows = {fund_rows(), slice_rows(), assumption_rows()};
  if (!fresh)
    out.last = {{.name = "reason",
                 .label = tr("Why is it changed?"),
                 .kind = forms::Kind::long_text,
                 .hint = tr("Such as the decision or the paper that says so. It stands in the list of versions and in "
                            "the audit."),
                 .rows = 2}};
  return out;
}

Entered entered_from(const PotRecord& record) {
  Entered out = {{"title", record.title}, {"financial-year", record.financial_year}, {"area", record.area}};
  std::vector<Entered> funds, slices, assumptions;
  for (const Fund& fund : record.pot.funds) {
    Entered row = {{"name", fund.name},
                   {"partner", fund.partner},
                   {"year", fund.financial_year},
                   {"kind", fund.kind == FundKind::capital ? "capital" : "revenue"},
                   {"status", fund.status == FundStatus::confirmed ? "confirmed"
                              : fund.status == FundStatus::unknown ? "unknown"
                                                                   : "provisional"},
                   {"note", fund.note}};
    put(row, "amount", fund.amount);
    if (fund.carried_forward) row["carried"] = "yes";
    funds.push_back(std::move(row));
  }
  for (const TopSlice& slice : record.pot.top_slices) {
    Entered row = {{"purpose", slice.purpose}};
    put(row, slice.size);
    slices.push_back(std::move(row));
  }
  for (const Assumption& one : record.pot.assumptions)
    assumptions.push_back({{"text", one.text}, {"made-on", one.made_on}, {"made-by", one.made_by}});
  put_rows(fund_rows(), out, funds);
  put_rows(slice_rows(), out, slices);
  put_rows(assumption_rows(), out, assumptions);
  return out;
}

EnteredPot pot_from(const Entered& entered) {
  EnteredPot out;
  out.title = at(entered, "title");
  out.financial_year = at(entered, "financial-year");
  out.area = at(entered, "areas").empty() ? at(entered, "area") : at(entered, "areas");
  const forms::Rows of_funds = fund_rows();
  for (const auto& [number, row] : rows_in(of_funds, entered)) {
    const std::string amount = at(row, "amount"), status = at(row, "status");
    Fund fund{.name = at(row, "name"),
              .partner = at(row, "partner"),
              .financial_year = at(row, "year"),
              .kind = at(row, "kind") == "capital" ? FundKind::capital : FundKind::revenue,
              .status = status == "confirmed" ? FundStatus::confirmed
                        : status == "unknown" ? FundStatus::unknown
                                              : FundStatus::provisional,
              .amount = {},
              .carried_forward = !at(row, "carried").empty(),
              .note = at(row, "note")};
    if (means_unknown(amount)) fund.status = FundStatus::unknown;
    if (const auto read = Money::parse(amount)) fund.amount = *read;
    if (amount.empty() && fund.status != FundStatus::unknown)
      out.wrong.push_back(
          {in_row(of_funds, number, "amount"),
           "Write the amount of “" + fund.name + "”, or TBC where it is not known. What is not known is not nought."});
    out.pot.funds.push_back(std::move(fund));
    out.funds.push_back(number);
  }
  for (const auto& [number, row] : rows_in(slice_rows(), entered)) {
    out.pot.top_slices.push_back({at(row, "purpose"), size_in(row)});
    out.slices.push_back(number);
  }
  for (const auto& [number, row] : rows_in(assumption_rows(), entered))
    out.pot.assumptions.push_back({at(row, "text"), at(row, "made-on"), at(row, "made-by")});
  return out;
}

std::string EnteredPot::field_of(const std::string& place) const {
  const auto row_of = [&](const char* list, const char* name, const std::vector<int>& all) -> std::string {
    const std::string start = std::string("pot.") + list + "[";
    if (!place.starts_with(start)) return {};
    const std::size_t end = place.find(']');
    const auto index =
        static_cast<std::size_t>(forms::whole_or(place.substr(start.size(), end - start.size()), kLargestPot));
    if (index >= all.size()) return {};
    std::string field = place.size() > end + 2         ? place.substr(end + 2)
                        : std::string(name) == "slice" ? "amount"
                                                       : "name";
    if (field == "share") field = "percent";
    return std::string(name) + "-" + std::to_string(all[index]) + "-" + field;
  };
  if (place == "financial_year") return "financial-year";
  if (place == "pot.funds") return "fund-0-name";
  if (std::string field = row_of("funds", "fund", funds); !field.empty()) return field;
  if (std::string field = row_of("top_slices", "slice", slices); !field.empty()) return field;
  return place;
}

}  // namespace tithing::pots
