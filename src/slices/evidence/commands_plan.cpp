#include "slices/evidence/commands_plan.h"

#include <map>
#include <optional>
#include <set>

#include "base/text.h"
#include "slices/evidence/commands_derived.h"
#include "slices/evidence/reference_tables.h"

namespace tithing::evidence {

namespace {

// Where the rows of a publication can be read again.
struct Origin {
  std::string sha256;
  std::string archive_sha256;
  std::string name;
  bool named = true;
};

}  // namespace

std::string publication_key(const std::string& force, Month month, std::int64_t version) {
  return police_month_key(force, month) + " " + std::to_string(version);
}

std::string shown_publication(const std::string& file_name, const std::string& imported_at, std::int64_t source_file) {
  return sources::shown_file(std::string(base_name(file_name)), imported_at, source_file);
}

store::PublicationRow publication_row(const Planned& planned, const Planned::Part& part) {
  const ReadFile& file = *planned.file;
  store::PublicationRow row;
  row.publication.version = part.version;
  row.publication.is_extract = file.is_extract;
  row.named = file.says.has_value();
  row.refused = static_cast<std::int64_t>(file.refused.size());
  if (planned.malformed) {
    row.publication.force_slug = file.says->force_slug;
    row.publication.month = file.says->month;
    row.publication.state = PublicationState::malformed;
    const KnownForce* known = known_force_by_slug(file.says->force_slug);
    row.force_name = known != nullptr ? std::string(known->name) : file.says->force_slug;
    row.problem = file.problem;
    return row;
  }
  const ForceMonthCounts& counts = file.parts[part.index].counts;
  row.publication.force_slug = counts.force_slug;
  row.publication.month = counts.month;
  row.publication.state = part.state;
  row.force_name = counts.reported_by.empty() ? counts.force_slug : counts.reported_by;
  row.segment = file.parts[part.index].segment;
  row.types = file.parts[part.index].types;
  row.accepted = counts.rows;
  row.without_lsoa = counts.without_lsoa;
  row.without_coordinates = counts.without_coordinates;
  row.without_crime_id = counts.without_crime_id;
  row.repeated_crime_id = counts.repeated_crime_id;
  row.repeated_row = counts.repeated_row;
  row.outside_uk = counts.outside_uk;
  row.other_reporter = counts.other_reporter;
  row.swapped = counts.swapped;
  return row;
}

Known what_is_known(db::Connection& connection) {
  Known known;
  known.publications = store::publications(connection);
  for (sources::Choice& choice : sources::choices(connection, kPoliceMonth, ""))
    known.choices[choice.about].push_back(std::move(choice));
  return known;
}

Result<std::vector<sources::Publication>> publications_for_rule(const DataFolder& data,
                                                                const std::vector<const store::PublicationRow*>& rows) {
  std::vector<sources::Publication> publications;
  for (const store::PublicationRow* row : rows) {
    sources::Publication publication;
    publication.source_file = row->source_file;
    publication.archive = row->archive_name;
    publication.readable = row->publication.state != PublicationState::malformed;
    publication.extract = row->publication.is_extract;
    std::string types = row->types;
    if (publication.readable && types.empty()) {
      const Result<ForceMonthCounts> counts = counts_of(data, *row);
      if (!counts) return pass_on(counts);
      types = types_text(*counts);
    }
    publication.holding = holding_of(row->accepted, types);
    publications.push_back(std::move(publication));
  }
  return publications;
}

namespace {

// What is known of one force-month while the plan is made: what was there, then what the import adds.
struct Thread {
  std::string about;  // "Surrey Police, November 2022"
  std::vector<sources::Publication> publications;
  std::vector<sources::Choice> choices;
  struct Meta {
    const store::PublicationRow* there = nullptr;  // else new
    std::size_t file = 0, part = 0;                // in Plan::files
    std::int64_t version = 0;
    std::string sha256;
    Origin origin;
    std::string shown;
  };
  std::vector<Meta> meta;
  std::vector<sources::Standing> standings;
  std::optional<std::size_t> counting() const {
    for (std::size_t i = 0; i < standings.size(); ++i) {
      if (standings[i].state == sources::Standing::State::counts) return i;
    }
    return std::nullopt;
  }
  void judge() { standings = sources::standings(publications, choices, sources::Manner::one_counts); }
};

class Planner {
 public:
  Planner(const DataFolder& data, const Reading& reading, const Known& known, const sources::Manners& manners)
      : data_(data), manners_(manners), known_(known) {
    std::set<std::string> names;
    for (const ReadFile& file : reading.files) {
      std::string name(base_name(file.name));
      if (!names.insert(name).second) shared_names_.insert(std::move(name));
    }
    for (const store::PublicationRow& row : known.publications) {
      rows_[police_month_key(row.publication.force_slug, row.publication.month)].push_back(&row);
    }
  }

  Status file(const ReadFile& file) {
    Planned planned;
    planned.file = &file;
    planned.source_file = -static_cast<std::int64_t>(plan_.files.size()) - 1;
    plan_.files.push_back(std::move(planned));
    if (!file.not_used && !file.problem.empty()) return malformed(file);
    for (std::size_t i = 0; i < file.parts.size(); ++i) {
      if (const Status done = part(file, i); !done) return done;
    }
    return {};
  }

  // An original that was given before: what it says is a choice.
  Status given_again(const std::string& name, const std::string& checksum) {
    bool again = false;
    for (const store::PublicationRow& row : known_.publications) {
      if (row.publication.sha256 != checksum && row.archive_sha256 != checksum) continue;
      const Result<bool> done = known_again(row.publication.force_slug, row.publication.month, row.publication.sha256);
      if (!done) return pass_on(done);
      again = again || *done;
    }
    if (again) plan_.again.push_back(name);
    return {};
  }

  Plan take() {
    for (auto& [key, thread] : threads_) {
      for (std::size_t i = 0; i < thread.meta.size(); ++i) {
        const Thread::Meta& meta = thread.meta[i];
        const PublicationState state = state_of(thread.standings[i]);
        if (meta.there == nullptr) {
          if (!plan_.files[meta.file].malformed) plan_.files[meta.file].parts[meta.part].state = state;
        } else if (meta.there->publication.state != state) {
          plan_.states[meta.there->publication.id] = state;
          plan_.anything = true;
        }
      }
    }
    for (const store::PublicationRow& row : known_.publications) {
      store::PublicationRow after = row;
      if (const auto changed = plan_.states.find(row.publication.id); changed != plan_.states.end())
        after.publication.state = changed->second;
      plan_.will_be.push_back(std::move(after));
    }
    for (const Planned& planned : plan_.files) {
      if (planned.malformed_known) continue;
      for (const Planned::Part& part : planned.parts) {
        if (part.decision != Decision::known) plan_.will_be.push_back(publication_row(planned, part));
      }
    }
    return std::move(plan_);
  }

 private:
  Result<Thread*> thread(const std::string& force, Month month, const std::string& force_name) {
    const std::string key = police_month_key(force, month);
    const auto [found, added] = threads_.try_emplace(key);
    Thread& thread = found->second;
    if (!added) return &thread;
    const std::vector<const store::PublicationRow*>& rows = rows_[key];
    Result<std::vector<sources::Publication>> publications = publications_for_rule(data_, rows);
    if (!publications) return pass_on(publications);
    thread.publications = std::move(*publications);
    if (const auto choices = known_.choices.find(key); choices != known_.choices.end())
      thread.choices = choices->second;
    for (const store::PublicationRow* row : rows) {
      thread.meta.push_back({row,
                             0,
                             0,
                             row->publication.version,
                             row->publication.sha256,
                             {row->publication.sha256, row->archive_sha256, row->file_name, row->named},
                             shown_publication(row->file_name, row->imported_at, row->source_file)});
    }
    thread.about = (rows.empty() ? force_name : rows.back()->force_name) + ", " + month.text();
    thread.judge();
    return &thread;
  }

  void choose(Thread& thread, const std::string& key, std::int64_t source_file, sources::Verdict verdict) {
    sources::Choice choice;
    choice.kind = kPoliceMonth;
    choice.about = key;
    choice.source_file = source_file;
    choice.verdict = verdict;
    choice.reason = manners_.reason;
    thread.choices.push_back(choice);
    plan_.choices.push_back(std::move(choice));
    plan_.anything = true;
    thread.judge();
  }

  Status malformed(const ReadFile& file) {
    Planned& planned = plan_.files.back();
    planned.malformed = true;
    if (!file.says) return {};
    const KnownForce* force = known_force_by_slug(file.says->force_slug);
    const Result<Thread*> found = thread(file.says->force_slug, file.says->month,
                                         force != nullptr ? std::string(force->name) : file.says->force_slug);
    if (!found) return pass_on(found);
    Thread& thread = **found;
    for (const Thread::Meta& meta : thread.meta)
      planned.malformed_known = planned.malformed_known || meta.sha256 == file.sha256;
    if (planned.malformed_known) return {};
    sources::Publication publication;
    publication.source_file = planned.source_file;
    publication.readable = false;
    thread.publications.push_back(std::move(publication));
    Planned::Part part;
    part.decision = Decision::takes;
    part.version = static_cast<std::int64_t>(thread.meta.size()) + 1;
    part.state = PublicationState::malformed;
    thread.meta.push_back({nullptr, plan_.files.size() - 1, 0, part.version, file.sha256, {}, {}});
    planned.parts.push_back(std::move(part));
    thread.judge();
    plan_.anything = true;
    return {};
  }

  // Bytes that are there already: offered as a choice, made one where that is wanted. Gives whether it counts again.
  Result<bool> known_again(const std::string& force, Month month, const std::string& sha256) {
    const Result<Thread*> found = thread(force, month, force);
    if (!found) return pass_on(found);
    Thread& thread = **found;
    for (std::size_t i = 0; i < thread.meta.size(); ++i) {
      if (thread.meta[i].sha256 != sha256) continue;
      using State = sources::Standing::State;
      const State state = thread.standings[i].state;
      if (state == State::counts || state == State::unreadable) return false;
      const std::optional<std::size_t> counting = thread.counting();
      sources::Change change;
      change.kind = kPoliceMonth;
      change.key = police_month_key(force, month);
      change.about = thread.about;
      if (counting) {
        change.now = thread.meta[*counting].shown;
        change.rows_now = thread.publications[*counting].holding.rows;
      }
      change.then = change.now;
      change.rows_then = change.rows_now;
      change.offered = true;
      change.given = thread.meta[i].shown;
      change.rows_given = thread.publications[i].holding.rows;
      change.outcome = thread.meta[i].shown + " was imported before and does not count: " + thread.standings[i].why +
                       " Nothing changes, unless you choose it.";
      plan_.changes.push_back(std::move(change));
      if (!manners_.choose) return false;
      choose(thread, police_month_key(force, month), thread.publications[i].source_file, sources::Verdict::counts);
      return true;
    }
    return false;
  }

  Status part(const ReadFile& file, std::size_t index) {
    const ReadPart& read = file.parts[index];
    const ForceMonthCounts& counts = read.counts;
    const std::string key = police_month_key(counts.force_slug, counts.month);
    const Result<Thread*> found =
        thread(counts.force_slug, counts.month, counts.reported_by.empty() ? counts.force_slug : counts.reported_by);
    if (!found) return pass_on(found);
    Thread& thread = **found;
    Planned& planned = plan_.files.back();
    Planned::Part part;
    part.index = index;
    for (const Thread::Meta& meta : thread.meta) {
      if (meta.sha256 != file.sha256) continue;
      const Result<bool> again = known_again(counts.force_slug, counts.month, file.sha256);
      if (!again) return pass_on(again);
      if (*again) plan_.again.push_back(file.name);
      planned.parts.push_back(std::move(part));  // Decision::known
      return {};
    }
    plan_.anything = true;
    const std::optional<std::size_t> before = thread.counting();
    sources::Publication publication;
    publication.source_file = planned.source_file;
    publication.archive = file.archive_name;
    publication.extract = file.is_extract;
    publication.holding = holding_of(counts.rows, read.types);
    thread.publications.push_back(std::move(publication));
    part.version = static_cast<std::int64_t>(thread.meta.size()) + 1;
    // Two members of one archive may have one name.
    const std::string shown = sources::shown_given(
        shared_names_.count(std::string(base_name(file.name))) > 0 ? file.name : std::string(base_name(file.name)));
    thread.meta.push_back({nullptr,
                           plan_.files.size() - 1,
                           planned.parts.size(),
                           part.version,
                           file.sha256,
                           {file.sha256, file.archive_sha256, file.name, file.says.has_value()},
                           shown});
    thread.judge();
    const std::size_t own = thread.meta.size() - 1;

    sources::Change change;
    change.kind = kPoliceMonth;
    change.key = key;
    change.about = thread.about;
    change.given = shown;
    change.rows_given = counts.rows;
    if (before) {
      change.now = thread.meta[*before].shown;
      change.rows_now = thread.publications[*before].holding.rows;
    }
    using State = sources::Standing::State;
    using Cause = sources::Standing::Cause;
    const auto counts_now = [&] { return thread.standings[own].state == State::counts; };
    if (!before) {
      change.then = shown;
      change.rows_then = counts.rows;
      change.outcome = "Nothing counted before.";
    } else {
      Result<std::vector<TypeDifference>> differences = compare(thread.meta[*before].origin, file, counts);
      if (!differences) return pass_on(differences);
      std::int64_t added = 0, removed = 0, outcomes = 0, otherwise = 0;
      for (const TypeDifference& difference : *differences) {
        added += difference.added;
        removed += difference.removed;
        outcomes += difference.other_outcome;
        otherwise += difference.otherwise_changed;
      }
      const std::string what = plural(added, "row", "rows") + " added, " + grouped(removed) + " removed, " +
                               grouped(outcomes) + " with another outcome, " + grouped(otherwise) +
                               " changed otherwise";
      const sources::Standing standing = thread.standings[own];
      const bool would_count = counts_now();
      if (would_count) {
        change.then = shown;
        change.rows_then = counts.rows;
        change.outcome = "Replaces what counts: " + what + ".";
        if (!thread.publications[*before].extract && sources::is_much(removed, *change.rows_now)) {
          change.asks = shown + " would remove " + sources::part_text(removed, *change.rows_now, "rows") + " of " +
                        change.about + ", and add " + plural(added, "other", "others") + ".";
        }
      } else {
        change.then = change.now;
        change.rows_then = change.rows_now;
        change.outcome = "Kept and not counted: " + standing.why;
        change.offered = standing.cause != Cause::extract;
        if (standing.cause == Cause::much_smaller) {
          change.asks = shown + " says much less of " + change.about + " than what counts, " + change.now +
                        ": it is without " +
                        sources::loss(thread.publications[*before].holding, thread.publications[own].holding) + ".";
        } else if (thread.standings[*before].chosen) {
          change.outcome = "Kept and not counted, because another one was chosen: " + thread.standings[*before].why;
        }
      }
      const bool asked = !change.asks.empty();
      if ((asked && (manners_.accept_removals || manners_.choose)) || (!counts_now() && manners_.choose)) {
        choose(thread, key, planned.source_file, sources::Verdict::counts);
      } else if (asked && manners_.keep_aside) {
        choose(thread, key, planned.source_file, sources::Verdict::set_aside);
      }
      if (counts_now()) {
        part.replaces = publication_key(counts.force_slug, counts.month, thread.meta[*before].version);
        part.differences = std::move(*differences);
      } else {
        part.why = thread.standings[own].cause == Cause::held ? change.outcome : thread.standings[own].why;
      }
    }
    part.decision = !counts_now() ? Decision::set_aside : before ? Decision::replaces : Decision::takes;
    plan_.changes.push_back(std::move(change));
    planned.parts.push_back(std::move(part));
    return {};
  }

  Result<std::vector<TypeDifference>> compare(const Origin& former, const ReadFile& file,
                                              const ForceMonthCounts& counts) const {
    const Result<std::unique_ptr<ByteStream>> before =
        open_original(data_, former.sha256, former.archive_sha256, former.name);
    if (!before) return pass_on(before);
    const Result<std::unique_ptr<ByteStream>> after = open_original(data_, file.sha256, file.archive_sha256, file.name);
    if (!after) return pass_on(after);
    return compare_publications(**before, {counts.month, counts.force_slug, former.named}, **after,
                                {counts.month, counts.force_slug, file.says.has_value()});
  }

  const DataFolder& data_;
  const sources::Manners& manners_;
  const Known& known_;
  std::map<std::string, std::vector<const store::PublicationRow*>> rows_;
  std::map<std::string, Thread> threads_;
  std::set<std::string> shared_names_;
  Plan plan_;
};

}  // namespace

Result<Plan> make_plan(const DataFolder& data, const Reading& reading, const Known& known,
                       const sources::Manners& manners) {
  Planner planner(data, reading, known, manners);
  for (const ReadFile& file : reading.files) {
    if (const Status done = planner.file(file); !done) return pass_on(done);
  }
  for (const Reading::PassedOver& original : reading.passed_over) {
    if (const Status done = planner.given_again(original.name, original.sha256); !done) return pass_on(done);
  }
  return planner.take();
}

}  // namespace tithing::evidence
