#include "slices/bodies/commands.h"

#include <algorithm>
#include <set>

#include "base/hash.h"
#include "base/json.h"
#include "base/table_text.h"
#include "base/text.h"
#include "base/translation.h"
#include "slices/bodies/commands_shared.h"
#include "slices/bodies/rules.h"
#include "slices/bodies/store.h"

namespace tithing::bodies {

using commands::Note;
using db::Transaction;

namespace changing {

Register loaded(db::Connection& connection, const std::shared_ptr<const Register>& known) {
  const std::int64_t version = store::version(connection);
  if (known && known->version == version) return *known;
  Register fresh;
  for (Fact& fact : store::current_facts(connection)) fresh.add(std::move(fact));
  fresh.version = version;
  return fresh;
}

namespace {

records::Record subject_of(const Fact& fact) {
  if (is_general(fact.kind)) return {std::string(code_of(fact.kind)), fact.role};
  const auto parts = split(fact.body, ';');
  return {"body", parts.empty() ? fact.body : parts.front()};
}

}  // namespace

std::string sentence_of(const Register& draft, const Effect& effect) {
  if (effect.after.empty() && effect.before.size() == 1)
    return "Took away: " + text_of(effect.before.front()) + " of " + draft.last_name(effect.before.front().body) + ".";
  if (effect.after.empty())
    return "Took away " + plural(static_cast<std::int64_t>(effect.before.size()), "fact", "facts") + ".";
  const Fact* main = &effect.after.front();
  for (const Fact& fact : effect.after)
    if (fact.kind == FactKind::succession) main = &fact;
  std::string whose;
  for (const std::string& code : split(main->body, ';'))
    whose += (whose.empty() ? "" : ", ") + draft.last_name(std::string(trimmed(code)));
  std::string sentence = text_of(*main) + (whose.empty() ? "" : " of " + whose) + ", " + period_text(*main);
  sentence = (effect.before.empty() ? "Entered: " : "Changed: ") + sentence;
  if (effect.after.size() > 1)
    sentence +=
        ", and " + plural(static_cast<std::int64_t>(effect.after.size()) - 1, "fact that follows", "facts that follow");
  return sentence + ".";
}

std::int64_t write(Transaction& transaction, const Keeping& keeping, store::Change change, const Effect& effect,
                   Note& note, records::Record subject, const std::string& action) {
  change.at = keeping.now;
  change.actor = keeping.actor().audit_name();
  change.number = store::insert_change(transaction, change);
  for (const Fact& fact : effect.before)
    if (!store::close_fact(transaction, fact.id, change.number))
      throw db::Error(db::Fault::busy, "a fact was changed meanwhile");
  for (const Fact& fact : effect.after) store::insert_fact(transaction, fact, change.number);
  JsonWriter json;
  json.begin_object()
      .member("change", change.number)
      .member("reason", change.reason)
      .member("added", static_cast<std::int64_t>(effect.after.size()));
  json.member("removed", static_cast<std::int64_t>(effect.before.size())).end_object();
  note.is_about(std::move(subject));
  note.says(action, change.sentence, json.take());
  return change.number;
}

Status check_reason(const std::string& reason) {
  if (trimmed(reason).empty())
    return invalid(tr("Give a reason."),
                   {{"reason", tr("Give a reason, such as the order or the minute that says so.")}});
  if (reason.size() > 2000)
    return invalid(tr("The reason is too long."), {{"reason", tr("Shorten the reason to 2,000 characters.")}});
  return {};
}

Status areas_exist(const Keeping& keeping, const std::vector<Edit>& edits) {
  for (const Edit& edit : edits)
    if (edit.fact.kind == FactKind::area && edit.action != Edit::Action::remove && !edit.fact.value.empty() &&
        !keeping.reach.ground().has_area(edit.fact.value))
      return invalid(tr("There is no area with the code {0}.", {edit.fact.value}),
                     {{"value", tr("Enter the code of an area in the register, such as E22000368.")}});
  return {};
}

}  // namespace changing

using namespace changing;

Result<Effect> try_change(const Keeping& keeping, const std::vector<Edit>& edits) {
  if (const Status allowed = keeping.actor().require(kEditOwnBodies); !allowed) return pass_on(allowed);
  if (const Status fine = areas_exist(keeping, edits); !fine) return pass_on(fine);
  return keeping.database.read([&](db::Connection& connection) {
    Register draft = loaded(connection, keeping.known);
    return take_all(draft, edits, keeping.scope, keeping.today());
  });
}

Result<Done> make_change(const Keeping& keeping, const std::vector<Edit>& edits, const std::string& reason) {
  if (const Status allowed = keeping.actor().require(kEditOwnBodies); !allowed) return pass_on(allowed);
  if (const Status fine = areas_exist(keeping, edits); !fine) return pass_on(fine);
  if (const Status fine = check_reason(reason); !fine) return pass_on(fine);
  if (edits.empty()) return invalid(tr("There is nothing to change."));
  return commands::act(
      keeping, kEditOwnBodies, Whose::shared(), [&](Transaction& transaction, Note& note) -> Result<Done> {
        Register draft = loaded(transaction, keeping.known);
        const Result<Effect> effect = take_all(draft, edits, keeping.scope, keeping.today());
        if (!effect) return pass_on(effect);
        const std::string sentence = sentence_of(draft, *effect);
        const Fact& main = effect->after.empty() ? effect->before.front() : effect->after.front();
        return Done{write(transaction, keeping, {.origin = "edit", .reason = reason, .sentence = sentence}, *effect,
                          note, subject_of(main), "bodies.edit"),
                    sentence};
      });
}

Result<FactRows> csv_rows(const std::string& bytes) {
  const auto plain = plain_table(bytes);
  if (!plain) return invalid(plain.error().message, {{"file", plain.error().message}});
  auto rows = read_csv(plain->text);
  if (!rows) return invalid(rows.error().message, {{"file", rows.error().message}});
  return FactRows{std::move(*rows), sha256(bytes),
                  plain->read_as.empty() ? "" : "The file was read as " + plain->read_as + "."};
}

namespace {

struct Read {
  Fact fact;
  std::size_t report;
};

// What an earlier delivery of a file said, and this one does not say any more, goes: otherwise a fact that was mended
// in the program would stand against its own correction. What people changed is not among it. A body stays while others
// rest on it.
void give_way(Register& draft, const std::vector<Fact>& earlier, const std::vector<Read>& fresh, Effect& effect) {
  std::set<std::vector<std::string>> said;
  for (const Read& one : fresh) said.insert(fields_of(one.fact));
  for (const bool bodies : {false, true})
    for (const Fact& fact : earlier) {
      if ((fact.kind == FactKind::body) != bodies || said.count(fields_of(fact)) != 0) continue;
      const bool comes_again = bodies && std::any_of(fresh.begin(), fresh.end(), [&](const Read& one) {
                                 return one.fact.kind == FactKind::body && one.fact.body == fact.body;
                               });
      if (bodies && !comes_again && !check_removal(draft, fact)) continue;
      draft.remove(fact.record);
      effect.before.push_back(fact);
    }
}

}  // namespace

Result<ImportReport> import_facts(const Keeping& keeping, const FactRows& file, const std::string& file_name,
                                  const std::vector<std::pair<std::string, std::string>>& mapping, bool dry_run,
                                  const std::string& reason, const std::string& origin) {
  if (const Status allowed = keeping.actor().require(kImportBodies); !allowed) return pass_on(allowed);
  if (const Status allowed = keeping.scope.may_import(); !allowed) return pass_on(allowed);
  if (!dry_run)
    if (const Status fine = check_reason(reason); !fine) return pass_on(fine);
  if (file.rows.size() < 2)
    return invalid(tr("The file has no rows under its headings."),
                   {{"file", tr("Choose a file with headings and at least one row.")}});
  std::vector<std::string> header = file.rows.front().fields;
  for (std::string& column : header) {
    column = std::string(trimmed(column));
    for (const auto& [theirs, ours] : mapping)
      if (column == theirs) column = ours;
    if (std::find(header.begin(), header.end(), column) != header.begin() + (&column - header.data()))
      return invalid(tr("Two columns of the file are called {0}. Rename or map one of them.", {column}),
                     {{"mapping", tr("Two columns would be {0}.", {column})}});
  }
  const auto& known_columns = fact_columns();
  for (const std::string& column : header)
    if (std::find(known_columns.begin(), known_columns.end(), column) == known_columns.end())
      return invalid(tr("The file has a column \"{0}\" that is not known here. Map it to one of: {1}.",
                        {column, joined(known_columns, ", ")}),
                     {{"mapping", tr("Map the column \"{0}\", or take it out of the file.", {column})}});
  if (std::find(header.begin(), header.end(), "fact") == header.end())
    return invalid(tr("The file has no column called fact."),
                   {{"mapping", tr("Say which column of the file says what kind of fact each row is.")}});

  ImportReport base;
  std::vector<Read> read;
  for (std::size_t i = 1; i < file.rows.size(); ++i) {
    const CsvRow& row = file.rows[i];
    base.rows.push_back({row.line, {}, ImportRow::State::fresh});
    if (row.fields.size() > header.size()) {
      base.rows.back() = {row.line, "The row has more fields than there are headings.", ImportRow::State::refused};
      continue;
    }
    auto fact = fact_from(header, row.fields);
    if (!fact) {
      base.rows.back() = {row.line, fact.error().message, ImportRow::State::refused};
    } else {
      read.push_back({std::move(*fact), base.rows.size() - 1});
    }
  }
  std::sort(read.begin(), read.end(), [](const Read& a, const Read& b) {
    return a.fact.kind != b.fact.kind ? a.fact.kind < b.fact.kind : a.report < b.report;
  });

  ImportReport report;
  const auto run = [&](db::Connection& connection, Effect& effect) {
    report = base;
    Register draft = loaded(connection, keeping.known);
    std::set<std::vector<std::string>> present;
    for (const auto& [record, fact] : draft.facts()) present.insert(fields_of(*fact));
    // What came with the program and was changed here since does not come back.
    if (origin == "delivered") {
      give_way(draft, store::standing_deliveries(connection, file_name), read, effect);
      for (const Fact& fact : store::all_delivered(connection)) present.insert(fields_of(fact));
    }
    for (const Read& one : read) {
      ImportRow& row = report.rows[one.report];
      if (!present.insert(fields_of(one.fact)).second) {
        row.what = text_of(one.fact);
        row.state = ImportRow::State::same;
        continue;
      }
      const Status reached = keeping.scope.may_import(draft, {nullptr, &one.fact});
      Status fits = reached ? check(draft, one.fact) : reached;
      if (fits && one.fact.kind == FactKind::succession) fits = check_instrument(one.fact, keeping.today());
      if (const Status& fine = fits; !fine) {
        row.what = fine.error().message;
        row.state = ImportRow::State::refused;
        continue;
      }
      row.what = text_of(one.fact) + (one.fact.body.empty() ? "" : " of " + one.fact.body);
      draft.add(one.fact);
      effect.after.push_back(one.fact);
    }
    for (const ImportRow& row : report.rows) {
      report.fresh += row.state == ImportRow::State::fresh ? 1 : 0;
      report.same += row.state == ImportRow::State::same ? 1 : 0;
      report.refused += row.state == ImportRow::State::refused ? 1 : 0;
    }
    const std::string counts = plural(report.fresh, "new fact", "new facts") + ", " + grouped(report.same) +
                               " already there, " + grouped(report.refused) + " refused";
    if (report.refused > 0)
      report.sentence =
          file_name + ": " + counts + ". Nothing was written: correct the refused rows and import the file again.";
    else if (report.fresh == 0)
      report.sentence = file_name + ": " + counts + ". Nothing had to be written.";
    else if (dry_run)
      report.sentence = file_name + ": " + counts + ". This was a trial: nothing was written.";
    else
      report.sentence = "Imported " + file_name + ": " + counts + ".";
    if (!file.said.empty()) report.sentence += " " + file.said;
  };
  if (dry_run) {
    keeping.database.read([&](db::Connection& connection) {
      Effect effect;
      run(connection, effect);
    });
    return report;
  }
  const Status written =
      commands::act(keeping, kImportBodies, Whose::shared(), [&](Transaction& transaction, Note& note) -> Status {
        Effect effect;
        run(transaction, effect);
        if (report.refused > 0 || (report.fresh == 0 && effect.before.empty())) {
          note.nothing_done();
          return {};
        }
        report.change = write(transaction, keeping,
                              {.origin = origin, .reason = reason, .sentence = report.sentence, .digest = file.digest},
                              effect, note, {"file", file_name}, "bodies.import");
        return {};
      });
  if (!written) return pass_on(written);
  return report;
}

Result<Done> undo_change(const Keeping& keeping, std::int64_t number, const std::string& reason) {
  if (const Status allowed = keeping.actor().require(kImportBodies); !allowed) return pass_on(allowed);
  if (const Status allowed = keeping.scope.may_import(); !allowed) return pass_on(allowed);
  if (const Status fine = check_reason(reason); !fine) return pass_on(fine);
  return commands::act(
      keeping, kImportBodies, Whose::shared(), [&](Transaction& transaction, Note& note) -> Result<Done> {
        const auto former = store::change(transaction, number);
        if (!former) return not_found(tr("There is no change with this number."));
        if (store::undone_by(transaction, number))
          return conflict(tr("Change {0} has been undone already.", {std::to_string(number)}));
        Register draft = loaded(transaction, keeping.known);
        Effect effect;
        std::vector<Fact> came = store::added_in(transaction, number);
        std::vector<Fact> went = store::removed_in(transaction, number);
        for (const Fact& fact : came) {
          const FactPointer current = draft.current(fact.record);
          if (!current || current->id != fact.id)
            return conflict(tr("A fact of change {0} was changed again later. Undo the later change first.",
                               {std::to_string(number)}));
          if (const Status reached = keeping.scope.may_import(draft, {current.get(), nullptr}); !reached)
            return pass_on(reached);
          draft.remove(fact.record);
          effect.before.push_back(fact);
        }
        std::sort(went.begin(), went.end(), [](const Fact& a, const Fact& b) { return a.kind < b.kind; });
        for (Fact& fact : went) {
          if (draft.current(fact.record))
            return conflict(tr("A fact of change {0} was changed again later. Undo the later change first.",
                               {std::to_string(number)}));
          if (const Status fine = check(draft, fact); !fine)
            return conflict(tr("It cannot be undone any more: {0}", {fine.error().message}));
          if (const Status reached = keeping.scope.may_import(draft, {nullptr, &fact}); !reached)
            return pass_on(reached);
          draft.add(fact);
          effect.after.push_back(fact);
        }
        // What is left must not rest on what is gone.
        std::set<std::string> gone;
        for (const Fact& fact : came)
          if (fact.kind == FactKind::body && !draft.exists(fact.body)) gone.insert(fact.body);
        for (const std::string& code : gone) {
          const auto found = draft.entries().find(code);
          if (found == draft.entries().end()) continue;
          bool used = !found->second.seats.empty() || !found->second.children.empty();
          for (const FactList& list : found->second.facts) used = used || !list.empty();
          if (used)
            return conflict(tr("Later facts rest on {0}, which came with change {1}. Undo those first.",
                               {code, std::to_string(number)}));
        }
        const std::string sentence = "Undid change " + std::to_string(number) + ": " + former->sentence;
        return Done{
            write(transaction, keeping, {.origin = "undo", .reason = reason, .sentence = sentence, .undoes = number},
                  effect, note, records::record_of("change", number), "bodies.undo"),
            sentence};
      });
}

}  // namespace tithing::bodies
