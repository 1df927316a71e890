// The room "Funding": worked examples with their tables and workings, and the reader of other people's tables. The
// builders are declared here so that tests can ask for them without a site.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "allocation/reconcile.h"
#include "allocation/scenarios.h"
#include "exports/table.h"
#include "html/html.h"
#include "slices/pots/examples.h"
#include "slices/pots/rooms.h"
#include "slices/wiring.h"

namespace tithing::pots {

extern const Permission kReconcile;

// An area in each row, its amount linked to its working; then the total and what went elsewhere.
exports::Table allocation_table(const Example& example, const Choice& choice, const Scheme& scheme,
                                const Allocation& allocation);
// Each year of the phasing in beside the others, each amount linked to its working.
exports::Table years_table(const Example& example, const Choice& choice, const std::vector<Allocation>& years);
// `address` is that of an amount, with the seed: each number is a measure under it.
exports::Table moves_table(const std::string& title, const Sensitivity& found, const figures::Address& address);
exports::Table stability_table(const std::string& title, const Sensitivity& found, const figures::Address& address);
figures::Address with_seed(figures::Address amount, std::uint64_t seed);
// The cells as printed.
exports::Table printed_table(const std::string& title, const PrintedTable& table);
// Each stated total against its rows.
exports::Table totals_table(const std::string& title, const Reconciliation& found);
// What a reader of the table should know, under headings: what does not tie, the cell that is off, what gives the
// printed rows, what cannot be checked, what ties.
// Of a table that comes with the program each number that a check holds leads to its figure.
html::Markup findings(const Reconciliation& found, const std::string& language, const Example* example = nullptr,
                      const PrintedTable* table = nullptr);

// What an example shows, its dates and names said, and each amount of the published table of its county a figure: as it
// is printed there, or as what reproduces its rows.
Words shows_of(const Example& example);

// As many rows, columns and bytes as a page reads of a printed table.
constexpr std::size_t kPrintedBytes = 256 * 1024;
constexpr std::size_t kPrintedRows = 500;
constexpr std::size_t kPrintedColumns = 60;
// A table that was pasted or uploaded. invalid with a sentence for the form.
Result<PrintedTable> printed_from(const std::string& text);

// An example worked out as the address of the page asks.
struct WorkedExample {
  Choice choice;
  std::uint64_t seed = 1;
  Scheme scheme;
  Allocation allocation;
};
Result<WorkedExample> worked_example(const Wiring& wiring, const Example& example, const web::Context& context);
// The page without a table: what was asked for is wrong, or the evidence is not there.
web::Answer not_worked(const Wiring& wiring, const Example& example, web::Context& context, const Problem& problem);
// What stays in the address of an example's pages.
std::vector<std::pair<std::string, std::string>> query_of(const Choice& choice, const Example& example,
                                                          std::uint64_t seed);

// The papers of an example: pages_papers.cpp.
inline constexpr const char* kPaperFile = "paper.docx";
inline constexpr const char* kWorkingsFile = "workings.xlsx";
html::Markup paper_links(const Example& example, const std::vector<std::pair<std::string, std::string>>& query,
                         const std::string& language);
web::Answer example_paper_file(const Wiring& wiring, const Example& example, web::Context& context,
                               const std::string& file);
void register_paper_pages(Wiring& wiring);

class FundingService;
void register_pages(Wiring& wiring, FundingService& service);
void register_reconcile_pages(Wiring& wiring);

}  // namespace tithing::pots
