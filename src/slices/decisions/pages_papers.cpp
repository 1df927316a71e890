// The papers of a decision as pages, to print and for Word, and the workbook with the workings (paper.h).
#include "slices/decisions/pages_parts.h"
#include "slices/decisions/paper.h"
#include "slices/pots/pages_documents.h"

namespace tithing::decisions {
namespace {

using exports::Document;

struct PaperName {
  PaperKind kind;
  const char* address;  // of the page, without the decision's
  const char* file;     // as it is saved
};
constexpr PaperName kPapers[] = {{PaperKind::allocation, "paper", "allocation-paper"},
                                 {PaperKind::notice, "notice", "decision-notice"}};

Result<DecisionView> view_of(DecisionService& service, const Context& context) {
  const auto id = decision_of(context);
  if (!id) return no_such_decision();
  auto view = service.view(context.actor, *id);
  const auto told = view ? Result<TakenBack>(not_found(std::string())) : service.taken_back(context.actor, *id);
  if (!told) return view;
  return conflict(tr("{0} There is no paper of it while it is drafted again. What you wrote is under {1}.",
                     {in_words(told->back).text(), address_of(*id)}));
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

Answer paper_page(const Context& context, const PaperName& paper, const DecisionView& view, const Document& document) {
  const DecisionId id = view.decision.id;
  const std::string at = std::string("/") + paper.address;
  web::PageOptions options = decision_options(context, &view.decision);
  options.breadcrumbs.push_back({view.decision.title, decision_url(id), false});
  options.title = document.title;
  return web::page(context, options,
                   document_body(context, document,
                                 {.word = decision_url(id, (at + ".docx").c_str()),
                                  .workbook = view.frozen ? decision_url(id, "/workings.xlsx") : Url(),
                                  .print = decision_url(id, (at + "/print").c_str())}));
}

Answer workbook(DecisionService& service, const Context& context) {
  const auto view = view_of(service, context);
  if (!view) return web::problem_page(context, view.error());
  const auto sheets = workings_of(*view, context.actor.signed_in());
  if (!sheets) return web::problem_page(context, sheets.error());
  return workbook_file(context, *sheets,
                       {.filters = {{"Decision", view->decision.reference()},
                                    {"State", std::string(name_of(view->decision.state))},
                                    {"Checksum of the frozen record", view->frozen->sha256}}},
                       file_of(*view, "workings", "xlsx"));
}

}  // namespace

html::Markup decision_paper_links(const DecisionView& view, const std::string& language) {
  if (!view.frozen && !view.table.allocation) return {};
  Writer writer(language);
  heading(writer, tr("Papers"));
  writer.open("ul", {{"class", "govuk-list"}});
  const auto item = [&](const char* step, Message text) {
    writer.open("li");
    link(writer, decision_url(view.decision.id, step), std::move(text));
    writer.close("li");
  };
  item("/paper", tr("Allocation paper"));
  item("/notice", tr("Decision notice"));
  if (view.frozen) item("/workings.xlsx", tr("Workbook with the table and its workings"));
  writer.close("ul");
  return writer.take();
}

void register_decision_papers(Wiring& wiring, DecisionService& service) {
  const auto route = [&](const std::string& at, PaperKind kind, auto show) {
    // The service answers who may read it.
    wiring.router.get("/funding/decisions/:id/" + at, web::Access::anyone(), [&service, kind, show](Context& context) {
      return with_paper(service, context, kind, [&](const DecisionView& view, const Document& document) {
        return show(context, view, document);
      });
    });
  };
  for (const PaperName& paper : kPapers) {
    const std::string at = paper.address;
    route(at, paper.kind, [paper](const Context& context, const DecisionView& view, const Document& document) {
      return paper_page(context, paper, view, document);
    });
    route(at + "/print", paper.kind, [at](const Context& context, const DecisionView& view, const Document& document) {
      return printed_document(context, document, decision_url(view.decision.id, ("/" + at).c_str()));
    });
    route(at + ".docx", paper.kind,
          [paper](const Context& context, const DecisionView& view, const Document& document) {
            return word_file(context, document, file_of(view, paper.file, "docx"));
          });
  }
  wiring.router.get("/funding/decisions/:id/workings.xlsx", web::Access::anyone(),
                    [&service](Context& context) { return workbook(service, context); });
}

}  // namespace tithing::decisions
