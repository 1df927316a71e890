#include "desks/jobs/desk.h"

#include <algorithm>
#include <charconv>
#include <cstdio>

#include "base/json.h"
#include "base/text.h"
#include "govuk/components.h"
#include "jobs_migrations.h"
#include "lists/list.h"

namespace tithing::jobs {
namespace {

using html::Url;
using html::Writer;
using web::Answer;
using web::Context;

constexpr int kAskAgain = 2;  // seconds

Message words(State state) {
  switch (state) {
    case State::queued:
      return tr("Waiting");
    case State::running:
      return tr("Under way");
    case State::done:
      return tr("Done");
    case State::failed:
      return tr("Failed");
    case State::cancelled:
      return tr("Stopped");
  }
  return {};
}

html::Markup tag(State state, const std::string& language) {
  const char* colour = state == State::done     ? "govuk-tag--blue"
                       : state == State::failed ? "govuk-tag--orange"
                                                : "govuk-tag--grey";
  return govuk::rendered(govuk::TagParams{.text = words(state), .classes = state == State::running ? "" : colour},
                         language);
}

// "30 November 2022, 09:20 UTC"
std::string time_text(Instant at) {
  const std::int64_t minutes = at.milliseconds / 60'000 - std::int64_t{at.date().days()} * 1'440;
  char text[16];
  std::snprintf(text, sizeof text, ", %02d:%02d UTC", static_cast<int>(minutes / 60), static_cast<int>(minutes % 60));
  return at.date().text() + text;
}

Message amount(const Job& job) {
  if (job.of > 0) return tr("{0} of {1} {2}", {grouped(job.done), grouped(job.of), job.unit});
  if (job.done > 0) return tr("{0} {1}", {grouped(job.done), job.unit});
  return {};
}

// ":id" takes "12" and "12.json" alike: a segment of a route cannot have two parts.
struct Asked {
  std::int64_t id = 0;
  bool json = false;
};
Asked asked(const Context& context) {
  Asked out;
  std::string text = context.parameter("id");
  constexpr std::string_view kJson = ".json";
  if (text.size() > kJson.size() && text.ends_with(kJson)) {
    out.json = true;
    text.resize(text.size() - kJson.size());
  }
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out.id);
  if (error != std::errc() || end != text.data() + text.size()) out.id = 0;  // no job has this number
  return out;
}

void put_progress(Writer& writer, const Job& job) {
  writer.element("p", {{"class", "govuk-body"}, {"data-part", "state"}}, tag(job.state, writer.language()));
  if (!job.over()) {
    html::Attributes attributes = {{"class", "tithing-job__progress"}, {"data-part", "bar"}, {"id", "job-progress"}};
    if (job.of > 0) {
      // `max` is a double in browsers; what is shown in words is exact.
      attributes.push_back({"max", std::to_string(job.of)});
      attributes.push_back({"value", std::to_string(std::min(job.done, job.of))});
    }
    writer.open("p", {{"class", "govuk-body"}})
        .element("label", {{"for", "job-progress"}, {"class", "govuk-visually-hidden"}}, tr("Progress"));
    writer.element("progress", attributes, amount(job)).close("p");
  }
  writer.open("p", {{"class", "govuk-body"}, {"data-part", "amount"}});
  if (const Message text = amount(job); !text.empty()) writer.put(text);
  writer.close("p");
  writer.open("p", {{"class", job.state == State::failed ? "govuk-body govuk-!-font-weight-bold" : "govuk-body"},
                    {"data-part", "message"},
                    {"role", "status"}});
  writer.text(job.message).close("p");
}

void put_times(Writer& writer, const Job& job) {
  govuk::SummaryListParams list;
  const auto add = [&](const Message& key, const std::string& value) {
    list.rows.push_back({.key = {.text = key}, .value = {.text = value}});
  };
  add(tr("Started by"), job.started_by_name);
  add(tr("Asked for"), time_text(job.created));
  if (job.started) add(tr("Began"), time_text(*job.started));
  if (job.finished) add(tr("Ended"), time_text(*job.finished));
  add(tr("Job number"), std::to_string(job.id));
  render(writer, list);
}

Answer job_page(Wiring& wiring, Context& context) {
  const Asked which = asked(context);
  const auto job = wiring.jobs->find(which.id, context.actor);
  if (which.json) return job ? web::json_answer(to_json(*job)) : web::problem_json(job.error());
  if (!job) return web::problem_page(context, job.error());
  const bool live = context.query_value("live") == "1";
  Writer writer(context.language);
  html::Attributes attributes = {{"data-module", "tithing-job"}, {"id", "job"}};
  if (!job->over()) {
    attributes.push_back({"data-running", true});
    // Script moves there once: that address does not refresh itself, so that focus and reading stay where they are.
    if (!live)
      attributes.push_back({"data-live", Url::path("/jobs/{}", {std::to_string(job->id)}, {{"live", "1"}}).text()});
  }
  writer.open("div", attributes);
  put_progress(writer, *job);
  writer.close("div");
  if (job->state == State::done && !job->result_url.empty()) {
    render(writer, govuk::ButtonParams{.text = tr("See the result"), .href = Url::parse(job->result_url)});
  }
  if (!job->over()) {
    writer.element("p", {{"class", "govuk-body"}},
                   tr("You can leave this page. The work goes on, and you find it again under My work under way."));
    writer.open("form", {{"method", "post"},
                         {"action", Url::path("/jobs/{}/cancel", {std::to_string(job->id)})},
                         {"novalidate", true}});
    writer.put(web::csrf_field(context));
    render(writer, govuk::ButtonParams{
                       .text = tr("Stop it"), .classes = "govuk-button--secondary", .prevent_double_click = true});
    writer.close("form");
  }
  put_times(writer, *job);
  web::PageOptions options;
  options.title = job->title;
  options.caption = tr("Job");
  options.breadcrumbs = {{tr("Home"), Url("/"), false}, {tr("My work under way"), Url("/jobs"), false}};
  if (!job->over() && !live) options.refresh_seconds = kAskAgain;
  Answer answer = web::page(context, options, writer.take());
  answer.set("Cache-Control", "no-store");
  return answer;
}

Answer list_page(Wiring& wiring, Context& context) {
  const bool may_see_all = context.actor.can(kSeeAllJobs);
  const bool everyone = may_see_all && context.query_value("all") == "1";
  const exports::Paging part = lists::paging(context, wiring.jobs->count(context.actor, everyone));
  exports::Table table;
  table.id = "jobs";
  table.title = everyone ? tr("Everyone's work under way and done") : tr("My work under way and done");
  table.columns = {{.key = "job", .heading = tr("Job")},
                   {.key = "state", .heading = tr("State")},
                   {.key = "progress", .heading = tr("Progress")},
                   {.key = "started-by", .heading = tr("Started by")},
                   {.key = "asked-for", .heading = tr("Asked for")}};
  for (const Job& job : wiring.jobs->list(context.actor, everyone, lists::limit_of(part), lists::offset_of(part))) {
    const std::string so_far = job.over() ? job.message : amount(job).in(context.language).text;
    table.rows.push_back({exports::text_cell(job.title).linked(page_of(job.id)), exports::text_cell(words(job.state)),
                          exports::text_cell(so_far), exports::text_cell(job.started_by_name),
                          exports::text_cell(time_text(job.created))});
  }
  Writer writer(context.language);
  if (may_see_all) {
    writer.open("p", {{"class", "govuk-body"}});
    if (everyone) {
      writer.element("a", {{"class", "govuk-link"}, {"href", Url("/jobs")}}, tr("Show only mine"));
    } else {
      writer.element("a", {{"class", "govuk-link"}, {"href", Url("/jobs?all=1")}}, tr("Show everyone's"));
    }
    writer.close("p");
  }
  writer.put(
      lists::part(context, {.table = std::move(table), .none = tr("Nothing has been started."), .paging = part}));
  return web::page(context, {.title = tr("My work under way"), .breadcrumbs = {{tr("Home"), Url("/"), false}}},
                   writer.take());
}

Answer post_cancel(Wiring& wiring, Context& context) {
  const Asked which = asked(context);
  const Status stopped = wiring.jobs->cancel(which.id, context.actor);
  // Over already: its page says how it ended.
  if (!stopped && stopped.error().kind != ProblemKind::conflict) return web::problem_page(context, stopped.error());
  return web::redirect(page_of(which.id));
}

}  // namespace

html::Url page_of(std::int64_t id) { return Url::path("/jobs/{}", {std::to_string(id)}); }

std::string to_json(const Job& job) {
  JsonWriter json;
  json.begin_object();
  json.member("id", job.id).member("kind", job.kind).member("title", job.title).member("state", code_of(job.state));
  json.member("done", job.done).key("of");
  if (job.of > 0) {
    json.value(job.of);
  } else {
    json.null();
  }
  json.member("unit", job.unit).member("message", job.message).member("result_url", job.result_url);
  json.member("created", job.created.iso());
  const auto time = [&](std::string_view name, const std::optional<Instant>& at) {
    json.key(name);
    if (at) {
      json.value(at->iso());
    } else {
      json.null();
    }
  };
  time("started", job.started);
  time("finished", job.finished);
  json.end_object();
  return json.take();
}

void register_desk(Wiring& wiring) {
  for (db::Migration& migration : jobs_migrations()) wiring.migrations.push_back(migration);
  wiring.permissions.add(kSeeAllJobs, {Role::system_administrator});
  wiring.router.get("/jobs", web::Access::signed_in(),
                    [&wiring](Context& context) { return list_page(wiring, context); });
  wiring.router.get("/jobs/:id", web::Access::signed_in(),
                    [&wiring](Context& context) { return job_page(wiring, context); });
  wiring.router.post("/jobs/:id/cancel", web::Access::signed_in(),
                     [&wiring](Context& context) { return post_cancel(wiring, context); });
}

}  // namespace tithing::jobs
