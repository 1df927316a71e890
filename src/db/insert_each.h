// Many rows into one table, one for each of a list: insert_many() of db.h without the counting.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "db/db.h"

namespace tithing::db {

// `values_of(item, position)` gives the values of one row in the order of `columns`; the first position is 0. Returns
// the rows written.
template <class Item, class ValuesOf>
std::int64_t insert_each(Transaction& transaction, const char* query_name, const char* table,
                         const std::vector<const char*>& columns, const std::vector<Item>& items,
                         ValuesOf&& values_of) {
  std::size_t next = 0;
  return transaction.insert_many(query_name, table, columns, [&](std::vector<Value>& values) {
    if (next == items.size()) return false;
    values = values_of(items[next], static_cast<std::int64_t>(next));
    ++next;
    return true;
  });
}

}  // namespace tithing::db
