// Which publication counts, of what several files speak of: the list, one thing, and choosing another.
#include "base/text.h"
#include "govuk/components.h"
#include "slices/evidence/pages.h"
#include "slices/sources/choice_parts.h"
#include "web/form_parts.h"

namespace tithing::evidence {

namespace {

using html::Url;
using html::Writer;
using web::Answer;
using web::Context;

Url thing_url(const std::string& kind, const std::string& key) {
  return Url::path("/evidence/publications/{}/{}", {kind, key});
}

Answer list_page(EvidenceService& service, Context& context) {
  const bool all = context.query_value("show") == "all";
  const auto found = things(service.holdings(), context.query_value("kind"), "", all);
  if (!found) return web::problem_page(context, found.error());
  Writer writer(context.language);
  paragraph(writer, tr("Every file that was given is kept and can be chosen. Which one counts follows from the default "
                       "(the newest archive, unless much smaller) or from a choice with its day and reason. "
                       "Populations are laid one over the other, but for those that are set aside."));
  writer.open("nav", {{"aria-label", "Kind"}}).open("ul", {{"class", "govuk-list"}});
  const std::pair<const char*, Message> kinds[] = {{"", tr("Everything")},
                                                   {kPoliceMonth, tr("Police months")},
                                                   {kTableC2Kind, tr("ONS Table C2")},
                                                   {kPopulationKind, tr("Populations")}};
  for (const auto& [kind, text] : kinds) {
    html::Attributes attributes{
        {"class", "govuk-link"},
        {"href", Url::path("/evidence/publications", {}, {{"kind", kind}, {"show", all ? "all" : ""}})}};
    if (context.query_value("kind") == kind) attributes.emplace_back("aria-current", "true");
    writer.open("li").element("a", attributes, text).close("li");
  }
  writer.close("ul").close("nav");
  writer.put(sources::things_part(context, *found, "/evidence/publications/{}/{}",
                                  tr("There is nothing of which there is more than one publication.")));
  paragraph(writer, all ? link(context, tr("Show only what has more than one publication"),
                               Url::path("/evidence/publications", {}, {{"kind", context.query_value("kind")}}))
                        : link(context, tr("Show also what has one publication"),
                               Url::path("/evidence/publications", {},
                                         {{"kind", context.query_value("kind")}, {"show", "all"}})));
  return web::page(context, {.title = tr("Publications"), .breadcrumbs = breadcrumbs(true)}, writer.take());
}

std::vector<web::NavigationItem> trail() {
  std::vector<web::NavigationItem> items = breadcrumbs(true);
  items.push_back({tr("Publications"), Url("/evidence/publications"), false});
  return items;
}

Result<sources::Thing> thing_of(EvidenceService& service, const Context& context) {
  auto found = things(service.holdings(), context.parameter("kind"), context.parameter("key"), true);
  if (!found) return pass_on(found);
  if (found->size() != 1)
    return not_found(tr("Nothing of this name has been imported. Look for it in the list of publications."));
  return std::move(found->front());
}

Answer thing_page(EvidenceService& service, Context& context, const Problem& problem) {
  const Result<sources::Thing> thing = thing_of(service, context);
  if (!thing) return web::problem_page(context, thing.error());
  Writer writer(context.language);
  writer.put(sources::thing_part(context, *thing, may_choose(context.reach(), thing->kind, thing->key),
                                 thing_url(thing->kind, thing->key), problem));
  web::PageOptions options{.title = thing->about, .breadcrumbs = trail()};
  options.notice = web::error_summary(problem, context.language);
  options.has_error = !problem.message.empty();
  options.status = options.has_error ? web::status_of(problem.kind) : 200;
  return web::page(context, options, writer.take());
}

Answer thing_post(EvidenceService& service, Context& context) {
  const Result<sources::Thing> thing = thing_of(service, context);
  if (!thing) return web::problem_page(context, thing.error());
  const Result<sources::Chosen> chosen = sources::chosen_from(context.form_value("file"));
  if (!chosen) return thing_page(service, context, chosen.error());
  Choosing choosing{thing->kind,
                    thing->key,
                    chosen->source_file,
                    chosen->verdict,
                    context.form_value("reason"),
                    context.form_value("seen"),
                    false};
  if (trimmed(choosing.reason).empty())
    return thing_page(service, context, invalid(tr("Say why."), {{"reason", tr("Enter why")}}).value());
  choosing.dry_run = context.form_value("confirmed") != "yes";
  const auto changes = choose(service.doing(context.actor), service.holdings(), choosing);
  if (!changes && changes.error().kind == ProblemKind::forbidden) return web::problem_page(context, changes.error());
  if (!changes) return thing_page(service, context, changes.error());
  if (choosing.dry_run) {
    return web::page(context, {.title = tr("Check your choice"), .breadcrumbs = trail(), .caption = thing->about},
                     sources::check_part(context, *thing, *changes, thing_url(thing->kind, thing->key)));
  }
  service.forget();
  return web::redirect(thing_url(thing->kind, thing->key));
}

}  // namespace

void register_publication_pages(Wiring& wiring, EvidenceService& service) {
  EvidenceService* const evidence = &service;
  wiring.router.get("/evidence/publications", web::Access::anyone(),
                    [evidence](Context& context) { return list_page(*evidence, context); });
  wiring.router.get("/evidence/publications/:kind/:key", web::Access::anyone(),
                    [evidence](Context& context) { return thing_page(*evidence, context, {}); });
  wiring.router.post("/evidence/publications/:kind/:key", web::Access::permission(kImportEvidence),
                     [evidence](Context& context) { return thing_post(*evidence, context); });
}

}  // namespace tithing::evidence
