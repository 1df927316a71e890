// Forms of a scheme besides its steps: a new one, title and rounding, areas, last year's money, copies, files,
// withdrawal.
#include <algorithm>

#include "allocation/read_scheme.h"
#include "allocation/write_scheme.h"
#include "base/text.h"
#include "base/translation.h"
#include "slices/pots/folder_files.h"
#include "slices/pots/money_areas.h"
#include "slices/pots/pages_form.h"
#include "slices/pots/pages_saved.h"
#include "slices/pots/scheme_fields.h"

namespace tithing::pots {
namespace {

using html::Content;
using html::Url;
using html::Writer;
using web::Answer;
using web::Context;

struct Opened {
  SchemeRecord record;
  PotRecord pot;
  Scheme scheme;
  std::string id() const { return std::to_string(record.id.value); }
};

Result<Opened> opened(FundingService& service, const Context& context) {
  auto record = service.scheme(SchemeId{number_in(context.parameter("id"))});
  if (!record) return pass_on(record);
  auto pot = service.pot(record->pot);
  if (!pot) return pass_on(pot);
  if (const Status allowed = context.reach().require(kEditFunding, whose_of(pot->area)); !allowed)
    return pass_on(allowed);
  if (record->withdrawn) return conflict(tr("The scheme “{0}” was withdrawn.", {record->title}));
  auto scheme = scheme_of(*record, *pot);
  if (!scheme) return pass_on(scheme);
  return Opened{std::move(*record), std::move(*pot), std::move(*scheme)};
}

// One of the forms below: how it is filled, written and read.
struct Part {
  const char* name;  // in the path
  Message title;
  Entered (*entered)(const Opened&);
  void (*fields)(Form&, FundingService&, const Opened&, const Entered&);
  // Changes the scheme as the form says, or fills the form in (`filled`, nothing is saved then).
  Status (*take)(FundingService&, const Context&, const Opened&, Entered&, SchemeChange&, Scheme&, bool& filled);
  std::string (*field_of)(const std::string& place);
};

Answer part_page(FundingService& service, Context& context, const Part& part, const Opened& scheme,
                 const Entered& entered, const Problem& problem) {
  Writer writer(context.language);
  Form form(writer, context, entered, problem);
  form.begin(Url::path("/funding/schemes/{}/{}", {scheme.id(), part.name}));
  const auto seen = entered.find("seen");
  form.hidden("seen", seen == entered.end() ? std::to_string(scheme.record.version) : seen->second);
  part.fields(form, service, scheme, entered);
  form.end();
  web::PageOptions options = saved_options(context, part.title, "/funding/pots");
  options.breadcrumbs.push_back({scheme.record.title, Url::path("/funding/schemes/{}", {scheme.id()}), false});
  options.caption = as_name(scheme.record.title);
  options.narrow = true;
  finish(options, form, problem);
  return web::page(context, options, writer.take());
}

Answer part_conflict(FundingService& service, Context& context, const Part& part, const Opened& now,
                     const Entered& yours) {
  const Entered theirs = part.entered(now);
  Writer scratch(context.language);
  const Problem none;
  Form form(scratch, context, yours, none);
  part.fields(form, service, now, yours);
  web::Fields mine, stored;
  for (const auto& [name, label] : form.labels()) {
    const auto text = [&](const Entered& from) {
      const auto found = from.find(name);
      return found == from.end() ? std::string() : std::string(trimmed(found->second));
    };
    if (text(yours) == text(theirs)) continue;
    mine.emplace_back(label, text(yours));
    stored.emplace_back(label, text(theirs));
  }
  mine.emplace_back("Version of the scheme", yours.count("seen") > 0 ? yours.at("seen") : "");
  stored.emplace_back("Version of the scheme",
                      std::to_string(now.record.version) + ", saved by " + now.record.saved.by_name);
  return web::conflict_page(context, mine, stored, Url::path("/funding/schemes/{}/{}", {now.id(), part.name}));
}

Answer part_post(FundingService& service, Context& context, const Part& part) {
  const auto scheme = opened(service, context);
  if (!scheme) return web::problem_page(context, scheme.error());
  Entered entered = entered_in(context);
  if (number_in(entered["seen"]) != scheme->record.version)
    return part_conflict(service, context, part, *scheme, entered);
  SchemeChange change{.id = scheme->record.id, .seen = scheme->record.version};
  Scheme changed = scheme->scheme;
  bool filled = false;
  if (const Status fine = part.take(service, context, *scheme, entered, change, changed, filled); !fine)
    return part_page(service, context, part, *scheme, entered, fine.error());
  if (filled) return part_page(service, context, part, *scheme, entered, {});
  change.document = write_scheme(changed, false);
  const auto saved = save_scheme(service.doing(context.actor), change);
  if (saved) return web::redirect(Url::path("/funding/schemes/{}", {scheme->id()}));
  Problem problem = saved.error();
  if (problem.kind == ProblemKind::conflict) {
    const auto now = opened(service, context);
    return now ? part_conflict(service, context, part, *now, entered) : web::problem_page(context, now.error());
  }
  if (problem.kind != ProblemKind::invalid) return web::problem_page(context, problem);
  for (FieldProblem& one : problem.fields) one.field = part.field_of(one.field);
  return part_page(service, context, part, *scheme, entered, problem);
}

// --- title, rounding, tranches ---------------------------------------------------------------------------------------

const Part kSettings = {
    "settings",
    tr("Title, rounding and tranches"),
    [](const Opened& scheme) { return settings_entered(scheme.record, scheme.scheme); },
    [](Form& form, FundingService&, const Opened& scheme, const Entered&) {
      form.input("title", tr("Title"));
      form.money("unit", tr("Rounded to whole units of"), tr("1.00 for pounds, 0.01 for pence."));
      form.select("rule", tr("Rule of rounding"),
                  {{"largest_remainder", tr("Largest remainder: the rows come to the pot")},
                   {"nearest", tr("To the nearest unit")},
                   {"truncate", tr("Cut to whole units")}});
      Form::Choices rest = {{"", tr("Nobody: it is said how much is left")}};
      for (const Area& area : scheme.scheme.areas) rest.emplace_back(area.key, area.name);
      for (const TopSlice& slice : scheme.pot.pot.top_slices) rest.emplace_back(slice.purpose, slice.purpose);
      for (const Step& step : scheme.scheme.steps)
        if (const auto* held = std::get_if<HoldBack>(&step.what)) rest.emplace_back(held->purpose, held->purpose);
      form.select("rest-to", tr("Who bears what rounding leaves"), rest);
      form.select("may-exceed", tr("Where amounts to the nearest unit come to more than there is"),
                  {{"refuse", tr("Refuse the scheme, and say by how much")},
                   {"declared", tr("Let them, as some published tables do, and say so")}});
      form.text(
          "tranches", tr("Tranches"),
          tr("One in a line: name | per cent | due | condition. They come to 100. Empty: the money is paid at once."),
          4);
      form.button(tr("Save"));
    },
    [](FundingService&, const Context&, const Opened&, Entered& entered, SchemeChange& change, Scheme& scheme,
       bool&) -> Status {
      auto read = settings_from(entered);
      if (!read) return pass_on(read);
      change.title = read->title;
      change.reason = "Title, rounding and tranches";
      scheme.rounding = read->rounding;
      scheme.tranches = read->tranches;
      return {};
    },
    [](const std::string& place) -> std::string {
      return place.starts_with("tranches")    ? "tranches"
             : place == "rounding.unit"       ? "unit"
             : place == "rounding.rest_to"    ? "rest-to"
             : place == "rounding.rule"       ? "rule"
             : place == "rounding.may_exceed" ? "may-exceed"
                                              : place;
    }};

// --- areas -----------------------------------------------------------------------------------------------------------

// The partnerships of a force area (or all of several forces, when none is chosen) as the register has them.
Status fill_areas(FundingService& service, const Context& context, Entered& entered) {
  const auto all = service.areas();
  if (!all) return unavailable(tr("There is no register of areas here."));
  Date day = service.today();
  if (!entered["as-at"].empty()) {
    const auto parsed = Date::parse(std::string(trimmed(entered["as-at"])));
    if (!parsed)
      return invalid(tr("The day is malformed."),
                     {{"as-at", tr("Write the day as 2022-12-31, or leave it empty for today.")}});
    day = *parsed;
  }
  const std::string year = std::string(trimmed(entered["population-year"]));
  std::string out;
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
    out += line_of(made) + "\n";
  }
  if (out.empty())
    return invalid(
        tr("The register has no partnerships there on that day."),
        {{"force", tr("The register has no partnerships there on that day. Choose another police force area or "
                      "another day.")}});
  entered["areas"] = out;
  return {};
}

const Part kAreas = {
    "areas",
    tr("Areas"),
    [](const Opened& scheme) {
      Entered out = areas_entered(scheme.scheme);
      out["force"] = scheme.pot.area;
      return out;
    },
    [](Form& form, FundingService& service, const Opened& scheme, const Entered&) {
      form.text("areas", tr("Areas that the money is for"),
                tr("One in a line: key | name | population | constituent authorities with semicolons between them. The "
                   "key is best the official code: figures of the evidence are found by it. Typed values of steps need "
                   "one for each area: to add an area to a scheme that has such steps, replace the scheme by a file."),
                10);
      form.button(tr("Save"), "do", "save");
      form.begin_group(tr("Fill in from the register"));
      Form::Choices forces;
      if (const auto all = service.areas())
        for (const auto* force : all->of_kind(register_::AreaKind::police_force_area, service.today()))
          forces.emplace_back(force->code, force->name);
      if (codes_of(scheme.pot.area).size() > 1)
        forces.insert(forces.begin(), {scheme.pot.area, service.area_name(scheme.pot.area)});
      form.select("force", tr("Partnerships of the police force area, or the areas of the pot"), forces);
      form.input("as-at", tr("As at"), tr("A day such as 2022-12-31. Empty: today."), "govuk-input--width-10");
      form.input("population-year", tr("With the population of the year"),
                 tr("Of the evidence, for amounts per head. Empty: without."), "govuk-input--width-5");
      form.button(tr("Fill in"), "do", "fill", "govuk-button--secondary");
      form.end_group();
    },
    [](FundingService& service, const Context& context, const Opened&, Entered& entered, SchemeChange& change,
       Scheme& scheme, bool& filled) -> Status {
      if (entered["do"] == "fill") {
        filled = true;
        return fill_areas(service, context, entered);
      }
      auto read = areas_from(entered);
      if (!read) return pass_on(read);
      change.reason = "Areas";
      scheme = with_areas(std::move(scheme), std::move(*read));
      return {};
    },
    [](const std::string& place) -> std::string { return place == "title" ? place : "areas"; }};

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
  const Problem none{
      ProblemKind::invalid, "Choose a scheme.", {{"scheme", "Choose a scheme to take the amounts from."}}};
  const auto record = service.scheme(SchemeId{number_in(entered["scheme"])});
  if (!record) return tl::unexpected(none);
  const auto pot = service.pot(record->pot);
  if (!pot) return pass_on(pot);
  const auto worked =
      service.worked(*record, *pot, {context.today, !context.actor.signed_in()}, figures::Detail::value);
  if (!worked) return invalid(worked.error().message, {{"scheme", worked.error().message}});
  entered["amounts"].clear();
  entered["names"].clear();
  for (const AreaAmount& area : worked->allocation.areas) {
    entered["amounts"] += area.key + ", " + area.amount.plain() + "\n";
    entered["names"] += area.key + ", " + area.name + "\n";
  }
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
  const auto read = last_year_from(entered, scheme.scheme);
  if (!read) return pass_on(read);
  if (!all || !read->last_year)
    return invalid(
        tr("Give last year's money first."),
        {{"amounts", tr("Give last year's money by the codes of its areas first: the register is searched by them.")}});
  std::string out;
  std::vector<std::string> missing;
  std::vector<std::int64_t> taken;
  for (const auto& [key, amount] : read->last_year->amounts) {
    if (std::any_of(scheme.scheme.areas.begin(), scheme.scheme.areas.end(),
                    [&key = key](const Area& area) { return area.key == key; }))
      continue;
    bool found = false;
    for (const register_::Succession& one : all->successions_of(key)) {
      if (one.review != register_::Succession::Review::accepted ||
          std::find(one.predecessors.begin(), one.predecessors.end(), key) == one.predecessors.end())
        continue;
      found = true;
      if (std::find(taken.begin(), taken.end(), one.id) != taken.end()) continue;
      taken.push_back(one.id);
      out += joined(one.predecessors, "; ") + " = " + joined(one.successors, "; ") + "\n";
    }
    if (!found) missing.push_back(key);
  }
  entered["succession"] = out;
  if (!missing.empty()) {
    const std::string sentence =
        "The register has no accepted succession of " + joined(missing, ", ") + ". Write it here: before = after.";
    return invalid(sentence, {{"succession", sentence}});
  }
  return {};
}

const Part kLastYear = {
    "last-year",
    tr("Last year's money"),
    [](const Opened& scheme) { return last_year_entered(scheme.scheme); },
    [](Form& form, FundingService& service, const Opened& scheme, const Entered& entered) {
      form.input("year", tr("Financial year"), tr("For example 2011/12."), "govuk-input--width-5");
      form.text(
          "amounts", tr("Amounts by the areas of last year"),
          tr("A line for each: area, amount. An area is its key or its name. Empty: no money of last year is known."),
          8);
      form.text("names", tr("Names of areas that are no more"), tr("A line for each: key, name."), 2);
      form.text("succession", tr("What became of areas"),
                tr("A line for each. A merger: a; b = c. A split needs the share of each in per cent: a = b 60; c 40."),
                3);
      form.input("source", tr("Source"));
      form.input("publisher", tr("Publisher"));
      form.input("reference-date", tr("Reference date"), {}, "govuk-input--width-20");
      form.input("note", tr("Note"));
      if (const auto url = entered.find("url"); url != entered.end()) form.hidden("url", url->second);
      form.button(tr("Save"), "do", "save");
      form.begin_group(tr("Fill in"));
      Form::Choices choices = {{"", tr("Choose a scheme")}};
      for (const auto& [id, text] : former_schemes(service, scheme)) choices.emplace_back(id, text);
      form.select("scheme", tr("From what another scheme gave"), choices);
      form.button(tr("Fill in its amounts"), "do", "scheme", "govuk-button--secondary");
      form.button(tr("Fill in what became of areas from the register"), "do", "register", "govuk-button--secondary");
      form.end_group();
    },
    [](FundingService& service, const Context& context, const Opened& opened, Entered& entered, SchemeChange& change,
       Scheme& scheme, bool& filled) -> Status {
      if (entered["do"] == "scheme" || entered["do"] == "register") {
        filled = true;
        return entered["do"] == "scheme" ? fill_from_scheme(service, context, entered)
                                         : fill_successions(service, opened, entered);
      }
      auto read = last_year_from(entered, scheme);
      if (!read) return pass_on(read);
      change.reason = "Last year's money";
      change.tables = std::move(read->tables);
      scheme.last_year = std::move(read->last_year);
      scheme.successions = std::move(read->successions);
      return {};
    },
    [](const std::string& place) -> std::string {
      return place.starts_with("succession") ? "succession" : place == "title" ? place : "amounts";
    }};

// --- a new one, a copy, a file ---------------------------------------------------------------------------------------

Answer new_page(FundingService& service, Context& context, const Entered& entered, const Problem& problem) {
  const auto wanted = entered.find("pot");
  const auto pot = service.pot(PotId{number_in(wanted == entered.end() ? "" : wanted->second)});
  if (!pot) return web::problem_page(context, pot.error());
  if (const Status allowed = context.reach().require(kEditFunding, whose_of(pot->area)); !allowed)
    return web::problem_page(context, allowed.error());
  Writer writer(context.language);
  Form form(writer, context, entered, problem);
  form.begin(Url("/funding/schemes/new"), true);
  form.hidden("pot", std::to_string(pot->id.value));
  form.input("title", tr("Title"), tr("Such as By need, phased over three years."));
  form.file("file", tr("From a file"),
            tr("A scheme as JSON, in the format of tithing allocate. Its pot is left out: the pot is the one above. "
               "Without a file it begins empty."));
  form.button(tr("Set it up"));
  form.end();
  web::PageOptions options = saved_options(context, tr("Set up a scheme"), "/funding/pots");
  options.caption = tr("On the pot {0}, {1}", {as_name(pot->title), as_date(pot->financial_year)});
  options.narrow = true;
  finish(options, form, problem);
  return web::page(context, options, writer.take());
}

// The file that came with the form, or nothing.
Result<std::string> file_of(const Context& context) {
  for (const web::UploadedFile& file : context.files) {
    if (file.field != "file" || file.bytes == 0) continue;
    if (file.bytes > (1 << 20))
      return invalid(tr("The file is larger than a megabyte."),
                     {{"file", tr("The file is larger than a megabyte. A scheme is smaller.")}});
    auto text = read_file(file.path, 1u << 20);
    if (!text)
      return invalid(tr("The file could not be read."), {{"file", tr("The file could not be read. Try again.")}});
    return text;
  }
  return std::string();
}

// What is wrong in a file is said with its place, at the field of the file.
Problem at_file(Problem problem) {
  for (FieldProblem& one : problem.fields)
    if (one.field != "title" && one.field != "file") {
      if (!one.message.starts_with("Step") && !one.message.starts_with("Fund") &&
          one.message.find(one.field) == std::string::npos)
        one.message = one.field + ": " + one.message;
      one.field = "file";
    }
  if (problem.fields.empty()) problem.fields.push_back({"file", problem.message});
  return problem;
}

Answer new_post(FundingService& service, Context& context) {
  const Entered entered = entered_in(context);
  auto text = file_of(context);
  if (!text) return new_page(service, context, entered, text.error());
  const bool empty = text->empty();
  if (empty && context.form_value("title").empty())
    return new_page(
        service, context, entered,
        {ProblemKind::invalid, "Give it a title.", {{"title", "Give it a title, by which others find it."}}});
  Scheme none;
  none.title = context.form_value("title");
  none.rounding.unit = Money{1};
  const auto saved = save_scheme(service.doing(context.actor), {.pot = {number_in(context.form_value("pot"))},
                                                                .title = context.form_value("title"),
                                                                .document = empty ? write_scheme(none, false) : *text,
                                                                .reason = empty ? "Set up" : "Set up from a file"});
  if (saved) return web::redirect(Url::path("/funding/schemes/{}", {std::to_string(saved->id.value)}));
  if (saved.error().kind != ProblemKind::invalid) return web::problem_page(context, saved.error());
  return new_page(service, context, entered, empty ? saved.error() : at_file(saved.error()));
}

Answer import_page(Context& context, const Opened& scheme, const Problem& problem) {
  const Entered entered = entered_in(context);
  Writer writer(context.language);
  writer.element(
      "p", {{"class", "govuk-body"}},
      tr("The file becomes the next version of the scheme; the versions before it stay. It has the format of tithing "
         "allocate, as the scheme's own file has. A pot in it is left out: the scheme is worked out on its own pot."));
  Form form(writer, context, entered, problem);
  form.begin(Url::path("/funding/schemes/{}/import", {scheme.id()}), true);
  const auto seen = entered.find("seen");
  form.hidden("seen", seen == entered.end() ? std::to_string(scheme.record.version) : seen->second);
  form.file("file", tr("File (JSON)"));
  form.button(tr("Replace it"));
  form.end();
  web::PageOptions options =
      saved_options(context, tr("Replace the scheme {0} by a file", {scheme.record.title}), "/funding/pots");
  options.narrow = true;
  finish(options, form, problem);
  return web::page(context, options, writer.take());
}

Answer import_post(FundingService& service, Context& context) {
  const auto scheme = opened(service, context);
  if (!scheme) return web::problem_page(context, scheme.error());
  const auto text = file_of(context);
  if (!text) return import_page(context, *scheme, text.error());
  if (text->empty())
    return import_page(context, *scheme,
                       {ProblemKind::invalid, "Choose a file.", {{"file", "Choose a file with a scheme."}}});
  const auto saved = save_scheme(service.doing(context.actor), {.id = scheme->record.id,
                                                                .seen = number_in(context.form_value("seen")),
                                                                .document = *text,
                                                                .reason = "Replaced by a file"});
  if (saved) return web::redirect(Url::path("/funding/schemes/{}", {scheme->id()}));
  return saved.error().kind == ProblemKind::invalid ? import_page(context, *scheme, at_file(saved.error()))
                                                    : web::problem_page(context, saved.error());
}

Answer copy_page(Context& context, const Opened& scheme, const Problem& problem) {
  Entered entered = entered_in(context);
  if (entered.count("title") == 0) entered["title"] = scheme.record.title + " (copy)";
  Writer writer(context.language);
  writer.element("p", {{"class", "govuk-body"}},
                 tr("The copy begins as version {0} of this scheme is, on the same pot. Both stand beside each other.",
                    {as_code(std::to_string(scheme.record.version))}));
  Form form(writer, context, entered, problem);
  form.begin(Url::path("/funding/schemes/{}/copy", {scheme.id()}));
  form.hidden("version", std::to_string(scheme.record.version));
  form.input("title", tr("Title of the copy"));
  form.button(tr("Copy it"));
  form.end();
  web::PageOptions options = saved_options(context, tr("Copy the scheme {0}", {scheme.record.title}), "/funding/pots");
  options.narrow = true;
  finish(options, form, problem);
  return web::page(context, options, writer.take());
}

Answer withdraw_page(const Context& context, const Opened& scheme, const Problem& problem) {
  return reason_page(context,
                     {.title = tr("Withdraw the scheme {0}", {scheme.record.title}),
                      .lead = tr("It stays here with all its versions, and counts no longer."),
                      .button = tr("Withdraw it"),
                      .action = Url::path("/funding/schemes/{}/withdraw", {scheme.id()}),
                      .seen = scheme.record.version},
                     problem);
}

template <class F>
web::Handler of_scheme(FundingService& service, F then) {
  return [&service, then](Context& context) {
    const auto scheme = opened(service, context);
    return scheme ? then(context, *scheme) : web::problem_page(context, scheme.error());
  };
}

}  // namespace

void register_scheme_part_pages(Wiring& wiring, FundingService& service) {
  FundingService* const s = &service;
  const auto edit = web::Access::permission(kEditFunding);
  wiring.router.get("/funding/schemes/new", edit, [=](Context& context) {
    return new_page(*s, context, {{"pot", context.query_value("pot")}}, {});
  });
  wiring.router.post_upload("/funding/schemes/new", edit, [=](Context& context) { return new_post(*s, context); });
  for (const Part* part : {&kSettings, &kAreas, &kLastYear}) {
    const std::string path = std::string("/funding/schemes/:id/") + part->name;
    wiring.router.get(path, edit, of_scheme(service, [=](Context& context, const Opened& scheme) {
                        return part_page(*s, context, *part, scheme, part->entered(scheme), {});
                      }));
    wiring.router.post(path, edit, [=](Context& context) { return part_post(*s, context, *part); });
  }
  wiring.router.get("/funding/schemes/:id/import", edit, of_scheme(service, [](Context& context, const Opened& scheme) {
                      return import_page(context, scheme, {});
                    }));
  wiring.router.post_upload("/funding/schemes/:id/import", edit,
                            [=](Context& context) { return import_post(*s, context); });
  wiring.router.get("/funding/schemes/:id/copy", edit, of_scheme(service, [](Context& context, const Opened& scheme) {
                      return copy_page(context, scheme, {});
                    }));
  wiring.router.post("/funding/schemes/:id/copy", edit, of_scheme(service, [=](Context& context, const Opened& scheme) {
                       const auto made =
                           copy_scheme(s->doing(context.actor), scheme.record.id,
                                       number_in(context.form_value("version")), context.form_value("title"));
                       if (made)
                         return web::redirect(Url::path("/funding/schemes/{}", {std::to_string(made->id.value)}));
                       return made.error().kind == ProblemKind::invalid ? copy_page(context, scheme, made.error())
                                                                        : web::problem_page(context, made.error());
                     }));
  wiring.router.get(
      "/funding/schemes/:id/withdraw", edit,
      of_scheme(service, [](Context& context, const Opened& scheme) { return withdraw_page(context, scheme, {}); }));
  wiring.router.post(
      "/funding/schemes/:id/withdraw", edit, of_scheme(service, [=](Context& context, const Opened& scheme) {
        const auto done = withdraw_scheme(s->doing(context.actor), scheme.record.id,
                                          number_in(context.form_value("seen")), context.form_value("reason"));
        if (done) return web::redirect(Url::path("/funding/pots/{}", {std::to_string(scheme.pot.id.value)}));
        return done.error().kind == ProblemKind::invalid ? withdraw_page(context, scheme, done.error())
                                                         : web::problem_page(context, done.error());
      }));
}

}  // namespace tithing::pots
