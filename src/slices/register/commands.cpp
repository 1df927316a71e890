#include "slices/register/commands.h"

#include <algorithm>
#include <memory>

#include "base/hash.h"
#include "base/json.h"
#include "base/table_text.h"
#include "base/text.h"
#include "base/translation.h"
#include "slices/register/boundary_file.h"
#include "slices/register/commands_import.h"
#include "slices/register/files.h"
#include "slices/register/look_up.h"
#include "slices/register/lsoa_table.h"
#include "slices/register/store.h"
#include "slices/register/succession.h"
#include "slices/register/wards.h"

namespace tithing::register_ {
namespace {

using ReadFile = GivenGeography;

std::string rows_text(std::size_t rows) { return plural(static_cast<std::int64_t>(rows), "row", "rows"); }

std::string note(std::string_view name, std::string_view value) {
  JsonWriter json;
  json.begin_object().member(name, value).end_object();
  return json.take();
}

constexpr std::string_view kOpenGovernment = "Open Government Licence v3.0";

Result<ReadFile> read_boundary_file(const GivenFile& given, std::optional<Date> dated) {
  auto file = read_boundaries(given.bytes, given.name, dated);
  if (!file) return pass_on(file);
  ReadFile out;
  out.source.kind = "boundaries";
  out.source.publisher = "ONS";
  out.source.licence = std::string(kOpenGovernment) + ". Contains OS data (c) Crown copyright and database right.";
  out.source.rows_accepted = static_cast<std::int64_t>(file->boundaries.size());
  JsonWriter json;
  json.begin_object()
      .member("vintage", file->vintage)
      .member("form", file->form)
      .member("areas", code_of(file->kind))
      .member("outside_england_and_wales", file->left_out)
      .end_object();
  out.source.notes = json.take();
  out.what = "Boundaries (" + file->form + ", " + file->vintage + ") of " +
             plural(out.source.rows_accepted, name_of(file->kind), std::string(name_of(file->kind)) + "s");
  if (file->kind == AreaKind::lsoa_2011 || file->kind == AreaKind::lsoa_2021)
    out.what = "Boundaries (" + file->form + ") of " + plural(out.source.rows_accepted, "LSOA", "LSOAs") + " of " +
               file->vintage;
  if (file->left_out > 0)
    out.what += "; " + plural(file->left_out, "area", "areas") + " outside England and Wales left out";
  out.content = std::move(*file);
  return out;
}

Result<ReadFile> read_table(const GivenFile& given, TableForm form, std::optional<Date> dated) {
  const auto plain = plain_table(given.bytes);
  if (!plain) return pass_on(plain);
  const std::string& text = plain->text;
  ReadFile out;
  out.source.publisher = "ONS";
  out.source.licence = std::string(kOpenGovernment);
  out.source.notes = "{}";
  const auto accept = [&](std::string_view kind, std::size_t rows) {
    out.source.kind = std::string(kind);
    out.source.rows_accepted = static_cast<std::int64_t>(rows);
  };
  switch (form) {
    case TableForm::look_up: {
      auto read = read_look_up(text, given.name, dated);
      if (!read) return pass_on(read);
      accept("area-look-up", read->rows.size());
      out.source.notes = note("day", read->on.iso());
      out.what = "Look-up of " + read->month_text() + ": " + rows_text(read->rows.size());
      out.content = std::move(*read);
      break;
    }
    case TableForm::exact_fit: {
      auto read = read_exact_fit(text);
      if (!read) return pass_on(read);
      accept("lsoa-exact-fit", read->rows.size());
      out.what = "Exact fit of LSOAs, districts of " + std::to_string(read->district_year) + ": " +
                 rows_text(read->rows.size());
      out.content = std::move(*read);
      break;
    }
    case TableForm::ward_fit: {
      auto read = read_ward_fit(text);
      if (!read) return pass_on(read);
      accept("ward-best-fit", read->rows.size());
      out.what = "Best fit of LSOAs to wards of " + std::to_string(read->year) + ": " + rows_text(read->rows.size());
      out.content = std::move(*read);
      break;
    }
    case TableForm::code_history: {
      auto read = read_code_history(text);
      if (!read) return pass_on(read);
      accept("area-code-history", read->size());
      out.what = "Codes of districts and what became of them: " + rows_text(read->size());
      out.content = std::move(*read);
      break;
    }
    case TableForm::succession_facts: {
      auto read = read_succession_facts(text);
      if (!read) return pass_on(read);
      accept("area-successions", read->size());
      out.source.publisher = "as each row says";
      out.source.licence = "facts stated by the papers that each row names";
      out.what = "Successions that papers tell of: " + rows_text(read->size());
      out.content = std::move(*read);
      break;
    }
  }
  out.what += plain->remark();
  return out;
}

// Why a file that nobody here can read is left, for a person who named it.
std::string unknown_form(const std::string& name, std::string_view start) {
  if (start.empty()) return name + " is empty.";
  if (start.substr(0, 2) == "\xFF\xFE" || start.substr(0, 2) == "\xFE\xFF")
    return name + " is UTF-16 text. Save it as UTF-8 and import it again.";
  const auto says = [&](std::string_view word) { return start.find(word) != std::string_view::npos; };
  if (trimmed(start).starts_with("{") &&
      (says("esriGeometry") || says("\"spatialReference\"") || says("\"displayFieldName\"")))
    return name +
           " is Esri JSON, which the map services of the Open Geography portal give where nothing else is asked for. "
           "Boundaries are read "
           "as GeoJSON or TopoJSON: download it as GeoJSON (in the address of a query, f=geojson in place of f=json) "
           "and import that.";
  return name +
         " is not geography that this program knows. It takes look-ups of districts, partnerships and forces (columns "
         "such as LAD22CD, CSP22CD, PFA22CD), the exact fit of LSOAs "
         "(LSOA11CD, LSOA21CD), the best fit of LSOAs to wards (LSOA21CD, WD24CD), tables of codes (LADCD, "
         "LADCD_ACTIVE) or of successions, and boundaries as GeoJSON or "
         "TopoJSON.";
}

}  // namespace

std::vector<ProposedSuccession> findings(db::Connection& connection) {
  const std::vector<LookUp> look_ups = store::look_ups(connection);
  const std::vector<CodeHistoryRow> history = store::code_history(connection);
  LsoaTable lsoas;
  if (const auto fit = store::exact_fit_id(connection)) lsoas = LsoaTable(store::exact_fit(connection, *fit));
  std::vector<ProposedSuccession> found;
  for (std::size_t i = 1; i < look_ups.size(); ++i)
    for (ProposedSuccession& proposal : derive(look_ups[i - 1], look_ups[i], lsoas, history))
      found.push_back(std::move(proposal));
  for (ProposedSuccession& proposal : from_facts(store::facts(connection))) found.push_back(std::move(proposal));
  return found;
}

namespace {

// The number of the same file as it was imported before; 0 when it was not.
std::int64_t known_as(db::Connection& connection, const sources::SourceFile& file) {
  for (const sources::SourceFile& other : sources::find_by_sha256(connection, file.sha256))
    if (other.sha256 == file.sha256 && other.kind == file.kind && other.notes == file.notes) return other.id.value;
  return 0;
}

}  // namespace

std::string GeographyReport::sentence() const {
  int added = 0;
  int known = 0;
  for (const ImportedFile& file : files) {
    added += file.added ? 1 : 0;
    known += !file.added && file.what.find("already") != std::string::npos ? 1 : 0;
  }
  if (dry_run && trial == sources::Trial::changes_nothing)
    return "Nothing would change: what is geography in it is already there.";
  std::string text = (dry_run ? "Would import " : "Imported ") + plural(added, "file", "files") + " of geography";
  if (known > 0) text += ", " + std::to_string(known) + " already there";
  text += ".";
  if (proposed > 0 && !dry_run) text += " " + plural(proposed, "succession waits", "successions wait") + " for review.";
  if (proposed > 0 && dry_run) text += " " + plural(proposed, "succession", "successions") + " would wait for review.";
  if (withdrawn > 0 && !dry_run)
    text += " " + plural(withdrawn, "succession is", "successions are") + " no longer shown by anything.";
  if (withdrawn > 0 && dry_run)
    text += " " + plural(withdrawn, "succession", "successions") + " would no longer be shown by anything.";
  return text;
}

Result<GeographyReport> import_geography(const Doing& doing, const sources::OriginalStore& originals,
                                         const std::vector<std::string>& paths, std::optional<Date> dated,
                                         const sources::Manners& manners) {
  if (auto allowed = doing.actor().require(kImportGeography); !allowed) return pass_on(allowed);
  if (const std::string fault = sources::fault_of(manners); !fault.empty()) return invalid(fault);
  if (paths.empty()) return invalid(tr("Name at least one file, folder or zip archive."));

  GeographyReport report;
  std::vector<ReadFile> read;
  std::string refusal;
  const Status walked = each_file(
      paths,
      [&](const std::string& name, std::string_view start, bool named) {
        if (form_of(start) || looks_like_boundaries(start)) return true;
        if (named && refusal.empty()) refusal = unknown_form(name, start);
        report.files.push_back({name, "Left out: not geography.", false});
        return false;
      },
      [&](GivenFile&& given) -> Status {
        const auto form = form_of(given.bytes);
        auto file = form ? read_table(given, *form, dated) : read_boundary_file(given, dated);
        if (!file) return invalid(tr("{0}: {1} Nothing was imported.", {given.name, file.error().message}));
        file->source.name = given.name;
        file->source.sha256 = sha256(given.bytes);
        file->source.bytes = static_cast<std::int64_t>(given.bytes.size());
        file->source.archive_name = given.archive_name;
        file->source.imported_by = doing.actor().audit_name();
        file->path = given.path;
        read.push_back(std::move(*file));
        return {};
      });
  if (!walked) return pass_on(walked);
  if (!refusal.empty()) return invalid(tr("{0} Nothing was imported.", {refusal}));
  if (read.empty()) return invalid(tr("None of these files is geography. Nothing was imported."));

  // Originals are kept before any row names them; what this call has kept goes again when nothing comes of it.
  doing.database.read([&](db::Connection& connection) {
    for (ReadFile& file : read) {
      if (file.source.archive_name.empty()) file.known = known_as(connection, file.source) != 0;
    }
  });
  std::vector<std::string> kept;
  const auto undo = [&] {
    for (const std::string& sha : kept) originals.remove(sha);
  };
  std::string archive_path;
  std::string archive_sha;
  for (ReadFile& file : read) {
    if (file.known || manners.dry_run) continue;
    if (!file.source.archive_name.empty() && file.path == archive_path) {
      file.source.archive_sha256 = archive_sha;
      continue;
    }
    const auto sha = sha256_of_file(file.path);
    if (!sha) {
      undo();
      return pass_on(sha);
    }
    const bool there = originals.has(*sha);
    if (const auto done = originals.keep(file.path); !done) {
      undo();
      return pass_on(done);
    }
    if (!there) kept.push_back(*sha);
    if (!file.source.archive_name.empty()) {
      archive_path = file.path;
      archive_sha = *sha;
      file.source.archive_sha256 = *sha;
    }
  }

  const std::vector<ImportedFile> left_out = report.files;
  const bool answered = sources::answered(manners);
  // One run of the whole in a transaction. Without an answer it holds what is asked, and then comes to nothing.
  const auto run = [&](const sources::Manners& answer, bool keep) -> Status {
    return commands::act(doing, kImportGeography, Whose::shared(),
                         [&](db::Transaction& transaction, commands::Note& said) -> Status {
                           report = {};
                           report.files = left_out;
                           report.dry_run = manners.dry_run;
                           take_in(transaction, {doing.actor().audit_name(), doing.now, answer}, read, report, said);
                           if (!keep) said.only_tried();
                           if (keep && sources::asks(report.changes) && !answered)
                             return conflict(sources::refusal(report.changes));
                           return {};
                         });
  };
  Status written;
  try {
    if (answered || manners.dry_run || !manners.seen.empty()) {
      written = run({}, false);
      if (!written) {
        undo();
        return pass_on(written);
      }
      if (manners.dry_run) {
        const std::vector<sources::Change> changes = report.changes;
        // With an answer it is tried with that answer.
        if (answered) written = run(manners, false);
        undo();
        if (!written) return pass_on(written);
        report.changes = changes;
        const bool anything = std::any_of(report.files.begin(), report.files.end(),
                                          [](const ImportedFile& file) { return file.added; }) ||
                              (manners.choose && std::any_of(changes.begin(), changes.end(),
                                                             [](const sources::Change& one) { return one.offered; }));
        report.trial = sources::trial_of(changes, manners, anything);
        report.changes = sources::settled(changes, manners);
        // What is said of each file is what would be; of a refused trial only what is in it.
        const auto would = [](std::string& text, std::string_view done, std::string_view instead) {
          if (const auto at = text.find(done); at != std::string::npos) text.replace(at, done.size(), instead);
        };
        for (ImportedFile& file : report.files) {
          would(file.what, " It is kept and not counted.",
                report.trial == sources::Trial::refused ? "" : " It would be kept and not counted.");
          would(file.what, "counts from now on, by choice", "would count, by choice");
        }
        return report;
      }
      if (!manners.seen.empty() && manners.seen != sources::fingerprint(report.changes)) {
        undo();
        return conflict(
            tr("What counts has changed since you were shown what this import would change. Nothing was "
               "changed; look again."));
      }
    }
    written = run(manners, true);
  } catch (...) {
    undo();
    throw;
  }
  if (!written) {
    undo();
    return pass_on(written);
  }
  return report;
}

}  // namespace tithing::register_
