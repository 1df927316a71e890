#include "app/table_exports.h"

#include "exports/csv.h"
#include "exports/page_tables.h"
#include "exports/xlsx.h"

namespace tithing::app {

http::Response answer_with_tables(const web::Site& site, const http::Request& request, const Clock& clock) {
  exports::PageTables tables(request.path, request.query);
  http::Response answer = site.handle(request);
  // A page that is not there, or not for this person, stays what it is; so does one without such a table.
  if (tables.format().empty() || answer.status != 200 || !tables.wanted()) return answer;
  const exports::Table& table = *tables.wanted();
  if (tables.format() == "csv") {
    answer.body = exports::to_csv(table);
    answer.set("Content-Type", "text/csv; charset=utf-8");
  } else {
    exports::About about;
    about.address = request.target;
    about.retrieved_at = clock.now();
    auto workbook = exports::to_xlsx(table, about);
    if (!workbook) return answer;
    answer.body = std::move(*workbook);
    answer.set("Content-Type", exports::kXlsxType);
  }
  answer.set("Content-Disposition", "attachment; filename=\"" + exports::file_name(table, tables.format()) + "\"");
  return answer;
}

}  // namespace tithing::app
