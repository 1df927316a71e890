// A workbook from outside: read within its limits, or refused with a sentence. The first byte says whether what follows
// is the file itself, or the XML of a sheet that is put into a workbook, so that the cells are reached without a zip.
#include <archive.h>
#include <archive_entry.h>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <utility>

#include "base/text.h"
#include "exports/read_xlsx.h"
#include "fuzz/memory_budget.h"

using namespace tithing;
using namespace tithing::exports;

namespace {

void insist(bool truth) {
  if (!truth) std::abort();
}

std::string with_sheet(std::string_view xml) {
  static std::string bytes(1u << 20, '\0');
  std::size_t used = 0;
  archive* writer = archive_write_new();
  archive_write_set_format_zip(writer);
  archive_write_zip_set_compression_store(writer);
  insist(archive_write_open_memory(writer, bytes.data(), bytes.size(), &used) == ARCHIVE_OK);
  const std::pair<const char*, std::string_view> parts[] = {
      {"xl/workbook.xml", "<workbook><sheets><sheet name=\"S\" r:id=\"a\"/></sheets></workbook>"},
      {"xl/_rels/workbook.xml.rels",
       "<Relationships><Relationship Id=\"a\" Type=\"/worksheet\" Target=\"s.xml\"/><Relationship Id=\"b\" "
       "Type=\"/sharedStrings\" Target=\"t.xml\"/>"
       "<Relationship Id=\"c\" Type=\"/styles\" Target=\"u.xml\"/></Relationships>"},
      {"xl/t.xml", "<sst><si><t>one_x000A_</t></si></sst>"},
      {"xl/u.xml", "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"},
      {"xl/s.xml", xml}};
  for (const auto& [name, content] : parts) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, name);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_size(entry, static_cast<la_int64_t>(content.size()));
    insist(archive_write_header(writer, entry) == ARCHIVE_OK);
    insist(archive_write_data(writer, content.data(), content.size()) >= 0);
    archive_entry_free(entry);
  }
  archive_write_close(writer);
  archive_write_free(writer);
  return bytes.substr(0, used);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0 || size > (256u << 10)) return 0;
  const std::string_view rest(reinterpret_cast<const char*>(data) + 1, size - 1);
  const XlsxLimits limits{.unpacked = 8u << 20, .memory = 64u << 20, .rows = 1000, .columns = 64, .sheets = 8};
  const auto sheets = data[0] % 2 == 0 ? read_xlsx(rest, limits) : read_xlsx(with_sheet(rest), limits);
  if (!sheets) {
    insist(!sheets.error().message.empty() && is_utf8(sheets.error().message));
    return 0;
  }
  std::size_t rows = 0;
  for (const Sheet& sheet : *sheets) {
    rows += sheet.rows.size();
    for (const SheetRow& row : sheet.rows) {
      insist(!row.fields.empty() && row.fields.size() <= 64 && !row.fields.back().empty());
      for (const std::string& field : row.fields) insist(is_utf8(field));
    }
  }
  insist(rows <= 1000);
  return 0;
}
