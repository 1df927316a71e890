// A new scheme, from a file or empty; a copy; a file in its place; its withdrawal.
#include "allocation/read_scheme.h"
#include "allocation/write_scheme.h"
#include "base/text.h"
#include "base/translation.h"
#include "slices/pots/folder_files.h"
#include "slices/pots/money_areas.h"
#include "slices/pots/pages_form.h"
#include "slices/pots/pages_scheme_opened.h"

namespace tithing::pots {

using html::Url;
using html::Writer;
using web::Answer;
using web::Context;

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

namespace {

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
        invalid(tr("Give it a title."), {{"title", tr("Give it a title, by which others find it.")}}).value());
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
                       invalid(tr("Choose a file."), {{"file", tr("Choose a file with a scheme.")}}).value());
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

}  // namespace

void register_scheme_file_pages(Wiring& wiring, FundingService& service) {
  FundingService* const s = &service;
  const auto edit = web::Access::permission(kEditFunding);
  wiring.router.get("/funding/schemes/new", edit, [=](Context& context) {
    return new_page(*s, context, {{"pot", context.query_value("pot")}}, {});
  });
  wiring.router.post_upload("/funding/schemes/new", edit, [=](Context& context) { return new_post(*s, context); });
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
