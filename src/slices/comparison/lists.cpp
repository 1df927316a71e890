#include "slices/comparison/lists.h"

#include <map>

#include <cmath>
#include <set>

#include "base/csv.h"
#include "base/table_text.h"
#include "base/table_words.h"
#include "base/text.h"

namespace tithing::comparison {

std::string_view code_of(ListKind kind) { return kind == ListKind::similar ? "similar" : "characteristics"; }

std::optional<ListKind> kind_from(std::string_view code) {
  if (code == "similar") return ListKind::similar;
  if (code == "characteristics") return ListKind::characteristics;
  return std::nullopt;
}

Result<ReadList> read_list(ListKind kind, const std::string& csv,
                           const std::function<bool(const std::string& code)>& known) {
  const std::string wanted = kind == ListKind::similar ? "area and similar" : "area and one for each characteristic";
  const auto plain = plain_table(csv);
  if (!plain) return invalid("The list cannot be read. " + plain.error().message);
  CsvReader reader(plain->text);
  std::vector<std::string> header, fields;
  if (!reader.next(header)) return invalid("The list is empty. Its first line names the columns: " + wanted + ".");
  std::optional<std::size_t> area, similar;
  std::set<std::string> names;
  for (std::size_t i = 0; i < header.size(); ++i) {
    header[i] = visible(header[i]);
    const std::string name = lowered(header[i]);
    if (name == "area") area = i;
    if (name == "similar") similar = i;
    if (!names.insert(name).second)
      return invalid("Two columns are called \"" + header[i] + "\". Give each its own name.");
    if (header[i].size() > 100) return invalid("The name of a column is longer than 100 characters. Shorten it.");
  }
  if (!area || (kind == ListKind::similar && !similar))
    return invalid("A column is missing. The first line names the columns: " + wanted + ".");
  if (kind == ListKind::characteristics && header.size() < 2)
    return invalid("There is no characteristic: each column beside area is one.");
  ReadList read;
  read.read_as = plain->read_as;
  std::set<std::pair<std::string, std::string>> seen;
  while (reader.next(fields)) {
    if (reader.broken())
      return invalid("A quotation mark that opens in line " + std::to_string(reader.line()) + " is never closed.");
    const auto refuse = [&](std::string why) {
      read.refused.push_back({reader.line(), std::move(why), joined(fields, ",")});
    };
    const std::string code = *area < fields.size() ? visible(fields[*area]) : std::string();
    if (!known(code)) {
      refuse("\"" + code + "\" is no area of the register. Use its official code.");
      continue;
    }
    if (kind == ListKind::similar) {
      const std::string other = *similar < fields.size() ? visible(fields[*similar]) : std::string();
      if (!known(other))
        refuse("\"" + other + "\" is no area of the register. Use its official code.");
      else if (!seen.emplace(code, other).second)
        refuse("The pair is there twice.");
      else if (code != other)
        read.rows.push_back({code, other, std::nullopt});
      continue;
    }
    if (!seen.emplace(code, std::string()).second) {
      refuse("The area is there twice.");
      continue;
    }
    std::vector<ListRow> rows;
    std::string wrong;
    for (std::size_t i = 0; i < header.size(); ++i) {
      if (i == *area) continue;
      const std::string text = i < fields.size() ? visible(fields[i]) : std::string();
      if (is_blank_word(text)) {
        rows.push_back({code, header[i], std::nullopt});
        continue;
      }
      const auto number = number_in(text, plain->decimal_comma);
      if (!number)
        wrong = header[i] + ": \"" + text + "\" is not a number.";
      else
        rows.push_back({code, header[i], *number});
    }
    if (wrong.empty())
      read.rows.insert(read.rows.end(), rows.begin(), rows.end());
    else
      refuse(wrong);
  }
  if (read.rows.empty() && read.refused.empty()) return invalid("The list has no line below its first one.");
  return read;
}

std::string key_of(const AreaList& list) { return list.name + ", " + list.version; }

sources::Holding holding_of(const std::vector<ListRow>& rows) {
  sources::Holding holding;
  holding.rows = static_cast<std::int64_t>(rows.size());
  for (const ListRow& row : rows) {
    if (row.value) holding.parts["characteristic"][row.other] += sources::kMissed;
  }
  return holding;
}

std::pair<std::int64_t, std::int64_t> differing(const std::vector<ListRow>& former, const std::vector<ListRow>& later) {
  std::map<std::pair<std::string, std::string>, std::optional<double>> given;
  std::set<std::string> areas;
  for (const ListRow& row : later) {
    given[{row.area, row.other}] = row.value;
    areas.insert(row.area);
  }
  std::int64_t far = 0, shared = 0;
  for (const ListRow& row : former) {
    if (areas.count(row.area) == 0) continue;
    ++shared;
    const auto found = given.find({row.area, row.other});
    if (found == given.end())
      ++far;
    else if (row.value && found->second)
      far += std::abs(*found->second - *row.value) > std::abs(*row.value) / 10;
  }
  return {far, shared};
}

}  // namespace tithing::comparison
