// A table's columns and the members that they hold, said once: rows are read and written by it.
//
//   constexpr db::Field<Pot> kFields[] = {db::field<&Pot::id>("id"), db::field<&Pot::title>("title"),
//                                         db::field_or_null<&Pot::delivered>("delivered")};
//   all = db::rows<Pot>(connection, kPots, {}, [](const db::Row& row) { return db::from_row(kFields, row); });
//   transaction.run(kUpdate, db::values_of(kFields, pot));
//
// A member is text, a whole number, yes or no, an id, a day, a moment, money, or one of them that may be missing, which
// is NULL.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/date.h"
#include "base/id.h"
#include "base/money.h"
#include "db/db.h"

namespace tithing::db {

template <class T>
struct Field {
  const char* column;
  void (*read)(T& into, const Row& row, std::string_view column);
  Value (*value)(const T& from);
};

inline void read_member(std::string& into, const Row& row, std::string_view column) { into = row.text(column); }
inline void read_member(std::int64_t& into, const Row& row, std::string_view column) { into = row.integer(column); }
inline void read_member(bool& into, const Row& row, std::string_view column) { into = row.flag(column); }
inline void read_member(Instant& into, const Row& row, std::string_view column) {
  into.milliseconds = row.integer(column);
}
inline void read_member(Money& into, const Row& row, std::string_view column) { into.pence = row.integer(column); }
inline void read_member(Date& into, const Row& row, std::string_view column) {
  into = Date::from_days(static_cast<std::int32_t>(row.integer(column)));
}
template <class Tag>
void read_member(Id<Tag>& into, const Row& row, std::string_view column) {
  into.value = row.integer(column);
}
template <class T>
void read_member(std::optional<T>& into, const Row& row, std::string_view column) {
  into.reset();
  if (!row.is_null(column)) read_member(into.emplace(), row, column);
}

inline Value value_of(const std::string& member) { return Value(member); }
inline Value value_of(std::int64_t member) { return Value(member); }
inline Value value_of(bool member) { return Value(member ? 1 : 0); }
inline Value value_of(Instant member) { return Value(member.milliseconds); }
inline Value value_of(Money member) { return Value(member.pence); }
inline Value value_of(Date member) { return Value(static_cast<std::int64_t>(member.days())); }
template <class Tag>
Value value_of(Id<Tag> member) {
  return Value(member.value);
}
template <class T>
Value value_of(const std::optional<T>& member) {
  return member ? value_of(*member) : Value();
}

template <class T, class Member>
T owner_of(Member T::*);

template <auto Member>
constexpr auto field(const char* column) {
  using T = decltype(owner_of(Member));
  return Field<T>{column, [](T& into, const Row& row, std::string_view name) { read_member(into.*Member, row, name); },
                  [](const T& from) { return value_of(from.*Member); }};
}
// Of a member whose empty value (no text, nought) is NULL in the store.
template <auto Member>
constexpr auto field_or_null(const char* column) {
  using T = decltype(owner_of(Member));
  return Field<T>{column,
                  [](T& into, const Row& row, std::string_view name) {
                    if (!row.is_null(name)) read_member(into.*Member, row, name);
                  },
                  [](const T& from) {
                    return from.*Member == std::remove_cvref_t<decltype(from.*Member)>{} ? Value()
                                                                                         : value_of(from.*Member);
                  }};
}

template <class T, std::size_t N>
T from_row(const Field<T> (&fields)[N], const Row& row) {
  T out;
  for (const Field<T>& field : fields) field.read(out, row, field.column);
  return out;
}
// Of what may be missing as a whole: nothing where the first column is NULL.
template <class T, std::size_t N>
std::optional<T> maybe_from_row(const Field<T> (&fields)[N], const Row& row) {
  return row.is_null(fields[0].column) ? std::nullopt : std::optional(from_row(fields, row));
}

// Parameters of a statement, named as the columns.
template <class T, std::size_t N>
void add_values(Parameters& out, const Field<T> (&fields)[N], const T& from) {
  for (const Field<T>& field : fields) out.push_back({field.column, field.value(from)});
}
// NULL in each column where it is missing.
template <class T, std::size_t N>
void add_values(Parameters& out, const Field<T> (&fields)[N], const std::optional<T>& from) {
  for (const Field<T>& field : fields) out.push_back({field.column, from ? field.value(*from) : Value()});
}
template <class T, std::size_t N>
Parameters values_of(const Field<T> (&fields)[N], const T& from) {
  Parameters out;
  add_values(out, fields, from);
  return out;
}

// Many rows of what belongs to one: the columns `owner` and `position` (from 1), then those of the fields.
template <class T, std::size_t N>
void insert_rows(Transaction& transaction, const char* query_name, const char* table, const Parameter& owner,
                 const Field<T> (&fields)[N], const std::vector<T>& items) {
  const std::string owner_column(owner.name);
  std::vector<const char*> columns = {owner_column.c_str(), "position"};
  for (const Field<T>& field : fields) columns.push_back(field.column);
  std::size_t next = 0;
  transaction.insert_many(query_name, table, columns, [&](std::vector<Value>& values) {
    if (next == items.size()) return false;
    values = {owner.value, Value(static_cast<std::int64_t>(next + 1))};
    for (const Field<T>& field : fields) values.push_back(field.value(items[next]));
    ++next;
    return true;
  });
}

// Every row of an answer.
template <class T, class Read>
std::vector<T> rows(Connection& connection, const Query& query, const Parameters& parameters, Read&& read) {
  std::vector<T> out;
  connection.run(query, parameters, [&](const Row& row) { out.push_back(read(row)); });
  return out;
}
template <class T>
std::optional<T> first_of(std::vector<T> found) {
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

}  // namespace tithing::db
