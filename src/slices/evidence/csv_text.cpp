#include "slices/evidence/csv_text.h"

namespace tithing::evidence {

std::vector<CsvRecord> read_csv(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  std::vector<CsvRecord> records;
  CsvRecord record;
  record.line = 1;
  std::string field;
  bool quoted = false;
  bool anything = false;
  std::int64_t line = 1;
  const auto end_record = [&] {
    record.fields.push_back(std::move(field));
    field.clear();
    records.push_back(std::move(record));
    record = {};
    record.line = line;
    anything = false;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\n') ++line;
    if (quoted) {
      if (c != '"') {
        if (c != '\r') field += c;
      } else if (i + 1 < text.size() && text[i + 1] == '"') {
        field += '"';
        ++i;
      } else {
        quoted = false;
      }
      continue;
    }
    if (c == '"' && field.empty()) {
      quoted = anything = true;
    } else if (c == ',') {
      record.fields.push_back(std::move(field));
      field.clear();
      anything = true;
    } else if (c == '\n') {
      if (anything || !field.empty()) {
        end_record();
      } else {
        record.line = line;
      }
    } else if (c != '\r') {
      field += c;
      anything = true;
    }
  }
  if (anything || !field.empty()) end_record();
  return records;
}

}  // namespace tithing::evidence
