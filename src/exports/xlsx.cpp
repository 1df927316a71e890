#include "exports/xlsx.h"

#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <stdexcept>

#include "base/text.h"
#include "base/translation.h"

namespace tithing::exports {
namespace {

constexpr std::size_t kLongestText = 32'767;  // characters of a cell (Excel's specification)
constexpr std::size_t kMostRows = 1'048'575;  // of a sheet, less the heading
constexpr std::int64_t kExactDouble = std::int64_t{1} << 53;
constexpr std::int32_t kSerialOf1970 = 25'569;  // days from Excel's day 0 to 1 January 1970
constexpr std::int32_t kFirstSafeSerial = 61;   // 1 March 1900: before it Excel counts a day that never was

// A file that goes with this value.
class TemporaryFile {
 public:
  TemporaryFile() {
    std::error_code error;
    folder_ = std::filesystem::temp_directory_path(error).string();
    if (error) folder_ = "/tmp";
    path_ = folder_ + "/tithing-xlsx-XXXXXX";
    const int descriptor = ::mkstemp(path_.data());
    made_ = descriptor >= 0;
    if (made_) ::close(descriptor);
  }
  ~TemporaryFile() {
    if (made_) ::unlink(path_.c_str());
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  bool made() const { return made_; }
  std::string& path() { return path_; }
  std::string& folder() { return folder_; }

 private:
  std::string folder_, path_;
  bool made_ = false;
};

std::string number_format(ColumnKind kind, int decimals) {
  const std::string places =
      decimals > 0 ? "." + std::string(static_cast<std::size_t>(std::min(decimals, 15)), '0') : "";
  switch (kind) {
    case ColumnKind::integer:
      return "#,##0";
    case ColumnKind::decimal:
      return "#,##0" + places;
    case ColumnKind::per_cent:
      return "0" + places + "%";
    case ColumnKind::money:
      return "[$£-809]#,##0.00";
    case ColumnKind::date:
      return "d mmmm yyyy";
    case ColumnKind::text:
      break;
  }
  return "General";
}

// What a cell is as a number of Excel, or nothing when it has to stay text.
bool excel_number(const Cell& cell, ColumnKind kind, double& number) {
  if (cell.state != CellState::known || kind == ColumnKind::text) return false;
  if (cell.real) {
    number = *cell.real;
    return std::isfinite(number);
  }
  if (!cell.whole || *cell.whole > kExactDouble || *cell.whole < -kExactDouble) return false;
  if (kind == ColumnKind::money) {
    number = static_cast<double>(*cell.whole) / 100;
  } else if (kind == ColumnKind::date) {
    number = static_cast<double>(*cell.whole + kSerialOf1970);
    return number >= kFirstSafeSerial;
  } else {
    number = static_cast<double>(*cell.whole);
  }
  return true;
}

// Characters, not bytes: what Excel counts and what a column's width is measured in.
std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

// "_x0041_" stands for "A" in a workbook (ST_Xstring), so where it is meant as it stands its first character is written
// so.
std::string meant_as_it_stands(std::string text) {
  const auto is_hex = [&](std::size_t i) { return std::isxdigit(static_cast<unsigned char>(text[i])) != 0; };
  for (std::size_t at = text.find("_x"); at != std::string::npos && at + 6 < text.size();
       at = text.find("_x", at + 1)) {
    if (text[at + 6] != '_' || !is_hex(at + 2) || !is_hex(at + 3) || !is_hex(at + 4) || !is_hex(at + 5)) continue;
    text.insert(at, "_x005F");
    at += 6;
  }
  return text;
}

// Tables that the caller keeps.
struct Named {
  std::string name;
  const Table* table = nullptr;
};

class Workbook {
 public:
  Workbook(TemporaryFile& file, const std::vector<Named>& sheets, const About& about) : sheets_(sheets), about_(about) {
    lxw_workbook_options options = {};
    options.constant_memory = 1;
    options.tmpdir = file.folder().data();
    book_ = workbook_new_opt(file.path().c_str(), &options);
    if (book_ == nullptr) return;
    set_properties();
    bold_ = workbook_add_format(book_);
    format_set_bold(bold_);
    format_set_text_wrap(bold_);
    format_set_align(bold_, LXW_ALIGN_VERTICAL_TOP);
    wrapped_ = workbook_add_format(book_);
    format_set_text_wrap(wrapped_);
    format_set_align(wrapped_, LXW_ALIGN_VERTICAL_TOP);
  }
  bool made() const { return book_ != nullptr; }

  lxw_error write() {
    for (const Named& each : sheets_) write_table(each.name, *each.table);
    write_about();
    const lxw_error closed = workbook_close(book_);  // frees the workbook in any case
    book_ = nullptr;
    return first_error_ != LXW_NO_ERROR ? first_error_ : closed;
  }

 private:
  void note(lxw_error error) {
    if (first_error_ == LXW_NO_ERROR) first_error_ = error;
  }

  void set_properties() {
    title_ = to_valid_utf8(sheets_.front().table->title.substr(0, 250));
    lxw_doc_properties properties = {};
    properties.title = title_.data();
    properties.created =
        static_cast<time_t>(std::max<std::int64_t>(1, about_.retrieved_at.milliseconds / 1000));  // 0 would be now
    note(workbook_set_properties(book_, &properties));
  }

  lxw_format* format_for(ColumnKind kind, int decimals) {
    const std::string code = number_format(kind, decimals);
    lxw_format*& format = formats_[code];
    if (format == nullptr) {
      format = workbook_add_format(book_);
      format_set_num_format(format, code.c_str());
    }
    return format;
  }

  void write_table(const std::string& name, const Table& table) {
    lxw_worksheet* sheet = workbook_add_worksheet(book_, name.c_str());
    if (sheet == nullptr) return note(LXW_ERROR_MEMORY_MALLOC_FAILED);
    std::vector<std::size_t> shown;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      if (!table.columns[i].on_page_only) shown.push_back(i);
    }
    // Widths come first: with constant memory a row that has been passed cannot be touched again.
    for (std::size_t k = 0; k < shown.size(); ++k) {
      std::size_t width = std::min<std::size_t>(characters(full_heading(table.columns[shown[k]])), 24);
      for (const Row& row : table.rows) width = std::max(width, characters(row[shown[k]].text));
      const auto column = static_cast<lxw_col_t>(k);
      note(worksheet_set_column(sheet, column, column, static_cast<double>(std::min<std::size_t>(width, 60)) + 2,
                                nullptr));
    }
    const std::vector<std::string> remarks = table.remarks();
    const auto last = static_cast<lxw_col_t>(shown.size());
    if (!remarks.empty()) note(worksheet_set_column(sheet, last, last, 62, nullptr));
    worksheet_freeze_panes(sheet, 1, 0);
    worksheet_repeat_rows(sheet, 0, 0);
    for (std::size_t k = 0; k < shown.size(); ++k) {
      note(worksheet_write_string(sheet, 0, static_cast<lxw_col_t>(k),
                                  to_valid_utf8(full_heading(table.columns[shown[k]])).c_str(), bold_));
    }
    if (!remarks.empty()) note(worksheet_write_string(sheet, 0, last, kRemarksHeading, bold_));
    lxw_row_t line = 0;
    for (const Row& row : table.rows) {
      ++line;
      if (!remarks.empty() && !remarks[line - 1].empty())
        note(worksheet_write_string(sheet, line, last, meant_as_it_stands(to_valid_utf8(remarks[line - 1])).c_str(),
                                    wrapped_));
      for (std::size_t k = 0; k < shown.size(); ++k) {
        const Cell& cell = row[shown[k]];
        write_cell(sheet, line, static_cast<lxw_col_t>(k), cell, cell.kind_in(table.columns[shown[k]]));
      }
    }
  }

  void write_cell(lxw_worksheet* sheet, lxw_row_t line, lxw_col_t column, const Cell& cell, ColumnKind kind) {
    double number = 0;
    if (excel_number(cell, kind, number)) {
      note(worksheet_write_number(sheet, line, column, number, format_for(kind, cell.decimals)));
    } else if (!cell.text.empty()) {
      note(worksheet_write_string(sheet, line, column, meant_as_it_stands(to_valid_utf8(cell.text)).c_str(), nullptr));
    }
  }

  void about_line(const std::string& name, const std::string& value) {
    if (value.empty()) return;
    note(worksheet_write_string(about_sheet_, about_row_, 0, to_valid_utf8(name).c_str(), bold_));
    note(worksheet_write_string(about_sheet_, about_row_, 1, to_valid_utf8(value).c_str(), wrapped_));
    ++about_row_;
  }

  void write_about() {
    about_sheet_ = workbook_add_worksheet(book_, "About");
    note(worksheet_set_column(about_sheet_, 0, 0, 24, nullptr));
    note(worksheet_set_column(about_sheet_, 1, 1, 90, nullptr));
    about_line("Title", sheets_.front().table->title);
    for (const Named& each : sheets_)
      about_line(sheets_.size() == 1 ? "Rows" : "Rows of " + each.name,
                 grouped(static_cast<std::int64_t>(each.table->rows.size())));
    for (const auto& [name, value] : about_.filters) about_line(name, value);
    about_line("As at", about_.as_at);
    about_line("Evidence version", about_.evidence_version);
    about_line("Retrieved at", about_.retrieved_at.iso());
    about_line("Taken from", about_.address);
    for (const Named& each : sheets_) {
      for (const Words& source : each.table->sources) about_line("Source", source.text());
      for (const Words& one : each.table->notes) about_line("Note", one.text());
    }
    for (const auto& [sentence, cells] : cell_notes()) about_line("About " + plural(cells, "cell", "cells"), sentence);
  }

  std::map<std::string, std::int64_t> cell_notes() const {
    std::map<std::string, std::int64_t> out;
    for (const Named& each : sheets_) {
      for (const Row& row : each.table->rows) {
        for (const Cell& cell : row) {
          if (!cell.note.empty()) ++out[cell.note.text()];
        }
      }
    }
    return out;
  }

  const std::vector<Named>& sheets_;
  const About& about_;
  lxw_workbook* book_ = nullptr;
  lxw_format* bold_ = nullptr;
  lxw_format* wrapped_ = nullptr;
  lxw_worksheet* about_sheet_ = nullptr;
  lxw_row_t about_row_ = 0;
  std::string title_;
  std::map<std::string, lxw_format*> formats_;
  lxw_error first_error_ = LXW_NO_ERROR;
};

bool too_long(const Table& table) {
  const auto long_text = [](const std::string& text) {
    return text.size() > kLongestText && characters(text) > kLongestText;
  };
  for (const Row& row : table.rows) {
    for (const Cell& cell : row) {
      if (long_text(cell.text) || (!cell.note.empty() && long_text(cell.note.text()))) return true;
    }
  }
  const auto long_words = [&](const Words& words) { return long_text(words.text()); };
  return std::any_of(table.notes.begin(), table.notes.end(), long_words) ||
         std::any_of(table.sources.begin(), table.sources.end(), long_words);
}

bool is_name(const std::string& name) {
  return !name.empty() && characters(name) <= 31 && name.find_first_of("[]:*?/\\") == std::string::npos &&
         name.front() != '\'' && name.back() != '\'';
}

Result<std::string> workbook_of(const std::vector<Named>& sheets, const About& about) {
  std::set<std::string> names = {"about"};
  for (const Named& each : sheets) {
    if (!is_name(each.name) || !names.insert(lowered(each.name)).second)
      throw std::logic_error("not a name of a sheet: " + each.name);
    each.table->check();
    if (each.table->rows.size() > kMostRows) {
      return invalid(
          tr("The table has {0} rows, more than a sheet of Excel can hold. Take the CSV, or narrow the filters.",
             {grouped(static_cast<std::int64_t>(each.table->rows.size()))}));
    }
    if (too_long(*each.table))
      return invalid(tr("A text of this table is longer than a cell of Excel can hold. Take the CSV."));
  }
  if (sheets.empty()) throw std::logic_error("a workbook has a sheet");
  TemporaryFile file;
  if (!file.made()) return unavailable(tr("There is no room for a temporary file. Free some space and ask again."));
  Workbook workbook(file, sheets, about);
  if (!workbook.made() || workbook.write() != LXW_NO_ERROR) {
    return unavailable(
        tr("The workbook could not be written, perhaps because the disk is full. Free some space and ask "
           "again."));
  }
  std::ifstream stream(file.path(), std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
  if (!stream.good() && !stream.eof()) return unavailable(tr("The workbook could not be read back. Ask again."));
  return bytes;
}

}  // namespace

Result<std::string> to_xlsx(const Table& table, const About& about) { return workbook_of({{"Table", &table}}, about); }

Result<std::string> to_xlsx(const std::vector<TableSheet>& sheets, const About& about) {
  std::vector<Named> named;
  for (const TableSheet& each : sheets) named.push_back({each.name, &each.table});
  return workbook_of(named, about);
}

}  // namespace tithing::exports
