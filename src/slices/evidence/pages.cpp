#include "slices/evidence/pages.h"

#include <algorithm>

#include "base/text.h"
#include "exports/csv.h"
#include "exports/table_html.h"
#include "exports/xlsx.h"
#include "figures/numbers.h"
#include "govuk/components.h"
#include "lists/list.h"
#include "slices/evidence/kinds_files.h"
#include "slices/evidence/ledger.h"
#include "slices/evidence/population.h"
#include "slices/evidence/type_doubts.h"
#include "slices/sources/sources.h"

namespace tithing::evidence {

using html::Content;
using html::Markup;
using html::Url;
using html::Writer;
using web::Answer;
using web::Context;

Url source_url(std::int64_t source_file) { return Url::parse(sources::page_of(source_file)); }

Markup link(const Context& context, const Content& text, const Url& url) {
  Writer writer(context.language);
  writer.element("a", {{"class", "govuk-link"}, {"href", url}}, text);
  return writer.take();
}

std::vector<web::NavigationItem> breadcrumbs(bool below_evidence) {
  std::vector<web::NavigationItem> items = {{tr("Home"), Url("/"), false}};
  if (below_evidence) items.push_back({tr("Data sets"), Url("/evidence"), false});
  return items;
}

std::int64_t number_of(const std::string& text) {
  if (text.empty() || text.size() > 15 || text.find_first_not_of("0123456789") != std::string::npos) return 0;
  return std::stoll(text);
}

Answer export_of(const Context& context, const exports::Table& table, const std::string& evidence_version,
                 bool workbook) {
  if (!workbook) return web::download(exports::to_csv(table), exports::kCsvType, exports::file_name(table, "csv"));
  exports::About about;
  about.filters = lists::query_without(context, {"page"});
  about.evidence_version = evidence_version;
  about.address = context.request->target;
  about.retrieved_at = context.now;
  const Result<std::string> bytes = exports::to_xlsx(table, about);
  if (!bytes) return web::problem_page(context, bytes.error());
  return web::download(*bytes, exports::kXlsxType, exports::file_name(table, "xlsx"));
}

std::string day_of(const std::string& instant) {
  const Result<Date> date = Date::parse(instant.substr(0, 10));
  if (!date) return instant;
  return date->text() + (instant.size() >= 16 ? ", " + instant.substr(11, 5) + " UTC" : std::string());
}

Answer no_such(const Context& context, const char* sentence) {
  return web::problem_page(context, {ProblemKind::not_found, sentence, {}});
}

namespace {

std::string kind_name(const std::string& kind) {
  if (kind == "police-street") return "Street-level crime";
  if (kind == "population") return "Populations";
  if (kind == "table-c2") return "ONS Table C2";
  if (kind == "area-look-up") return "Look-up of areas";
  if (kind == "lsoa-exact-fit") return "LSOAs of 2011 and 2021";
  if (kind == "boundaries") return "Boundaries";
  std::string name = kind;
  std::replace(name.begin(), name.end(), '-', ' ');
  if (!name.empty() && name[0] >= 'a' && name[0] <= 'z') name[0] = static_cast<char>(name[0] - 'a' + 'A');
  return name;
}

// ---- /evidence

Answer overview(EvidenceService& service, Context& context) {
  const auto snapshot = service.evidence();
  Writer writer(context.language);
  const std::optional<Period> months = snapshot->months();
  if (!months) {
    paragraph(writer, tr("No police data has been imported yet."));
  } else {
    int missing = 0, suspect = 0, malformed = 0;
    std::int64_t rows = 0;
    for (const ForceMonth& entry : snapshot->ledger()) {
      missing += entry.state == FileState::missing;
      malformed += entry.state == FileState::malformed;
      suspect += entry.suspect();
      rows += entry.rows;
    }
    paragraph(writer,
              tr("{0} rows of {1}, {2}.",
                 {grouped(rows), plural(static_cast<std::int64_t>(snapshot->forces().size()), "force", "forces"),
                  months->text()}));
    paragraph(writer, tr("{0} of {1} are missing, {2} cannot be read, {3} are suspect.",
                         {grouped(missing),
                          plural(static_cast<std::int64_t>(snapshot->ledger().size()), "force-month", "force-months"),
                          grouped(malformed), grouped(suspect)}));
  }
  writer.open("ul", {{"class", "govuk-list"}});
  writer.open("li")
      .put(link(context, tr("Coverage: what each force submitted"), Url("/evidence/coverage")))
      .close("li");
  writer.open("li")
      .put(link(context, tr("Revisions: months that were published again"), Url("/evidence/revisions")))
      .close("li");
  writer.open("li")
      .put(link(context, tr("Publications: which file counts, and why"), Url("/evidence/publications")))
      .close("li");
  writer.open("li").put(link(context, tr("Imports, newest first"), Url("/evidence/imports"))).close("li");
  if (context.actor.can(kImportEvidence))
    writer.open("li").put(link(context, tr("Import data"), Url("/evidence/import"))).close("li");
  writer.close("ul");

  exports::Table table{.id = "kinds",
                       .title = tr("Files by kind"),
                       .caption = {},
                       .columns = {{"kind", tr("Kind")},
                                   {"files", tr("Files"), exports::ColumnKind::integer},
                                   {"accepted", tr("Rows accepted"), exports::ColumnKind::integer},
                                   {"refused", tr("Rows refused"), exports::ColumnKind::integer}}};
  for (const sources::KindCount& kind : service.source_kinds()) {
    table.rows.push_back({exports::text_cell(as_name(kind_name(kind.kind)))
                              .linked(Url::path("/evidence/sources", {}, {{"kind", kind.kind}})),
                          exports::integer_cell(kind.files), exports::integer_cell(kind.rows_accepted),
                          exports::integer_cell(kind.rows_refused)});
  }
  writer.put(exports::to_html(
      table, {.language = context.language, .paged = false, .empty_text = tr("No file has been imported yet.")}));

  for (const store::DatasetRow& row : service.datasets("table-c2")) {
    heading(writer, tr("ONS {0}, {1}", {as_name("Table C2"), as_date(row.label)}));
    paragraph(writer, link(context, tr("The file"), source_url(row.source_file)));
    if (!row.remarks.empty()) {
      paragraph(writer, tr("It is kept as published. What does not fit in it:"));
      writer.open("ul", {{"class", "govuk-list govuk-list--bullet"}});
      for (const std::string& remark : split(row.remarks, '\n')) writer.element("li", remark);
      writer.close("ul");
    }
  }
  if (const std::span<const int> years = snapshot->population_years(); !years.empty()) {
    heading(writer, tr("Populations"));
    paragraph(writer, tr("Mid-{0}, by LSOA of 2021. Tables stand side by side: each year and LSOA is from the newest "
                         "one that knows it.",
                         {years_in_words(years)}));
    for (const store::DatasetRow& row : service.datasets("population")) {
      paragraph(writer, link(context, row.label.empty() ? tr("The file") : tr("The file of {0}", {row.label}),
                             source_url(row.source_file)));
    }
  }
  return web::page(context, {.title = tr("Data sets"), .breadcrumbs = breadcrumbs(false)}, writer.take());
}

// ---- /evidence/sources

exports::Table sources_table(const std::vector<sources::SourceFile>& files) {
  exports::Table table{.id = "sources",
                       .title = tr("Files"),
                       .caption = {},
                       .columns = {{"name", tr("File")},
                                   {"kind", tr("Kind")},
                                   {"archive", tr("Archive")},
                                   {"imported", tr("Imported")},
                                   {"accepted", tr("Rows accepted"), exports::ColumnKind::integer},
                                   {"refused", tr("Rows refused"), exports::ColumnKind::integer},
                                   {"sha256", tr("SHA-256")}}};
  for (const sources::SourceFile& file : files) {
    table.rows.push_back(
        {exports::text_cell(as_name(std::string(base_name(file.name)))).linked(source_url(file.id.value)),
         exports::text_cell(kind_name(file.kind)), exports::text_cell(as_name(file.archive_name)),
         exports::text_cell(as_date(day_of(file.imported_at))), exports::integer_cell(file.rows_accepted),
         exports::integer_cell(file.rows_refused), exports::text_cell(as_code(file.sha256))});
  }
  return table;
}

Answer sources_page(EvidenceService& service, Context& context) {
  const std::string kind = context.query_value("kind");
  const exports::Paging paging = lists::paging(context, service.source_files(kind, 1, 0).total);
  exports::Table table =
      sources_table(service.source_files(kind, lists::limit_of(paging), lists::offset_of(paging)).files);
  table.columns.pop_back();  // the checksum is on the file's page and in the exports
  for (exports::Row& row : table.rows) row.pop_back();
  lists::Filter kinds{.name = "kind", .label = tr("Kind")};
  for (const sources::KindCount& one : service.source_kinds())
    kinds.choices.emplace_back(one.kind, kind_name(one.kind));
  Writer writer(context.language);
  paragraph(writer, tr("Every file that was given to this program is kept as it came. {0} in all.",
                       {listed(plural(paging.total, "file", "files"), table.id)}));
  writer.put(lists::part(context, {.table = std::move(table),
                                   .none = tr("There is no such file."),
                                   .paging = paging,
                                   .chosen_before = {kinds},
                                   .csv_path = "/evidence/sources.csv",
                                   .xlsx_path = "/evidence/sources.xlsx"}));
  return web::page(
      context,
      {.title = kind.empty() ? tr("Files") : tr("Files: {0}", {kind_name(kind)}), .breadcrumbs = breadcrumbs(true)},
      writer.take());
}

Answer sources_export(EvidenceService& service, Context& context, bool workbook) {
  return export_of(context, sources_table(service.source_files(context.query_value("kind"), 100'000, 0).files),
                   service.evidence()->version(), workbook);
}

std::string state_text(PublicationState state) {
  switch (state) {
    case PublicationState::counts:
      return "counts";
    case PublicationState::superseded:
      return "replaced by a later publication";
    case PublicationState::set_aside:
      return "set aside";
    case PublicationState::malformed:
      return "cannot be read";
  }
  return "";
}

exports::Table refused_table(const sources::SourceFile& file, const std::vector<sources::RefusedRow>& rows) {
  exports::Table table{.id = "refused",
                       .title = tr("Refused rows of {0}", {std::string(base_name(file.name))}),
                       .caption = tr("Refused rows"),
                       .columns = {{"line", tr("Line"), exports::ColumnKind::integer},
                                   {"reason", tr("Why")},
                                   {"text", tr("The row as it stands")}}};
  for (const sources::RefusedRow& row : rows) {
    table.rows.push_back(
        {exports::integer_cell(row.line), exports::text_cell(row.reason), exports::text_cell(row.text)});
  }
  return table;
}

Answer source_page(EvidenceService& service, Context& context) {
  const std::optional<sources::SourceFile> file = service.source_file(number_of(context.parameter("id")));
  if (!file) return no_such(context, "There is no file of this number. Look for it in the list of files.");
  Writer writer(context.language);
  govuk::SummaryListParams facts;
  const auto fact = [&](Message key, const Content& value) {
    facts.rows.push_back({.key = {.text = std::move(key)}, .value = {.text = value}});
  };
  fact(tr("Kind"), as_name(kind_name(file->kind)));
  fact(tr("Name"), as_name(file->name));
  if (!file->archive_name.empty()) fact(tr("Came in the archive"), as_name(file->archive_name));
  fact(tr("SHA-256"), as_code(file->sha256));
  if (!file->archive_sha256.empty()) fact(tr("SHA-256 of the archive"), as_code(file->archive_sha256));
  fact(tr("Bytes"), grouped(file->bytes));
  fact(tr("Publisher"), file->publisher.empty() ? Content(tr("not known")) : Content(file->publisher));
  fact(tr("Licence"), file->licence.empty() ? Content(tr("not known")) : Content(file->licence));
  fact(tr("Imported"), as_date(day_of(file->imported_at)));
  if (context.actor.signed_in()) fact(tr("Imported by"), as_name(context.person(file->imported_by)));
  fact(tr("Rows accepted"), grouped(file->rows_accepted));
  fact(tr("Rows refused"), grouped(file->rows_refused));
  const std::vector<store::PublicationRow> publications = service.publications_of(file->id.value);
  if (publications.size() == 1 && publications[0].problem.empty()) {
    const store::PublicationRow& p = publications[0];
    fact(tr("Rows without an LSOA"), grouped(p.without_lsoa));
    fact(tr("Rows without coordinates"), grouped(p.without_coordinates));
    fact(tr("Rows without a Crime ID"), grouped(p.without_crime_id));
    fact(tr("Rows whose Crime ID came before (counted)"), grouped(p.repeated_crime_id));
    fact(tr("Rows equal to an earlier one (counted)"), grouped(p.repeated_row));
  }
  render(writer, facts);

  if (!publications.empty()) {
    exports::Table table{.id = "publications",
                         .title = tr("What came of it"),
                         .caption = {},
                         .columns = {{"force", tr("Force")},
                                     {"month", tr("Month")},
                                     {"state", tr("State")},
                                     {"rows", tr("Rows"), exports::ColumnKind::integer},
                                     {"why", tr("Remark")}}};
    for (const store::PublicationRow& p : publications) {
      exports::Cell state = exports::text_cell(state_text(p.publication.state));
      if (p.replaces != 0)
        state = state.linked(Url::path("/evidence/revisions/{}", {std::to_string(p.publication.id)}));
      table.rows.push_back({exports::text_cell(p.force_name), exports::text_cell(p.publication.month), std::move(state),
                            exports::integer_cell(p.accepted),
                            exports::text_cell(!p.problem.empty()         ? p.problem
                                               : p.publication.is_extract ? "an extract, not a file as published"
                                                                          : "")});
    }
    writer.put(exports::to_html(table, {.language = context.language, .paged = false}));
  }
  if (file->rows_refused > 0) {
    if (context.actor.can(kReadRows)) {
      writer.put(lists::part(context, {.table = refused_table(*file, service.refused_rows(file->id.value)),
                                       .search = true,
                                       .csv_path = source_url(file->id.value).text() + "/refused.csv"}));
    } else {
      paragraph(writer, tr("People who may read rows can see and download those that were refused."));
    }
  }
  return web::page(context, {.title = std::string(base_name(file->name)), .breadcrumbs = breadcrumbs(true)},
                   writer.take());
}

Answer refused_csv(EvidenceService& service, Context& context) {
  const std::optional<sources::SourceFile> file = service.source_file(number_of(context.parameter("id")));
  if (!file) return no_such(context, "There is no file of this number. Look for it in the list of files.");
  return export_of(context, refused_table(*file, service.refused_rows(file->id.value)), {}, false);
}

// ---- /evidence/coverage

std::string coverage_state(const ForceMonth& entry) {
  return entry.suspect() ? "suspect" : std::string(name_of(entry.state));
}

struct CoverageFilter {
  std::string force;
  std::string state;
};

exports::Table coverage_list(const EvidenceSnapshot& snapshot, const CoverageFilter& filter) {
  exports::Table table{.id = "coverage",
                       .title = tr("Coverage"),
                       .caption = tr("Force-months"),
                       .columns = {{"force", tr("Force")},
                                   {"month", tr("Month")},
                                   {"state", tr("State")},
                                   {"rows", tr("Rows"), exports::ColumnKind::integer},
                                   {"without_lsoa", tr("Without LSOA"), exports::ColumnKind::integer},
                                   {"refused", tr("Refused"), exports::ColumnKind::integer},
                                   {"elsewhere", tr("In other forces"), exports::ColumnKind::integer},
                                   {"vintage", tr("LSOA codes of")},
                                   {"publications", tr("Publications"), exports::ColumnKind::integer},
                                   {"why", tr("Why suspect")}}};
  for (const ForceMonth& entry : snapshot.ledger()) {
    const Force& force = snapshot.forces()[static_cast<std::size_t>(entry.force)];
    const std::string state = coverage_state(entry);
    if ((!filter.force.empty() && force.slug != filter.force) || (!filter.state.empty() && state != filter.state))
      continue;
    const bool there = entry.state == FileState::submitted;
    const auto number = [&](std::int64_t n, const char* of) {
      if (!there) return exports::unknown_cell(tr("There is no file to count."));
      const exports::Cell cell = exports::integer_cell(n);
      return cell.explained(figures::number_part(file_rows_address(force, entry.month, of), "", cell.text,
                                                 "Rows of the file that counts"));
    };
    exports::Cell month = exports::text_cell(entry.month);
    if (entry.source_file != 0) month = month.linked(source_url(entry.source_file));
    table.rows.push_back(
        {exports::text_cell(force.name), std::move(month), exports::text_cell(state), number(entry.rows, "rows"),
         number(entry.without_lsoa, "without-lsoa"), number(entry.refused, "refused"),
         number(entry.in_other_forces, "in-other-forces"),
         exports::text_cell(as_date(entry.lsoa_vintage != 0 ? std::to_string(entry.lsoa_vintage) : "")),
         exports::integer_cell(entry.publications), exports::text_cell(joined(entry.reasons(), "; "))});
  }
  return table;
}

// Forces down, months of one year across: each cell says its state in a word.
void coverage_grid(Writer& writer, const EvidenceSnapshot& snapshot, int year, const Context& context) {
  const Period months = *snapshot.months();
  const Month first = std::max(months.from, Month::from_ym(year, 1));
  const Month last = std::min(months.to, Month::from_ym(year, 12));
  govuk::TableParams table;
  table.caption = tr("Files by force and month, {0}", {std::to_string(year)});
  table.first_cell_is_header = true;
  table.head.push_back({.text = tr("Force")});
  for (Month month = first; month <= last; month = month.plus(1)) table.head.push_back({.text = month.short_text()});
  for (std::size_t force = 0; force < snapshot.forces().size(); ++force) {
    std::vector<govuk::TableCell> row{{.text = snapshot.forces()[force].name}};
    for (Month month = first; month <= last; month = month.plus(1)) {
      const ForceMonth* entry = snapshot.force_month(static_cast<int>(force), month);
      const std::string state = entry == nullptr ? "missing" : coverage_state(*entry);
      Content cell = state == "submitted"   ? Content(tr("submitted"))
                     : state == "suspect"   ? Content(tr("suspect"))
                     : state == "malformed" ? Content(tr("malformed"))
                                            : Content(tr("missing"));
      if (entry != nullptr && entry->source_file != 0) cell = link(context, cell, source_url(entry->source_file));
      row.push_back({.text = std::move(cell)});
    }
    table.rows.push_back(std::move(row));
  }
  Writer body(context.language);
  render(body, table);
  render(writer, govuk::ScrollRegionParams{.label = table.caption, .body = body.take()});
}

Answer coverage_page(EvidenceService& service, Context& context) {
  const auto snapshot = service.evidence();
  Writer writer(context.language);
  const std::optional<Period> months = snapshot->months();
  if (!months) {
    paragraph(writer, tr("No police data has been imported yet."));
    return web::page(context, {.title = tr("Coverage"), .breadcrumbs = breadcrumbs(true)}, writer.take());
  }
  paragraph(writer, tr("A month that a force did not submit is missing, not nought. A file can be there and wrong: "
                       "then it is suspect, and every figure that rests on it says so."));
  int year = static_cast<int>(number_of(context.query_value("year")));
  if (year < months->from.year() || year > months->to.year()) year = months->to.year();
  if (months->from.year() != months->to.year()) {
    writer.open("ul", {{"class", "govuk-list"}});
    for (int other = months->from.year(); other <= months->to.year(); ++other) {
      writer.open("li");
      if (other == year) {
        writer.element("strong", std::to_string(other));
      } else {
        writer.put(link(context, std::to_string(other), web::with_query(context, "year", std::to_string(other))));
      }
      writer.close("li");
    }
    writer.close("ul");
  }
  coverage_grid(writer, *snapshot, year, context);

  const CoverageFilter filter{context.query_value("force"), context.query_value("state")};
  heading(writer, tr("As a list"));
  lists::Filter force{.name = "force", .label = tr("Force"), .all = tr("Every force")};
  for (const Force& there : snapshot->forces()) force.choices.emplace_back(there.slug, there.name);
  const lists::Filter state{.name = "state",
                            .label = tr("State"),
                            .choices = {{"submitted", tr("submitted")},
                                        {"missing", tr("missing")},
                                        {"malformed", tr("malformed")},
                                        {"suspect", tr("suspect")}},
                            .all = tr("Every state")};
  writer.put(lists::part(context, {.table = coverage_list(*snapshot, filter),
                                   .none = tr("No force-month is in this state."),
                                   .chosen_before = {force, state},
                                   .csv_path = "/evidence/coverage.csv",
                                   .xlsx_path = "/evidence/coverage.xlsx"}));
  heading(writer, tr("When a file is suspect"));
  writer.open("ul", {{"class", "govuk-list govuk-list--bullet"}});
  writer.element("li", tr("It is an extract that somebody made, not a file as published."));
  writer.element("li", tr("More than half of its rows that name an LSOA lie in other forces' areas."));
  writer.element("li", tr("More than half of its rows are reported by another force."));
  const auto whole = [](std::int64_t number) { return as_setting(grouped(number)); };
  const auto share = [](double part) { return as_setting(percent(part, 0)); };
  writer.element("li", tr("More than one row in {0} was refused, or has longitude and latitude in each other's place.",
                          {whole(kRefusedOneIn)}));
  writer.element("li", tr("It has fewer than half or more than twice as many rows as the middle one of the force's "
                          "other months within {0} months before and after (where there are {1} of them).",
                          {whole(kNeighbourMonths), whole(static_cast<std::int64_t>(kFewestNeighbours))}));
  writer.element(
      "li", tr("It has rows of fewer than half of the categories of its time: what it has no row of is not known."));
  writer.element("li", tr("A category has no row, where the force's other months have {0} or more of it in the middle: "
                          "it is not known in that month, and the rest of the file counts.",
                          {whole(kSurelyThere)}));
  writer.element("li", tr("At least {0} categories, and half of those with {1} rows or more, lie below {2} of the "
                          "middle of the force's other months: only part of the month is there.",
                          {whole(static_cast<std::int64_t>(kFewestLow)), whole(kEnough), share(kLowShare)}));
  writer.element("li", tr("One category alone lies far below the force's other months: below {0} of their middle and "
                          "{1} of their least (where the middle is {2} or more), or, by more than their own variation "
                          "explains, below {3} of what is expected and {4} of their least (where it is {5} or more).",
                          {share(kThinShare), share(kThinOfLeast), whole(kThinEnough), share(kLowShare),
                           share(kHalfOfLeast), whole(kHalfEnough)}));
  writer.close("ul");
  return web::page(context, {.title = tr("Coverage"), .breadcrumbs = breadcrumbs(true)}, writer.take());
}

Answer coverage_export(EvidenceService& service, Context& context, bool workbook) {
  const auto snapshot = service.evidence();
  return export_of(context, coverage_list(*snapshot, {context.query_value("force"), context.query_value("state")}),
                   snapshot->version(), workbook);
}

// ---- /evidence/revisions

Answer revisions_page(EvidenceService& service, Context& context) {
  const exports::Paging paging = lists::paging(context, service.revisions(1, 0).total);
  const EvidenceService::RevisionPage page = service.revisions(lists::limit_of(paging), lists::offset_of(paging));
  Writer writer(context.language);
  paragraph(writer, tr("The same month is published again with other outcomes, sometimes with other rows. What was "
                       "imported last counts; what it replaced is kept."));
  exports::Table table{.id = "revisions",
                       .title = tr("Revisions"),
                       .caption = tr("Months that were published again"),
                       .columns = {{"month", tr("Month")},
                                   {"force", tr("Force")},
                                   {"imported", tr("Imported")},
                                   {"added", tr("Rows added"), exports::ColumnKind::integer},
                                   {"removed", tr("Rows removed"), exports::ColumnKind::integer},
                                   {"outcome", tr("With another outcome"), exports::ColumnKind::integer},
                                   {"changed", tr("Changed otherwise"), exports::ColumnKind::integer}}};
  for (const EvidenceService::Revision& revision : page.revisions) {
    TypeDifference sums;
    for (const TypeDifference& difference : revision.differences) {
      sums.added += difference.added;
      sums.removed += difference.removed;
      sums.other_outcome += difference.other_outcome;
      sums.otherwise_changed += difference.otherwise_changed;
    }
    table.rows.push_back(
        {exports::text_cell(revision.later.publication.month)
             .linked(Url::path("/evidence/revisions/{}", {std::to_string(revision.later.publication.id)})),
         exports::text_cell(revision.later.force_name), exports::text_cell(as_date(day_of(revision.later.imported_at))),
         exports::integer_cell(sums.added), exports::integer_cell(sums.removed),
         exports::integer_cell(sums.other_outcome), exports::integer_cell(sums.otherwise_changed)});
  }
  writer.put(lists::part(
      context, {.table = std::move(table), .none = tr("No month has been published again."), .paging = paging}));
  return web::page(context, {.title = tr("Revisions"), .breadcrumbs = breadcrumbs(true)}, writer.take());
}

exports::Table revision_table(const EvidenceService::Revision& revision) {
  exports::Table table{
      .id = "revision",
      .title = tr("Revision of {0}, {1}", {revision.later.force_name, revision.later.publication.month.text()}),
      .caption = tr("What differs, by crime type"),
      .columns = {{"type", tr("Crime type")},
                  {"added", tr("Rows added"), exports::ColumnKind::integer},
                  {"removed", tr("Rows removed"), exports::ColumnKind::integer},
                  {"outcome", tr("With another outcome"), exports::ColumnKind::integer},
                  {"changed", tr("Changed otherwise"), exports::ColumnKind::integer}}};
  for (const TypeDifference& difference : revision.differences) {
    table.rows.push_back({exports::text_cell(difference.name), exports::integer_cell(difference.added),
                          exports::integer_cell(difference.removed), exports::integer_cell(difference.other_outcome),
                          exports::integer_cell(difference.otherwise_changed)});
  }
  return table;
}

Answer revision_page(EvidenceService& service, Context& context) {
  // ":id" takes "12" and "12.csv" alike.
  std::string id = context.parameter("id");
  const bool csv = id.ends_with(".csv");
  if (csv) id.erase(id.size() - 4);
  const std::optional<EvidenceService::Revision> revision = service.revision(number_of(id));
  if (!revision) return no_such(context, "There is no revision of this number. Look for it in the list of revisions.");
  const exports::Table table = revision_table(*revision);
  if (csv) return export_of(context, table, {}, false);
  Writer writer(context.language);
  govuk::SummaryListParams facts;
  const auto publication = [&](Message key, const store::PublicationRow& row) {
    Writer value(context.language);
    value.put(link(context, as_name(std::string(base_name(row.file_name))), source_url(row.source_file)));
    if (!row.archive_name.empty()) value.text(", ").put(as_name(row.archive_name));
    value.text(", " + plural(row.accepted, "row", "rows") + ", ").put(as_date(day_of(row.imported_at)));
    facts.rows.push_back({.key = {.text = std::move(key)}, .value = {.text = value.take()}});
  };
  publication(revision->later.publication.state == PublicationState::counts
                  ? tr("Counts now")
                  : tr("The later one, which does not count now"),
              revision->later);
  publication(tr("It replaced"), revision->former);
  render(writer, facts);
  writer.put(exports::to_html(table, {.language = context.language,
                                      .paged = false,
                                      .csv_path = "/evidence/revisions/" + id + ".csv",
                                      .empty_text = tr("The rows are the same.")}));
  std::vector<web::NavigationItem> trail = breadcrumbs(true);
  trail.push_back({tr("Revisions"), Url("/evidence/revisions"), false});
  return web::page(context, {.title = table.title, .breadcrumbs = trail}, writer.take());
}

}  // namespace

void register_pages(Wiring& wiring, EvidenceService& service) {
  EvidenceService* const evidence = &service;
  const auto get = [&](const char* pattern, web::Access access, Answer (*handler)(EvidenceService&, Context&)) {
    wiring.router.get(pattern, std::move(access),
                      [evidence, handler](Context& context) { return handler(*evidence, context); });
  };
  get("/evidence", web::Access::anyone(), overview);
  get("/evidence/sources", web::Access::anyone(), sources_page);
  get("/evidence/sources.csv", web::Access::anyone(),
      [](EvidenceService& s, Context& c) { return sources_export(s, c, false); });
  get("/evidence/sources.xlsx", web::Access::anyone(),
      [](EvidenceService& s, Context& c) { return sources_export(s, c, true); });
  get("/evidence/sources/:id", web::Access::anyone(), source_page);
  get("/evidence/sources/:id/refused.csv", web::Access::permission(kReadRows), refused_csv);
  get("/evidence/coverage", web::Access::anyone(), coverage_page);
  get("/evidence/coverage.csv", web::Access::anyone(),
      [](EvidenceService& s, Context& c) { return coverage_export(s, c, false); });
  get("/evidence/coverage.xlsx", web::Access::anyone(),
      [](EvidenceService& s, Context& c) { return coverage_export(s, c, true); });
  get("/evidence/revisions", web::Access::anyone(), revisions_page);
  get("/evidence/revisions/:id", web::Access::anyone(), revision_page);
}

}  // namespace tithing::evidence
