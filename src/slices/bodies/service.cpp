#include "slices/bodies/service.h"

#include <algorithm>
#include <chrono>
#include <map>

#include "base/log.h"
#include "base/text.h"
#include "base/translation.h"
#include "slices/bodies/delivered.h"
#include "slices/bodies/ground.h"
#include "slices/wiring.h"

namespace tithing::bodies {
namespace {

std::int64_t steady_milliseconds() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

BodyLine line_of(const Register& all, const std::string& code, Date as_at) {
  const std::string kind = all.kind_of(code, as_at);
  const Fact* existence = all.existence(code, as_at);
  const bool there = existence && standing(*existence, as_at) == Standing::in_force;
  return {code, all.name_at(code, as_at), kind, all.kind_name(kind),
          there || !existence ? std::string() : standing_text(*existence, as_at)};
}

}  // namespace

std::shared_ptr<const Register> BodiesService::known() {
  const std::lock_guard lock(mutex_);
  const std::int64_t now = steady_milliseconds();
  if (known_ && now - checked_at_ < 1000) return known_;
  known_ = wiring_.database->read([&](db::Connection& connection) -> std::shared_ptr<const Register> {
    const std::int64_t version = store::version(connection);
    if (known_ && known_->version == version) return known_;
    auto fresh = std::make_shared<Register>();
    for (Fact& fact : store::current_facts(connection)) fresh->add(std::move(fact));
    fresh->version = version;
    return fresh;
  });
  checked_at_ = now;
  return known_;
}

Keeping BodiesService::keeping(const Actor& actor) { return {wiring_.doing(actor), known(), scope_of(actor)}; }

std::vector<std::string> BodiesService::in_area(const Register& all, std::string_view area_code, Date as_at) {
  std::vector<std::string> codes;
  if (area_code.empty()) {
    for (const auto& [code, entry] : all.entries())
      if (!entry.of(FactKind::body).empty()) codes.push_back(code);
  } else {
    const auto areas = areas_.areas();
    for (const auto& [area, bodies] : all.bodies_by_area()) {
      bool within = area == area_code;
      if (!within)
        if (const auto* force = areas->force_of(area, as_at)) within = force->code == area_code;
      if (!within)
        if (const auto* partnership = areas->partnership_of(area, as_at)) within = partnership->code == area_code;
      if (within) codes.insert(codes.end(), bodies.begin(), bodies.end());
    }
  }
  std::sort(codes.begin(), codes.end());
  codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
  return codes;
}

std::vector<BodyLine> BodiesService::bodies_of(std::string_view area_code, Date as_at) {
  const auto all = known();
  std::vector<BodyLine> out;
  for (const std::string& code : in_area(*all, area_code, as_at))
    if (all->stands(code, as_at)) out.push_back(line_of(*all, code, as_at));
  std::sort(out.begin(), out.end(), [](const BodyLine& a, const BodyLine& b) { return a.name < b.name; });
  return out;
}

Result<BodyLine> BodiesService::body(std::string_view code, Date as_at) {
  const auto all = known();
  if (!all->exists(std::string(code)))
    return not_found(tr("There is no body with this code. Search for its name, or for a former one."));
  return line_of(*all, std::string(code), as_at);
}

std::vector<BodyLine> BodiesService::find_bodies(std::string_view text, Date as_at, int limit) {
  const auto all = known();
  std::vector<BodyLine> out;
  for (const Register::Hit& hit : all->search(text, limit)) out.push_back(line_of(*all, hit.code, as_at));
  return out;
}

std::string BodiesService::became(std::string_view code, Date as_at) {
  return heir_of(*known(), std::string(code), as_at).what_became;
}

Scope BodiesService::scope_of(const Actor& actor) { return {actor, wiring_.clock->today(), areas_.areas()}; }

Status BodiesService::may_change(const Actor& actor, const Fact& fact) {
  return scope_of(actor).may(*known(), {&fact, &fact});
}

Status BodiesService::may_undo(const Actor& actor, std::int64_t number) {
  const auto all = known();
  const Scope scope = scope_of(actor);
  if (const Status allowed = scope.may_import(); !allowed) return allowed;
  for (const Fact& fact : added_in(number))
    if (const Status allowed = scope.may_import(*all, {&fact, nullptr}); !allowed) return allowed;
  for (const Fact& fact : removed_in(number))
    if (const Status allowed = scope.may_import(*all, {nullptr, &fact}); !allowed) return allowed;
  return {};
}

Result<Done> BodiesService::make_change(const Actor& actor, const std::vector<Edit>& edits, const std::string& reason) {
  return seen_at_once(bodies::make_change(keeping(actor), edits, reason));
}

Result<ImportReport> BodiesService::import(const Actor& actor, const std::string& bytes, const std::string& file_name,
                                           const std::vector<std::pair<std::string, std::string>>& mapping,
                                           bool dry_run, const std::string& reason) {
  const auto rows = csv_rows(bytes);
  if (!rows) return pass_on(rows);
  return import(actor, *rows, file_name, mapping, dry_run, reason);
}

Result<ImportReport> BodiesService::import(const Actor& actor, const FactRows& file, const std::string& file_name,
                                           const std::vector<std::pair<std::string, std::string>>& mapping,
                                           bool dry_run, const std::string& reason) {
  return seen_at_once(import_facts(keeping(actor), file, file_name, mapping, dry_run, reason));
}

Result<Done> BodiesService::undo(const Actor& actor, std::int64_t number, const std::string& reason) {
  return seen_at_once(undo_change(keeping(actor), number, reason));
}

Status BodiesService::deliver(const DeliveredFile& file) {
  const Actor actor = Actor::system(wiring_.permissions);
  const auto rows = csv_rows(file.bytes);
  if (!rows) return pass_on(rows);
  const auto report =
      seen_at_once(import_facts(keeping(actor), *rows, file.name, {}, false, "Comes with the program.", "delivered"));
  if (!report) return pass_on(report);
  for (const ImportRow& row : report->rows)
    if (row.state == ImportRow::State::refused)
      return invalid(tr("{0}, line {1}: {2}", {file.name, std::to_string(row.line), row.what}));
  return {};
}

Status BodiesService::deliver_reference() {
  for (const DeliveredFile& file : delivered_files())
    if (file.name == "reference.csv") {
      // What people have changed since may stand against a newer delivery: the program runs all the same.
      if (const Status done = deliver(file); !done) log::warning("bodies.reference", {{"why", done.error().message}});
    }
  return {};
}

Status BodiesService::deliver_workspaces() {
  if (Status done = deliver_reference(); !done) return done;
  for (const DeliveredFile& file : delivered_files()) {  // commissioners come first by name: others refer to them
    if (file.name == "reference.csv" || file.name == "papers.csv" || file.name == "paragraphs.csv" ||
        file.name == "proposals.csv")
      continue;
    if (Status done = deliver(file); !done) return done;
  }
  return deliver_proposals();
}

std::vector<Fact> BodiesService::history_of(const std::string& body, int limit) {
  return wiring_.database->read([&](db::Connection& connection) { return store::history_of(connection, body, limit); });
}
std::vector<Fact> BodiesService::versions_of(std::int64_t record) {
  return wiring_.database->read([&](db::Connection& connection) { return store::versions_of(connection, record); });
}
std::vector<store::Change> BodiesService::changes(int limit, int offset, Instant until) {
  return wiring_.database->read(
      [&](db::Connection& connection) { return store::changes(connection, limit, offset, until); });
}
std::int64_t BodiesService::count_changes(Instant until) {
  return wiring_.database->read([&](db::Connection& connection) { return store::count_changes(connection, until); });
}
std::optional<store::Change> BodiesService::change(std::int64_t number) {
  return wiring_.database->read([&](db::Connection& connection) { return store::change(connection, number); });
}
std::optional<std::int64_t> BodiesService::undone_by(std::int64_t number) {
  return wiring_.database->read([&](db::Connection& connection) { return store::undone_by(connection, number); });
}
std::vector<Fact> BodiesService::added_in(std::int64_t change) {
  return wiring_.database->read([&](db::Connection& connection) { return store::added_in(connection, change); });
}
std::vector<Fact> BodiesService::removed_in(std::int64_t change) {
  return wiring_.database->read([&](db::Connection& connection) { return store::removed_in(connection, change); });
}

}  // namespace tithing::bodies
