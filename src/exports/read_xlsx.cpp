#include "exports/read_xlsx.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <pugixml.hpp>
#include <utility>

#include "base/date.h"
#include "base/text.h"

namespace tithing::exports {
namespace {

using Parts = std::map<std::string, std::string>;

constexpr std::string_view kZip = "PK\x03\x04";
constexpr std::string_view kZipEnd = "PK\x05\x06";
constexpr std::string_view kCompound =
    "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";  // the container of .xls, and of a protected .xlsx
constexpr std::int32_t kDaysTo1970From1900 = 25'569;
constexpr std::int32_t kDaysTo1970From1904 = 24'107;
constexpr double kLastSerial = 2'958'465;  // 31 December 9999

tl::unexpected<Problem> refused(const std::string& sentence) { return invalid(sentence, {{"file", sentence}}); }

tl::unexpected<Problem> damaged() {
  return refused(
      "The workbook is damaged or cut off. Open it in Excel, save it again as an Excel workbook (.xlsx), and choose "
      "that file.");
}

tl::unexpected<Problem> too_large() {
  return refused(
      "The workbook would take more memory than may be used for one. Split it into smaller ones, or save its sheet as "
      "CSV.");
}

std::string utf16(std::string_view text) {
  std::string out;
  for (const char c : text) {
    out += c;
    out += '\0';
  }
  return out;
}

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

// Without the prefix of its namespace, which some writers give.
std::string_view local(const char* name) {
  const std::string_view whole(name);
  const std::size_t colon = whole.find(':');
  return colon == std::string_view::npos ? whole : whole.substr(colon + 1);
}

pugi::xml_node child(const pugi::xml_node& node, std::string_view name) {
  for (const pugi::xml_node one : node.children())
    if (local(one.name()) == name) return one;
  return {};
}

std::string attribute(const pugi::xml_node& node, std::string_view name) {
  for (const pugi::xml_attribute one : node.attributes())
    if (local(one.name()) == name) return one.value();
  return {};
}

std::optional<std::uint32_t> whole(std::string_view text) {
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

// What is held in memory by now, as far as a file from outside decides it.
class Budget {
 public:
  explicit Budget(std::size_t most) : most_(most) {}
  bool take(std::size_t bytes) {
    used_ += bytes;
    return used_ <= most_;
  }
  void give_back(std::size_t bytes) { used_ -= bytes; }

 private:
  const std::size_t most_;
  std::size_t used_ = 0;
};

// What a string takes beside itself.
std::size_t own_bytes(const std::string& text) { return text.capacity() > 15 ? text.capacity() + 1 : 0; }

// The XML parts of the zip, by their names; pictures, charts and the like are passed over.
Result<Parts> unpacked(std::string_view bytes, const XlsxLimits& limits, Budget& budget) {
  // Without the list at the end of a zip its parts can be read still, but who knows whether they are all there.
  if (bytes.substr(bytes.size() - std::min<std::size_t>(bytes.size(), 22 + 65'535)).rfind(kZipEnd) ==
      std::string_view::npos)
    return damaged();
  std::unique_ptr<archive, int (*)(archive*)> reader(archive_read_new(), archive_read_free);
  archive_read_support_format_zip(reader.get());
  if (archive_read_open_memory(reader.get(), bytes.data(), bytes.size()) != ARCHIVE_OK) return damaged();
  Parts parts;
  std::size_t total = 0;
  int entries = 0;
  for (;;) {
    archive_entry* entry = nullptr;
    const int header = archive_read_next_header(reader.get(), &entry);
    if (header == ARCHIVE_EOF) break;
    if (header < ARCHIVE_WARN) return damaged();
    if (++entries > 10'000) return too_large();
    const char* raw = archive_entry_pathname(entry);
    const std::string name = raw ? raw : "";
    if (archive_entry_is_encrypted(entry) != 0)
      return refused("The file is protected by a password. Save it without one and choose it again.");
    if (name == "xl/workbook.bin")
      return refused("This is a binary workbook (.xlsb). Save it as an Excel workbook (.xlsx) and choose that file.");
    const bool wanted = ends_with(name, ".xml") || ends_with(name, ".rels") || name == "mimetype";
    if (!wanted || name.find("/drawings/") != std::string::npos || name.find("/charts/") != std::string::npos) continue;
    std::string& part = parts[name];
    part.clear();
    std::array<char, 1 << 14> buffer;
    for (;;) {
      const la_ssize_t got = archive_read_data(reader.get(), buffer.data(), buffer.size());
      if (got < 0) return damaged();
      if (got == 0) break;
      total += static_cast<std::size_t>(got);
      if (total > limits.unpacked) return too_large();
      part.append(buffer.data(), static_cast<std::size_t>(got));
    }
    part.shrink_to_fit();
  }
  if (!budget.take(total)) return too_large();
  return parts;
}

// The part as a tree over the part's own bytes, which it uses up.
class Xml {
 public:
  static Result<Xml> of(Parts& parts, const std::string& name, Budget& budget) {
    const auto found = parts.find(name);
    if (found == parts.end()) return damaged();
    Xml xml;
    xml.bytes_ = std::make_unique<std::string>(std::move(found->second));
    parts.erase(found);
    // Of each element the tree takes many times the bytes that stand in the part: 64 for it and for the text after it,
    // 40 for each attribute (pugixml 1.12), in pages of 32 KiB.
    const auto count = [&](char c) {
      return static_cast<std::size_t>(std::count(xml.bytes_->begin(), xml.bytes_->end(), c));
    };
    xml.tree_ = count('<') * 64 + count('=') * 40 + (std::size_t{64} << 10);
    xml.budget_ = &budget;
    if (!budget.take(xml.tree_)) return too_large();
    xml.document_ = std::make_unique<pugi::xml_document>();
    const auto parsed = xml.document_->load_buffer_inplace(xml.bytes_->data(), xml.bytes_->size(),
                                                           pugi::parse_default | pugi::parse_ws_pcdata_single);
    if (!parsed || !xml.document_->document_element()) return damaged();
    return xml;
  }
  Xml(Xml&& other) noexcept
      : bytes_(std::move(other.bytes_)),
        document_(std::move(other.document_)),
        budget_(std::exchange(other.budget_, nullptr)),
        tree_(other.tree_) {}
  Xml& operator=(Xml&&) = delete;
  ~Xml() {
    if (budget_ != nullptr) budget_->give_back(tree_ + bytes_->size());
  }
  pugi::xml_node root() const { return document_->document_element(); }

 private:
  Xml() = default;
  std::unique_ptr<std::string> bytes_;
  std::unique_ptr<pugi::xml_document> document_;
  Budget* budget_ = nullptr;
  std::size_t tree_ = 0;
};

// "xl/workbook.xml" and "worksheets/sheet1.xml" give "xl/worksheets/sheet1.xml"; "/xl/styles.xml" is from the top.
std::string target_of(const std::string& part, const std::string& target) {
  std::vector<std::string> path;
  if (target.empty() || target[0] != '/') {
    path = split(part, '/');
    path.pop_back();
  }
  for (const std::string& step : split(target, '/')) {
    if (step == ".." && !path.empty())
      path.pop_back();
    else if (!step.empty() && step != "." && step != "..")
      path.push_back(step);
  }
  return joined(path, "/");
}

struct Relation {
  std::string type;  // the last word of its address: "worksheet"
  std::string target;
};

std::map<std::string, Relation> relations_of(Parts& parts, const std::string& part, Budget& budget) {
  const std::size_t slash = part.rfind('/');
  const std::string folder = slash == std::string::npos ? "" : part.substr(0, slash + 1);
  std::map<std::string, Relation> out;
  const auto xml =
      Xml::of(parts, folder + "_rels/" + part.substr(slash == std::string::npos ? 0 : slash + 1) + ".rels", budget);
  if (!xml) return out;
  for (const pugi::xml_node one : xml->root().children()) {
    if (attribute(one, "TargetMode") == "External") continue;
    const std::string type = attribute(one, "Type");
    out[attribute(one, "Id")] = {type.substr(type.rfind('/') + 1), target_of(part, attribute(one, "Target"))};
  }
  return out;
}

// "_x000D_" stands for a character that XML cannot hold (ST_Xstring).
std::string unescaped(std::string text) {
  std::size_t at = text.find("_x");
  if (at == std::string::npos) return text;
  std::string out;
  std::size_t done = 0;
  for (; at != std::string::npos; at = text.find("_x", at)) {
    unsigned code = 0;
    const auto [end, error] = std::from_chars(text.data() + std::min(at + 2, text.size()),
                                              text.data() + std::min(at + 6, text.size()), code, 16);
    if (at + 6 >= text.size() || error != std::errc() || end != text.data() + at + 6 || text[at + 6] != '_') {
      ++at;
      continue;
    }
    out.append(text, done, at - done);
    if (code < 0x80 && code != 0)
      out += static_cast<char>(code);
    else if (code >= 0x80 && code < 0x800) {
      out += static_cast<char>(0xC0 | (code >> 6));
      out += static_cast<char>(0x80 | (code & 0x3F));
    } else if (code >= 0x800 && (code < 0xD800 || code > 0xDFFF)) {
      out += static_cast<char>(0xE0 | (code >> 12));
      out += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
      out += static_cast<char>(0x80 | (code & 0x3F));
    }
    at += 7;
    done = at;
  }
  return out + text.substr(done);
}

// The text of a shared or inline string: in one piece or in runs; how it is read aloud (rPh) is not part of it.
std::string text_in(const pugi::xml_node& node) {
  std::string out;
  for (const pugi::xml_node one : node.children()) {
    if (local(one.name()) == "t")
      out += one.text().get();
    else if (local(one.name()) == "r")
      out += child(one, "t").text().get();
  }
  return unescaped(to_valid_utf8(out));
}

// Whether a number with this format is a day: a "y" or a "d" outside of quotes and brackets, or an "m" without hours
// and seconds.
bool is_day_format(std::string_view code) {
  bool day = false;
  bool month = false;
  bool time = false;
  for (std::size_t i = 0; i < code.size(); ++i) {
    const char c = code[i];
    if (c == ';') break;  // what follows is for negative numbers and text
    if (c == '"') {
      const std::size_t close = code.find('"', i + 1);
      if (close == std::string_view::npos) break;
      i = close;
    } else if (c == '[') {
      const std::size_t close = code.find(']', i + 1);
      if (close == std::string_view::npos) break;
      i = close;
    } else if (c == '\\' || c == '_' || c == '*') {
      ++i;
    } else if (c == 'y' || c == 'Y' || c == 'd' || c == 'D') {
      day = true;
    } else if (c == 'm' || c == 'M') {
      month = true;
    } else if (c == 'h' || c == 'H' || c == 's' || c == 'S') {
      time = true;
    } else if (c == 'G' || c == 'g') {
      return false;  // General
    }
  }
  return day || (month && !time);
}

bool is_day_number(std::uint32_t built_in) {
  return (built_in >= 14 && built_in <= 17) || built_in == 22 || (built_in >= 27 && built_in <= 36) ||
         (built_in >= 50 && built_in <= 58);
}

// For each cell style, whether it shows a day.
Result<std::vector<bool>> day_styles(Parts& parts, const std::string& name, Budget& budget) {
  const auto xml = Xml::of(parts, name, budget);
  if (!xml) return pass_on(xml);
  std::vector<bool> out;
  std::map<std::uint32_t, bool> own;
  for (const pugi::xml_node one : child(xml->root(), "numFmts").children())
    if (const auto id = whole(attribute(one, "numFmtId"))) own[*id] = is_day_format(attribute(one, "formatCode"));
  for (const pugi::xml_node one : child(xml->root(), "cellXfs").children()) {
    const std::uint32_t id = whole(attribute(one, "numFmtId")).value_or(0);
    const auto found = own.find(id);
    out.push_back(found != own.end() ? found->second : is_day_number(id));
  }
  return out;
}

std::string number_text(double number) {
  std::array<char, 64> buffer;
  if (number == std::floor(number) && std::fabs(number) < 9.007199254740992e15) {
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), static_cast<std::int64_t>(number)).ptr;
    return {buffer.data(), end};
  }
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
  return {buffer.data(), end};
}

std::string day_text(double serial, bool from_1904) {
  const std::int64_t seconds_all = std::llround(serial * 86'400);
  std::int32_t days = static_cast<std::int32_t>(seconds_all / 86'400);
  const int seconds = static_cast<int>(seconds_all % 86'400);
  if (!from_1904 && days == 60) return number_text(serial);
  // Excel counts 29 February 1900, so what lies before it is a day later than its number says.
  if (!from_1904 && days < 60) ++days;
  const Date day = Date::from_ymd(1970, 1, 1).plus_days(days - (from_1904 ? kDaysTo1970From1904 : kDaysTo1970From1900));
  if (seconds == 0) return day.iso();
  std::array<char, 16> time;
  std::snprintf(time.data(), time.size(), "T%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  return day.iso() + time.data();
}

struct Book {
  std::vector<std::string> shared;
  std::vector<bool> days;  // by style
  bool from_1904 = false;
};

std::string cell_text(const pugi::xml_node& cell, const Book& book) {
  const std::string type = attribute(cell, "t");
  if (type == "inlineStr") return text_in(child(cell, "is"));
  const std::string value = child(cell, "v").text().get();
  if (type == "s") {
    const auto index = whole(value);
    return index && *index < book.shared.size() ? book.shared[*index] : std::string();
  }
  if (type == "b") return value == "1" ? "TRUE" : value == "0" ? "FALSE" : std::string();
  if (type == "str") return unescaped(to_valid_utf8(value));
  if (type == "e" || type == "d") return to_valid_utf8(value);  // "d": a day in ISO 8601 as it is
  if (value.empty()) return {};
  double number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc() || end != value.data() + value.size() || !std::isfinite(number)) return to_valid_utf8(value);
  const auto style = whole(attribute(cell, "s"));
  const bool day = style && *style < book.days.size() && book.days[*style];
  return day && number >= 0 && number <= kLastSerial ? day_text(number, book.from_1904) : number_text(number);
}

// "C5" is column 2. Empty when the reference is none.
std::optional<std::size_t> column_of(std::string_view reference) {
  std::size_t column = 0;
  std::size_t letters = 0;
  for (const char c : reference) {
    if (c < 'A' || c > 'Z') break;
    column = column * 26 + static_cast<std::size_t>(c - 'A') + 1;
    if (++letters > 3) return std::nullopt;
  }
  if (letters == 0) return std::nullopt;
  return column - 1;
}

Status read_rows(const pugi::xml_node& data, const Book& book, const XlsxLimits& limits, Budget& budget,
                 std::size_t& rows, Sheet& sheet) {
  std::int64_t line = 0;
  for (const pugi::xml_node row : data.children()) {
    if (local(row.name()) != "row") continue;
    ++line;
    if (const auto given = whole(attribute(row, "r"))) line = *given;
    SheetRow out{line, {}};
    std::size_t column = 0;
    for (const pugi::xml_node cell : row.children()) {
      if (local(cell.name()) != "c") continue;
      if (const auto given = column_of(attribute(cell, "r"))) column = *given;
      std::string text = cell_text(cell, book);
      if (!text.empty()) {
        if (column >= limits.columns)
          return refused("The sheet \"" + sheet.name + "\" has more than " + std::to_string(limits.columns) +
                         " columns. Take out those that are not needed.");
        if (out.fields.size() <= column) {
          // A row grows by doubling, and its cells are there whether anything stands in them or not.
          if (!budget.take((column + 1 - out.fields.size()) * 2 * sizeof(std::string))) return too_large();
          out.fields.resize(column + 1);
        }
        if (!budget.take(own_bytes(text))) return too_large();
        out.fields[column] = std::move(text);
      }
      ++column;
    }
    if (out.fields.empty()) continue;
    if (++rows > limits.rows)
      return refused("The workbook has more than " + grouped(static_cast<std::int64_t>(limits.rows)) +
                     " rows. Split it into smaller ones, or save its sheet as CSV.");
    if (!budget.take(2 * sizeof(SheetRow))) return too_large();
    sheet.rows.push_back(std::move(out));
  }
  return {};
}

}  // namespace

bool looks_like_workbook(std::string_view bytes) {
  return bytes.substr(0, kZip.size()) == kZip || bytes.substr(0, kCompound.size()) == kCompound;
}

Result<std::vector<Sheet>> read_xlsx(std::string_view bytes, const XlsxLimits& limits) {
  if (bytes.substr(0, kCompound.size()) == kCompound) {
    if (bytes.find(utf16("EncryptedPackage")) != std::string_view::npos)
      return refused("The workbook is protected by a password. Save it without one and choose it again.");
    return refused(
        "This is a workbook of the older form (.xls). Save it as an Excel workbook (.xlsx) and choose that file.");
  }
  if (bytes.substr(0, kZip.size()) != kZip)
    return refused("This is not an Excel workbook (.xlsx). Choose one, or a CSV file.");
  // Each may take all of the budget: one after the other.
  static std::mutex one_at_a_time;
  const std::lock_guard turn(one_at_a_time);
  Budget budget(limits.memory);
  auto parts = unpacked(bytes, limits, budget);
  if (!parts) return pass_on(parts);
  if (const auto type = parts->find("mimetype");
      type != parts->end() && type->second.find("opendocument") != std::string::npos)
    return refused(
        "This is an OpenDocument spreadsheet (.ods). Save it as an Excel workbook (.xlsx) or as CSV and choose that "
        "file.");

  std::string workbook;
  for (const auto& [id, relation] : relations_of(*parts, "", budget))
    if (relation.type == "officeDocument") workbook = relation.target;
  if (workbook.empty() && parts->count("xl/workbook.xml") != 0) workbook = "xl/workbook.xml";
  if (workbook.empty() || parts->count(workbook) == 0)
    return refused("This zip file holds no workbook. Choose an Excel workbook (.xlsx), or a CSV file.");
  const auto relations = relations_of(*parts, workbook, budget);
  const auto xml = Xml::of(*parts, workbook, budget);
  if (!xml) return pass_on(xml);
  if (local(xml->root().name()) != "workbook")
    return refused("This zip file holds no workbook. Choose an Excel workbook (.xlsx), or a CSV file.");

  Book book;
  const std::string from_1904 = attribute(child(xml->root(), "workbookPr"), "date1904");
  book.from_1904 = from_1904 == "1" || from_1904 == "true";
  for (const auto& [id, relation] : relations) {
    if (relation.type == "styles") {
      auto days = day_styles(*parts, relation.target, budget);
      if (!days) return pass_on(days);
      book.days = std::move(*days);
    }
    if (relation.type != "sharedStrings") continue;
    const auto strings = Xml::of(*parts, relation.target, budget);
    if (!strings) return pass_on(strings);
    for (const pugi::xml_node one : strings->root().children()) {
      if (local(one.name()) != "si") continue;
      std::string text = text_in(one);
      if (!budget.take(2 * sizeof(std::string) + own_bytes(text))) return too_large();
      book.shared.push_back(std::move(text));
    }
  }

  std::vector<Sheet> sheets;
  std::size_t rows = 0;
  for (const pugi::xml_node one : child(xml->root(), "sheets").children()) {
    const auto relation = relations.find(attribute(one, "id"));
    if (relation == relations.end() || relation->second.type != "worksheet") continue;  // a sheet that is a chart
    if (sheets.size() >= limits.sheets)
      return refused("The workbook has more than " + std::to_string(limits.sheets) +
                     " sheets. Take out those that are not needed.");
    const auto content = Xml::of(*parts, relation->second.target, budget);
    if (!content) return pass_on(content);
    Sheet sheet{to_valid_utf8(attribute(one, "name")), {}};
    if (const Status fine = read_rows(child(content->root(), "sheetData"), book, limits, budget, rows, sheet); !fine)
      return pass_on(fine);
    sheets.push_back(std::move(sheet));
  }
  if (sheets.empty()) return refused("The workbook has no sheet with cells. Choose another file.");
  return sheets;
}

}  // namespace tithing::exports
