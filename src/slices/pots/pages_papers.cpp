// The allocation paper of a worked example: as a page, as a page to print, for Word, and its workbook with the
// workings.
#include "exports/document_docx.h"
#include "exports/document_html.h"
#include "govuk/components.h"
#include "slices/pots/pages.h"
#include "slices/pots/papers.h"
#include "web/site_address.h"

namespace tithing::pots {
namespace {

using html::Url;
using html::Writer;
using web::Answer;
using web::Context;

using Query = std::vector<std::pair<std::string, std::string>>;

struct Made {
  WorkedExample worked;
  PaperInput input;  // of `worked`
};

// An example with its workings, asked for as the page of a working asks: so the paper leads where it says.
Result<std::unique_ptr<Made>> made_of(const Wiring& wiring, const Example& example, const Context& context) {
  auto found = worked_example(wiring, example, context);
  if (!found) return pass_on(found);
  auto made = std::make_unique<Made>(Made{std::move(*found), {}});
  PaperInput& input = made->input;
  input.scheme = &made->worked.scheme;
  input.allocation = &made->worked.allocation;
  const auto viewer = figures::Viewer::of(context.reach());
  for (const AreaAmount& area : made->worked.allocation.areas) {
    auto figure =
        wiring.figures.ask(address_of(example, made->worked.choice, area.key), viewer, figures::Detail::working);
    if (!figure) return pass_on(figure);
    input.workings.push_back(std::move(*figure));
  }
  if (years_of(made->worked.scheme) > 1) {
    auto years = allocate_years(made->worked.scheme);
    if (!years) return pass_on(years);
    input.years = std::move(*years);
  }
  input.title = example.title;
  input.remarks = {
      "A worked example of this program, to show what such a paper holds. It is no paper of the body whose table or "
      "figures it rests on, and nothing has been decided by it."};
  input.sources = {example.source};
  return made;
}

Answer no_paper(const Example& example, const Wiring& wiring, Context& context, const Problem& problem) {
  if (example.kind != Example::Kind::table) return not_worked(wiring, example, context, problem);
  return web::problem_page(
      context,
      {ProblemKind::not_found,
       "This example is a printed table: there is no scheme to write a paper from. Choose one that is a scheme.",
       {}});
}

const Example* asked_for(const Context& context) { return find_example(context.parameter("name")); }

Answer no_such_example(Context& context) {
  return web::problem_page(
      context,
      {ProblemKind::not_found, "There is no worked example of this name. The list is on the page Funding.", {}});
}

Answer paper_page(const Wiring& wiring, Context& context) {
  const Example* example = asked_for(context);
  if (example == nullptr) return no_such_example(context);
  const auto made = made_of(wiring, *example, context);
  if (!made) return no_paper(*example, wiring, context, made.error());
  const exports::Document document = allocation_paper((*made)->input);
  const Query query = query_of((*made)->worked.choice, *example, (*made)->worked.seed);
  Writer writer(context.language);
  const auto link = [&](const std::string& path, Message text) {
    writer.element(
        "a", {{"class", "govuk-link"}, {"href", Url::path("/funding/examples/{}/" + path, {example->name}, query)}},
        std::move(text));
  };
  writer.open("p", {{"class", "govuk-body tithing-table__downloads"}});
  link(kPaperFile, tr("Download for Word"));
  writer.text(" ");
  link(kWorkingsFile, tr("Download the table and its workings for Excel"));
  writer.text(" ");
  link("paper/print", tr("Page to print"));
  writer.close("p");
  writer.put(exports::to_html(document, {.language = context.language}));
  web::PageOptions options{.title = document.title, .rooms = funding_rooms(context, "/funding")};
  options.breadcrumbs = {{tr("Home"), Url("/"), false},
                         {tr("Funding"), Url("/funding"), false},
                         {example->title, Url::path("/funding/examples/{}", {example->name}, query), false}};
  return web::page(context, options, writer.take());
}

Answer print_page(const Wiring& wiring, Context& context) {
  const Example* example = asked_for(context);
  if (example == nullptr) return no_such_example(context);
  const auto made = made_of(wiring, *example, context);
  if (!made) return no_paper(*example, wiring, context, made.error());
  const Query query = query_of((*made)->worked.choice, *example, (*made)->worked.seed);
  const Url back = Url::path("/funding/examples/{}/paper", {example->name}, query);
  return web::text_answer(
      exports::to_page(allocation_paper((*made)->input), back, {.language = context.language}).text(),
      "text/html; charset=utf-8");
}

}  // namespace

html::Markup paper_links(const Example& example, const Query& query, const std::string& language) {
  Writer writer(language);
  writer.open("p", {{"class", "govuk-body"}});
  writer.element("a",
                 {{"class", "govuk-link"}, {"href", Url::path("/funding/examples/{}/paper", {example.name}, query)}},
                 tr("Allocation paper"));
  writer.text(" ").put(tr("with these amounts, also for Word, and a workbook with every working.")).close("p");
  return writer.take();
}

Answer example_paper_file(const Wiring& wiring, const Example& example, Context& context, const std::string& file) {
  const auto made = made_of(wiring, example, context);
  if (!made) return no_paper(example, wiring, context, made.error());
  const PaperInput& input = (*made)->input;
  const exports::Document document = allocation_paper(input);
  if (file == kPaperFile)
    return web::download(exports::to_docx(document, {.site = web::site_address(context)}), exports::kDocxType,
                         exports::file_name(document, "docx"));
  exports::About about;
  about.filters = {{"Example", example.title}};
  for (const auto& [name, value] : query_of((*made)->worked.choice, example, (*made)->worked.seed))
    about.filters.push_back({name, value});
  about.address = context.request->target;
  about.retrieved_at = context.now;
  about.evidence_version = input.workings.empty() ? "" : input.workings.front().evidence_version;
  about.as_at = input.workings.empty() ? "" : input.workings.front().as_at;
  const auto workbook = exports::to_xlsx(paper_workbook(input), about);
  if (!workbook) return web::problem_page(context, workbook.error());
  return web::download(*workbook, exports::kXlsxType, exports::file_name(document, "xlsx"));
}

void register_paper_pages(Wiring& wiring) {
  const Wiring* const w = &wiring;
  wiring.router.get("/funding/examples/:name/paper", web::Access::anyone(),
                    [=](Context& context) { return paper_page(*w, context); });
  wiring.router.get("/funding/examples/:name/paper/print", web::Access::anyone(),
                    [=](Context& context) { return print_page(*w, context); });
}

}  // namespace tithing::pots
