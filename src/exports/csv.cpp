#include "exports/csv.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "base/money.h"
#include "base/text.h"
#include "base/translation.h"

namespace tithing::exports {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::size_t kBuffer = 256 * 1024;

bool is_plain_number(std::string_view text) {
  if (!text.empty() && text.front() == '-') text.remove_prefix(1);
  bool digit = false, point = false;
  for (const char c : text) {
    if (c >= '0' && c <= '9') {
      digit = true;
    } else if (c == '.' && !point && digit) {
      point = true;
    } else {
      return false;
    }
  }
  return digit && text.back() != '.';
}

// Spreadsheets pass over spaces before they look for a formula.
bool looks_like_formula(std::string_view text) {
  const std::size_t first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return false;
  return std::string_view("=+-@\t\r\n").find(text[first]) != std::string_view::npos &&
         !is_plain_number(text.substr(first));
}

void append_field(std::string& out, std::string_view text) {
  const bool guard = looks_like_formula(text);
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
    if (guard) out += '\'';
    out += text;
    return;
  }
  out += '"';
  if (guard) out += '\'';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

std::string without_commas(std::string text) {
  text.erase(std::remove(text.begin(), text.end(), ','), text.end());
  return text;
}

std::string csv_heading(const Column& column) {
  if (column.kind == ColumnKind::money && column.unit.empty()) return column.heading + " (£)";
  if (column.kind != ColumnKind::per_cent) return full_heading(column);
  if (column.unit.empty()) return column.heading + " (%)";
  const bool said = column.unit.find('%') != std::string::npos || column.unit.find("per cent") != std::string::npos;
  return said ? full_heading(column) : column.heading + " (%, " + column.unit + ")";
}

std::string csv_value(const Cell& cell, ColumnKind kind) {
  if (cell.state != CellState::known) return cell.text;
  switch (kind) {
    case ColumnKind::integer:
      if (cell.whole) return std::to_string(*cell.whole);
      break;
    case ColumnKind::decimal:
      if (cell.real) return without_commas(fixed(*cell.real, cell.decimals));
      if (cell.whole) return std::to_string(*cell.whole);
      break;
    case ColumnKind::per_cent:
      if (cell.real) return without_commas(fixed(*cell.real * 100, cell.decimals));
      break;
    case ColumnKind::money:
      if (cell.whole) return Money{*cell.whole}.plain();
      break;
    case ColumnKind::date:
      if (cell.whole) return Date::from_days(static_cast<std::int32_t>(*cell.whole)).iso();
      break;
    case ColumnKind::text:
      break;
  }
  return cell.text;
}

}  // namespace

void append_csv_line(std::string& out, const std::vector<std::string>& fields) {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (i > 0) out += ',';
    append_field(out, fields[i]);
  }
  // A line of one empty field would be an empty line, which readers pass over.
  if (fields.size() == 1 && fields.front().empty()) out += "\"\"";
  out += "\r\n";
}

std::string to_csv(const Table& table, const CsvOptions& options) {
  table.check();
  std::string out;
  if (options.byte_order_mark) out += kByteOrderMark;
  std::vector<std::string> line;
  for (const Column& column : table.columns) {
    if (!column.on_page_only) line.push_back(csv_heading(column));
  }
  const std::vector<std::string> remarks = table.remarks();
  if (!remarks.empty()) line.emplace_back(kRemarksHeading);
  append_csv_line(out, line);
  for (const Row& row : table.rows) {
    line.clear();
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (!table.columns[i].on_page_only) line.push_back(csv_value(row[i], row[i].kind_in(table.columns[i])));
    }
    if (!remarks.empty()) line.push_back(remarks[static_cast<std::size_t>(&row - table.rows.data())]);
    append_csv_line(out, line);
  }
  return out;
}

struct CsvFile::Impl {
  std::string path;
  std::FILE* file = nullptr;
  std::string buffer;
  std::int64_t rows = 0;
  bool broken = false;

  std::string part() const { return path + ".part"; }
  Status failed() {
    broken = true;
    return unavailable(errno == ENOSPC ? tr("The disk is full. Free some space and ask for the file again.")
                                       : tr("The file could not be written: {0}.", {std::strerror(errno)}));
  }
  Status flush() {
    if (broken) return unavailable(tr("The file could not be written."));
    if (std::fwrite(buffer.data(), 1, buffer.size(), file) != buffer.size()) return failed();
    buffer.clear();
    return {};
  }
};

CsvFile::CsvFile() : impl_(std::make_unique<Impl>()) {}

CsvFile::~CsvFile() {
  if (impl_->file == nullptr) return;
  std::fclose(impl_->file);
  std::error_code ignored;
  std::filesystem::remove(impl_->part(), ignored);
}

Result<std::unique_ptr<CsvFile>> CsvFile::create(const std::string& path, const CsvOptions& options) {
  std::unique_ptr<CsvFile> out(new CsvFile);
  out->impl_->path = path;
  out->impl_->file = std::fopen(out->impl_->part().c_str(), "wb");
  if (out->impl_->file == nullptr) {
    return unavailable(
        tr("The file cannot be made: {0}. Check the folder and its permissions.", {std::strerror(errno)}));
  }
  if (options.byte_order_mark) out->impl_->buffer += kByteOrderMark;
  return out;
}

Status CsvFile::row(const std::vector<std::string>& fields) {
  append_csv_line(impl_->buffer, fields);
  ++impl_->rows;
  return impl_->buffer.size() < kBuffer ? Status{} : impl_->flush();
}

Status CsvFile::finish() {
  if (impl_->file == nullptr) return unavailable(tr("The file has been finished already."));
  if (Status flushed = impl_->flush(); !flushed) return flushed;
  // A full disk may show only now.
  if (std::fclose(std::exchange(impl_->file, nullptr)) != 0) {
    Status problem = impl_->failed();
    std::error_code ignored;
    std::filesystem::remove(impl_->part(), ignored);
    return problem;
  }
  std::error_code error;
  std::filesystem::rename(impl_->part(), impl_->path, error);
  if (error) return unavailable(tr("The file could not be given its name: {0}.", {error.message()}));
  return {};
}

std::int64_t CsvFile::rows() const { return impl_->rows; }

}  // namespace tithing::exports
