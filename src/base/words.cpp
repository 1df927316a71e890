#include "base/words.h"

#include "base/text.h"

namespace tithing {

using Kind = Numeral::Kind;

Numeral as_date(Date date) { return {date.text(), Kind::date, date.iso()}; }
Numeral as_date(Month month) { return {month.text(), Kind::date, month.iso()}; }
Numeral as_date(const Period& period) {
  return {period.text(), Kind::date, period.from == period.to ? period.from.iso() : std::string()};
}
Numeral as_date(FinancialYear year) { return {year.text(), Kind::date}; }
Numeral as_date(std::string text) { return {std::move(text), Kind::date}; }
Numeral as_code(std::string text) { return {std::move(text), Kind::code}; }
Numeral as_name(std::string text) { return {std::move(text), Kind::name}; }
Numeral as_setting(std::string text) { return {std::move(text), Kind::setting}; }
Numeral listed(std::int64_t count, std::string table_id) { return {grouped(count), Kind::listed, std::move(table_id)}; }
Numeral listed(std::string shown, std::string table_id) {
  return {std::move(shown), Kind::listed, std::move(table_id)};
}

void Words::add(Numeral numeral) {
  if (numeral.text.empty()) return;
  if (numeral.kind == Kind::text && !pieces_.empty() && pieces_.back().kind == Kind::text) {
    pieces_.back().text += numeral.text;
  } else {
    pieces_.push_back(std::move(numeral));
  }
}

Words& Words::operator+=(const Words& other) {
  if (this == &other) return *this += Words(other);
  message_ = pieces_.empty() ? other.message_ : other.pieces_.empty() ? message_ : nullptr;
  for (const Numeral& piece : other.pieces_) add(piece);
  return *this;
}

std::string Words::text() const {
  if (pieces_.size() == 1) return pieces_.front().text;
  std::string out;
  for (const Numeral& piece : pieces_) out += piece.text;
  return out;
}

Words joined(const std::vector<Words>& items, std::string_view between, std::string_view before_last) {
  Words out;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) out += Words(i + 1 == items.size() ? before_last : between);
    out += items[i];
  }
  return out;
}

}  // namespace tithing
