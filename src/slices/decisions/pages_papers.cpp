// The papers of a decision as pages, to print and for Word, and the workbook with the workings (paper.h).
#include <algorithm>

#include "base/text.h"
#include "exports/document_docx.h"
#include "exports/document_html.h"
#include "govuk/components.h"
#include "slices/decisions/pages.h"
#include "slices/decisions/paper.h"
#include "web/site_address.h"

namespace tithing::decisions {
namespace {

using exports::Document;
using html::Url;
using html::Writer;
using web::Answer;
using web::Context;

struct PaperName {
  PaperKind kind;
  const char* address;  // of the page, without the decision's
  const char* file;     // as it is saved
};
constexpr PaperName kPapers[] = {{PaperKind::allocation, "paper", "allocation-paper"},
                                 {PaperKind::notice, "notice", "decision-notice"}};

Result<DecisionView> view_of(DecisionService& service, const Context& context) {
  const auto id = decision_of(context);
  if (!id) return not_found(tr("There is no such decision. The list is under Funding, Decisions."));
  auto view = service.view(context.actor, *id);
  if (view) return view;
  if (const auto told = service.taken_back(context.actor, *id))
    return conflict(tr("{0} There is no paper of it while it is drafted again. What you wrote is under {1}.",
                       {in_words(told->back).text(), address_of(*id)}));
  return view;
}

// With the decision and its paper, or the page that says why there is none.
template <class Show>
Answer with_paper(DecisionService& service, Context& context, PaperKind kind, Show&& show) {
  const auto view = view_of(service, context);
  if (!view) return web::problem_page(context, view.error());
  const auto document = paper_of(*view, kind, context.actor.signed_in(), context.today);
  if (!document) return web::problem_page(context, document.error());
  return show(*view, *document);
}

std::string file_of(const DecisionView& view, const std::string& name, const char* extension) {
  return lowered(view.decision.reference()) + "-" + name + "." + extension;
}

Answer paper_page(Context& context, const PaperName& paper, const DecisionView& view, const Document& document) {
  const DecisionId id = view.decision.id;
  Writer writer(context.language);
  writer.open("p", {{"class", "govuk-body tithing-table__downloads"}});
  const auto link = [&](const std::string& step, Message text) {
    writer.element("a", {{"class", "govuk-link"}, {"href", decision_url(id, step.c_str())}}, std::move(text)).text(" ");
  };
  const std::string at = std::string("/") + paper.address;
  link(at + ".docx", tr("Download for Word"));
  if (view.frozen) link("/workings.xlsx", tr("Download the table and its workings for Excel"));
  link(at + "/print", tr("Page to print"));
  writer.close("p");
  writer.put(exports::to_html(document, {.language = context.language}));
  web::PageOptions options = decision_options(context, &view.decision);
  options.breadcrumbs.push_back({view.decision.title, decision_url(id), false});
  options.title = document.title;
  return web::page(context, options, writer.take());
}

Answer workbook(DecisionService& service, Context& context) {
  const auto view = view_of(service, context);
  if (!view) return web::problem_page(context, view.error());
  const auto sheets = workings_of(*view, context.actor.signed_in());
  if (!sheets) return web::problem_page(context, sheets.error());
  exports::About about;
  about.filters = {{"Decision", view->decision.reference()},
                   {"State", std::string(name_of(view->decision.state))},
                   {"Checksum of the frozen record", view->frozen->sha256}};
  about.address = context.request->target;
  about.retrieved_at = context.now;
  const auto bytes = exports::to_xlsx(*sheets, about);
  if (!bytes) return web::problem_page(context, bytes.error());
  return web::download(*bytes, exports::kXlsxType, file_of(*view, "workings", "xlsx"));
}

}  // namespace

html::Markup decision_paper_links(const DecisionView& view, const std::string& language) {
  if (!view.frozen && !view.table.allocation) return {};
  Writer writer(language);
  writer.element("h2", {{"class", "govuk-heading-m"}}, tr("Papers")).open("ul", {{"class", "govuk-list"}});
  const auto link = [&](const char* step, Message text) {
    writer.open("li")
        .element("a", {{"class", "govuk-link"}, {"href", decision_url(view.decision.id, step)}}, std::move(text))
        .close("li");
  };
  link("/paper", tr("Allocation paper"));
  link("/notice", tr("Decision notice"));
  if (view.frozen) link("/workings.xlsx", tr("Workbook with the table and its workings"));
  writer.close("ul");
  return writer.take();
}

void register_decision_papers(Wiring& wiring, DecisionService& service) {
  DecisionService* const s = &service;
  const web::Access anyone = web::Access::anyone();  // the service answers who may read it
  for (const PaperName& paper : kPapers) {
    const std::string at = std::string("/funding/decisions/:id/") + paper.address;
    wiring.router.get(at, anyone, [=](Context& context) {
      return with_paper(*s, context, paper.kind, [&](const DecisionView& view, const Document& document) {
        return paper_page(context, paper, view, document);
      });
    });
    wiring.router.get(at + "/print", anyone, [=](Context& context) {
      return with_paper(*s, context, paper.kind, [&](const DecisionView& view, const Document& document) {
        const Url back = decision_url(view.decision.id, (std::string("/") + paper.address).c_str());
        return web::text_answer(exports::to_page(document, back, {.language = context.language}).text(),
                                "text/html; charset=utf-8");
      });
    });
    wiring.router.get(at + ".docx", anyone, [=](Context& context) {
      return with_paper(*s, context, paper.kind, [&](const DecisionView& view, const Document& document) {
        return web::download(exports::to_docx(document, {.site = web::site_address(context)}), exports::kDocxType,
                             file_of(view, paper.file, "docx"));
      });
    });
  }
  wiring.router.get("/funding/decisions/:id/workings.xlsx", anyone,
                    [=](Context& context) { return workbook(*s, context); });
}

}  // namespace tithing::decisions
