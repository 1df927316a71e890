// Writes a page that has every part of the look on it, for a person to look at:
//
//   ninja -C build/dev sample_page && build/dev/tests/conformance/sample_page > build/sample.html
//
// then serve build/ at any port (python3 -m http.server) and open sample.html: the styles lie in build/assets.
#include <cstdio>
#include <string>
#include <vector>

#include "govuk/components.h"
#include "govuk/page.h"

using namespace tithing;
using namespace tithing::govuk;

namespace {

constexpr const char* kLanguage = "en";

Markup figure(const char* text, const char* hint) {
  return rendered(FigureLinkParams{.text = text, .href = Url("/figures/crimes"), .hint = hint}, kLanguage);
}

// The rows of North Yorkshire's files, January to November 2022.
void put_table(Writer& writer) {
  const auto row = [](const char* name, const char* rows, const char* rag) {
    return std::vector<TableCell>{
        {.text = name},
        {.text = figure(rows, "rows whose LSOA lies in the area; data.police.uk, 11 months"), .format = "numeric"},
        {.text = Content("0.0%"), .format = "numeric"},
        {.text = Content("not known"), .format = "numeric", .classes = "tithing-table__unknown"},
        {.text = Content("E22000372"), .format = ""},
        {.text = rendered(RagParams{.rag = std::string(rag) == "r"   ? Rag::red
                                           : std::string(rag) == "a" ? Rag::amber
                                           : std::string(rag) == "g" ? Rag::green
                                                                     : Rag::none},
                          kLanguage)}};
  };
  const Markup caption("<span id=\"caption\">Rows of the files by partnership, January to November 2022</span>");
  const TableParams table{.caption = caption,
                          .caption_classes = "govuk-table__caption--m",
                          .first_cell_is_header = true,
                          .head = {{.text = "Partnership"},
                                   {.text = "Rows", .format = "numeric"},
                                   {.text = "Share", .format = "numeric"},
                                   {.text = "Change", .format = "numeric"},
                                   {.text = "Code"},
                                   {.text = "Rating"}},
                          .rows = {row("North Yorkshire", "42,954", "r"), row("City of York", "18,303", "a"),
                                   row("Without an LSOA", "321", "g"), row("All", "61,779", "n")}};
  render(writer, ScrollRegionParams{.labelled_by = "caption", .body = rendered(table, kLanguage)});
  writer.raw("<p class=\"govuk-body-s tithing-table__line\">Source: data.police.uk street-level files, 11 months.</p>");
  writer.raw(
      "<p class=\"govuk-body-s tithing-table__downloads\"><a class=\"govuk-link\" href=\"#\">Download as CSV</a></p>");
}

void put_working(Writer& writer) {
  writer.raw("<h2 class=\"govuk-heading-m\">Working</h2><p class=\"tithing-working__value\">42,954</p>");
  writer.raw(
      "<p class=\"tithing-working__formula\">rows where area(LSOA) = E22000372 and month in 2022-01..2022-11</p>");
  render(writer, InputTreeParams{.items = {{.text = "11 files of North Yorkshire Police",
                                            .source = "data.police.uk, 61,779 rows accepted",
                                            .inputs = {{.text = "2022-01-north-yorkshire-street.csv"},
                                                       {.text = "2022-02-north-yorkshire-street.csv"}}},
                                           {.text = "The look-up of districts and partnerships, 2022"}}});
}

void put_form(Writer& writer) {
  writer.raw("<h2 class=\"govuk-heading-m\">Import</h2><form>");
  render(writer, InputParams{.name = "place",
                             .label = {.text = "Place"},
                             .hint = {.text = "A code or a name"},
                             .error_message = {.text = "Enter a code or a name"},
                             .classes = "govuk-input--width-20"});
  render(writer, SelectParams{.name = "type",
                              .items = {{.value = "burglary", .text = "Burglary"}, {.value = "drugs", .text = "Drugs"}},
                              .label = {.text = "Crime type"}});
  render(writer, DateInputParams{.id = "from",
                                 .name_prefix = "from",
                                 .without_day = true,
                                 .fieldset = FieldsetParams{.legend = {.text = "From month"}}});
  render(writer, RadiosParams{.name = "sort",
                              .items = {{.text = "By count", .value = "count"}, {.text = "By rate", .value = "rate"}},
                              .value = "rate",
                              .fieldset = FieldsetParams{.legend = {.text = "Order"}},
                              .classes = "govuk-radios--small govuk-radios--inline"});
  render(writer, CheckboxesParams{.name = "show",
                                  .items = {{.text = "Rows without coordinates", .value = "a"}},
                                  .classes = "govuk-checkboxes--small"});
  render(writer, PasswordInputParams{.name = "password", .label = {.text = "Password"}});
  render(writer, FileUploadParams{.name = "file", .label = {.text = "Archive of data.police.uk"}});
  render(writer, ButtonParams{.text = "Import"});
  writer.raw(" ");
  render(writer, ButtonParams{.text = "Cancel", .classes = "govuk-button--secondary"});
  writer.raw("</form>");
}

}  // namespace

int main() {
  Writer body(kLanguage);
  body.raw("<p class=\"tithing-answer\">The force's files hold ")
      .put(figure("61,779", "rows of 11 files; data.police.uk"));
  body.raw(" rows, of which ")
      .put(figure("42,954", "rows whose LSOA lies in the area"))
      .raw(" lie in North Yorkshire and ");
  body.put(figure("18,303", "rows whose LSOA lies in the area"))
      .raw(" in City of York.</p><div class=\"tithing-columns\"><div>");
  put_table(body);
  put_working(body);
  render(body, PaginationParams{
                   .items = {{.number = "1", .href = Url("#")}, {.number = "2", .href = Url("#"), .current = true}},
                   .previous = {.href = Url("#")},
                   .next = {.href = Url("#")}});
  body.raw("</div><div>");
  render(body, JobProgressParams{.state = "Reading the files", .detail = "7 of 11 files", .done = 7, .total = 11});
  render(body, JobProgressParams{.id = "job2", .state = "Waiting", .running = true, .url = Url("/nothing")});
  render(body, InsetTextParams{.text = "December 2022 has not been published."});
  render(body, WarningTextParams{.text = "Seven of eleven months have been read."});
  render(body,
         SummaryListParams{.rows = {{.key = {.text = "Code"}, .value = {.text = "E22000372"}},
                                    {.key = {.text = "Kind"}, .value = {.text = "Community safety partnership"}}}});
  render(body,
         DetailsParams{.summary = "What is counted", .text = "Every row of the files, also one without a place."});
  body.raw("<p class=\"govuk-body\">");
  render(body, TagParams{.text = "Provisional", .classes = "govuk-tag--yellow"});
  body.raw(" ");
  render(body, TagParams{.text = "Frozen"});
  body.raw(" ");
  render(body, TagParams{.text = "Missing", .classes = "govuk-tag--grey"});
  body.raw("</p>");
  put_form(body);
  body.raw("</div></div>");

  PageParams page;
  page.title = "Recorded crime in North Yorkshire";
  page.caption = "Community safety partnership, January to November 2022";
  page.where = "North Yorkshire";
  page.where_url = Url("#");
  page.rooms = {{.text = "Overview", .url = Url("#")},    {.text = "Evidence", .url = Url("#"), .current = true},
                {.text = "Priorities", .url = Url("#")},  {.text = "Money", .url = Url("#")},
                {.text = "Performance", .url = Url("#")}, {.text = "Meetings", .url = Url("#")},
                {.text = "Rounds", .url = Url("#")},      {.text = "Partnership", .url = Url("#")}};
  page.breadcrumbs = {{.text = "North Yorkshire", .url = Url("#")}, {.text = "Evidence", .url = Url("#")}};
  page.signed_in_name = "CSP manager";
  page.work_count = 3;
  page.as_at = "You are looking at 1 January 2012";
  page.as_at_leave_url = Url("#");
  page.notice = rendered(NotificationBannerParams{.text = "The import has finished.", .type = "success"}, kLanguage);
  page.body = body.take();
  std::fputs(govuk::page(page).text().c_str(), stdout);
  return 0;
}
