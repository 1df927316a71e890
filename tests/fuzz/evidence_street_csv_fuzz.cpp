// The reader of street-level files on any bytes: every row is either counted or refused, and the sums agree.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "fuzz/memory_budget.h"
#include "slices/evidence/segment.h"
#include "slices/evidence/street_counts.h"

using namespace tithing;
using namespace tithing::evidence;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const bool named = data[0] & 1;
  const std::size_t step = data[1] + std::size_t{1};
  const bool heading = data[0] & 2;
  std::string text;
  if (heading) {
    text =
        "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,Last "
        "outcome category,Context\n";
  }
  text.append(reinterpret_cast<const char*>(data) + 2, size - 2);
  TextStream stream(text, step);
  const std::string name = named ? "2022-01-surrey-street.csv" : "rows.csv";
  const Result<StreetFile> file = read_street_file(stream, name, parse_police_file_name(name));
  if (!file) return 0;
  for (const ForceMonthCounts& part : file->parts) {
    std::int64_t rows = 0;
    for (const ForceMonthCounts::Cell& cell : part.cells) rows += cell.count;
    if (rows != part.rows) std::abort();
    const Result<ForceMonthCounts> again = from_segment(to_segment(part));
    if (!again || !(*again == part)) std::abort();
  }
  return 0;
}
