#include "slices/register/commands_import.h"

#include <algorithm>
#include <cstdlib>
#include <type_traits>

#include "base/json.h"
#include "base/text.h"
#include "slices/register/publications.h"

namespace tithing::register_ {
namespace {

// From here on a person is asked: so many things of the register would become of other things.
constexpr int kManySuccessions = 100;

std::string shown(const store::PublicationRow& row) { return sources::shown_file(row.name, row.at, row.source_file); }

std::string kind_of(const GivenGeography& file) {
  return std::visit(
      [](const auto& content) -> std::string {
        using Content = std::decay_t<decltype(content)>;
        if constexpr (std::is_same_v<Content, LookUp>) return kLookUpKind;
        if constexpr (std::is_same_v<Content, ExactFit>) return kExactFitKind;
        if constexpr (std::is_same_v<Content, WardFit>) return kWardFitKind;
        if constexpr (std::is_same_v<Content, std::vector<CodeHistoryRow>>) return kCodeHistoryKind;
        if constexpr (std::is_same_v<Content, std::vector<SuccessionFactRow>>) return kFactsKind;
        if constexpr (std::is_same_v<Content, BoundaryFile>) return kBoundariesKind;
      },
      file.content);
}

std::string key_of(const GivenGeography& file) {
  if (const auto* look_up = std::get_if<LookUp>(&file.content)) return look_up->on.iso();
  if (const auto* boundaries = std::get_if<BoundaryFile>(&file.content))
    return boundaries_key(boundaries->kind, boundaries->vintage);
  return kOnlyKey;
}

std::vector<store::PublicationRow> rows_of(db::Connection& connection, const std::string& kind,
                                           const std::string& key) {
  std::vector<store::PublicationRow> rows = store::publications(connection, store::kNewest, kind);
  std::erase_if(rows, [&](const store::PublicationRow& row) { return row.key != key; });
  return rows;
}

struct Counting {
  std::string names;
  std::int64_t rows = 0;
  bool any = false;
  std::optional<std::size_t> one;  // index in the rows, where one counts
};
// `given`: the file that is only being given, which has a number for as long as the transaction lasts.
Counting counting(const std::vector<store::PublicationRow>& rows, const std::vector<sources::Standing>& standings,
                  std::int64_t given = 0) {
  Counting found;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (standings[i].state != sources::Standing::State::counts) continue;
    names.push_back(rows[i].source_file == given ? sources::shown_given(rows[i].name) : shown(rows[i]));
    found.rows += rows[i].rows;
    found.any = true;
    found.one = i;
  }
  found.names =
      names.size() > 4 ? plural(static_cast<std::int64_t>(names.size()), "file", "files") : joined(names, "; ");
  return found;
}

// What the shapes of a file would do to those that are there.
struct ShapeEffect {
  std::int64_t there = 0;
  std::int64_t far = 0;
  std::string first;  // "E07000165: its area would be 94% smaller"
};
ShapeEffect effect_of(db::Connection& connection, const BoundaryFile& file) {
  ShapeEffect effect;
  const std::set<std::int64_t> without = store::not_counted(connection, kBoundariesKind);
  for (const FileBoundary& boundary : file.boundaries) {
    const std::vector<store::StoredBoundary> stored = store::boundaries(connection, boundary.code, without);
    const store::StoredBoundary* best = nullptr;
    for (const store::StoredBoundary& one : stored)
      if (best == nullptr || one.points > best->points) best = &one;
    if (best == nullptr) continue;
    ++effect.there;
    const auto former = decode(best->shape);
    if (!former) continue;
    const std::string apart = far_apart(*former, boundary.shape);
    if (apart.empty()) continue;
    if (effect.far++ == 0) effect.first = boundary.code + ": " + apart;
  }
  return effect;
}

class TakeIn {
 public:
  TakeIn(db::Transaction& transaction, const TakingIn& taking, GeographyReport& report)
      : transaction_(transaction), taking_(taking), report_(report) {}

  void file(GivenGeography& file) {
    file.source.imported_at = taking_.now.iso();
    for (const sources::SourceFile& other : sources::find_by_sha256(transaction_, file.source.sha256)) {
      if (other.sha256 != file.source.sha256 || other.kind != file.source.kind || other.notes != file.source.notes)
        continue;
      again(file, other.id.value);
      return;
    }
    add(file);
  }

  void finish(const std::vector<GivenGeography>& files, commands::Note& note) {
    if (version_ == 0) return note.nothing_done();
    const auto waiting = static_cast<int>(store::successions(transaction_).size());
    report_.proposed = store::keep_findings(transaction_, findings(transaction_), version_);
    report_.withdrawn = waiting + report_.proposed - static_cast<int>(store::successions(transaction_).size());
    if (report_.proposed + report_.withdrawn >= kManySuccessions) many_successions();
    JsonWriter detail;
    detail.begin_object().key("files").begin_array();
    for (const GivenGeography& file : files)
      detail.begin_object().member("name", file.source.name).member("sha256", file.source.sha256).end_object();
    detail.end_array().end_object();
    std::string sentence = report_.sentence();
    if (choices_ > 0)
      sentence += " " + plural(choices_, "choice", "choices") + " of what counts: " + taking_.manners.reason;
    note.says("register.import", sentence, detail.take());
  }

 private:
  std::int64_t version() {
    if (version_ == 0) version_ = store::next_version(transaction_);
    return version_;
  }

  void choose(const std::string& kind, const std::string& key, std::int64_t source_file, sources::Verdict verdict) {
    sources::Choice choice;
    choice.kind = kind;
    choice.about = key;
    choice.source_file = source_file;
    choice.verdict = verdict;
    choice.known = version();
    choice.at = taking_.now.iso();
    choice.by = taking_.by;
    choice.reason = taking_.manners.reason;
    sources::add_choice(transaction_, choice);
    ++choices_;
  }

  // The very file that is there: a choice, where it does not count.
  void again(const GivenGeography& file, std::int64_t source_file) {
    const std::string kind = kind_of(file);
    const std::string key = key_of(file);
    const std::vector<store::PublicationRow> rows = rows_of(transaction_, kind, key);
    const std::vector<sources::Standing> standings = store::standings(transaction_, rows);
    std::string sentence = file.what + ". It was already there; nothing changed.";
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (rows[i].source_file != source_file || standings[i].state == sources::Standing::State::counts) continue;
      sources::Change change;
      change.kind = kind;
      change.key = key;
      change.about = about_of(kind, key);
      const Counting now = counting(rows, standings);
      change.now = change.then = now.names;
      if (now.any) change.rows_now = change.rows_then = now.rows;
      change.offered = true;
      change.given = shown(rows[i]);
      change.rows_given = rows[i].rows;
      change.outcome = shown(rows[i]) + " was imported before and does not count: " + standings[i].why +
                       " Nothing changes, unless you choose it.";
      sentence = file.what + ". It was already there and does not count; it can be chosen.";
      if (taking_.manners.choose) {
        choose(kind, key, source_file, sources::Verdict::counts);
        sentence = file.what + ". It was already there, and counts from now on, by choice.";
      }
      report_.changes.push_back(std::move(change));
    }
    report_.files.push_back({file.source.name, sentence, false});
  }

  std::optional<LookUp> nearest_to(Date day) {
    std::optional<LookUp> out;
    const auto far = [&](const LookUp& one) { return std::abs(one.on.days() - day.days()); };
    for (LookUp& one : store::look_ups(transaction_))
      if (!out || far(one) < far(*out)) out = std::move(one);
    return out;
  }

  void add(GivenGeography& file) {
    const std::string kind = kind_of(file);
    const std::string key = key_of(file);
    sources::Change change;
    change.kind = kind;
    change.key = key;
    change.about = about_of(kind, key);
    const std::vector<store::PublicationRow> there = rows_of(transaction_, kind, key);
    const Counting now = counting(there, store::standings(transaction_, there));
    change.now = now.names;
    change.given = sources::shown_given(file.source.name);
    const bool rows_tell = manner_of(kind) == sources::Manner::one_counts;
    if (now.any && rows_tell) change.rows_now = now.rows;
    std::string contradiction;
    if (const auto* boundaries = std::get_if<BoundaryFile>(&file.content)) {
      const ShapeEffect effect = effect_of(transaction_, *boundaries);
      if (effect.far > 0)
        contradiction = sources::shown_given(file.source.name) + " contradicts the boundaries that are there: of " +
                        plural(effect.there, "area that has", "areas that have") + " one, " + grouped(effect.far) +
                        (effect.far == 1 ? " would be very different (" : " would be very different (first ") +
                        effect.first + ").";
    }
    if (const auto* look_up = std::get_if<LookUp>(&file.content)) {
      // Of another day there may be none yet: then the one that is nearest in time, for districts seldom change their
      // partnership.
      std::optional<LookUp> former;
      if (now.one)
        former = store::look_up_of(transaction_, there[*now.one].id);
      else
        former = nearest_to(look_up->on);
      const LookUpAgreement held = former ? agreement(*former, *look_up) : LookUpAgreement();
      if (sources::is_much(held.differing, held.shared))
        contradiction = sources::shown_given(file.source.name) + " contradicts the " +
                        about_of(kind, former->on.iso()) +
                        " that counts: " + sources::part_text(held.differing, held.shared, "districts") +
                        " would lie in another partnership or force.";
    }

    const std::int64_t source_file = sources::add(transaction_, file.source, {}).value;
    std::visit(
        [&](const auto& content) {
          using Content = std::decay_t<decltype(content)>;
          if constexpr (std::is_same_v<Content, LookUp>)
            store::add_look_up(transaction_, content, source_file, version());
          if constexpr (std::is_same_v<Content, ExactFit>)
            store::add_exact_fit(transaction_, content, source_file, version());
          if constexpr (std::is_same_v<Content, WardFit>)
            store::add_ward_fit(transaction_, content, source_file, version());
          if constexpr (std::is_same_v<Content, std::vector<CodeHistoryRow>>)
            store::add_code_history(transaction_, content, source_file, version());
          if constexpr (std::is_same_v<Content, std::vector<SuccessionFactRow>>)
            store::add_facts(transaction_, content, source_file, version());
          if constexpr (std::is_same_v<Content, BoundaryFile>)
            store::add_boundaries(transaction_, content, source_file, version());
        },
        file.content);

    const std::vector<store::PublicationRow> rows = rows_of(transaction_, kind, key);
    std::vector<sources::Standing> standings = store::standings(transaction_, rows);
    const std::size_t own = static_cast<std::size_t>(
        std::find_if(rows.begin(), rows.end(),
                     [&](const store::PublicationRow& row) { return row.source_file == source_file; }) -
        rows.begin());
    const auto counts = [&] { return standings[own].state == sources::Standing::State::counts; };
    const Counting then = counting(rows, standings, source_file);
    change.then = then.names;
    if (then.any && rows_tell) change.rows_then = then.rows;
    if (rows_tell) change.rows_given = rows[own].rows;
    if (counts()) {
      change.outcome = !now.any                                        ? "Nothing counted before."
                       : manner_of(kind) == sources::Manner::all_count ? "Laid over what counts."
                                                                       : "Takes the place of what counts.";
      change.asks = contradiction;
    } else {
      change.offered = true;
      change.outcome = "Kept and not counted: " + standings[own].why;
      if (standings[own].cause == sources::Standing::Cause::much_smaller)
        change.asks = sources::shown_given(file.source.name) + " says much less than the " + change.about +
                      " that counts, " + change.now + ": it is " +
                      standings[own].why.substr(standings[own].why.find("without"));
    }
    const bool asked = !change.asks.empty();
    const sources::Manners& manners = taking_.manners;
    if ((asked && (manners.accept_removals || manners.choose)) || (!counts() && manners.choose)) {
      choose(kind, key, source_file, sources::Verdict::counts);
    } else if (asked && manners.keep_aside) {
      choose(kind, key, source_file, sources::Verdict::set_aside);
    }
    standings = store::standings(transaction_, rows);
    report_.files.push_back(
        {file.source.name, file.what + "." + (counts() ? std::string() : " It is kept and not counted."), true});
    if (kind == kLookUpKind) last_look_up_ = {report_.changes.size(), source_file};
    report_.changes.push_back(std::move(change));
  }

  // Of what would become of areas there are so many that it looks like a wrong file.
  void many_successions() {
    const std::size_t at = last_look_up_ ? last_look_up_->first : 0;
    if (report_.changes.empty()) return;
    sources::Change& change = report_.changes[at];
    if (!change.asks.empty() || change.offered) return;
    change.asks = "With the " + change.about + " " +
                  plural(report_.proposed, "succession of areas would be", "successions of areas would be") +
                  " proposed, and " + grouped(report_.withdrawn) +
                  " taken back: it contradicts the look-ups beside it.";
    if (last_look_up_ && taking_.manners.accept_removals)
      choose(change.kind, change.key, last_look_up_->second, sources::Verdict::counts);
    if (last_look_up_ && taking_.manners.keep_aside) {
      choose(change.kind, change.key, last_look_up_->second, sources::Verdict::set_aside);
      (void)store::keep_findings(transaction_, findings(transaction_), version_);
      report_.proposed = report_.withdrawn = 0;
    }
  }

  db::Transaction& transaction_;
  const TakingIn& taking_;
  GeographyReport& report_;
  std::int64_t version_ = 0;
  std::int64_t choices_ = 0;
  std::optional<std::pair<std::size_t, std::int64_t>> last_look_up_;  // in the changes, with its file
};

}  // namespace

void take_in(db::Transaction& transaction, const TakingIn& taking, std::vector<GivenGeography>& files,
             GeographyReport& report, commands::Note& note) {
  TakeIn take(transaction, taking, report);
  for (GivenGeography& file : files) take.file(file);
  take.finish(files, note);
}

}  // namespace tithing::register_
