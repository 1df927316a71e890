#include "slices/evidence/csv_text.h"

#include "base/csv.h"

namespace tithing::evidence {

std::vector<CsvRecord> read_csv(std::string_view text) {
  std::vector<CsvRecord> records;
  CsvReader reader(text);
  for (std::vector<std::string> fields; reader.next(fields);) records.push_back({reader.line(), fields});
  return records;
}

}  // namespace tithing::evidence
