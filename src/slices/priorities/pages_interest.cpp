// Interests that scorers have in what is scored: declared, ended, and shown beside the order.
#include <algorithm>

#include "base/text.h"
#include "base/translation.h"
#include "slices/priorities/pages_view.h"

namespace tithing::priorities {

using exports::text_cell;
using html::Url;
using html::Writer;
using web::Answer;
using web::Context;

void interest_part(Writer& writer, PrioritiesService& service, const Context& context, const Exercise& exercise,
                   const Item& item, const Problem& problem) {
  const auto interests = service.interests(exercise.id);
  const auto own = std::find_if(interests.begin(), interests.end(), [&](const scoring::Interest& one) {
    return one.item == item.code && one.scorer == context.actor.account_id();
  });
  const bool declared = own != interests.end();
  heading(writer, tr("Have you an interest in it?"));
  if (declared)
    paragraph(writer, tr("You have declared one: {0} Your scores of it stay to be read, and do not count.",
                         {as_name(own->what)}));
  writer.open("form", {{"method", "post"}, {"action", exercise_url(exercise, "interest")}, {"novalidate", true}});
  writer.put(web::csrf_field(context));
  hidden_field(writer, "item", item.code);
  if (!declared)
    render(writer, govuk::TextareaParams{
                       .id = "what",
                       .name = "what",
                       .rows = 2,
                       .value = context.form_value("what"),
                       .label = {.text = tr("What it is")},
                       .hint = {.text = tr("Such as that your employer is paid for it. Everybody who reads the scores "
                                           "can read it, with your name, and your scores of it do not count.")},
                       .error_message = {.text = field_error(problem, "what")}});
  render(writer, govuk::ButtonParams{.text = declared ? tr("It is over: count my scores") : tr("Declare the interest"),
                                     .classes = "govuk-button--secondary",
                                     .prevent_double_click = true});
  writer.close("form");
}

html::Markup interests_part(const Context& context, const Exercise& exercise,
                            const std::vector<scoring::Interest>& interests) {
  exports::Table table{.id = "interests", .title = tr("Interests of scorers in {0}", {exercise.title})};
  table.caption = tr("Interests declared: scores of it by that person do not count");
  table.columns = {{"item", tr("In what")},
                   {"who", tr("Who")},
                   {"what", tr("What it is")},
                   {"when", tr("Since"), exports::ColumnKind::date}};
  for (const scoring::Interest& one : interests) {
    const Item* item = exercise.item(one.item);
    table.rows.push_back({text_cell(item == nullptr ? one.item : item->name),
                          text_cell(context.actor.signed_in() ? Words(as_name(one.scorer_name)) : Words("a scorer")),
                          text_cell(as_name(one.what)), exports::date_cell(one.declared_at.date())});
  }
  return interests.empty() ? html::Markup() : exports::to_html(table, {.language = context.language, .paged = false});
}

namespace {

Answer interest_post(PrioritiesService& service, Context& context) {
  const auto exercise = readable(service, context);
  if (!exercise) return web::problem_page(context, exercise.error());
  const std::string item = context.form_value("item");
  const Status done =
      declare_interest(service.wiring().doing(context.actor), exercise->id, item, context.form_value("what"));
  if (done) return web::redirect(Url::path("/priorities/{}/score", {std::to_string(exercise->id)}, {{"item", item}}));
  return done.error().kind == ProblemKind::invalid ? scores_form(service, context, *exercise, false, done.error())
                                                   : web::problem_page(context, done.error());
}

}  // namespace

void register_interest_pages(Wiring& wiring, PrioritiesService& service) {
  PrioritiesService* const s = &service;
  wiring.router.post("/priorities/:id/interest", web::Access::permission(kScore),
                     [s](Context& context) { return interest_post(*s, context); });
}

}  // namespace tithing::priorities
