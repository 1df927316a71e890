// The form of a step: one for each primitive of a scheme.
#include "allocation/read_scheme.h"
#include "allocation/scheme_words.h"
#include "allocation/write_scheme.h"
#include "base/text.h"
#include "base/translation.h"
#include "exports/read_xlsx.h"
#include "slices/pots/folder_files.h"
#include "slices/pots/money_areas.h"
#include "slices/pots/pages_form.h"
#include "slices/pots/pages_saved.h"
#include "slices/pots/step_fields.h"

namespace tithing::pots {
namespace {

using html::Content;
using html::Url;
using html::Writer;
using web::Answer;
using web::Context;

constexpr std::size_t kTableBytes = 1 << 20;

Form::Choices choices_of(const Scheme& scheme) {
  Form::Choices out;
  for (const Area& area : scheme.areas) out.emplace_back(area.key, area.name);
  return out;
}

void size(Form& form, const Message& of, bool all) {
  form.money("amount", tr("Amount"),
             all ? Content(tr("Leave amount and percentage empty for all that remains.")) : Content());
  form.input("percent", of, {}, "govuk-input--width-5");
}

void source(Form& form, const std::string& at) {
  form.input(at + "source", tr("Source"), tr("The publication or file that the values come from."));
  form.input(at + "publisher", tr("Publisher"));
  form.input(at + "reference-date", tr("Reference date"), tr("The day or period that the values speak of."),
             "govuk-input--width-20");
}

std::string indicator_name(int i) { return "indicators-" + std::to_string(i) + "-name"; }

void indicator(Form& form, int i) {
  const std::string at = "indicators-" + std::to_string(i) + "-";
  form.begin_group(tr("Indicator {0}", {std::to_string(i + 1)}));
  form.input(at + "name", tr("Name"));
  form.input(at + "weight", tr("Weight in per cent"),
             i == 0 ? Content(tr("The weights of the step come to 100.")) : Content(), "govuk-input--width-5");
  form.select(at + "transform", tr("What is shared by"),
              {{"count", tr("The count itself")},
               {"rate", tr("A rate: the value over a base")},
               {"share", tr("A percentage as published")}});
  form.input(at + "per", tr("Rate per"), tr("For example 1000."), "govuk-input--width-5");
  form.input(at + "decimals", tr("Decimals to which each value is rounded first"), tr("Empty: it is not rounded."),
             "govuk-input--width-2");
  const auto as_at = [&] {
    form.input(at + "as-at", tr("Structure of areas as at"),
               tr("A day such as 2022-12-31. Empty: as the figure does without it."), "govuk-input--width-10");
  };
  std::vector<Form::Branch> from;
  from.push_back({"table", tr("A table: pasted or from a file"), form.within([&] {
                    form.text(
                        at + "values", tr("Table"),
                        tr("A line for each area: area, value. A rate has a third column, its base; values of several "
                           "years have a column period, and their mean is taken. The area is its key or its name."),
                        6);
                    form.file(at + "file", tr("Or a file: CSV or Excel"), tr("With the same columns."));
                  })});
  from.push_back(
      {"crimes", tr("Figures of the evidence: recorded crime, anti-social behaviour"), form.within([&] {
         form.input(at + "crimes-from", tr("First month"), tr("For example 2022-01."), "govuk-input--width-10");
         form.input(at + "crimes-to", tr("Last month"), {}, "govuk-input--width-10");
         form.input(at + "crimes-type", tr("Type of crime"),
                    tr("crime: every category but anti-social behaviour. all, or empty: crimes and anti-social "
                       "behaviour incidents. Or one category, such as burglary or anti-social-behaviour."),
                    "govuk-input--width-20");
         form.input(at + "base-year", tr("Where it is a rate: population of the year"), {}, "govuk-input--width-5");
         as_at();
       })});
  from.push_back({"population", tr("Figures of the evidence: population"), form.within([&] {
                    form.input(at + "year", tr("Year of the population"), {}, "govuk-input--width-5");
                    form.input(at + "people-as-at", tr("Structure of areas as at"), {}, "govuk-input--width-10");
                  })});
  from.push_back({"address", tr("Other figures, by their address"), form.within([&] {
                    form.text(at + "addresses", tr("Addresses"),
                              tr("One in a line, with {area} where the area's key stands: period | address | address "
                                 "of the base. The period and the base may be left out."),
                              2);
                  })});
  form.branches(at + "from", tr("Where the values come from"), from);
  source(form, at);
  form.input(at + "note", tr("Note on the values"));
  form.end_group();
}

void fields(Form& form, const std::string& type, const Entered& entered, const Scheme& scheme) {
  if (type == "hold_back") {
    form.input("purpose", tr("What the money is held back for"));
    size(form, tr("Or per cent"), false);
    form.select("of", tr("Of what"),
                {{"pot", tr("Of the pot")},
                 {"remaining", tr("Of what remains at this step")},
                 {"allocations", tr("Of each area's amount so far, in proportion")}});
  } else if (type == "fixed_amount") {
    form.money("amount", tr("Amount"));
    form.select("per", tr("For each"), {{"area", tr("Area")}, {"authority", tr("Constituent authority")}});
    form.tick("areas", tr("Only for"), choices_of(scheme), tr("None: for every area."));
  } else if (type == "weighted_indicators") {
    size(form, tr("Or per cent of what remains"), true);
    for (int i = 0; i < indicator_count(entered); ++i) indicator(form, i);
  } else if (type == "direct_shares") {
    size(form, tr("Or per cent of what remains"), true);
    form.select("by", tr("By which split"),
                {{"last_year", tr("Last year's money")},
                 {"amounts", tr("Amounts that are given")},
                 {"percentages", tr("Percentages that are given")}});
    form.text("values", tr("The split that is given"),
              tr("A line for each area: area, amount or percentage. Percentages come to 100."), 6);
    source(form, "");
  } else if (type == "floor" || type == "cap") {
    form.money("amount", type == "floor" ? tr("No area gets less than") : tr("No area gets more than"),
               tr("Give one of the three: an amount, a percentage, or amounts by area."));
    form.input("percent", tr("Or per cent of last year's money"), {}, "govuk-input--width-5");
    form.text("by-area", tr("Or an amount for each area named"), tr("A line for each: area, amount."), 4);
    form.tick("areas", tr("Only for"), choices_of(scheme), tr("None: for every area."));
  } else if (type == "hold_harmless" || type == "gain_limit") {
    const bool loss = type == "hold_harmless";
    form.money("amount",
               loss ? tr("Most that an area loses against last year") : tr("Most that an area gains against last year"),
               tr("Give an amount or a percentage."));
    form.input("percent", tr("Or per cent of last year's money"), {}, "govuk-input--width-5");
    form.tick("areas", tr("Only for"), choices_of(scheme), tr("None: for every area."));
  } else if (type == "phase_in") {
    form.input("path", tr("How far along the way each year is, in per cent"),
               tr("For example 33.3, 66.7, 100, or 100/3, 200/3, 100 for equal steps over three years."));
    form.input("year", tr("Which of these years it is"), tr("1 for the first."), "govuk-input--width-2");
  } else if (type == "override") {
    form.select("area", tr("Area"), choices_of(scheme));
    form.money("value", tr("Its amount"));
    form.input("reason", tr("Reason"));
    form.input("approver", tr("Approved by"), tr("The post that approved it."));
  } else if (type == "over_programming") {
    size(form, tr("Or per cent of the known funds"), false);
    form.input("underwritten-by", tr("Underwritten by"), tr("Who answers for the difference if all of it is spent."));
  }
  if (type == "floor" || type == "hold_harmless")
    form.select("when-short", tr("Where there is not enough for all"),
                {{"refuse", tr("Refuse the scheme")}, {"in_proportion", tr("Meet each in proportion, and say so")}});
  form.input("note", tr("Note"), tr("Shown with the step."));
}

struct Asked {
  SchemeRecord record;
  PotRecord pot;
  Scheme scheme;
  std::size_t index = 0;
  std::string type;
  bool fresh = false;
  const Step* step() const { return fresh ? nullptr : &scheme.steps[index]; }
};

Result<Asked> asked(FundingService& service, const Context& context, const std::string& type) {
  auto record = service.scheme(SchemeId{number_in(context.parameter("id"))});
  if (!record) return pass_on(record);
  auto pot = service.pot(record->pot);
  if (!pot) return pass_on(pot);
  if (const Status allowed = context.reach().require(kEditFunding, whose_of(pot->area)); !allowed)
    return pass_on(allowed);
  if (record->withdrawn) return conflict(tr("The scheme “{0}” was withdrawn.", {record->title}));
  auto scheme = scheme_of(*record, *pot);
  if (!scheme) return pass_on(scheme);
  Asked out{std::move(*record), std::move(*pot), std::move(*scheme), 0, type, false};
  const std::string step = context.parameter("step");
  if (step == "new") {
    out.index = out.scheme.steps.size();
    out.fresh = true;
  } else {
    const std::int64_t number = number_in(step);
    if (number < 1 || number > static_cast<std::int64_t>(out.scheme.steps.size()))
      return not_found(tr("The scheme has no such step."));
    out.index = static_cast<std::size_t>(number - 1);
    out.type = type_of(out.scheme.steps[out.index]);
  }
  if (find_step_type(out.type) == nullptr)
    return not_found(tr("There is no such kind of step. Choose one on the page of the scheme."));
  return out;
}

drafts::Form draft_form(const Context& context, const Asked& asked) {
  const std::string id = std::to_string(asked.record.id.value),
                    step = asked.fresh ? "new" : std::to_string(asked.index + 1);
  const Message title = asked.fresh ? tr("Add a step: {0}", {find_step_type(asked.type)->name})
                                    : tr("Step {0}: {1}", {step, find_step_type(asked.type)->name});
  return {"funding.step/" + id + "/" + step + "/" + asked.type,
          title.in(context.language).text + ", " + asked.record.title,
          "/funding/schemes/" + id + "/steps/" + step + (asked.fresh ? "?type=" + asked.type : ""),
          std::to_string(asked.record.version)};
}

// `back`: what stands in it is the draft, because the form was opened again.
Answer form_page(FundingService& service, Context& context, const Asked& asked, const Entered& entered,
                 const Problem& problem, bool back = false) {
  const StepType& type = *find_step_type(asked.type);
  Writer writer(context.language);
  writer.element("p", {{"class", "govuk-body-l"}}, type.what);
  Form form(writer, context, entered, problem);
  if (const std::string what = forms::at(entered, "do"); what == "more" || what == "fewer")
    form.focus(indicator_name(indicator_count(entered) - 1));
  form.begin(
      Url::path("/funding/schemes/{}/steps/{}", {std::to_string(asked.record.id.value), context.parameter("step")}),
      true);
  form.hidden("type", asked.type);
  const auto seen = entered.find("seen");
  form.hidden("seen", seen == entered.end() ? std::to_string(asked.record.version) : seen->second);
  if (asked.type == "weighted_indicators") form.hidden("count", std::to_string(indicator_count(entered)));
  fields(form, asked.type, entered, asked.scheme);
  if (asked.fresh && !asked.scheme.steps.empty()) {
    Form::Choices places;
    for (std::size_t i = 0; i < asked.scheme.steps.size(); ++i)
      places.emplace_back(std::to_string(i + 1), tr("Before {0}", {place_of(asked.scheme, i)}));
    places.emplace_back(std::to_string(asked.scheme.steps.size() + 1), tr("At the end"));
    form.select("place", tr("Where it stands among the steps"), places,
                tr("A step sees the money that the steps before it have left."));
  }
  const drafts::Form name = draft_form(context, asked);
  const auto kept = drafts::find(service.database(), context.actor, name.key);
  form.save_buttons(name, kept);
  if (asked.type == "weighted_indicators") {
    const int many = indicator_count(entered);
    form.button_to(tr("Add an indicator"), "do", "more", indicator_name(many));
    if (many > 1) form.button_to(tr("Take out the last indicator"), "do", "fewer", indicator_name(many - 2));
  }
  form.end();
  web::PageOptions options =
      saved_options(context,
                    asked.fresh ? Content(tr("Add a step: {0}", {type.name}))
                                : Content(tr("Step {0}: {1}", {std::to_string(asked.index + 1), type.name})),
                    "/funding/pots");
  options.breadcrumbs.push_back(
      {asked.record.title, Url::path("/funding/schemes/{}", {std::to_string(asked.record.id.value)}), false});
  options.narrow = true;
  finish(options, form, problem);
  if (back && kept) options.notice += drafts::notice(context, *kept);
  return web::page(context, options, writer.take());
}

// What takes money before it is shared stands first, unless it is put elsewhere.
Entered fresh_entered(const Asked& asked) {
  const bool first = asked.type == "hold_back" || asked.type == "fixed_amount" || asked.type == "over_programming";
  return {{"count", "1"}, {"place", std::to_string(first ? 1 : asked.scheme.steps.size() + 1)}};
}

Entered stored_in(const Asked& asked) { return asked.fresh ? fresh_entered(asked) : entered_from(*asked.step()); }

// As the step stood in the version of the scheme that a form began with; empty where there is none of this kind.
Entered began_with(FundingService& service, const Asked& now, const Entered& yours) {
  if (now.fresh) return fresh_entered(now);
  const auto seen = yours.find("seen");
  const auto record = service.scheme(now.record.id, number_in(seen == yours.end() ? std::string() : seen->second));
  const auto scheme = record ? scheme_of(*record, now.pot) : Result<Scheme>(not_found(""));
  if (!scheme || scheme->steps.size() <= now.index || type_of(scheme->steps[now.index]) != now.type) return {};
  return entered_from(scheme->steps[now.index]);
}

Answer conflict_of(FundingService& service, Context& context, const Asked& now, const Entered& yours) {
  Writer scratch(context.language);
  const Problem none;
  Form form(scratch, context, yours, none);
  fields(form, now.type, yours, now.scheme);
  std::vector<std::string> all;
  for (std::size_t i = 0; i < now.scheme.steps.size(); ++i)
    all.push_back(place_of(now.scheme, i) + ": " + in_words(now.scheme, i));
  const Message change = tr("The scheme was changed on {0} by {1}. Reason: {2}. Its steps are now: {3}",
                            {now.record.saved.at.date().text(), now.record.saved.by_name,
                             why_of(now.record.saved, now.record.version), joined(all, "; ")});
  return overtaken_page(context, {draft_form(context, now), began_with(service, now, yours), yours, stored_in(now),
                                  form.labels(), change});
}

Answer get(FundingService& service, Context& context) {
  const auto step = asked(service, context, context.query_value("type"));
  if (!step) return web::problem_page(context, step.error());
  const Entered stored = stored_in(*step);
  const auto draft = drafts::find(service.database(), context.actor, draft_form(context, *step).key);
  if (!draft) return form_page(service, context, *step, stored, {});
  Entered entered = entered_in(*draft);
  if (number_in(entered["seen"]) != step->record.version) {
    const Entered began = began_with(service, *step, entered);
    // A change of the scheme that left this step as it was overtakes nothing.
    if (began != stored && context.query_value("draft") != "merged")
      return conflict_of(service, context, *step, entered);
    entered = merged(began, entered, stored);
    entered["seen"] = std::to_string(step->record.version);
  }
  return form_page(service, context, *step, entered, {}, true);
}

// Files as they came, and as CSV. Of a workbook the first sheet.
Result<std::map<std::string, Upload>> uploads_of(const Context& context) {
  std::map<std::string, Upload> out;
  for (const web::UploadedFile& file : context.files) {
    if (file.bytes == 0) continue;
    const auto fail = [&](const std::string& sentence) { return invalid(sentence, {{file.field, sentence}}); };
    if (file.bytes > static_cast<std::int64_t>(kTableBytes))
      return fail("The file is larger than a megabyte. Give a table with one line for each area.");
    auto bytes = read_file(file.path, kTableBytes);
    if (!bytes) return fail("The file could not be read. Try again, or paste the table.");
    Upload upload{file.file_name, *bytes, *bytes};
    if (exports::looks_like_workbook(*bytes)) {
      const auto sheets = exports::read_xlsx(*bytes);
      if (!sheets) return fail(sheets.error().message);
      upload.text.clear();
      if (!sheets->empty())
        for (const exports::SheetRow& row : sheets->front().rows) {
          for (std::size_t i = 0; i < row.fields.size(); ++i) {
            std::string field = row.fields[i];
            for (std::size_t at = field.find('"'); at != std::string::npos; at = field.find('"', at + 2))
              field.insert(at, 1, '"');
            upload.text += (i == 0 ? "\"" : ",\"") + field + "\"";
          }
          upload.text += "\n";
        }
    }
    out.emplace(file.field, std::move(upload));
  }
  return out;
}

Answer post(FundingService& service, Context& context) {
  Entered entered = entered_in(context);
  auto step = asked(service, context, entered["type"]);
  if (!step) return web::problem_page(context, step.error());
  const drafts::Form draft = draft_form(context, *step);
  drafts::keep_posted(service.database(), context, draft);
  // A step that is another by now is a conflict as well.
  if (number_in(entered["seen"]) != step->record.version || (!entered["type"].empty() && entered["type"] != step->type))
    return conflict_of(service, context, *step, entered);
  if (const std::string what = entered["do"]; what == "more" || what == "fewer") {
    entered["count"] = std::to_string(indicator_count(entered) + (what == "more" ? 1 : -1));
    return form_page(service, context, *step, entered, {});
  }
  const auto uploads = uploads_of(context);
  if (!uploads) return form_page(service, context, *step, entered, uploads.error());
  auto read = step_from(step->type, entered, step->scheme, step->step(), *uploads);
  if (!read) return form_page(service, context, *step, entered, read.error());
  Scheme scheme = step->scheme;
  if (step->fresh) {
    const auto place = static_cast<std::size_t>(number_in(entered["place"]));
    if (place >= 1 && place <= scheme.steps.size()) step->index = place - 1;
    scheme.steps.insert(scheme.steps.begin() + static_cast<std::ptrdiff_t>(step->index), std::move(read->step));
  } else {
    scheme.steps[step->index] = std::move(read->step);
  }
  const std::string place = place_of(scheme, step->index);
  const auto saved = save_scheme(service.doing(context.actor), {.id = step->record.id,
                                                                .seen = step->record.version,
                                                                .document = write_scheme(scheme, false),
                                                                .reason = place + (step->fresh ? " added" : " changed"),
                                                                .tables = std::move(read->tables)});
  if (saved) {
    drafts::end(service.database(), context.actor, draft.key);
    return web::redirect(Url::path("/funding/schemes/{}", {std::to_string(saved->id.value)}));
  }
  Problem problem = saved.error();
  if (problem.kind == ProblemKind::conflict) {
    const auto now = asked(service, context, step->type);
    return now ? conflict_of(service, context, *now, entered) : web::problem_page(context, now.error());
  }
  if (problem.kind != ProblemKind::invalid) return web::problem_page(context, problem);
  const std::string here = "steps[" + std::to_string(step->index) + "]";
  for (FieldProblem& one : problem.fields)
    if (one.field.starts_with(here))
      one.field = field_of_place(step->type, one.field.size() > here.size()
                                                 ? std::string_view(one.field).substr(here.size() + 1)
                                                 : std::string_view());
    else if (one.field.starts_with("last_year") && one.message.starts_with(place))
      one.field = field_of_place(step->type, "");
  return form_page(service, context, *step, entered, problem);
}

}  // namespace

void register_step_pages(Wiring& wiring, FundingService& service) {
  FundingService* const s = &service;
  const auto edit = web::Access::permission(kEditFunding);
  wiring.router.get("/funding/schemes/:id/steps/:step", edit, [=](Context& context) { return get(*s, context); });
  wiring.router.post_upload("/funding/schemes/:id/steps/:step", edit,
                            [=](Context& context) { return post(*s, context); });
}

}  // namespace tithing::pots
