// Bodies are merged, or one is split: page by page, then "Check your answers", then one change of the register.
#include <algorithm>

#include "base/text.h"
#include "slices/bodies/edges.h"
#include "slices/bodies/pages_fields.h"
#include "slices/bodies/pages_view.h"
#include "slices/bodies/reorganise.h"
#include "slices/register/area_picker.h"
#include "slices/wiring.h"

namespace tithing::bodies {
namespace {

using forms::Field;
using forms::Kind;
using forms::Values;
using html::Url;
using html::Writer;
using web::Answer;
using web::Context;

constexpr std::size_t kPages = 3;

// What every handler here works with; `values` is what stands in the form.
struct Work {
  BodiesService& service;
  Wiring& wiring;
  Context& context;
  Seen view;
  bool split = false;
  Values values;
};

std::vector<std::string> bodies_of(const Values& values) {
  std::vector<std::string> out;
  for (const std::string& code : forms::lines_of(forms::at(values, "bodies"), ';')) out.push_back(code);
  return out;
}

Date day_of(const Work& work) { return forms::day_of(forms::at(work.values, "day")).value_or(work.view.as_at); }

Field text(const char* name, Message label, Message hint, const char* missing = "") {
  Field field{.name = name, .label = std::move(label), .missing = missing};
  if (!hint.empty()) field.hint = std::move(hint);
  return field;
}

std::vector<Field> which_and_when(const Work& work) {
  Field bodies{.name = "bodies", .label = work.split ? tr("Which body is split?") : tr("Which bodies merge?")};
  bodies.kind = Kind::picked;
  bodies.missing =
      work.split ? "Enter the name of the body that is split." : "Enter the names of the bodies that merge.";
  bodies.finder = body_finder(work.view.all, work.view.as_at);
  bodies.several = !work.split;
  Field day = text("day", tr("From which day?"), tr("The first day on which what comes after them is there."),
                   "Enter the day on which it takes effect.");
  day.kind = Kind::day;
  return {bodies, day};
}

// How many lines of successors a split shows: what is filled, two at least, and one more where it was asked for.
int successors_shown(const Values& values) {
  int filled = 0;
  for (int i = 1; i <= 20; ++i)
    if (!forms::at(values, "into-" + std::to_string(i)).empty()) filled = i;
  return std::min(20, std::max(2, filled) + (forms::at(values, "add") == "into" ? 1 : 0));
}

std::vector<Field> what_comes_after(const Work& work) {
  std::vector<Field> out;
  if (!work.split) {
    out.push_back(text("into-1", tr("Name of the new body"),
                       tr("The name of a body that is there already means that they go into that one."),
                       "Enter the name of the new body."));
  } else {
    for (int i = 1; i <= successors_shown(work.values); ++i) {
      const std::string number = std::to_string(i), name = "into-" + number;
      out.push_back(
          text("", tr("Name of successor {0}", {number}), {}, i <= 2 ? "Enter the name of each successor." : ""));
      out.back().name = name;
      Field share{.name = name + "-share", .label = tr("Share of successor {0}, in per cent", {number})};
      share.kind = Kind::number;
      share.hint = tr("Together they are 100.");
      share.least = 1;
      share.most = 99;
      out.push_back(std::move(share));
      Field area{.name = name + "-areas", .label = tr("Areas that successor {0} serves", {number})};
      area.kind = Kind::picked;
      area.several = true;
      area.finder = register_::area_finder(work.service.areas(), work.view.as_at);
      out.push_back(std::move(area));
    }
  }
  for (Field& field : fields_for(FactKind::body, {work.view.all, nullptr, work.view.as_at}))
    if (field.name == "role") out.push_back(std::move(field));
  out.back().hint = tr("Of what is new.");
  for (Field& field : instrument_fields()) out.push_back(std::move(field));
  out.push_back(text("paper", tr("Source"), tr("The order, minute or paper that says so.")));
  return out;
}

std::vector<Field> what_follows(const Work& work) {
  Field goes{.name = "carried", .label = tr("What goes on afterwards?"), .kind = Kind::ticks};
  goes.hint = work.split ? tr("Each successor has what you tick. What you do not tick ends with the former body.")
                         : tr("What you do not tick ends with the former bodies. The areas, the lines to bodies above "
                              "them and their functions go on in any case.");
  for (const GoesOn& what : what_goes_on()) {
    if ((what.by_merger && !work.split) || what.code == "areas") continue;
    std::size_t facts = 0;
    for (const std::string& body : bodies_of(work.values))
      facts += going_on(*work.view.all, what, body, day_of(work)).size();
    goes.choices.emplace_back(std::string(what.code), tr("{0} ({1})", {std::string(what.name), std::to_string(facts)}));
  }
  Field reason = text("reason", tr("Reason for the change"), tr("Everyone who may read the audit will see it."),
                      "Give a reason, such as the order or the minute that says so.");
  reason.kind = Kind::long_text;
  return {goes, reason};
}

std::vector<Field> fields_of_page(const Work& work, std::size_t page) {
  return page == 1 ? which_and_when(work) : page == 2 ? what_comes_after(work) : what_follows(work);
}

Url address(const Work& work) {
  return web::carry(work.context, Url::path("/bodies/reorganise", {}, {{"what", work.split ? "split" : "merge"}}));
}

drafts::Form draft_of(const Work& work) {
  const std::string proposal = work.context.query_value("proposal");
  return {
      std::string("bodies.reorganise/") + (work.split ? "split" : "merge") + (proposal.empty() ? "" : "/" + proposal),
      (work.split ? tr("Split a body") : tr("Merge bodies")).in(work.context.language).text, address(work).text(), ""};
}

std::optional<drafts::Draft> kept(const Work& work) {
  return drafts::find(*work.wiring.database, work.context.actor, draft_of(work).key);
}

// What belongs to the other pages, as it is kept.
Values of_other_pages(const Work& work, std::size_t page) {
  Values out;
  for (std::size_t other = 1; other <= kPages; ++other)
    if (other != page)
      for (const Field& field : fields_of_page(work, other)) out[field.name] = forms::at(work.values, field.name);
  return out;
}

web::PageOptions options_of_page(const Work& work, const html::Content& caption) {
  web::PageOptions options = options_of(work.split ? tr("Split a body") : tr("Merge bodies"), false);
  options.caption = caption;
  options.narrow = true;
  return options;
}

Answer form_page(const Work& work, std::size_t page, const Problem& problem, bool back = false) {
  Writer writer(work.context.language);
  forms::Form form(writer, work.context, work.values, problem);
  form.begin(address(work));
  form.hidden("page", std::to_string(page));
  if (work.view.under) form.hidden("proposal-version", std::to_string(work.view.under->proposal.version));
  for (const auto& [name, value] : of_other_pages(work, page))
    if (!value.empty()) form.hidden_lines(name, value);
  for (const Field& field : fields_of_page(work, page)) {
    if (work.split && field.name == "role")
      form.button_to(tr("Add another successor"), "add", "into",
                     "into-" + std::to_string(successors_shown(work.values) + 1));
    form.put(field);
  }
  const auto draft = kept(work);
  form.save_buttons(draft_of(work), draft, tr("Continue"), "", "");
  if (page > 1) form.button(tr("Back"), "step", "back", "govuk-button--secondary");
  form.end();
  web::PageOptions options =
      options_of_page(work, tr("Page {0} of {1}", {std::to_string(page), std::to_string(kPages)}));
  forms::finish(options, form, problem);
  if (back && draft) options.notice += drafts::notice(work.context, *draft);
  return web::page(work.context, options, writer.take());
}

Reorganisation asked_by(const Work& work) {
  const Values& values = work.values;
  Reorganisation out{.bodies = bodies_of(values), .day = day_of(work)};
  for (int i = 1; i <= (work.split ? 20 : 1); ++i) {
    const std::string name = "into-" + std::to_string(i);
    if (forms::at(values, name).empty()) continue;
    Reorganisation::Successor one = successor_named(*work.view.all, forms::at(values, name), out.day);
    one.per_cent = forms::whole_or(forms::at(values, name + "-share"), 0);
    one.areas = forms::lines_of(forms::at(values, name + "-areas"), ';');
    out.into.push_back(std::move(one));
  }
  out.kind = forms::at(values, "role");
  if (out.kind.empty() && !out.bodies.empty())
    out.kind = work.view.all->kind_of(out.bodies.front(), out.day.plus_days(-1));
  out.instrument = {forms::at(values, "state"), forms::at(values, "value"), forms::day_of(forms::at(values, "seen"))};
  out.paper = forms::at(values, "paper");
  for (const std::string& code : forms::lines_of(forms::at(values, "carried"), '\n')) out.carried.insert(code);
  return out;
}

Answer check_page(const Work& work, const Reorganisation& asked, const Effect& effect) {
  Writer writer(work.context.language);
  std::vector<Field> fields;
  for (std::size_t page = 1; page <= kPages; ++page)
    for (Field& field : fields_of_page(work, page)) fields.push_back(std::move(field));
  forms::put_answers(writer, fields, work.values);
  for (const Reorganisation::Successor& one : asked.into)
    paragraph(writer, one.fresh ? tr("{0} is new. It will be found at {1}.", {one.name, "/bodies/" + one.code})
                                : tr("{0} is there already.", {one.name}));
  put_effect(writer, work.service, work.view, effect);
  Values values = of_other_pages(work, 0);
  values["page"] = std::to_string(kPages);
  if (work.view.under) values["proposal-version"] = std::to_string(work.view.under->proposal.version);
  forms::put_checked(writer, work.context, address(work), values, draft_of(work),
                     work.view.under ? tr("Add to the proposal") : tr("Save"));
  return web::page(work.context, options_of_page(work, tr("Check your answers")), writer.take());
}

// What the rules say of the fields of a succession, said at the field of these pages that it comes from, and the page
// on which that is.
std::size_t place(const Work& work, Problem& problem) {
  std::size_t first = kPages + 1;
  for (FieldProblem& fault : problem.fields) {
    for (const auto& [theirs, ours] :
         {std::pair<const char*, const char*>{"body", "bodies"}, {"from", "day"}, {"other", "into-1"}})
      if (fault.field == theirs) fault.field = ours;
    for (std::size_t page = kPages; page >= 1; --page)
      for (const Field& field : fields_of_page(work, page))
        if (field.name == fault.field) first = std::min(first, page);
  }
  return first > kPages ? kPages : first;
}

Answer choose_page(const Context& context) {
  Writer writer(context.language);
  paragraph(writer,
            tr("What was decided elsewhere is recorded here in one change: the bodies end, what comes after them "
               "begins, and what goes on is passed on. You see all of it before anything is saved."));
  writer.open("ul", {{"class", "govuk-list govuk-list--bullet govuk-list--spaced"}});
  for (const auto& [what, name] :
       {std::pair<const char*, Message>{"merge", tr("Merge bodies")}, {"split", tr("Split a body")}}) {
    writer.open("li").element(
        "a",
        {{"class", "govuk-link"},
         {"href", web::carry(context, Url::path("/bodies/reorganise", {},
                                                {{"what", what}, {"body", context.query_value("body")}}))}},
        name);
    writer.close("li");
  }
  writer.close("ul");
  return web::page(context, options_of(tr("Merge or split bodies"), false), writer.take());
}

Result<Work> work_of(BodiesService& service, Wiring& wiring, Context& context) {
  auto view = seen(service, context);
  if (!view) return pass_on(view);
  return Work{service, wiring, context, *view, context.query_value("what") == "split", {}};
}

Answer reorganise_get(BodiesService& service, Wiring& wiring, Context& context) {
  const std::string what = context.query_value("what");
  if (what != "merge" && what != "split") return choose_page(context);
  auto work = work_of(service, wiring, context);
  if (!work) return not_seen(context, work.error());
  if (const Status allowed =
          service.scope_of(context.actor).may_begin(*work->view.all, FactKind::succession, context.query_value("body"));
      !allowed)
    return web::problem_page(context, allowed.error());
  const auto draft = kept(*work);
  if (!draft) {
    work->values = {{"bodies", context.query_value("body")}};
    return form_page(*work, 1, {});
  }
  work->values = forms::values_in(*draft);
  const auto page = static_cast<std::size_t>(std::clamp<std::int64_t>(number_of(draft->get("page")), 1, kPages));
  return form_page(*work, page, {}, true);
}

Answer reorganise_post(BodiesService& service, Wiring& wiring, Context& context) {
  auto made = work_of(service, wiring, context);
  if (!made) return not_seen(context, made.error());
  Work& work = *made;
  work.values = forms::values_in(context);
  drafts::keep_posted(*wiring.database, context, draft_of(work));
  const auto page =
      static_cast<std::size_t>(std::clamp<std::int64_t>(number_of(context.form_value("page")), 1, kPages));
  const std::string step = context.form_value("step");
  if (!context.form_value("add").empty()) return form_page(work, page, {});
  if (step == "back") return form_page(work, std::max<std::size_t>(1, page - 1), {});
  for (std::size_t one = 1; one <= page; ++one)
    if (const Problem wrong = forms::settle_all(fields_of_page(work, one), work.values); !wrong.message.empty())
      return form_page(work, one, wrong);
  if (forms::at(work.values, "role").empty())
    if (const Reorganisation asked = asked_by(work); !asked.kind.empty()) work.values["role"] = asked.kind;
  if (page < kPages) return form_page(work, page + 1, {});
  const Reorganisation asked = asked_by(work);
  const auto refused = [&](Problem problem) {
    if (problem.kind == ProblemKind::forbidden) return web::problem_page(context, problem);
    const std::size_t there = place(work, problem);
    return form_page(work, there, problem);
  };
  if (!work.split && asked.bodies.size() < 2)
    return refused(
        {ProblemKind::invalid, "Name two bodies at least.", {{"body", "Name two bodies or more that merge."}}});
  const std::vector<Edit> edits = edits_of(*work.view.all, asked);
  const std::int64_t proposal = work.view.under ? work.view.under->proposal.number : 0;
  if (step != "save") {
    const auto effect = proposal > 0 ? try_in_proposal(service.keeping(context.actor), proposal, edits)
                                     : try_change(service.keeping(context.actor), edits);
    return effect ? check_page(work, asked, *effect) : refused(effect.error());
  }
  const std::string reason = forms::at(work.values, "reason");
  const Status saved = [&]() -> Status {
    if (proposal > 0)
      return add_to_proposal(service.keeping(context.actor), proposal,
                             number_of(context.form_value("proposal-version")), edits, reason);
    const auto done = service.make_change(context.actor, edits, reason);
    return done ? Status() : pass_on(done);
  }();
  if (!saved) return refused(saved.error());
  drafts::end(*wiring.database, context.actor, draft_of(work).key);
  return web::redirect(web::carry(context, proposal > 0 ? Url::path("/bodies/proposals/{}", {std::to_string(proposal)})
                                                        : Url::path("/bodies/{}", {asked.into.front().code})));
}

}  // namespace

void register_reorganise_pages(Wiring& wiring, BodiesService& service) {
  BodiesService* s = &service;
  Wiring* w = &wiring;
  const web::Access edit = web::Access::permission(kEditBodies);
  wiring.router.get("/bodies/reorganise", edit, [s, w](Context& context) { return reorganise_get(*s, *w, context); });
  wiring.router.post("/bodies/reorganise", edit, [s, w](Context& context) { return reorganise_post(*s, *w, context); });
}

}  // namespace tithing::bodies
