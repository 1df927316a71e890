#include "base/csv.h"

namespace tithing {

CsvReader::CsvReader(std::string_view text, char separator) : text_(text), separator_(separator) {
  if (text_.substr(0, 3) == "\xEF\xBB\xBF") at_ = 3;
}

bool CsvReader::next(std::vector<std::string>& fields) {
  std::size_t used = 0;
  const auto field = [&]() -> std::string& {
    if (used == fields.size()) fields.emplace_back();
    std::string& out = fields[used++];
    out.clear();
    return out;
  };
  while (at_ < text_.size() && (text_[at_] == '\n' || text_[at_] == '\r')) {
    if (text_[at_] == '\n') ++next_line_;
    ++at_;
  }
  if (at_ >= text_.size()) return false;
  line_ = next_line_;
  for (;;) {
    std::string& out = field();
    // A quote opens a field also after blanks, as people type it.
    const std::size_t first = text_.find_first_not_of(separator_ == '\t' ? " " : " \t", at_);
    if (first != std::string_view::npos && text_[first] == '"') {
      at_ = first + 1;
      for (;;) {
        const std::size_t quote = text_.find('"', at_);
        const std::size_t end = quote == std::string_view::npos ? text_.size() : quote;
        for (std::size_t i = at_; i < end; ++i)
          if (text_[i] == '\n') ++next_line_;
        out.append(text_.substr(at_, end - at_));
        at_ = end;
        if (quote == std::string_view::npos) {
          broken_ = true;
          break;
        }
        ++at_;
        if (at_ >= text_.size() || text_[at_] != '"') break;
        out += '"';
        ++at_;
      }
    }
    const char ends[] = {separator_, '\r', '\n'};
    const std::size_t end = text_.find_first_of(std::string_view(ends, sizeof ends), at_);
    const std::size_t stop = end == std::string_view::npos ? text_.size() : end;
    out.append(text_.substr(at_, stop - at_));
    at_ = stop;
    if (at_ < text_.size() && text_[at_] == separator_) {
      ++at_;
      continue;
    }
    if (at_ < text_.size() && text_[at_] == '\r') ++at_;
    if (at_ < text_.size() && text_[at_] == '\n') {
      ++at_;
      ++next_line_;
    }
    fields.resize(used);
    return true;
  }
}

std::vector<CsvRecord> csv_records(std::string_view text) {
  std::vector<CsvRecord> records;
  CsvReader reader(text);
  for (std::vector<std::string> fields; reader.next(fields);) records.push_back({reader.line(), fields});
  return records;
}

}  // namespace tithing
