// The values of a fact as rows hold them: of the register, and of a proposal for it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "db/db.h"
#include "slices/bodies/facts.h"

namespace tithing::bodies::store {

#define TITHING_FACT_VALUES                                                                                       \
  "fact, body, other, role, value, detail, holder, state, amount, valid_from, valid_to, seen, paper, paragraph, " \
  "note, "                                                                                                        \
  "inferred"
#define TITHING_FACT_PARAMETERS                                                                                     \
  ":fact, :body, :other, :role, :value, :detail, :holder, :state, :amount, :from, :to, :seen, :paper, :paragraph, " \
  ":note, :inferred"

// `others` and the parameters of the values.
db::Parameters with_values(const Fact& fact, db::Parameters others);

// `row` names its columns; `where` is the row in words, for a kind that this program does not know.
template <class Row>
Fact values_of(const Row& row, const std::string& where) {
  const auto day = [&](std::string_view column) {
    const auto days = row.maybe_integer(column);
    return days ? std::optional(Date::from_days(static_cast<std::int32_t>(*days))) : std::nullopt;
  };
  const auto kind = fact_kind_from(row.text("fact"));
  if (!kind) throw db::Error(db::Fault::type, where + " is of a kind that this program does not know");
  Fact f;
  f.kind = *kind;
  f.body = row.text("body");
  f.other = row.text("other");
  f.role = row.text("role");
  f.value = row.text("value");
  f.detail = row.text("detail");
  f.holder = row.text("holder");
  f.state = row.text("state");
  f.amount = row.maybe_integer("amount");
  f.from = day("valid_from");
  f.to = day("valid_to");
  f.seen = day("seen");
  f.paper = row.text("paper");
  f.paragraph = row.text("paragraph");
  f.note = row.text("note");
  f.inferred = row.text("inferred");
  return f;
}

}  // namespace tithing::bodies::store
