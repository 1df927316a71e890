#include "app/table_exports.h"

#include "exports/csv.h"
#include "exports/page_tables.h"
#include "exports/xlsx.h"

namespace tithing::app {
namespace {

class TablesAsFiles : public web::PageFiles {
 public:
  explicit TablesAsFiles(const http::Request& request) : tables_(request.path, request.query) {}

  // A page that is not there, or not for this person, stays what it is; so does one without such a table.
  std::optional<web::Answer> file_of(const web::Context& context, const web::Answer& page) override {
    if (tables_.format().empty() || page.status != 200 || !tables_.wanted()) return std::nullopt;
    const exports::Table& table = *tables_.wanted();
    web::Answer answer = page;
    if (tables_.format() == "csv") {
      answer.body = exports::to_csv(table);
      answer.set("Content-Type", "text/csv; charset=utf-8");
    } else {
      exports::About about;
      about.address = context.request->target;
      about.retrieved_at = context.now;
      auto workbook = exports::to_xlsx(table, about);
      if (!workbook) return std::nullopt;
      answer.body = std::move(*workbook);
      answer.set("Content-Type", exports::kXlsxType);
    }
    answer.set("Content-Disposition", "attachment; filename=\"" + exports::file_name(table, tables_.format()) + "\"");
    return answer;
  }

 private:
  exports::PageTables tables_;
};

}  // namespace

std::unique_ptr<web::PageFiles> tables_as_files(const http::Request& request) {
  return std::make_unique<TablesAsFiles>(request);
}

}  // namespace tithing::app
