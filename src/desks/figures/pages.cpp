#include "base/text.h"
#include "desks/figures/parts.h"
#include "desks/figures/permissions.h"
#include "exports/csv.h"
#include "exports/table_html.h"
#include "govuk/components.h"
#include "lists/list.h"

namespace tithing::figures {
namespace {

using html::Markup;
using html::Url;
using html::Writer;
using web::Answer;
using web::Context;

std::vector<web::NavigationItem> breadcrumbs() {
  return {{tr("Home"), Url("/"), false}, {tr("Figures"), Url("/figures"), false}};
}

std::string freeze_path(const Address& address) { return "/figures/" + address.kind + "/freeze?" + address.query(); }

void history(Writer& writer, db::Database& database, const Address& address, const Address& former) {
  const std::vector<FrozenFigure> frozen =
      database.read([&](db::Connection& connection) { return freezings_of(connection, address, former); });
  writer.element("h2", {{"class", "govuk-heading-m"}}, tr("History"));
  if (frozen.empty()) {
    writer.element("p", tr("Nobody has kept this figure for a paper yet."));
    return;
  }
  writer.open("ul", {{"class", "govuk-list govuk-list--bullet"}});
  for (const FrozenFigure& one : frozen) {
    writer.open("li").element(
        "a", {{"class", "govuk-link"}, {"href", Url::path("/figures/frozen/{}", {std::to_string(one.id)})}},
        tr("Frozen at {0} on {1}", {one.value_text, as_date(one.frozen_at.substr(0, 10))}));
    writer.text(": " + one.reason).close("li");
  }
  writer.close("ul");
}

void freeze_form(Writer& writer, const Context& context, const Address& address, const std::string& error) {
  writer.element("h2", {{"class", "govuk-heading-m"}, {"id", "freeze"}}, tr("Freeze it"));
  writer.element("p", tr("Freezing stores the figure with its whole working, so that a paper can be opened later as it "
                         "was published. Everyone who can "
                         "sign in, and may see the figure itself, can see it."));
  writer.open("form", {{"method", "post"}, {"action", Url::parse(freeze_path(address))}, {"novalidate", true}});
  writer.put(web::csrf_field(context));
  govuk::InputParams input{.id = "reason", .name = "reason"};
  input.value = context.form_value("reason");
  input.label = {.text = tr("What is it frozen for?")};
  input.hint = {.text = tr("For example, the strategic assessment of 2023, chapter 2")};
  if (!error.empty()) input.error_message = {.text = error};
  render(writer, input);
  render(writer,
         govuk::ButtonParams{
             .text = tr("Freeze this figure"), .classes = "govuk-button--secondary", .prevent_double_click = true});
  writer.close("form");
}

// Money carries its sign already; what is not known has no unit.
std::string unit_after(const Quantity& quantity) {
  return quantity.known() && quantity.unit() != Unit::pence ? " " + quantity.unit_words() : std::string();
}

bool may_read_rows(const Kind& kind, const Actor& actor) {
  return kind.rows != nullptr && actor.signed_in() && (!kind.rows_permission || actor.can(*kind.rows_permission));
}

// An address from before a parameter had to be named leads to the one that names it, with what the page itself was
// asked.
Answer to_canonical(const Context& context, const Address& address) {
  std::string path = address.path();
  for (const char* own : {"lang", "table", "format"})
    if (const std::string value = context.query_value(own); !value.empty())
      path += (path.find('?') == std::string::npos ? "?" : "&") + (std::string(own) + "=" + url_encoded(value));
  return web::redirect(Url::parse(path));
}

Answer figure_page(Wiring& wiring, Context& context, const std::string& error = {}) {
  const Address asked = address_of(context);
  const Address address = wiring.figures.canonical(asked);
  const auto figure = wiring.figures.ask(address, viewer_of(context));
  if (!figure) return web::problem_page(context, figure.error());
  if (error.empty() && !(asked == address)) return to_canonical(context, address);
  const Kind* kind = wiring.figures.find(address.kind);
  Writer writer(context.language);
  writer.put(explain(*figure, context.language, may_read_rows(*kind, context.actor)));
  if (kind->rows && !context.actor.signed_in())
    writer.element("p", {}, tr("People who are signed in can download the rows behind it."));
  history(writer, *wiring.database, address, wiring.figures.former(address));
  if (context.actor.can(kFreeze)) freeze_form(writer, context, address, error);
  writer.open("p")
      .element("a", {{"class", "govuk-link"}, {"href", Url::parse("/api/v1" + address.path())}}, tr("The same as JSON"))
      .close("p");
  web::PageOptions options{
      .title = figure->working.title, .breadcrumbs = breadcrumbs(), .status = error.empty() ? 200 : 400};
  options.has_error = !error.empty();
  if (options.has_error)
    options.notice = govuk::rendered(govuk::ErrorSummaryParams{.title = tr("There is a problem"),
                                                               .error_list = {{.text = error, .href = Url("#reason")}}},
                                     context.language);
  return web::page(context, options, writer.take());
}

Answer rows_csv(Wiring& wiring, Context& context) {
  const Address address = address_of(context);
  if (const Kind* kind = wiring.figures.find(address.kind); kind != nullptr && kind->rows && kind->rows_permission)
    if (const auto allowed = context.actor.require(*kind->rows_permission); !allowed)
      return web::problem_page(context, allowed.error());
  std::string out = "\xEF\xBB\xBF";
  const Status done = wiring.figures.rows(
      address, viewer_of(context), [&](const std::vector<std::string>& row) { exports::append_csv_line(out, row); });
  if (!done) return web::problem_page(context, done.error());
  return web::download(std::move(out), "text/csv; charset=utf-8",
                       slug(address.kind + "-" + address.parameters.get("area") + "-rows") + ".csv");
}

Answer post_freeze(Wiring& wiring, Context& context) {
  const Address address = address_of(context);
  const auto figure = wiring.figures.ask(address, viewer_of(context));
  if (!figure) return web::problem_page(context, figure.error());
  const auto id = freeze(wiring.doing(context.actor), *figure, context.form_value("reason"));
  if (!id && id.error().kind == ProblemKind::invalid)
    return figure_page(wiring, context, id.error().fields.front().message);
  if (!id) return web::problem_page(context, id.error());
  return web::redirect(Url::path("/figures/frozen/{}", {std::to_string(*id)}));
}

Answer frozen_page(Wiring& wiring, Context& context) {
  const std::string text = context.parameter("id");
  const bool digits = !text.empty() && text.size() < 18 && text.find_first_not_of("0123456789") == std::string::npos;
  std::optional<FrozenFigure> frozen;
  if (digits) {
    frozen =
        wiring.database->read([&](db::Connection& connection) { return find_frozen(connection, std::stoll(text)); });
  }
  if (!frozen)
    return web::problem_page(context, Problem{ProblemKind::not_found, "There is no frozen figure of this number.", {}});
  const auto then = from_json(frozen->json);
  if (!then) return web::problem_page(context, then.error());
  if (const Status allowed = wiring.figures.may(*then, viewer_of(context)); !allowed)
    return web::problem_page(context, allowed.error());
  const auto now = wiring.figures.ask(frozen->address, viewer_of(context));

  Writer writer(context.language);
  writer.element("p", tr("Frozen on {0} by {1}: {2}", {as_date(frozen->frozen_at.substr(0, 10)),
                                                       context.person(frozen->frozen_by), as_name(frozen->reason)}));
  writer.open("div", {{"class", "govuk-grid-row"}});
  writer.open("div", {{"class", "govuk-grid-column-one-half"}})
      .element("h2", {{"class", "govuk-heading-m"}}, tr("As frozen"));
  writer.open("p", {{"class", "tithing-working__value"}})
      .element("strong", then->quantity.text())
      .text(unit_after(then->quantity))
      .close("p");
  writer.close("div")
      .open("div", {{"class", "govuk-grid-column-one-half"}})
      .element("h2", {{"class", "govuk-heading-m"}}, tr("As it would be today"));
  if (now) {
    writer.open("p", {{"class", "tithing-working__value"}})
        .put(figure_link(*now))
        .text(unit_after(now->quantity))
        .close("p");
  } else {
    writer.element("p", now.error().message);
  }
  writer.close("div").close("div");
  writer.element("h2", {{"class", "govuk-heading-m"}}, tr("Why it differs"));
  if (now) {
    const auto said = differences(*then, *now);
    if (said.empty()) {
      writer.element("p", tr("It does not: asked again, the figure and its working are the same."));
    } else {
      writer.open("ul", {{"class", "govuk-list govuk-list--bullet"}});
      for (const std::string& sentence : said) writer.element("li", sentence);
      writer.close("ul");
    }
  } else {
    writer.element("p", tr("It can no longer be worked out."));
  }
  writer.element("h2", {{"class", "govuk-heading-l"}}, tr("The working as frozen"));
  writer.put(explain(*then, context.language, false));
  auto crumbs = breadcrumbs();
  crumbs.push_back({tr("Frozen figures"), Url("/figures/frozen"), false});
  return web::page(context, {.title = tr("{0}, frozen", {frozen->title}).english(), .breadcrumbs = crumbs},
                   writer.take());
}

Answer frozen_list(Wiring& wiring, Context& context) {
  exports::Table table{.title = tr("Frozen figures"),
                       .columns = {{"title", tr("Figure"), exports::ColumnKind::text, {}, true},
                                   {"value", tr("Value"), exports::ColumnKind::text},
                                   {"reason", tr("Frozen for"), exports::ColumnKind::text},
                                   {"at", tr("On"), exports::ColumnKind::date, {}, true}}};
  std::vector<FrozenFigure> frozen =
      wiring.database->read([](db::Connection& connection) { return list_frozen(connection); });
  std::erase_if(frozen, [&](const FrozenFigure& one) { return !wiring.figures.may(one.address, viewer_of(context)); });
  for (const FrozenFigure& one : frozen) {
    const auto day = Date::parse(one.frozen_at.substr(0, 10));
    table.rows.push_back(
        {exports::text_cell(one.title).linked(Url::path("/figures/frozen/{}", {std::to_string(one.id)})),
         exports::text_cell(one.value_text), exports::text_cell(one.reason),
         day ? exports::date_cell(*day) : exports::unknown_cell(tr("The day is malformed."))});
  }
  Writer writer(context.language);
  writer.put(lists::part(context, {.table = std::move(table),
                                   .search = true,
                                   .none = tr("No figure has been frozen yet. Open a figure to freeze it.")}));
  return web::page(context, {.title = tr("Frozen figures"), .breadcrumbs = breadcrumbs()}, writer.take());
}

Answer kinds_page(Wiring& wiring, Context& context) {
  Writer writer(context.language);
  writer.element("p", tr("Every figure of Tithing has an address. Asked again, it gives the same number and how it "
                         "came about, on a page, as JSON and on the "
                         "command line."));
  writer.open("p")
      .element("a", {{"class", "govuk-link"}, {"href", Url("/figures/frozen")}}, tr("Frozen figures"))
      .text(" \xC2\xB7 ");
  writer.element("a", {{"class", "govuk-link"}, {"href", Url("/api/v1/openapi.json")}}, tr("OpenAPI document"))
      .close("p");
  for (const Kind& kind : wiring.figures.kinds()) {
    writer.element("h2", {{"class", "govuk-heading-m"}}, kind.title).element("p", kind.description);
    govuk::TableParams table{.caption = tr("Parameters of {0}", {kind.name}), .first_cell_is_header = true};
    table.head = {{.text = tr("Parameter")}, {.text = tr("What it is")}, {.text = tr("Example")}};
    for (const ParameterSpecification& parameter : kind.parameters)
      table.rows.push_back({{.text = parameter.name + (parameter.required ? "" : " (optional)")},
                            {.text = as_setting(parameter.description)},
                            {.text = as_code(parameter.example)}});
    writer.open("div",
                {{"class", "tithing-scroll"}, {"tabindex", "0"}, {"role", "region"}, {"aria-label", kind.title}});
    render(writer, table);
    writer.close("div");
  }
  return web::page(context, {.title = tr("Figures"), .breadcrumbs = {{tr("Home"), Url("/"), false}}}, writer.take());
}

}  // namespace

void register_pages(Wiring& wiring) {
  Wiring* const w = &wiring;
  wiring.router.get("/figures", web::Access::anyone(), [w](Context& c) { return kinds_page(*w, c); });
  wiring.router.get("/figures/frozen", web::Access::signed_in(), [w](Context& c) { return frozen_list(*w, c); });
  wiring.router.get("/figures/frozen/:id", web::Access::signed_in(), [w](Context& c) { return frozen_page(*w, c); });
  wiring.router.get("/figures/:kind", web::Access::anyone(), [w](Context& c) { return figure_page(*w, c); });
  wiring.router.get("/figures/:kind/rows.csv", web::Access::signed_in(), [w](Context& c) { return rows_csv(*w, c); });
  wiring.router.post("/figures/:kind/freeze", web::Access::permission(kFreeze),
                     [w](Context& c) { return post_freeze(*w, c); });
}

}  // namespace tithing::figures
