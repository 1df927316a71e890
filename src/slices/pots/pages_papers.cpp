// The allocation paper of a worked example: as a page, as a page to print, for Word, and its workbook with the
// workings.
#include "govuk/components.h"
#include "slices/pots/pages.h"
#include "slices/pots/pages_documents.h"
#include "slices/pots/papers.h"

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

// With an example and its paper, or the page that says why there is none.
template <class Show>
Answer with_paper(const Wiring& wiring, Context& context, Show show) {
  const Example* example = asked_for(context);
  if (example == nullptr) return no_such_example(context);
  const auto made = made_of(wiring, *example, context);
  if (!made) return no_paper(*example, wiring, context, made.error());
  return show(*example, allocation_paper((*made)->input),
              query_of((*made)->worked.choice, *example, (*made)->worked.seed));
}

Answer paper_page(const Context& context, const Example& example, const exports::Document& document,
                  const Query& query) {
  const auto at = [&](const std::string& path) {
    return Url::path("/funding/examples/{}" + path, {example.name}, query);
  };
  web::PageOptions options{.title = document.title, .rooms = funding_rooms(context, "/funding")};
  options.breadcrumbs = {
      {tr("Home"), Url("/"), false}, {tr("Funding"), Url("/funding"), false}, {example.title, at(""), false}};
  return web::page(
      context, options,
      document_body(context, document,
                    {at(std::string("/") + kPaperFile), at(std::string("/") + kWorkingsFile), at("/paper/print")}));
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
  if (file == kPaperFile) return word_file(context, document, exports::file_name(document, "docx"));
  exports::About about{.filters = {{"Example", example.title}}};
  for (const auto& [name, value] : query_of((*made)->worked.choice, example, (*made)->worked.seed))
    about.filters.push_back({name, value});
  about.evidence_version = input.workings.empty() ? "" : input.workings.front().evidence_version;
  about.as_at = input.workings.empty() ? "" : input.workings.front().as_at;
  return workbook_file(context, paper_workbook(input), about, exports::file_name(document, "xlsx"));
}

void register_paper_pages(Wiring& wiring) {
  const Wiring* const w = &wiring;
  wiring.router.get("/funding/examples/:name/paper", web::Access::anyone(), [=](Context& context) {
    return with_paper(*w, context, [&](const Example& example, const exports::Document& document, const Query& query) {
      return paper_page(context, example, document, query);
    });
  });
  wiring.router.get("/funding/examples/:name/paper/print", web::Access::anyone(), [=](Context& context) {
    return with_paper(*w, context, [&](const Example& example, const exports::Document& document, const Query& query) {
      return printed_document(context, document, Url::path("/funding/examples/{}/paper", {example.name}, query));
    });
  });
}

}  // namespace tithing::pots
