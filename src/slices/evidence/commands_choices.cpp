// Which of several publications counts: what there is, and choosing another one.
#include <algorithm>
#include <map>

#include "base/text.h"
#include "base/translation.h"
#include "slices/evidence/commands_datasets.h"
#include "slices/evidence/commands_doubts.h"
#include "slices/evidence/commands_plan.h"
#include "slices/evidence/commands_shared.h"
#include "slices/evidence/evidence.h"
#include "slices/evidence/reference_tables.h"

namespace tithing::evidence {

namespace {

using sources::Thing;

std::string holds_text(const sources::Holding& holding) {
  std::string text = plural(holding.rows, "row", "rows");
  if (const auto types = holding.parts.find("crime type"); types != holding.parts.end() && !types->second.empty()) {
    text += " in " + plural(static_cast<std::int64_t>(types->second.size()), "crime type", "crime types");
  }
  return text;
}

Result<std::vector<Thing>> police_months(const DataFolder& data, const Known& known, const std::string& key, bool all) {
  std::map<std::string, std::vector<const store::PublicationRow*>> by_key;
  for (const store::PublicationRow& row : known.publications) {
    std::string its_key = police_month_key(row.publication.force_slug, row.publication.month);
    if (key.empty() || key == its_key) by_key[std::move(its_key)].push_back(&row);
  }
  std::vector<Thing> things;
  for (const auto& [its_key, rows] : by_key) {
    const auto choices = known.choices.find(its_key);
    if (!all && rows.size() < 2 && choices == known.choices.end()) continue;
    Thing thing;
    thing.kind = kPoliceMonth;
    thing.key = its_key;
    thing.about = rows.back()->force_name + ", " + rows.back()->publication.month.text();
    if (choices != known.choices.end()) thing.choices = choices->second;
    Result<std::vector<sources::Publication>> publications = publications_for_rule(data, rows);
    if (!publications) return pass_on(publications);
    const std::vector<sources::Standing> standings = sources::standings(*publications, thing.choices, thing.manner);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      Thing::Row row;
      row.standing = standings[i];
      row.name = std::string(base_name(rows[i]->file_name)) +
                 (rows[i]->archive_name.empty() ? std::string() : " in " + rows[i]->archive_name);
      row.at = rows[i]->imported_at;
      row.holds = (*publications)[i].readable ? holds_text((*publications)[i].holding) : rows[i]->problem;
      row.publication = std::move((*publications)[i]);
      thing.rows.push_back(std::move(row));
    }
    things.push_back(std::move(thing));
  }
  return things;
}

// The difference of two publications of a force-month, by the rows themselves.
Result<std::string> difference_text(const DataFolder& data, const store::PublicationRow& former,
                                    const store::PublicationRow& later) {
  const auto open = [&](const store::PublicationRow& row) {
    return open_original(data, row.publication.sha256, row.archive_sha256, row.file_name);
  };
  const Result<std::unique_ptr<ByteStream>> before = open(former);
  if (!before) return pass_on(before);
  const Result<std::unique_ptr<ByteStream>> after = open(later);
  if (!after) return pass_on(after);
  const Publication& p = former.publication;
  const Result<std::vector<TypeDifference>> differences = compare_publications(
      **before, {p.month, p.force_slug, former.named}, **after, {p.month, p.force_slug, later.named});
  if (!differences) return pass_on(differences);
  TypeDifference sums;
  for (const TypeDifference& difference : *differences) {
    sums.added += difference.added;
    sums.removed += difference.removed;
    sums.other_outcome += difference.other_outcome;
    sums.otherwise_changed += difference.otherwise_changed;
  }
  return plural(sums.added, "row", "rows") + " more, " + grouped(sums.removed) + " missing, " +
         grouped(sums.other_outcome) + " with another outcome, " + grouped(sums.otherwise_changed) +
         " otherwise different";
}

const store::PublicationRow* publication_of(const Known& known, const std::string& key, std::int64_t source_file) {
  for (const store::PublicationRow& row : known.publications) {
    if (row.source_file == source_file && police_month_key(row.publication.force_slug, row.publication.month) == key)
      return &row;
  }
  return nullptr;
}

std::vector<Thing> tables(db::Connection& connection, const DataFolder& data, const std::string& kind,
                          const std::string& key, bool all) {
  std::map<std::string, std::vector<store::DatasetRow>> by_label;
  for (store::DatasetRow& row : store::all_datasets(connection, kind)) {
    if (key.empty() || key == row.label) by_label[row.label].push_back(std::move(row));
  }
  std::vector<Thing> things;
  for (const auto& [label, rows] : by_label) {
    Thing thing;
    thing.kind = kind;
    thing.key = label;
    thing.about = about_of(kind, label);
    thing.manner = manner_of(kind);
    thing.choices = sources::choices(connection, kind, label);
    if (!all && rows.size() < 2 && thing.choices.empty()) continue;
    std::vector<sources::Publication> publications;
    for (const store::DatasetRow& row : rows) publications.push_back(publication_for_rule(connection, data, row));
    const std::vector<sources::Standing> standings = sources::standings(publications, thing.choices, thing.manner);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      Thing::Row row;
      row.standing = standings[i];
      row.name = rows[i].file_name;
      row.at = rows[i].imported_at;
      row.holds = holds_text(connection, data, rows[i]);
      row.publication = std::move(publications[i]);
      thing.rows.push_back(std::move(row));
    }
    if (!key.empty() && kind == kTableC2Kind) {
      const Thing::Row* counting = thing.counting();
      for (std::size_t i = 0; i < rows.size() && counting != nullptr; ++i) {
        if (&thing.rows[i] == counting) continue;
        const std::size_t at = static_cast<std::size_t>(counting - thing.rows.data());
        const Agreement found = agreement(store::official_numbers(connection, rows[i].id),
                                          store::official_numbers(connection, rows[at].id));
        thing.rows[i].difference =
            grouped(found.differing) + " of " + plural(found.shared, "number", "numbers") + " that both give differ";
      }
    }
    things.push_back(std::move(thing));
  }
  return things;
}

// What would stand with one more choice.
std::vector<sources::Standing> with_choice(const Thing& thing, const Choosing& choosing) {
  std::vector<sources::Choice> choices = thing.choices;
  sources::Choice choice;
  choice.source_file = choosing.source_file;
  choice.verdict = choosing.verdict;
  choices.push_back(std::move(choice));
  std::vector<sources::Publication> publications;
  for (const Thing::Row& row : thing.rows) publications.push_back(row.publication);
  return sources::standings(publications, choices, thing.manner);
}

Status check(const Thing& thing, const Choosing& choosing) {
  if (choosing.verdict == sources::Verdict::standard) return {};
  for (const Thing::Row& row : thing.rows) {
    if (row.publication.source_file != choosing.source_file) continue;
    if (row.standing.state == sources::Standing::State::unreadable)
      return invalid(tr("{0} cannot be read, so it cannot count.", {row.name}),
                     {{"file", tr("Choose one that can be read")}});
    return {};
  }
  return not_found(tr("File {0} says nothing of {1}. \"tithing evidence publications\" shows which do.",
                      {std::to_string(choosing.source_file), thing.about}));
}

std::vector<sources::Change> changes_of(const Thing& thing, const std::vector<sources::Standing>& after) {
  sources::Change change;
  change.kind = thing.kind;
  change.key = thing.key;
  change.about = thing.about;
  std::vector<std::string> now, then;
  std::int64_t rows_now = 0, rows_then = 0;
  bool differs = false;
  for (std::size_t i = 0; i < thing.rows.size(); ++i) {
    const Thing::Row& row = thing.rows[i];
    const bool counts = row.standing.state == sources::Standing::State::counts;
    const bool will = after[i].state == sources::Standing::State::counts;
    differs = differs || counts != will;
    if (counts) now.push_back(shown_publication(row.name, row.at, row.publication.source_file));
    if (will) then.push_back(shown_publication(row.name, row.at, row.publication.source_file));
    if (counts) rows_now += row.publication.holding.rows;
    if (will) rows_then += row.publication.holding.rows;
  }
  if (!differs) return {};
  change.now = joined(now, "; ");
  change.then = joined(then, "; ");
  if (!now.empty()) change.rows_now = rows_now;
  if (!then.empty()) change.rows_then = rows_then;
  change.outcome = sources::choice_outcome(change.then, then.size(), true);
  return {change};
}

}  // namespace

Result<std::vector<Thing>> things(const Holdings& holdings, const std::string& kind, const std::string& key, bool all) {
  return with_store_sentences([&]() -> Result<std::vector<Thing>> {
    std::vector<Thing> found;
    if (kind.empty() || kind == kPoliceMonth) {
      const Known known = holdings.database.read([&](db::Connection& connection) { return what_is_known(connection); });
      Result<std::vector<Thing>> months = police_months(holdings.data, known, key, all);
      if (!months) return pass_on(months);
      // Held against the one that counts by the rows themselves, when one thing is looked at.
      if (!key.empty() && months->size() == 1) {
        Thing& thing = months->front();
        const Thing::Row* counting = thing.counting();
        for (Thing::Row& row : thing.rows) {
          if (counting == nullptr || &row == counting || !row.publication.readable) continue;
          const Result<std::string> text =
              difference_text(holdings.data, *publication_of(known, key, counting->publication.source_file),
                              *publication_of(known, key, row.publication.source_file));
          if (!text) return pass_on(text);
          row.difference = *text;
        }
      }
      for (Thing& thing : *months) found.push_back(std::move(thing));
    }
    for (const char* table : {kTableC2Kind, kPopulationKind}) {
      if (!kind.empty() && kind != table) continue;
      std::vector<Thing> of_table = holdings.database.read(
          [&](db::Connection& connection) { return tables(connection, holdings.data, table, key, all); });
      for (Thing& thing : of_table) found.push_back(std::move(thing));
    }
    return found;
  });
}

Result<Misplaced> misplaced(const Holdings& holdings) {
  const Result<std::vector<Thing>> all = things(holdings, "", "", false);
  if (!all) return pass_on(all);
  using Datasets = std::map<std::string, std::vector<store::DatasetRow>>;
  auto [known, datasets] = holdings.database.read([&](db::Connection& connection) {
    Datasets by_label;
    for (const char* kind : {kTableC2Kind, kPopulationKind}) {
      for (store::DatasetRow& row : store::all_datasets(connection, kind)) {
        by_label[std::string(kind) + " " + row.label].push_back(std::move(row));
      }
    }
    return std::pair(what_is_known(connection), std::move(by_label));
  });
  std::map<std::pair<std::string, std::int64_t>, const store::PublicationRow*> rows;
  for (const store::PublicationRow& row : known.publications)
    rows[{police_month_key(row.publication.force_slug, row.publication.month), row.source_file}] = &row;
  Misplaced found;
  for (const Thing& thing : *all) {
    for (const Thing::Row& row : thing.rows) {
      const bool before = found.any();
      if (thing.kind == kPoliceMonth) {
        const store::PublicationRow* there = rows.at({thing.key, row.publication.source_file});
        if (there->publication.state != state_of(row.standing))
          found.publications[there->publication.id] = state_of(row.standing);
      } else {
        for (const store::DatasetRow& there : datasets[thing.kind + " " + thing.key]) {
          const bool counts = row.standing.state == sources::Standing::State::counts;
          if (there.source_file == row.publication.source_file && there.counts != counts)
            found.datasets[there.id] = counts;
        }
      }
      if (!before && found.any()) found.first = thing.about;
    }
  }
  return found;
}

namespace {
// Of a force's month, the force's; a national table is everybody's who may import at all.
Whose whose(const std::string& kind, const std::string& key) {
  const KnownForce* force = kind == kPoliceMonth ? known_force_by_slug(key.substr(0, key.find(' '))) : nullptr;
  return force == nullptr ? Whose::shared() : Whose::of_area(std::string(force->area_code));
}
}  // namespace

bool may_choose(const Reach& reach, const std::string& kind, const std::string& key) {
  return reach.may(kImportEvidence, whose(kind, key));
}

Result<std::vector<sources::Change>> choose(const Doing& doing, const Holdings& holdings, const Choosing& choosing) {
  if (const Status allowed = doing.reach.require(kImportEvidence, whose(choosing.kind, choosing.key)); !allowed)
    return pass_on(allowed);
  if (!choosing.dry_run && trimmed(choosing.reason).empty())
    return invalid(tr("Say why: the choice is kept with its day and its reason."), {{"reason", tr("Enter why")}});
  if (choosing.reason.size() > 2000)
    return invalid(tr("The reason is too long."), {{"reason", tr("The reason must be 2,000 characters or fewer")}});
  no_signal_for_large_files();
  return with_store_sentences([&]() -> Result<std::vector<sources::Change>> {
    const Result<std::unique_ptr<ImportLock>> lock = ImportLock::take(holdings.data);
    if (!lock) return pass_on(lock);
    recover_under_lock(holdings);
    const Result<std::vector<Thing>> found = things(holdings, choosing.kind, choosing.key, true);
    if (!found) return pass_on(found);
    if (found->size() != 1 || choosing.key.empty())
      return not_found(
          tr("There is nothing called \"{0}\" of the kind \"{1}\". \"tithing evidence publications --all\" "
             "shows what there is.",
             {choosing.key, choosing.kind}));
    const Thing& thing = found->front();
    if (const Status fine = check(thing, choosing); !fine) return pass_on(fine);
    const std::vector<sources::Standing> after = with_choice(thing, choosing);
    std::vector<sources::Change> changes = changes_of(thing, after);
    if (!choosing.seen.empty() && choosing.seen != sources::fingerprint(changes)) {
      return conflict(
          tr("What counts has changed since you were shown what this choice changes. Nothing was changed; "
             "look again."));
    }

    Journal journal(holdings.data);
    Known known = holdings.database.read([&](db::Connection& connection) { return what_is_known(connection); });
    const std::vector<store::PublicationRow> former =
        choosing.dry_run ? known.publications : std::vector<store::PublicationRow>();
    std::map<std::int64_t, PublicationState> states;
    if (choosing.kind == kPoliceMonth) {
      for (std::size_t i = 0; i < thing.rows.size(); ++i) {
        const store::PublicationRow* row = publication_of(known, choosing.key, thing.rows[i].publication.source_file);
        if (row->publication.state != state_of(after[i])) states[row->publication.id] = state_of(after[i]);
      }
      for (store::PublicationRow& row : known.publications) {
        if (const auto changed = states.find(row.publication.id); changed != states.end())
          row.publication.state = changed->second;
      }
    }
    if (choosing.dry_run) {
      if (const Status told = add_doubts(holdings, journal, former, known.publications, changes); !told)
        return pass_on(told);
      return changes;
    }
    if (!changes.empty())
      changes[0].outcome =
          sources::choice_outcome(changes[0].then,
                                  static_cast<std::size_t>(std::count_if(
                                      after.begin(), after.end(),
                                      [](const auto& one) { return one.state == sources::Standing::State::counts; })),
                                  false);
    if (choosing.kind == kPoliceMonth) {
      const std::string cube = holdings.data.cube_path(cube_version(known.publications));
      if (const Status noted = journal.about_to_make(cube); !noted) return pass_on(noted);
      if (const Status made = ensure_cube(holdings.data, known.publications); !made) return pass_on(made);
    }
    std::map<std::int64_t, bool> dataset_counts;
    if (choosing.kind != kPoliceMonth) {
      const std::vector<store::DatasetRow> datasets = holdings.database.read(
          [&](db::Connection& connection) { return store::all_datasets(connection, choosing.kind); });
      for (const store::DatasetRow& row : datasets) {
        for (std::size_t i = 0; i < thing.rows.size(); ++i) {
          if (row.label == choosing.key && row.source_file == thing.rows[i].publication.source_file)
            dataset_counts[row.id] = after[i].state == sources::Standing::State::counts;
        }
      }
    }
    const Doing now = doing.at(holdings.clock.now());
    const Status written = commands::act(
        now, kImportEvidence, whose(choosing.kind, choosing.key),
        [&](db::Transaction& transaction, commands::Note& note) -> Status {
          for (const bool counts : {false, true}) {
            for (const auto& [id, state] : states) {
              if ((state == PublicationState::counts) == counts) store::set_state(transaction, id, state);
            }
          }
          for (const bool counts : {false, true}) {
            for (const auto& [id, will] : dataset_counts) {
              if (will == counts) store::set_dataset_counts(transaction, id, will);
            }
          }
          sources::Choice choice;
          choice.kind = choosing.kind;
          choice.about = choosing.key;
          choice.source_file = choosing.source_file;
          choice.verdict = choosing.verdict;
          choice.at = now.now.iso();
          choice.by = doing.actor().audit_name();
          choice.reason = std::string(trimmed(choosing.reason));
          sources::add_choice(transaction, choice);
          store::set_version(transaction, new_version(transaction));
          const std::string what =
              changes.empty() ? thing.about + ": what counts stays as it is"
                              : thing.about + ": " + (changes[0].then.empty() ? "nothing" : changes[0].then) +
                                    " counts in place of " + (changes[0].now.empty() ? "nothing" : changes[0].now);
          note.is_about(records::record_of("source", choosing.source_file));
          note.says("evidence.choose", what + ". Reason: " + choice.reason);
          return {};
        });
    if (!written) return pass_on(written);
    journal.finish();
    if (choosing.kind == kPoliceMonth) holdings.data.remove_other_cubes(cube_version(known.publications));
    return changes;
  });
}

}  // namespace tithing::evidence
