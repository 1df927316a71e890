// Interests that scorers have in what is scored: declared, ended, and shown beside the order.
#include <algorithm>

#include "base/text.h"
#include "base/translation.h"
#include "slices/priorities/pages_view.h"

namespace tithing::priorities {

using exports::text_cell;
using html::Url;
using web::Answer;
using web::Context;

std::optional<scoring::Interest> own_interest(PrioritiesService& service, const Context& context,
                                              const Exercise& exercise, const Item& item) {
  std::vector<scoring::Interest> all = service.interests(exercise.id);
  for (scoring::Interest& one : all)
    if (one.item == item.code && one.scorer == context.actor.account_id()) return std::move(one);
  return std::nullopt;
}

void interest_part(forms::Form& form, PrioritiesService& service, const Context& context, const Exercise& exercise,
                   const Item& item) {
  const auto own = own_interest(service, context, exercise, item);
  const bool declared = own.has_value();
  form.begin_group(tr("Have you an interest in it?"));
  if (declared)
    form.paragraph(
        tr("You have declared one: {0} Your scores of it stay to be read, and do not count.", {as_name(own->what)}));
  else
    form.text(
        "what", tr("What it is"),
        tr("Such as that your employer is paid for it. Everybody who reads the scores can read it, with your name, "
           "and your scores of it do not count."),
        2);
  form.button_elsewhere(declared ? tr("It is over: count my scores") : tr("Declare the interest"),
                        exercise_url(exercise, "interest"));
  form.end_group();
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
  keep_scores(service, context, *exercise, false);
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
