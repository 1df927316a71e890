// Which file of geography counts, of what several speak of: the list, one thing, and choosing another.
#include "base/text.h"
#include "slices/register/edges.h"
#include "slices/register/publications.h"
#include "slices/sources/choice_parts.h"
#include "slices/wiring.h"
#include "web/form_parts.h"

namespace tithing::register_ {
namespace {

using html::Url;
using html::Writer;
using web::Answer;
using web::Context;

Url thing_url(const std::string& kind, const std::string& key) {
  return Url::path("/areas/publications/{}/{}", {kind, key});
}

std::vector<web::NavigationItem> trail(bool below) {
  std::vector<web::NavigationItem> items = {{tr("Home"), Url("/"), false}, {tr("Areas"), Url("/areas"), false}};
  if (below) items.push_back({tr("Publications of geography"), Url("/areas/publications"), false});
  return items;
}

void paragraph(Writer& writer, const html::Content& content) {
  writer.element("p", {{"class", "govuk-body"}}, content);
}

Answer list_page(RegisterService& service, Context& context) {
  const bool all = context.query_value("show") == "all";
  const std::string kind = context.query_value("kind");
  Writer writer(context.language);
  paragraph(writer,
            tr("Every look-up, exact fit and boundary file that was given is kept and can be chosen. Of several "
               "look-ups of one month the newest counts unless it is much smaller; boundaries are laid over each "
               "other, and of several years the most detailed is drawn; a choice goes before both."));
  writer.open("nav", {{"aria-label", "Kind"}}).open("ul", {{"class", "govuk-list"}});
  const std::pair<const char*, Message> kinds[] = {{"", tr("Everything")},
                                                   {kLookUpKind, tr("Look-ups")},
                                                   {kExactFitKind, tr("Exact fit of LSOAs")},
                                                   {kWardFitKind, tr("Best fit of LSOAs to wards")},
                                                   {kCodeHistoryKind, tr("Codes of districts")},
                                                   {kFactsKind, tr("Successions told by papers")},
                                                   {kBoundariesKind, tr("Boundaries")}};
  for (const auto& [code, text] : kinds) {
    html::Attributes attributes{
        {"class", "govuk-link"},
        {"href", Url::path("/areas/publications", {}, {{"kind", code}, {"show", all ? "all" : ""}})}};
    if (kind == code) attributes.emplace_back("aria-current", "true");
    writer.open("li").element("a", attributes, text).close("li");
  }
  writer.close("ul").close("nav");
  writer.put(sources::things_part(context, service.things(kind, "", all), "/areas/publications/{}/{}",
                                  tr("There is nothing of which there is more than one publication.")));
  writer.open("p", {{"class", "govuk-body"}});
  writer.element("a",
                 {{"class", "govuk-link"},
                  {"href", Url::path("/areas/publications", {}, {{"kind", kind}, {"show", all ? "" : "all"}})}},
                 all ? tr("Show only what has more than one publication") : tr("Show also what has one publication"));
  writer.close("p");
  if (context.actor.can(kImportGeography))
    writer.open("p", {{"class", "govuk-body"}})
        .element("a", {{"class", "govuk-link"}, {"href", Url("/areas/import")}}, tr("Import geography"))
        .close("p");
  return web::page(context, {.title = tr("Publications of geography"), .breadcrumbs = trail(false)}, writer.take());
}

std::optional<sources::Thing> thing_of(RegisterService& service, const Context& context) {
  std::vector<sources::Thing> found = service.things(context.parameter("kind"), context.parameter("key"), true);
  if (found.size() != 1) return std::nullopt;
  return std::move(found.front());
}

Answer no_thing(const Context& context) {
  return web::problem_page(
      context,
      {ProblemKind::not_found, "Nothing of this name has been imported. Look for it in the list of publications.", {}});
}

Answer thing_page(RegisterService& service, Context& context, const Problem& problem) {
  const auto thing = thing_of(service, context);
  if (!thing) return no_thing(context);
  Writer writer(context.language);
  writer.put(sources::thing_part(context, *thing, context.actor.can(kImportGeography),
                                 thing_url(thing->kind, thing->key), problem));
  web::PageOptions options{.title = thing->about, .breadcrumbs = trail(true)};
  options.notice = web::error_summary(problem, context.language);
  options.has_error = !problem.message.empty();
  options.status = options.has_error ? web::status_of(problem.kind) : 200;
  return web::page(context, options, writer.take());
}

Answer thing_post(RegisterService& service, Context& context) {
  const auto thing = thing_of(service, context);
  if (!thing) return no_thing(context);
  const auto chosen = sources::chosen_from(context.form_value("file"));
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
  const auto changes = service.choose(context.actor, choosing);
  if (!changes) return thing_page(service, context, changes.error());
  if (choosing.dry_run)
    return web::page(context, {.title = tr("Check your choice"), .breadcrumbs = trail(true), .caption = thing->about},
                     sources::check_part(context, *thing, *changes, thing_url(thing->kind, thing->key)));
  return web::redirect(thing_url(thing->kind, thing->key));
}

}  // namespace

void register_publication_pages(Wiring& wiring, RegisterService& service) {
  RegisterService* s = &service;
  wiring.router.get("/areas/publications", web::Access::anyone(),
                    [s](Context& context) { return list_page(*s, context); });
  wiring.router.get("/areas/publications/:kind/:key", web::Access::anyone(),
                    [s](Context& context) { return thing_page(*s, context, {}); });
  wiring.router.post("/areas/publications/:kind/:key", web::Access::permission(kImportGeography),
                     [s](Context& context) { return thing_post(*s, context); });
}

}  // namespace tithing::register_
