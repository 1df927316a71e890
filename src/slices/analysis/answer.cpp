#include "slices/analysis/answer.h"

#include <cmath>
#include <cstdio>

#include "base/json.h"
#include "base/text.h"
#include "slices/analysis/units.h"

namespace tithing::analysis {
namespace {

void write(JsonWriter& json, const Value& value) {
  if (const auto* truth = std::get_if<bool>(&value))
    json.value(*truth);
  else if (const auto* number = std::get_if<std::int64_t>(&value))
    json.value(*number);
  else if (const auto* real = std::get_if<double>(&value))
    json.value(*real);
  else if (const auto* text = std::get_if<std::string>(&value))
    json.value(*text);
  else
    json.null();
}

std::string cell(const Value& value) {
  if (const auto* truth = std::get_if<bool>(&value)) return *truth ? "yes" : "no";
  if (const auto* number = std::get_if<std::int64_t>(&value)) return grouped(*number);
  if (const auto* real = std::get_if<double>(&value)) return significant(*real);
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  return "not known";
}

std::string spaced(std::string name) {
  for (char& c : name)
    if (c == '_') c = ' ';
  return name;
}

// Yes and no, and words, are in nothing.
std::string number_unit(const Answer& answer, std::string_view listing, const std::string& name, const Value& value) {
  if (std::holds_alternative<bool>(value) || std::holds_alternative<std::string>(value)) return "";
  return unit_of(answer, listing, name);
}

std::size_t width(const std::string& text) {
  std::size_t out = 0;
  for (const char c : text) out += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return out;
}

// Columns padded to their widest cell: texts to the left, numbers to the right.
std::string aligned(const std::vector<std::vector<std::string>>& lines, const std::vector<bool>& left) {
  std::vector<std::size_t> widths(left.size());
  for (const auto& line : lines)
    for (std::size_t i = 0; i < line.size(); ++i) widths[i] = std::max(widths[i], width(line[i]));
  std::string out;
  for (const auto& line : lines) {
    out += " ";
    for (std::size_t i = 0; i < line.size(); ++i) {
      const std::string padding(widths[i] - width(line[i]), ' ');
      out += " " + (left[i] ? line[i] + padding : padding + line[i]);
    }
    while (!out.empty() && out.back() == ' ') out.pop_back();
    out += '\n';
  }
  return out;
}

}  // namespace

std::string significant(double number, int digits) {
  if (!std::isfinite(number)) return "not known";
  if (number == std::floor(number) && std::abs(number) < 1e15) return grouped(static_cast<std::int64_t>(number));
  char text[64];
  std::snprintf(text, sizeof text, "%.*g", digits, number);
  return text;
}

std::string p_text(double p) {
  if (!(p >= 0.001)) return "less than 0.001";
  return fixed(p, p < 0.01 ? 4 : 3);
}

std::string to_json(const Answer& answer) {
  JsonWriter json;
  json.begin_object().member("method", answer.method).member("input", answer.input);
  json.key("findings").begin_array();
  for (const std::string& sentence : answer.findings) json.value(sentence);
  json.end_array().key("values").begin_object();
  for (const NamedValue& one : answer.values) {
    json.key(one.name);
    write(json, one.value);
  }
  json.end_object();
  for (const Listing& listing : answer.listings) {
    json.key(listing.name).begin_array();
    for (const auto& row : listing.rows) {
      json.begin_object();
      for (std::size_t i = 0; i < row.size(); ++i) {
        json.key(listing.columns[i]);
        write(json, row[i]);
      }
      json.end_object();
    }
    json.end_array();
  }
  // In what the numbers are, by the names above.
  json.key("units").begin_object().key("values").begin_object();
  for (const NamedValue& one : answer.values)
    if (const std::string unit = unit_of(answer, "", one.name); !unit.empty()) json.member(one.name, unit);
  json.end_object();
  for (const Listing& listing : answer.listings) {
    json.key(listing.name).begin_object();
    for (const std::string& column : listing.columns)
      if (const std::string unit = unit_of(answer, listing.name, column); !unit.empty()) json.member(column, unit);
    json.end_object();
  }
  json.end_object();
  json.key("notes").begin_array();
  for (const std::string& sentence : answer.notes) json.value(sentence);
  json.end_array().end_object();
  return json.take();
}

std::string to_text(const Answer& answer, std::size_t rows) {
  std::string out = answer.method + ": " + answer.input + "\n\n";
  for (const std::string& sentence : answer.findings) out += sentence + "\n";
  if (!answer.findings.empty()) out += "\n";
  std::vector<std::vector<std::string>> lines;
  for (const NamedValue& one : answer.values)
    lines.push_back({spaced(one.name), cell(one.value), number_unit(answer, "", one.name, one.value)});
  if (!lines.empty()) out += aligned(lines, {true, true, true}) + "\n";
  for (const Listing& listing : answer.listings) {
    lines.assign(1, {});
    std::vector<bool> left(listing.columns.size(), false);
    for (const std::string& column : listing.columns) lines[0].push_back(spaced(column));
    const std::size_t shown = rows == 0 ? listing.rows.size() : std::min(rows, listing.rows.size());
    for (std::size_t i = 0; i < shown; ++i) {
      lines.emplace_back();
      for (std::size_t c = 0; c < listing.rows[i].size(); ++c) {
        left[c] = left[c] || std::holds_alternative<std::string>(listing.rows[i][c]);
        lines.back().push_back(cell(listing.rows[i][c]));
      }
    }
    out += spaced(listing.name) + "\n" + aligned(lines, left);
    // Beneath the list, because most units are longer than the numbers.
    std::string units;
    for (std::size_t c = 0; c < listing.columns.size(); ++c) {
      const std::string unit = left[c] ? "" : unit_of(answer, listing.name, listing.columns[c]);
      if (!unit.empty()) units += (units.empty() ? "" : "; ") + spaced(listing.columns[c]) + " in " + unit;
    }
    if (!units.empty() && shown > 0) out += "  Units: " + units + ".\n";
    if (shown < listing.rows.size())
      out += "  and " + grouped(static_cast<std::int64_t>(listing.rows.size() - shown)) +
             " more: --rows 0 or --json gives all\n";
    out += "\n";
  }
  for (const std::string& sentence : answer.notes) out += "Note: " + sentence + "\n";
  return out;
}

}  // namespace tithing::analysis
