// The papers of a decision: allocation paper and decision notice as pages, to print and for Word, and the workbook with
// the workings. A frozen decision's papers are made from the frozen record alone; before that they say what is worked
// out today and that nothing of it is final.
#include <algorithm>
#include <memory>

#include "allocation/read_scheme.h"
#include "exports/document_docx.h"
#include "exports/document_html.h"
#include "govuk/components.h"
#include "slices/decisions/pages.h"
#include "slices/pots/examples.h"
#include "slices/pots/papers.h"
#include "web/site_address.h"

namespace tithing::decisions {
namespace {

using exports::Document;
using html::Url;
using html::Writer;
using web::Answer;
using web::Context;

// A frozen scheme holds its numbers: it refers to no file.
class NoFiles : public SchemeFiles {
 public:
  Result<std::string> read(const std::string& name) const override {
    return not_found("A frozen scheme has no table " + name + " beside it.");
  }
};

struct Made {
  DecisionView view;
  Scheme scheme;
  Allocation allocation;
  PaperInput input;  // of these
};

// Which values were figures of the evidence: the frozen numbers do not say it, the scheme as it was kept does.
void name_figures(Scheme& scheme, const Scheme& kept) {
  for (std::size_t s = 0; s < std::min(scheme.steps.size(), kept.steps.size()); ++s) {
    auto* to = std::get_if<WeightedIndicators>(&scheme.steps[s].what);
    const auto* from = std::get_if<WeightedIndicators>(&kept.steps[s].what);
    if (to == nullptr || from == nullptr || to->indicators.size() != from->indicators.size()) continue;
    for (std::size_t i = 0; i < to->indicators.size(); ++i)
      for (auto& [area, values] : to->indicators[i].values) {
        const auto found = from->indicators[i].values.find(area);
        if (found == from->indicators[i].values.end() || found->second.size() != values.size()) continue;
        for (std::size_t v = 0; v < values.size(); ++v) values[v].address = found->second[v].address;
      }
  }
}

// From the frozen record, and refused where it does not come to its own table again.
Status from_frozen(const Wiring& wiring, const Context& context, Made& made) {
  const Frozen& frozen = *made.view.frozen;
  if (const Status kept = stands(frozen); !kept) return pass_on(kept);
  auto scheme = frozen_scheme(frozen);
  if (!scheme) return pass_on(scheme);
  auto allocation = allocate(*scheme);
  if (!allocation) return pass_on(allocation);
  if (const auto found = differences(frozen, *allocation); !found.empty())
    return unavailable("The frozen record does not come to its own table again, so no paper is made from it: " +
                       found.front());
  if (const auto kept = read_scheme(frozen.scheme, NoFiles())) name_figures(*scheme, *kept);
  made.scheme = std::move(*scheme);
  made.allocation = std::move(*allocation);
  const auto viewer = figures::Viewer::of(context.reach());
  for (const AreaAmount& area : made.allocation.areas) {
    auto figure = wiring.figures.ask(frozen_address(made.view.decision.id, area.key), viewer, figures::Detail::working);
    if (!figure) return pass_on(figure);
    made.input.workings.push_back(std::move(*figure));
  }
  for (const Acknowledgement& one : frozen.acknowledged)
    made.input.decision.acknowledged.emplace_back(one.finding, one.words);
  if (const std::string older = of_an_older_rule(frozen); !older.empty())
    made.input.decision.acknowledged.emplace_back(older, "A rule that came after it.");
  made.input.sources = {"The record that was frozen on " + frozen.at.date().text() + ", SHA-256 " + frozen.sha256 +
                        "."};
  return {};
}

PaperComment comment_of(const Comment& comment, const DecisionView& view, const std::optional<Scheme>& scheme,
                        bool with_names) {
  PaperComment out;
  out.from = comment.organisation.empty() ? "A consultee without an organisation" : comment.organisation;
  if (with_names && !comment.by_name.empty()) out.from += " (" + comment.by_name + ")";
  out.on = comment.at.date();
  if (!comment.about.empty()) out.about = about_of(comment, scheme);
  if (changed_after(view, comment))
    out.about += (out.about.empty() ? "the proposal as it was then" : ", of the proposal as it was then") +
                 (comment.proposal.empty() ? std::string() : ": " + comment.proposal);
  out.text = comment.text;
  for (const Comment& one : view.comments)
    if (one.answers == comment.id) out.answer = one.text;
  return out;
}

void tell(const DecisionView& view, const std::optional<Scheme>& scheme, bool with_names, PaperDecision& out) {
  const Decision& decision = view.decision;
  out.reference = decision.reference();
  out.state = std::string(name_of(decision.state));
  out.summary = decision.summary;
  if (with_names) out.prepared_by = decision.prepared_by_name;
  // What is published is published whole.
  if (decision.published_on) out.publication = PublicationStatus::not_confidential;
  out.consulted = view.consulted.has_value();
  if (view.consulted) {
    out.consulted_from = view.consulted->from;
    out.consulted_to = view.consulted->to;
    out.consulting = decision.state == DecisionState::consultation;
    if (view.consulted->taken_back) out.consulted_note = in_words(*view.consulted);
    for (const Return& before : view.returns) {
      if (before.last && !before.agreement) continue;  // told by the note
      if (!out.consulted_before.empty()) out.consulted_before += " ";
      out.consulted_before += in_words(before);
    }
  }
  for (const Comment& comment : view.comments)
    if (comment.answers == 0) out.comments.push_back(comment_of(comment, view, scheme, with_names));
  if (decision.agreement) {
    out.agreed = true;
    out.agreed_on = decision.agreement->on;
    out.agreed_by = decision.agreement->by_name;
    out.post = decision.agreement->authority;
    out.interests = decision.agreement->interests;
  }
  out.published_on = decision.published_on;
  if (decision.replaces && decision.published_on) out.supersedes = reference_of(*decision.replaces);
  if (decision.superseded_by) out.superseded_by = view.successor ? view.successor->reference() : "another decision";
}

Result<std::unique_ptr<Made>> made_of(const Wiring& wiring, DecisionService& service, const Context& context) {
  const auto id = decision_of(context);
  auto view = id ? service.view(context.actor, *id)
                 : Result<DecisionView>(not_found("There is no such decision. The list is under Funding, Decisions."));
  if (!view) {
    if (id)
      if (const auto told = service.taken_back(context.actor, *id))
        return conflict(
            in_words(told->back).text() +
            " There is no paper of it while it is drafted again. What you wrote is under /funding/decisions/" +
            std::to_string(id->value) + ".");
    return pass_on(view);
  }
  auto made = std::make_unique<Made>();
  made->view = std::move(*view);
  if (made->view.frozen) {
    if (const Status done = from_frozen(wiring, context, *made); !done) return pass_on(done);
  } else {
    if (!made->view.table.allocation)
      return unavailable("There is no paper yet, because the table cannot be worked out: " + made->view.table.problem);
    made->scheme = *made->view.table.scheme;
    made->allocation = *made->view.table.allocation;
    made->input.remarks = {"Worked out on " + context.today.text() +
                           ". The table is not frozen: until it is, it follows the evidence and may change."};
    for (const std::string& sentence : made->view.newer)
      made->input.remarks.push_back(sentence + " This paper rests on the older one.");
  }
  made->input.scheme = &made->scheme;
  made->input.allocation = &made->allocation;
  made->input.title = made->view.decision.title;
  const Decision& decision = made->view.decision;
  if (decision.agreement) made->input.date = decision.agreement->on;
  tell(made->view, made->scheme, context.actor.signed_in(), made->input.decision);
  if (years_of(made->scheme) > 1) {
    auto years = allocate_years(made->scheme);
    if (!years) return pass_on(years);
    made->input.years = std::move(*years);
  }
  return made;
}

using Maker = Document (*)(const PaperInput&);

std::string file_of(const Made& made, const char* name, const char* extension) {
  std::string reference = made.view.decision.reference();
  std::transform(reference.begin(), reference.end(), reference.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return reference + "-" + name + "." + extension;
}

Answer paper_page(const Wiring& wiring, DecisionService& service, Context& context, Maker maker,
                  const std::string& name) {
  const auto made = made_of(wiring, service, context);
  if (!made) return web::problem_page(context, made.error());
  const Document document = maker((*made)->input);
  const DecisionId id = (*made)->view.decision.id;
  Writer writer(context.language);
  writer.open("p", {{"class", "govuk-body tithing-table__downloads"}});
  const auto link = [&](const std::string& step, Message text) {
    writer.element("a", {{"class", "govuk-link"}, {"href", decision_url(id, step.c_str())}}, std::move(text)).text(" ");
  };
  link("/" + name + ".docx", tr("Download for Word"));
  if ((*made)->view.frozen) link("/workings.xlsx", tr("Download the table and its workings for Excel"));
  link("/" + name + "/print", tr("Page to print"));
  writer.close("p");
  writer.put(exports::to_html(document, {.language = context.language}));
  web::PageOptions options = decision_options(context, &(*made)->view.decision);
  options.breadcrumbs.push_back({(*made)->view.decision.title, decision_url(id), false});
  options.title = document.title;
  return web::page(context, options, writer.take());
}

Answer print_page(const Wiring& wiring, DecisionService& service, Context& context, Maker maker,
                  const std::string& name) {
  const auto made = made_of(wiring, service, context);
  if (!made) return web::problem_page(context, made.error());
  const Url back = decision_url((*made)->view.decision.id, ("/" + name).c_str());
  return web::text_answer(exports::to_page(maker((*made)->input), back, {.language = context.language}).text(),
                          "text/html; charset=utf-8");
}

Answer word_file(const Wiring& wiring, DecisionService& service, Context& context, Maker maker, const char* name) {
  const auto made = made_of(wiring, service, context);
  if (!made) return web::problem_page(context, made.error());
  return web::download(exports::to_docx(maker((*made)->input), {.site = web::site_address(context)}),
                       exports::kDocxType, file_of(**made, name, "docx"));
}

Answer workbook(const Wiring& wiring, DecisionService& service, Context& context) {
  const auto made = made_of(wiring, service, context);
  if (!made) return web::problem_page(context, made.error());
  if (!(*made)->view.frozen)
    return web::problem_page(context,
                             {ProblemKind::not_found,
                              "The table is not frozen yet, so there are no final workings. Freeze the decision first.",
                              {}});
  exports::About about;
  about.filters = {{"Decision", (*made)->view.decision.reference()},
                   {"State", std::string(name_of((*made)->view.decision.state))},
                   {"Checksum of the frozen record", (*made)->view.frozen->sha256}};
  about.address = context.request->target;
  about.retrieved_at = context.now;
  const auto bytes = exports::to_xlsx(paper_workbook((*made)->input), about);
  if (!bytes) return web::problem_page(context, bytes.error());
  return web::download(*bytes, exports::kXlsxType, file_of(**made, "workings", "xlsx"));
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
  const Wiring* const w = &wiring;
  DecisionService* const s = &service;
  const web::Access anyone = web::Access::anyone();  // the service answers who may read it
  wiring.router.get("/funding/decisions/:id/paper", anyone,
                    [=](Context& context) { return paper_page(*w, *s, context, allocation_paper, "paper"); });
  wiring.router.get("/funding/decisions/:id/notice", anyone,
                    [=](Context& context) { return paper_page(*w, *s, context, decision_notice, "notice"); });
  wiring.router.get("/funding/decisions/:id/paper/print", anyone,
                    [=](Context& context) { return print_page(*w, *s, context, allocation_paper, "paper"); });
  wiring.router.get("/funding/decisions/:id/notice/print", anyone,
                    [=](Context& context) { return print_page(*w, *s, context, decision_notice, "notice"); });
  wiring.router.get("/funding/decisions/:id/paper.docx", anyone,
                    [=](Context& context) { return word_file(*w, *s, context, allocation_paper, "allocation-paper"); });
  wiring.router.get("/funding/decisions/:id/notice.docx", anyone,
                    [=](Context& context) { return word_file(*w, *s, context, decision_notice, "decision-notice"); });
  wiring.router.get("/funding/decisions/:id/workings.xlsx", anyone,
                    [=](Context& context) { return workbook(*w, *s, context); });
}

}  // namespace tithing::decisions
