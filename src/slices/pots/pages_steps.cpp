// The form of a step: one for each primitive of a scheme.
#include <algorithm>

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
#include "slices/pots/pickers.h"
#include "slices/pots/step_fields.h"

namespace tithing::pots {
namespace {

using html::Content;
using html::Url;
using html::Writer;
using web::Answer;
using web::Context;

constexpr std::size_t kTableBytes = 1 << 20;

// The numbers of the areas beside each other, and a box into which lines may be pasted.
void numbers(Form& form, const std::vector<forms::Field>& fields) {
  form.writer().open("div", {{"class", "tithing-numbers"}});
  form.put(fields);
  form.writer().close("div");
}

void paste_box(Form& form, const std::string& name, const Content& what, const std::string& back_to) {
  const html::Markup box = form.within([&] {
    form.text(name, what,
              tr("Copy the lines in your spreadsheet and paste them here: the area's name, then its numbers. They are "
                 "put into the fields, where you check them before anything is saved."),
              4);
    form.button_to(tr("Put them into the fields"), "do", "read", back_to);
  });
  render(form.writer(), govuk::DetailsParams{.summary = tr("Paste from a spreadsheet"), .text = box});
}

// Figures that stand in the scheme and that this form has no fields for: told, and kept as they are.
void kept_figures(Form& form, const Scheme& scheme, const Step* step, const Entered& entered, int i) {
  const auto* weighted = step == nullptr ? nullptr : std::get_if<WeightedIndicators>(&step->what);
  const auto was = static_cast<std::size_t>(forms::whole_or(at(entered, indicator_at(i) + "was"), 1'000));
  if (weighted == nullptr || was >= weighted->indicators.size()) return;
  std::vector<std::string> seen;
  for (const auto& [key, all] : weighted->indicators[was].values)
    for (const Observation& one : all)
      if (!one.address.empty()) {
        const Area* area = area_named(scheme.areas, key);
        seen.push_back((area == nullptr ? key : area->name) + (one.period.empty() ? "" : ", " + one.period));
        form.writer().open("p", {{"class", "govuk-body"}});
        form.writer().element("a", {{"class", "govuk-link"}, {"href", Url::parse(one.address)}}, seen.back());
        form.writer().close("p");
      }
}

void indicator(Form& form, int i, const Entered& entered, const Scheme& scheme, const Step* step) {
  const std::string from = indicator_at(i);
  form.begin_group(tr("Indicator {0}", {std::to_string(i + 1)}));
  if (const std::string was = at(entered, from + "was"); !was.empty()) form.hidden(from + "was", was);
  form.put(indicator_head(i));
  std::vector<Form::Branch> all;
  all.push_back({"table", tr("A value for each area: typed, pasted or from a file"), form.within([&] {
                   if (const std::string read = at(entered, from + "read"); !read.empty())
                     render(form.writer(),
                            govuk::InsetTextParams{.text = tr("{0} read. Check them here, then save.", {read})});
                   const forms::Rows years = year_rows(i);
                   const int many = count(years, entered);
                   for (int year = 0; year < many; ++year) {
                     const std::string period = in_row(years, year, "period");
                     form.put(forms::fields_of({.rows = {years}}, entered)[static_cast<std::size_t>(year)]);
                     numbers(form, year_fields(i, year, scheme.areas));
                     if (many > 1)
                       form.button_to(tr("Remove values {0}", {std::to_string(year + 1)}), "do",
                                      "out-" + years.name + "-" + std::to_string(year), in_row(years, 0, "period"));
                   }
                   form.button_to(years.add, "do", "add-" + years.name, in_row(years, many, "period"));
                   paste_box(form, from + "pasted", tr("Lines of values: area, value, base of a rate, year"),
                             in_row(years, 0, "period"));
                   form.file(from + "file", tr("Or a file: CSV or Excel"),
                             tr("A line for each area: area, value, and where there are such a base and a year."));
                 })});
  all.push_back({"evidence", tr("Figures of the evidence: crime, population"),
                 form.within([&] { form.put(evidence_questions(i)); })});
  if (at(entered, from + "from") == "kept")
    all.push_back({"kept", tr("The figures that stand in the scheme, as they are"),
                   form.within([&] { kept_figures(form, scheme, step, entered, i); })});
  form.branches(from + "from", tr("Where the values come from"), all);
  form.put(indicator_source(i));
  if (indicator_count(entered) > 1)
    form.button_to(tr("Remove indicator {0}", {std::to_string(i + 1)}), "do", "out-indicators-" + std::to_string(i),
                   indicator_at(std::max(0, i - 1)) + "name");
  form.end_group();
}

void fields(Form& form, const std::string& type, const Entered& entered, const Scheme& scheme, const Step* step) {
  const StepQuestions asks = step_questions(type, entered, scheme);
  form.put(asks.first);
  if (!asks.by_area.empty()) {
    form.begin_group(asks.legend);
    form.writer().element("div", {{"class", "govuk-hint"}}, asks.hint);
    numbers(form, asks.areas);
    paste_box(form, asks.by_area + "-pasted", tr("Lines of areas: area, number"),
              scheme.areas.empty() ? std::string("amount") : of_area(asks.by_area, scheme.areas.front().key));
    form.end_group();
  }
  if (type == "weighted_indicators") {
    for (int i = 0; i < indicator_count(entered); ++i) indicator(form, i, entered, scheme, step);
    const int many = indicator_count(entered);
    form.button_to(indicator_rows().add, "do", "add-indicators", indicator_at(many) + "name");
  }
  form.put(asks.last);
}

// Every field by its name, of as many indicators as either of the two has.
std::vector<forms::Field> fields_of(const std::string& type, const Entered& one, const Entered& other,
                                    const Scheme& scheme) {
  const StepQuestions asks = step_questions(type, one, scheme);
  std::vector<forms::Field> out = asks.first;
  const auto add = [&](const std::vector<forms::Field>& more) { out.insert(out.end(), more.begin(), more.end()); };
  add(asks.areas);
  if (type == "weighted_indicators")
    for (int i = 0; i < std::max(indicator_count(one), indicator_count(other)); ++i) {
      add(indicator_head(i));
      add(forms::fields_of(evidence_questions(i), one, other));
      const forms::Questions years = {.rows = {year_rows(i)}};
      add(forms::fields_of(years, one, other));
      for (int year = 0; year < std::max(count(year_rows(i), one), count(year_rows(i), other)); ++year)
        add(year_fields(i, year, scheme.areas));
      add(indicator_source(i));
    }
  add(asks.last);
  return out;
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
Answer form_page(FundingService& service, const Context& context, const Asked& asked, const Entered& entered,
                 const Problem& problem, bool back) {
  const StepType& type = *find_step_type(asked.type);
  Writer writer(context.language);
  writer.element("p", {{"class", "govuk-body-l"}}, type.what);
  Form form(writer, context, entered, problem);
  const std::string pressed = at(entered, "do");
  if (pressed == "add-indicators") form.focus(indicator_at(indicator_count(entered) - 1) + "name");
  form.begin(
      Url::path("/funding/schemes/{}/steps/{}", {std::to_string(asked.record.id.value), context.parameter("step")}),
      true);
  form.enter_presses("do", "save");
  form.hidden("type", asked.type);
  const std::int64_t seen = forms::seen_in(entered);
  form.hidden("seen", std::to_string(seen == 0 ? asked.record.version : seen));
  fields(form, asked.type, entered, asked.scheme, asked.step());
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
  return {{"place", std::to_string(first ? 1 : asked.scheme.steps.size() + 1)}};
}

Entered stored_in(const Asked& asked) { return asked.fresh ? fresh_entered(asked) : entered_from(*asked.step()); }

forms::Editing editing(FundingService& service, const Context& context, const Asked& now) {
  std::vector<std::string> all;
  for (std::size_t i = 0; i < now.scheme.steps.size(); ++i)
    all.push_back(place_of(now.scheme, i) + ": " + in_words(now.scheme, i));
  return {.draft = draft_form(context, now),
          .version = now.record.version,
          .stored = stored_in(now),
          // Empty where that version had no step of this kind there.
          .began = [&service, &now](std::int64_t seen) -> Entered {
            if (now.fresh) return fresh_entered(now);
            const auto record = service.scheme(now.record.id, seen);
            const auto scheme = record ? scheme_of(*record, now.pot) : Result<Scheme>(not_found(std::string()));
            if (!scheme || scheme->steps.size() <= now.index || type_of(scheme->steps[now.index]) != now.type)
              return {};
            return entered_from(scheme->steps[now.index]);
          },
          .fields = [&now](const Entered& yours) { return fields_of(now.type, yours, stored_in(now), now.scheme); },
          .rows = now.type == "weighted_indicators" ? std::vector<forms::Rows>{indicator_rows()}
                                                    : std::vector<forms::Rows>(),
          .change = tr("The scheme was changed on {0} by {1}. Reason: {2}. Its steps are now: {3}",
                       {now.record.saved.at.date().text(), now.record.saved.by_name,
                        why_of(now.record.saved, now.record.version), joined(all, "; ")}),
          .part = true,
          .page = [&service, &context, &now](
                      const Entered& entered, const Problem& problem,
                      bool back) { return form_page(service, context, now, entered, problem, back); }};
}

Answer get(FundingService& service, Context& context) {
  const auto step = asked(service, context, context.query_value("type"));
  if (!step) return web::problem_page(context, step.error());
  return forms::opened(service.database(), context, editing(service, context, *step));
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

// What is wrong with the scheme at fields of this step's form.
void also(Problem& problem, const Problem& said, const Asked& step, const Scheme& scheme) {
  const std::string here = "steps[" + std::to_string(step.index) + "]", place = place_of(scheme, step.index);
  std::vector<FieldProblem> more;
  for (FieldProblem one : said.fields) {
    if (one.field.starts_with(here))
      one.field = field_of_place(
          step.type,
          one.field.size() > here.size() ? std::string_view(one.field).substr(here.size() + 1) : std::string_view(),
          scheme);
    else if (one.field.starts_with("last_year") && one.message.starts_with(place))
      one.field = field_of_place(step.type, "", scheme);
    more.push_back(std::move(one));
  }
  if (said.fields.empty() && problem.message.empty()) problem = said;
  add_lacks(problem, more);
}

// What the step lacks beside what could not be read in it: told together. Figures were not asked for.
void also_lacks(Problem& problem, const Asked& step, const Scheme& scheme) {
  const Status fine = check(scheme);
  if (fine) return;
  Problem of_step{ProblemKind::invalid, {}, {}};
  const std::string here = "steps[" + std::to_string(step.index) + "]";
  for (const FieldProblem& one : fine.error().fields)
    if (one.field.starts_with(here) && one.field.find(".values") == std::string::npos) of_step.fields.push_back(one);
  also(problem, of_step, step, scheme);
}

Answer post(FundingService& service, Context& context) {
  Entered entered = entered_in(context);
  auto step = asked(service, context, entered["type"]);
  if (!step) return web::problem_page(context, step.error());
  const forms::Editing form = editing(service, context, *step);
  if (auto overtaken = forms::sent(service.database(), context, form, entered)) return std::move(*overtaken);
  // A step that is another by now is a conflict as well.
  if (!entered["type"].empty() && entered["type"] != step->type) return overtaken_page(context, form, entered);
  Problem problem;
  if (step_turned(step->type, entered, step->scheme, problem)) return form.page(entered, problem, false);
  const auto uploads = uploads_of(context);
  auto read =
      step_from(step->type, entered, step->scheme, step->step(), uploads ? *uploads : std::map<std::string, Upload>());
  if (!read) return web::problem_page(context, read.error());
  problem = std::move(read->problem);
  if (!uploads) forms::add_problems(problem, uploads.error().fields);
  Scheme scheme = step->scheme;
  if (step->fresh) {
    const auto place = static_cast<std::size_t>(number_in(entered["place"]));
    if (place >= 1 && place <= scheme.steps.size()) step->index = place - 1;
    scheme.steps.insert(scheme.steps.begin() + static_cast<std::ptrdiff_t>(step->index), std::move(read->step));
  } else {
    scheme.steps[step->index] = std::move(read->step);
  }
  if (!problem.message.empty()) {
    also_lacks(problem, *step, scheme);
    return form.page(entered, problem, false);
  }
  const auto saved = save_scheme(service.doing(context.actor),
                                 {.id = step->record.id,
                                  .seen = step->record.version,
                                  .document = write_scheme(scheme, false),
                                  .reason = place_of(scheme, step->index) + (step->fresh ? " added" : " changed"),
                                  .tables = std::move(read->tables)});
  if (saved) {
    drafts::end(service.database(), context.actor, form.draft.key);
    return web::redirect(Url::path("/funding/schemes/{}", {std::to_string(saved->id.value)}));
  }
  if (saved.error().kind == ProblemKind::conflict) {
    const auto now = asked(service, context, step->type);
    return now ? overtaken_page(context, editing(service, context, *now), entered)
               : web::problem_page(context, now.error());
  }
  if (saved.error().kind != ProblemKind::invalid) return web::problem_page(context, saved.error());
  also(problem, saved.error(), *step, scheme);
  return form.page(entered, problem, false);
}

// Names of what can be counted, while somebody types.
Answer indicator_names(Context& context) { return forms::names_answer(context, indicator_finder()); }

}  // namespace

void register_step_pages(Wiring& wiring, FundingService& service) {
  FundingService* const s = &service;
  const auto edit = web::Access::permission(kEditFunding);
  wiring.router.get("/funding/indicators", web::Access::anyone(), indicator_names);
  wiring.router.get("/funding/schemes/:id/steps/:step", edit, [=](Context& context) { return get(*s, context); });
  wiring.router.post_upload("/funding/schemes/:id/steps/:step", edit,
                            [=](Context& context) { return post(*s, context); });
}

}  // namespace tithing::pots
