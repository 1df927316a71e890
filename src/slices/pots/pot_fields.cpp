#include "slices/pots/pot_fields.h"

#include <algorithm>

#include "allocation/printed_text.h"
#include "base/text.h"
#include "base/translation.h"

namespace tithing::pots {
namespace {

std::string get(const Entered& entered, const std::string& name) {
  const auto found = entered.find(name);
  return found == entered.end() ? std::string() : std::string(trimmed(found->second));
}

std::string at(const char* list, int row, const char* field) {
  return std::string(list) + "-" + std::to_string(row) + "-" + field;
}

// Rows are counted by what was sent, and never more than a form can hold.
int rows(const Entered& entered, const char* name, int least) {
  const std::string text = get(entered, name);
  const int many = text.size() < 1 || text.size() > 3 ? 0 : std::atoi(text.c_str());
  return std::clamp(many, least, 100);
}

bool means_unknown(const std::string& text) {
  const std::string low = lowered(text);
  return low == "tbc" || low == "unknown" || low == "not known" || low == "n/a";
}

}  // namespace

PotRows rows_of(const Entered& entered) {
  return {rows(entered, "funds", 3), rows(entered, "slices", 2), rows(entered, "assumptions", 2)};
}

Entered entered_from(const PotRecord& record) {
  Entered out;
  out["title"] = record.title;
  out["financial-year"] = record.financial_year;
  out["area"] = record.area;
  int row = 0;
  for (const Fund& fund : record.pot.funds) {
    out[at("fund", row, "name")] = fund.name;
    out[at("fund", row, "partner")] = fund.partner;
    out[at("fund", row, "year")] = fund.financial_year;
    out[at("fund", row, "kind")] = fund.kind == FundKind::capital ? "capital" : "revenue";
    out[at("fund", row, "status")] = fund.status == FundStatus::confirmed ? "confirmed"
                                     : fund.status == FundStatus::unknown ? "unknown"
                                                                          : "provisional";
    if (fund.amount) out[at("fund", row, "amount")] = fund.amount->plain();
    if (fund.carried_forward) out[at("fund", row, "carried")] = "yes";
    out[at("fund", row, "note")] = fund.note;
    ++row;
  }
  out["funds"] = std::to_string(row + 1);
  row = 0;
  for (const TopSlice& slice : record.pot.top_slices) {
    out[at("slice", row, "purpose")] = slice.purpose;
    if (slice.size.amount) out[at("slice", row, "amount")] = slice.size.amount->plain();
    if (slice.size.share) out[at("slice", row, "percent")] = (*slice.size.share * Fraction(100)).text();
    ++row;
  }
  out["slices"] = std::to_string(row + 1);
  row = 0;
  for (const Assumption& assumption : record.pot.assumptions) {
    out[at("assumption", row, "text")] = assumption.text;
    out[at("assumption", row, "made-on")] = assumption.made_on;
    out[at("assumption", row, "made-by")] = assumption.made_by;
    ++row;
  }
  out["assumptions"] = std::to_string(row + 1);
  return out;
}

Result<EnteredPot> pot_from(const Entered& entered) {
  EnteredPot out;
  out.title = get(entered, "title");
  out.financial_year = get(entered, "financial-year");
  out.area = get(entered, "area");
  std::vector<FieldProblem> wrong;
  const PotRows many = rows_of(entered);
  const auto amount_in = [&](const std::string& field) -> std::optional<Money> {
    const std::string text = get(entered, field);
    if (text.empty()) return std::nullopt;
    const auto amount = Money::parse(text);
    if (!amount) wrong.push_back({field, refused_number(text, amount.error().message)});
    return amount ? std::optional(*amount) : std::nullopt;
  };
  for (int row = 0; row < many.funds; ++row) {
    Fund fund;
    fund.name = get(entered, at("fund", row, "name"));
    fund.partner = get(entered, at("fund", row, "partner"));
    fund.financial_year = get(entered, at("fund", row, "year"));
    fund.note = get(entered, at("fund", row, "note"));
    const std::string amount = get(entered, at("fund", row, "amount")),
                      status = get(entered, at("fund", row, "status"));
    if (fund.name.empty() && fund.partner.empty() && fund.financial_year.empty() && fund.note.empty() && amount.empty())
      continue;
    fund.kind = get(entered, at("fund", row, "kind")) == "capital" ? FundKind::capital : FundKind::revenue;
    fund.carried_forward = !get(entered, at("fund", row, "carried")).empty();
    fund.status = status == "confirmed" ? FundStatus::confirmed
                  : status == "unknown" ? FundStatus::unknown
                                        : FundStatus::provisional;
    if (means_unknown(amount))
      fund.status = FundStatus::unknown;
    else
      fund.amount = amount_in(at("fund", row, "amount"));
    if (amount.empty() && fund.status != FundStatus::unknown)
      wrong.push_back(
          {at("fund", row, "amount"),
           "Write the amount of “" + fund.name + "”, or TBC where it is not known. What is not known is not nought."});
    out.pot.funds.push_back(std::move(fund));
    out.funds.push_back(row);
  }
  for (int row = 0; row < many.slices; ++row) {
    TopSlice slice;
    slice.purpose = get(entered, at("slice", row, "purpose"));
    const std::string amount = at("slice", row, "amount"), percent = at("slice", row, "percent");
    if (slice.purpose.empty() && get(entered, amount).empty() && get(entered, percent).empty()) continue;
    slice.size.amount = amount_in(amount);
    if (const std::string text = get(entered, percent); !text.empty()) {
      const auto value = Fraction::parse(text.ends_with('%') ? text.substr(0, text.size() - 1) : text);
      if (!value)
        wrong.push_back({percent, refused_number(text, value.error().message)});
      else
        slice.size.share = *value / Fraction(100);
    }
    out.pot.top_slices.push_back(std::move(slice));
    out.slices.push_back(row);
  }
  for (int row = 0; row < many.assumptions; ++row) {
    Assumption made{get(entered, at("assumption", row, "text")), get(entered, at("assumption", row, "made-on")),
                    get(entered, at("assumption", row, "made-by"))};
    if (made.text.empty() && (!made.made_on.empty() || !made.made_by.empty()))
      wrong.push_back({at("assumption", row, "text"), tr("Write what is assumed, or leave the whole row empty.")});
    if (made.text.empty()) continue;
    if (made.made_on.empty())
      wrong.push_back(
          {at("assumption", row, "made-on"), "Write the day on which it was assumed, for example 2011-09-22."});
    if (made.made_by.empty())
      wrong.push_back({at("assumption", row, "made-by"), tr("Write who assumes it: a post or a body.")});
    out.pot.assumptions.push_back(std::move(made));
  }
  if (wrong.empty()) return out;
  std::string first = wrong.front().message;
  return invalid(std::move(first), std::move(wrong));
}

std::string EnteredPot::field_of(const std::string& place) const {
  const auto row_of = [&](const char* list, const char* name, const std::vector<int>& all) -> std::string {
    const std::string start = std::string("pot.") + list + "[";
    if (!place.starts_with(start)) return {};
    const std::size_t end = place.find(']');
    const auto index = static_cast<std::size_t>(std::atoi(place.substr(start.size(), end - start.size()).c_str()));
    if (index >= all.size()) return {};
    std::string field = place.size() > end + 2         ? place.substr(end + 2)
                        : std::string(name) == "slice" ? "amount"
                                                       : "name";
    if (field == "share") field = "percent";
    return at(name, all[index], field.c_str());
  };
  if (place == "financial_year") return "financial-year";
  if (place == "pot.funds") return "fund-0-name";
  if (std::string field = row_of("funds", "fund", funds); !field.empty()) return field;
  if (std::string field = row_of("top_slices", "slice", slices); !field.empty()) return field;
  return place;
}

}  // namespace tithing::pots
