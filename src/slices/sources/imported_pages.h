// The pages of imported lists (imported.h): which there are, what is in one, what differs from another version,
// choosing and taking back, importing with what it would change.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "exports/table.h"
#include "slices/sources/imported.h"
#include "web/web.h"

namespace tithing::sources {

struct ImportedPages {
  Message title;                           // "Harm weights"
  Message about;                           // on the page of all lists
  Message none;                            // when there is none
  Message import_title;                    // "Import harm weights"
  std::function<Message()> file_says;      // which columns a file has
  std::vector<web::NavigationItem> above;  // breadcrumbs before the title
  std::function<exports::Table(const ImportedList&, const std::vector<ListRow>&)> table;  // its texts are what is named
  // What stands before the table of a list.
  std::function<html::Markup(const web::Context&, const ImportedList&, const std::vector<ListRow>&)> before = {};
};

// GET <address>, <address>/import, <address>/:id (?against=ID), POST <address>/import, <address>/:id. `lists` outlives
// the router.
void register_imported_pages(ImportedLists& lists, ImportedPages pages);

// What differs between two tables of the same columns: rows that are gone or new by their texts, and other values.
exports::Table difference(const exports::Table& former, const exports::Table& now);

}  // namespace tithing::sources
