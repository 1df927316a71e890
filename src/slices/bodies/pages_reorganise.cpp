// Bodies are merged, or one is split: page by page, then "Check your answers", then one change of the register.
#include <algorithm>

#include "base/text.h"
#include "slices/bodies/edges.h"
#include "slices/bodies/pages_work.h"
#include "slices/bodies/reorganise.h"
#include "slices/register/area_picker.h"

namespace tithing::bodies {
namespace {

using forms::Field;
using forms::Kind;
using forms::Values;

constexpr std::size_t kPages = 3;

// What stands in the form, over all its pages.
struct Asked : Work {
  bool split = false;
  Values values = {};
};

std::vector<std::string> bodies_of(const Values& values) {
  std::vector<std::string> out;
  for (const std::string& code : forms::lines_of(forms::at(values, "bodies"), ';')) out.push_back(code);
  return out;
}

Date day_of(const Asked& work) { return forms::day_of(forms::at(work.values, "day")).value_or(work.view.as_at); }

Field text(const char* name, Message label, Message hint, const char* missing = "") {
  Field field{.name = name, .label = std::move(label), .missing = missing};
  if (!hint.empty()) field.hint = std::move(hint);
  return field;
}

std::vector<Field> which_and_when(const Asked& work) {
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

std::vector<Field> what_comes_after(const Asked& work) {
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

// What a merger passes on in any case, and the areas of a split, which are named, are not asked for.
bool may_go_on(const Asked& work, const GoesOn& what) {
  return (work.split || !what.by_merger) && what.code != "areas";
}

std::size_t facts_of(const Asked& work, const GoesOn& what) {
  std::size_t facts = 0;
  for (const std::string& body : bodies_of(work.values))
    facts += going_on(*work.view.all, what, body, day_of(work)).size();
  return facts;
}

std::vector<Field> what_follows(const Asked& work) {
  Field goes{.name = "carried", .label = tr("What goes on afterwards?"), .kind = Kind::ticks};
  goes.hint = work.split ? tr("Each successor has what you tick. What you do not tick ends with the former body.")
                         : tr("What you do not tick ends with the former bodies. The areas, the lines to bodies above "
                              "them and their functions go on in any case.");
  for (const GoesOn& what : what_goes_on())
    if (may_go_on(work, what))
      goes.choices.emplace_back(std::string(what.code),
                                tr("{0} ({1})", {std::string(what.name), std::to_string(facts_of(work, what))}));
  Field reason = text("reason", tr("Reason for the change"), tr("Everyone who may read the audit will see it."),
                      "Give a reason, such as the order or the minute that says so.");
  reason.kind = Kind::long_text;
  return {goes, reason};
}

std::vector<Field> fields_of_page(const Asked& work, std::size_t page) {
  return page == 1 ? which_and_when(work) : page == 2 ? what_comes_after(work) : what_follows(work);
}

drafts::Form draft_of(const Asked& work) {
  const std::string what = work.split ? "split" : "merge", proposal = work.context.query_value("proposal");
  return {"bodies.reorganise/" + what + (proposal.empty() ? "" : "/" + proposal),
          (work.split ? tr("Split a body") : tr("Merge bodies")).in(work.context.language).text,
          web::carry(work.context, Url::path("/bodies/reorganise", {}, {{"what", what}})).text(), ""};
}

forms::Sheet sheet_of(const Asked& work, const html::Content& caption) {
  web::PageOptions options = options_of(work.split ? tr("Split a body") : tr("Merge bodies"), false);
  options.caption = caption;
  forms::Sheet sheet = work.sheet(std::move(options));
  sheet.draft = draft_of(work);
  sheet.action = Url::parse(sheet.draft.address);
  return sheet;
}

// What the other pages have asked goes along.
Answer form_page(const Asked& work, std::size_t page, const Problem& problem = {}) {
  forms::Sheet sheet = sheet_of(work, tr("Page {0} of {1}", {std::to_string(page), std::to_string(kPages)}));
  sheet.fields = fields_of_page(work, page);
  sheet.save = tr("Continue");
  sheet.ahead_of = [&](forms::Form& form, const Field& field) {
    if (work.split && field.name == "role")
      form.button_to(tr("Add another successor"), "add", "into",
                     "into-" + std::to_string(successors_shown(work.values) + 1));
  };
  sheet.last = [&](forms::Form& form) {
    if (page > 1) form.button(tr("Back"), "step", "back", "govuk-button--secondary");
  };
  Values values = work.values;
  values["page"] = std::to_string(page);
  if (work.view.under) values["proposal-version"] = std::to_string(work.view.under->proposal.version);
  return forms::sheet_page(work.database(), work.context, std::move(sheet), values, problem);
}

Reorganisation asked_by(const Asked& work) {
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

// What ends with the former bodies because nobody ticked it: "the seats in it (3)".
std::vector<std::string> what_ends(const Asked& work) {
  const std::vector<std::string> ticked = forms::lines_of(forms::at(work.values, "carried"));
  std::vector<std::string> out;
  for (const GoesOn& what : what_goes_on())
    if (const std::size_t facts = facts_of(work, what);
        facts > 0 && may_go_on(work, what) && std::find(ticked.begin(), ticked.end(), what.code) == ticked.end())
      out.push_back(std::string(what.name) + " (" + std::to_string(facts) + ")");
  return out;
}

Answer check_page(const Asked& work, const Reorganisation& asked, const Effect& effect) {
  forms::Sheet sheet = sheet_of(work, tr("Check your answers"));
  for (std::size_t page = 1; page <= kPages; ++page)
    for (Field& field : fields_of_page(work, page)) sheet.fields.push_back(std::move(field));
  Writer writer(work.context.language);
  if (const auto ends = what_ends(work); !ends.empty())
    paragraph(writer, tr("You have not ticked these, so they end with the former bodies on {0}: {1}.",
                         {asked.day.text(), joined(ends, "; ")}));
  for (const Reorganisation::Successor& one : asked.into)
    paragraph(writer, one.fresh ? tr("{0} is new. It will be found at {1}.", {one.name, "/bodies/" + one.code})
                                : tr("{0} is there already.", {one.name}));
  put_effect(writer, work.service, work.view, effect);
  return forms::check_page(work.context, sheet, work.values, writer.take());
}

// What the rules say of the fields of a succession, said at the field of these pages that it comes from, and the page
// on which that is.
std::size_t place(const Asked& work, Problem& problem) {
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
    writer.open("li");
    link(writer,
         web::carry(context,
                    Url::path("/bodies/reorganise", {}, {{"what", what}, {"body", context.query_value("body")}})),
         name);
    writer.close("li");
  }
  writer.close("ul");
  return web::page(context, options_of(tr("Merge or split bodies"), false), writer.take());
}

// Said on the page where it is typed: that two bodies merge at least, and what the shares of a split come to.
Problem faults_of_page(Asked& work, std::size_t page) {
  Problem wrong = forms::settle_all(fields_of_page(work, page), work.values);
  if (!wrong.message.empty()) return wrong;
  if (!work.split && page == 1 && bodies_of(work.values).size() < 2)
    return invalid(tr("Name two bodies at least."), {{"bodies", tr("Name two bodies or more that merge.")}}).value();
  if (!work.split || page != 2) return wrong;
  std::vector<std::string> shares;
  for (int i = 1; i <= successors_shown(work.values); ++i)
    if (const std::string name = "into-" + std::to_string(i); !forms::at(work.values, name).empty())
      shares.push_back(forms::at(work.values, name + "-share"));
  if (const auto fault = forms::wrong_shares(shares))
    wrong = {ProblemKind::invalid, *fault, {{"into-1-share", *fault}}};
  return wrong;
}

// The page of that number, once those before it are answered; after the last the page that asks to check, or the
// change.
Answer go_on(Asked& work, std::size_t page, bool save) {
  for (std::size_t one = 1; one < page; ++one)
    if (const Problem wrong = faults_of_page(work, one); !wrong.message.empty()) return form_page(work, one, wrong);
  const Reorganisation asked = asked_by(work);
  if (!asked.kind.empty()) work.values["role"] = asked.kind;
  if (page <= kPages) return form_page(work, page);
  const auto refused = [&](Problem problem) {
    if (problem.kind == ProblemKind::forbidden) return web::problem_page(work.context, problem);
    const std::size_t there = place(work, problem);
    return form_page(work, there, problem);
  };
  const std::vector<Edit> edits = edits_of(*work.view.all, asked);
  if (!save) {
    const auto effect = work.tried(edits);
    return effect ? check_page(work, asked, *effect) : refused(effect.error());
  }
  if (const Status saved = work.saved(work.values, edits); !saved) return refused(saved.error());
  drafts::end(work.database(), work.context.actor, draft_of(work).key);
  return web::redirect(work.afterwards(asked.into.front().code));
}

std::size_t page_in(const std::string& text) {
  return static_cast<std::size_t>(std::clamp<std::int64_t>(number_of(text), 1, kPages + 1));
}

Answer reorganise_get(Work& asking) {
  const Context& context = asking.context;
  const std::string what = context.query_value("what"), body = context.query_value("body");
  if (what != "merge" && what != "split") return choose_page(context);
  if (const Status allowed =
          asking.service.scope_of(context.actor).may_begin(*asking.view.all, FactKind::succession, body);
      !allowed)
    return web::problem_page(context, allowed.error());
  Asked work{asking, what == "split", {{"bodies", body}}};
  const auto draft = drafts::find(work.database(), context.actor, draft_of(work).key);
  if (!draft) return form_page(work, 1);
  work.values = forms::values_kept(context, *draft);
  const std::string page = context.query_value("page");
  // Left on a page, it comes back there as it was left.
  return page.empty() ? form_page(work, std::min(kPages, page_in(draft->get("page"))))
                      : go_on(work, page_in(page), false);
}

Answer reorganise_post(Work& asking) {
  Asked work{asking, asking.context.query_value("what") == "split", forms::values_in(asking.context)};
  drafts::keep_posted(work.database(), work.context, draft_of(work));
  const std::size_t page = std::min(kPages, page_in(forms::at(work.values, "page")));
  const std::string step = work.context.form_value("step");
  const bool stay = !forms::at(work.values, "add").empty();
  const std::size_t next = stay ? page : step == "back" ? std::max<std::size_t>(1, page - 1) : page + 1;
  if (stay || step == "back")
    return forms::at_address(work.database(), work.context, form_page(work, next), draft_of(work),
                             stay ? "add" : "page", stay ? forms::at(work.values, "add") : std::to_string(next));
  return forms::at_address(work.database(), work.context, go_on(work, next, step == "save"), draft_of(work), "page",
                           std::to_string(next));
}

}  // namespace

void register_reorganise_pages(Wiring& wiring, BodiesService& service) {
  const web::Access edit = web::Access::permission(kEditBodies);
  wiring.router.get("/bodies/reorganise", edit, with_work(wiring, service, reorganise_get));
  wiring.router.post("/bodies/reorganise", edit, with_work(wiring, service, reorganise_post));
}

}  // namespace tithing::bodies
