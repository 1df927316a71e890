// Forms of a scheme besides its steps: title, rounding and payments; areas; last year's money.
#include <algorithm>

#include "allocation/write_scheme.h"
#include "base/text.h"
#include "base/translation.h"
#include "slices/pots/money_areas.h"
#include "slices/pots/pages_form.h"
#include "slices/pots/pages_scheme_opened.h"
#include "slices/pots/pickers.h"
#include "slices/pots/scheme_fields.h"

namespace tithing::pots {
namespace {

using html::Content;
using html::Url;
using html::Writer;
using web::Answer;
using web::Context;

forms::Finder finder_of(FundingService& service, const Opened& scheme) {
  return scheme_area_finder(scheme.scheme, service.areas(), service.today());
}

// What a form makes of a scheme.
struct Taken {
  SchemeChange change;
  Scheme scheme;
  std::vector<FieldProblem> wrong;
  std::vector<int> rows;  // of the form, by the places of the scheme
};

// One of the forms below: what it asks, how it is filled, and what is made of it once its fields are settled.
struct Part {
  const char* name;  // in the path
  Message title;
  forms::Questions (*questions)(FundingService&, const Opened&);
  Entered (*entered)(const Opened&);
  void (*take)(FundingService&, const Opened&, const Entered&, Taken&);
  // The field of the form for a place of the scheme.
  std::string (*field_of)(const std::string& place, const Taken&);
  // Places of the scheme that this form alone is about: what check() says of them is told with what cannot be read.
  bool (*own)(const std::string& place) = [](const std::string&) { return false; };
  // Below the form: what fills it in (`fill`, nothing is saved then; nothing was pressed: false).
  void (*fillers)(Form&, FundingService&, const Opened&) = nullptr;
  std::optional<Status> (*fill)(FundingService&, const Context&, const Opened&, Entered&) = nullptr;
};

drafts::Form draft_form(const Context& context, const Part& part, const Opened& scheme) {
  const std::string address = "/funding/schemes/" + scheme.id() + "/" + part.name;
  return {std::string("funding.scheme/") + scheme.id() + "/" + part.name,
          part.title.in(context.language).text + ", " + scheme.record.title, address,
          std::to_string(scheme.record.version)};
}

Answer part_page(FundingService& service, const Context& context, const Part& part, const Opened& scheme,
                 const Entered& entered, const Problem& problem, bool back) {
  const drafts::Form name = draft_form(context, part, scheme);
  Writer writer(context.language);
  Form form(writer, context, entered, problem);
  form.begin(Url::parse(name.address));
  const std::int64_t seen = forms::seen_in(entered);
  form.hidden("seen", std::to_string(seen == 0 ? scheme.record.version : seen));
  if (const std::string url = at(entered, "url"); !url.empty()) form.hidden("url", url);
  form.enter_presses("do", "save");
  form.put(part.questions(service, scheme));
  const auto kept = drafts::find(service.database(), context.actor, name.key);
  form.save_buttons(name, kept);
  if (part.fillers != nullptr) part.fillers(form, service, scheme);
  form.end();
  web::PageOptions options = saved_options(context, part.title, "/funding/pots");
  options.breadcrumbs.push_back({scheme.record.title, Url::path("/funding/schemes/{}", {scheme.id()}), false});
  options.caption = as_name(scheme.record.title);
  finish(options, form, problem);
  if (back && kept) options.notice += drafts::notice(context, *kept);
  return web::page(context, options, writer.take());
}

forms::Editing editing(FundingService& service, const Context& context, const Part& part, const Opened& scheme) {
  return {.draft = draft_form(context, part, scheme),
          .version = scheme.record.version,
          .stored = part.entered(scheme),
          .began = [&service, &part, &scheme](std::int64_t seen) -> Entered {
            const auto record = service.scheme(scheme.record.id, seen);
            auto before = record ? scheme_of(*record, scheme.pot) : Result<Scheme>(not_found(std::string()));
            return before ? part.entered({*record, scheme.pot, std::move(*before)}) : Entered();
          },
          .fields =
              [&service, &part, &scheme](const Entered& yours) {
                return fields_of(part.questions(service, scheme), yours, part.entered(scheme));
              },
          .rows = part.questions(service, scheme).rows,
          .change = tr("The scheme was changed on {0} by {1}. Reason: {2}",
                       {scheme.record.saved.at.date().text(), scheme.record.saved.by_name,
                        why_of(scheme.record.saved, scheme.record.version)}),
          .part = true,
          .page = [&service, &context, &part, &scheme](
                      const Entered& entered, const Problem& problem,
                      bool back) { return part_page(service, context, part, scheme, entered, problem, back); }};
}

Answer part_post(FundingService& service, Context& context, const Part& part, const Opened& scheme) {
  const forms::Editing form = editing(service, context, part, scheme);
  Entered entered = entered_in(context);
  if (auto overtaken = forms::sent(service.database(), context, form, entered)) return std::move(*overtaken);
  const forms::Questions asks = part.questions(service, scheme);
  if (turned(asks, entered)) return form.page(entered, {}, false);
  if (part.fill != nullptr)
    if (const auto filled = part.fill(service, context, scheme, entered))
      return form.page(entered, *filled ? Problem() : filled->error(), false);
  Problem problem = settle_all(asks, entered);
  Taken taken{{.id = scheme.record.id, .seen = scheme.record.version}, scheme.scheme, {}, {}};
  part.take(service, scheme, entered, taken);
  forms::add_problems(problem, taken.wrong);
  const auto also = [&](Problem said) {
    for (FieldProblem& one : said.fields) one.field = part.field_of(one.field, taken);
    if (said.fields.empty() && problem.message.empty()) problem = said;
    forms::add_problems(problem, said.fields);
  };
  if (!problem.message.empty()) {
    if (const Status fine = check(taken.scheme); !fine)
      for (const FieldProblem& one : fine.error().fields)
        if (part.own(one.field)) also({ProblemKind::invalid, one.message, {one}});
    return form.page(entered, problem, false);
  }
  taken.change.document = write_scheme(taken.scheme, false);
  const auto saved = save_scheme(service.doing(context.actor), taken.change);
  if (saved) {
    drafts::end(service.database(), context.actor, form.draft.key);
    return web::redirect(Url::path("/funding/schemes/{}", {scheme.id()}));
  }
  if (saved.error().kind == ProblemKind::conflict) {
    const auto now = opened(service, context);
    return now ? overtaken_page(context, editing(service, context, part, *now), entered)
               : web::problem_page(context, now.error());
  }
  if (saved.error().kind != ProblemKind::invalid) return web::problem_page(context, saved.error());
  also(saved.error());
  return form.page(entered, problem, false);
}

// "payments[1].percent" at the row of the form that holds it.
std::string row_of_place(const std::string& place, const std::string& list, const std::string& row,
                         const std::string& field) {
  const std::string start = list + "[";
  const auto number = place.starts_with(start)
                          ? forms::whole(place.substr(start.size(), place.find(']') - start.size()), 1000)
                          : std::nullopt;
  return row + "-" + std::to_string(number.value_or(0)) + "-" + field;
}

// --- title, rounding, payments ---------------------------------------------------------------------------------------

const Part kSettings = {
    .name = "settings",
    .title = tr("Title, rounding and tranches"),
    .questions = [](FundingService&,
                    const Opened& scheme) { return settings_questions(scheme.scheme, scheme.pot.pot); },
    .entered = [](const Opened& scheme) { return settings_entered(scheme.record, scheme.scheme); },
    .take =
        [](FundingService&, const Opened&, const Entered& entered, Taken& taken) {
          EnteredSettings read = settings_from(entered);
          taken.change.title = read.title;
          taken.change.reason = "Title, rounding and tranches";
          taken.scheme.rounding = read.rounding;
          taken.scheme.tranches = std::move(read.tranches);
        },
    .field_of = [](const std::string& place, const Taken&) -> std::string {
      return place.starts_with("tranches")    ? row_of_place(place, "tranches", "payment", "share")
             : place == "rounding.unit"       ? "unit"
             : place == "rounding.rest_to"    ? "rest-to"
             : place == "rounding.rule"       ? "rule"
             : place == "rounding.may_exceed" ? "may-exceed"
                                              : place;
    },
    .own = [](const std::string& place) { return place.starts_with("tranches") || place.starts_with("rounding"); }};

// --- areas -----------------------------------------------------------------------------------------------------------

// The partnerships of a force area (or all of several forces, when none is chosen) as the register has them.
Status fill_areas(FundingService& service, const Context& context, Entered& entered) {
  const auto all = service.areas();
  if (!all) return unavailable(tr("There is no register of areas here."));
  const forms::Field as_at{.name = "as-at", .kind = forms::Kind::day};
  if (const auto wrong = forms::settle(as_at, entered)) return invalid(*wrong, {{"as-at", *wrong}});
  const Date day = forms::day_of(at(entered, "as-at")).value_or(service.today());
  const std::string year = at(entered, "population-year");
  std::vector<Area> areas;
  std::vector<const register_::Area*> partnerships;
  for (const std::string& code : codes_of(entered["force"])) {
    const auto within = all->constituents(code, register_::AreaKind::community_safety_partnership, day);
    partnerships.insert(partnerships.end(), within.begin(), within.end());
    // An area of a set that is a partnership itself, or a district with money of its own.
    if (const register_::Area* own = all->find(code); within.empty() && own != nullptr) partnerships.push_back(own);
  }
  for (const auto* area : partnerships) {
    Area made{area->code, all->name_at(*area, day), {}, {}};
    for (const auto* district : all->constituents(area->code, register_::AreaKind::district, day))
      made.authorities.push_back(all->name_at(*district, day));
    if (!year.empty()) {
      const auto people = service.population(area->code, year, day, {context.today, !context.actor.signed_in()});
      if (!people) return invalid(people.error().message, {{"population-year", people.error().message}});
      made.population = *people;
    }
    areas.push_back(std::move(made));
  }
  const std::string none =
      "The register has no partnerships there on that day. Choose another police force area or another day.";
  if (areas.empty()) return invalid(none, {{"force", none}});
  std::erase_if(entered, [](const auto& one) { return one.first.starts_with("area-"); });
  for (const auto& [name, text] : areas_entered(areas)) entered[name] = text;
  return {};
}

const Part kAreas = {
    .name = "areas",
    .title = tr("Areas"),
    .questions = [](FundingService& service,
                    const Opened& scheme) { return area_questions(finder_of(service, scheme)); },
    .entered =
        [](const Opened& scheme) {
          Entered out = areas_entered(scheme.scheme);
          out["force"] = scheme.pot.area;
          return out;
        },
    .take =
        [](FundingService& service, const Opened& scheme, const Entered& entered, Taken& taken) {
          EnteredAreas read = areas_from(entered, scheme.scheme, finder_of(service, scheme));
          taken.wrong = std::move(read.wrong);
          taken.rows = std::move(read.rows);
          taken.change.reason = "Areas";
          taken.scheme = with_areas(std::move(taken.scheme), std::move(read.areas));
        },
    .field_of = [](const std::string& place, const Taken&) -> std::string {
      return place == "title" ? place : row_of_place(place, "areas", "area", "area");
    },
    .fillers =
        [](Form& form, FundingService& service, const Opened& scheme) {
          form.begin_group(tr("Fill in from the register"));
          Form::Choices forces;
          if (const auto all = service.areas())
            for (const auto* force : all->of_kind(register_::AreaKind::police_force_area, service.today()))
              forces.emplace_back(force->code, force->name);
          if (codes_of(scheme.pot.area).size() > 1)
            forces.insert(forces.begin(), {scheme.pot.area, service.area_name(scheme.pot.area)});
          form.select("force", tr("Partnerships of the police force area, or the areas of the pot"), forces);
          form.put({.name = "as-at",
                    .label = tr("As at"),
                    .kind = forms::Kind::day,
                    .hint = tr("A day such as 31 December 2022. Empty: today.")});
          form.input("population-year", tr("With the population of the year"),
                     tr("Of the evidence, for amounts per head. Empty: without."), "govuk-input--width-5");
          form.button(tr("Fill in"), "do", "fill", "govuk-button--secondary");
          form.end_group();
        },
    .fill = [](FundingService& service, const Context& context, const Opened&,
               Entered& entered) -> std::optional<Status> {
      return at(entered, "do") == "fill" ? std::optional(fill_areas(service, context, entered)) : std::nullopt;
    }};

// --- last year -------------------------------------------------------------------------------------------------------

// Schemes that can be worked out and whose year is another.
std::vector<std::pair<std::string, std::string>> former_schemes(FundingService& service, const Opened& scheme) {
  std::vector<std::pair<std::string, std::string>> out;
  for (const PotRecord& pot : service.pots({.area = scheme.pot.area}, 200, 0))
    if (pot.id != scheme.pot.id)
      for (const SchemeRecord& one : service.schemes_of(pot.id))
        out.emplace_back(std::to_string(one.id.value), pot.financial_year + ": " + one.title + " (" + pot.title + ")");
  return out;
}

Status fill_from_scheme(FundingService& service, const Context& context, Entered& entered) {
  const auto record = service.scheme(SchemeId{number_in(at(entered, "scheme"))});
  if (!record) return invalid(tr("Choose a scheme."), {{"scheme", tr("Choose a scheme to take the amounts from.")}});
  const auto pot = service.pot(record->pot);
  if (!pot) return pass_on(pot);
  const auto worked =
      service.worked(*record, *pot, {context.today, !context.actor.signed_in()}, figures::Detail::value);
  if (!worked) return invalid(worked.error().message, {{"scheme", worked.error().message}});
  LastYear before;
  for (const AreaAmount& area : worked->allocation.areas) {
    before.amounts[area.key] = area.amount;
    before.names[area.key] = area.name;
  }
  put_last_year(entered, before);
  entered["year"] = pot->financial_year;
  entered["source"] = "Scheme " + std::to_string(record->id.value) + " “" + record->title + "”, version " +
                      std::to_string(record->version);
  entered["url"] = "/funding/schemes/" + std::to_string(record->id.value) +
                   "?pot-version=" + std::to_string(pot->version) + "&version=" + std::to_string(record->version);
  entered["note"] = "As that version works out on version " + std::to_string(pot->version) + " of its pot.";
  return {};
}

// What became of areas of last year that are none of this year's, as far as the register has it accepted.
Status fill_successions(FundingService& service, const Opened& scheme, Entered& entered) {
  const auto all = service.areas();
  const forms::Finder finder = finder_of(service, scheme);
  if (Problem wrong = settle_all(last_year_questions(finder), entered); !wrong.message.empty())
    return tl::unexpected(std::move(wrong));
  const EnteredLastYear read = last_year_from(entered, scheme.scheme, finder);
  const std::string first = "Give last year's money first: the register is searched by its areas.";
  if (!all || !read.last_year) return invalid(first, {{"money-0-area", first}});
  std::vector<Succession> found;
  std::vector<std::string> missing;
  std::vector<std::int64_t> taken;
  for (const auto& [key, amount] : read.last_year->amounts) {
    if (area_named(scheme.scheme.areas, key) != nullptr) continue;
    bool accepted = false;
    for (const register_::Succession& one : all->successions_of(key)) {
      if (one.review != register_::Succession::Review::accepted ||
          std::find(one.predecessors.begin(), one.predecessors.end(), key) == one.predecessors.end())
        continue;
      accepted = true;
      if (std::find(taken.begin(), taken.end(), one.id) != taken.end()) continue;
      taken.push_back(one.id);
      Succession made{one.predecessors, {}};
      for (const std::string& next : one.successors) made.after.push_back({next, {}});
      found.push_back(std::move(made));
    }
    const auto match = finder.of(key);
    if (!accepted) missing.push_back(match ? match->name : key);
  }
  put_successions(entered, found);
  if (missing.empty()) return {};
  const std::string sentence =
      "The register has no accepted succession of " + joined(missing, ", ") + ". Say here what came after it.";
  return invalid(sentence, {{"became-0-from", sentence}});
}

const Part kLastYear = {
    .name = "last-year",
    .title = tr("Last year's money"),
    .questions = [](FundingService& service,
                    const Opened& scheme) { return last_year_questions(finder_of(service, scheme)); },
    .entered = [](const Opened& scheme) { return last_year_entered(scheme.scheme); },
    .take =
        [](FundingService& service, const Opened& scheme, const Entered& entered, Taken& taken) {
          EnteredLastYear read = last_year_from(entered, scheme.scheme, finder_of(service, scheme));
          taken.wrong = std::move(read.wrong);
          taken.change.reason = "Last year's money";
          taken.change.tables = std::move(read.tables);
          taken.scheme.last_year = std::move(read.last_year);
          taken.scheme.successions = std::move(read.successions);
        },
    .field_of = [](const std::string& place, const Taken&) -> std::string {
      return place.starts_with("succession") ? "became-0-from" : place == "title" ? place : "money-0-area";
    },
    .fillers =
        [](Form& form, FundingService& service, const Opened& scheme) {
          form.begin_group(tr("Fill in"));
          Form::Choices choices = {{"", tr("Choose a scheme")}};
          for (const auto& [id, text] : former_schemes(service, scheme)) choices.emplace_back(id, text);
          form.select("scheme", tr("From what another scheme gave"), choices);
          form.button(tr("Fill in its amounts"), "do", "scheme", "govuk-button--secondary");
          form.button(tr("Fill in what became of areas from the register"), "do", "register",
                      "govuk-button--secondary");
          form.end_group();
        },
    .fill = [](FundingService& service, const Context& context, const Opened& scheme,
               Entered& entered) -> std::optional<Status> {
      const std::string pressed = at(entered, "do");
      if (pressed == "scheme") return fill_from_scheme(service, context, entered);
      return pressed == "register" ? std::optional(fill_successions(service, scheme, entered)) : std::nullopt;
    }};

}  // namespace

void register_scheme_part_pages(Wiring& wiring, FundingService& service) {
  FundingService* const s = &service;
  const auto edit = web::Access::permission(kEditFunding);
  for (const Part* part : {&kSettings, &kAreas, &kLastYear}) {
    const std::string path = std::string("/funding/schemes/:id/") + part->name;
    wiring.router.get(path, edit, of_scheme(service, [=](Context& context, const Opened& scheme) {
                        return forms::opened(s->database(), context, editing(*s, context, *part, scheme));
                      }));
    wiring.router.post(path, edit, of_scheme(service, [=](Context& context, const Opened& scheme) {
                         return part_post(*s, context, *part, scheme);
                       }));
  }
}

}  // namespace tithing::pots
