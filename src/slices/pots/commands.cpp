#include "slices/pots/commands.h"

#include "allocation/allocation.h"
#include "allocation/read_scheme.h"
#include "allocation/write_scheme.h"
#include "base/given_text.h"
#include "base/hash.h"
#include "base/json_object.h"
#include "base/text.h"
#include "base/translation.h"
#include "slices/pots/money_areas.h"
#include "slices/pots/resolve.h"
#include "slices/pots/store.h"
#include "slices/sources/sources.h"

namespace tithing::pots {
namespace {

using commands::begin;
using commands::Note;
using commands::overtaken;
using db::Transaction;
using records::Record;
using records::Standing;

constexpr std::size_t kTitleBytes = 200;
constexpr std::size_t kReasonBytes = 2000;
constexpr std::size_t kDocumentBytes = 1 << 20;

std::string plain(const std::string& text) { return std::string(trimmed(text)); }

void check_title(const std::string& title, std::vector<FieldProblem>& wrong) {
  need_text(wrong, "title", title, "Give it a title, by which others find it.", kTitleBytes);
}

void check_reason(const std::string& reason, bool needed, std::vector<FieldProblem>& wrong) {
  if (needed && reason.empty())
    wrong.push_back({"reason", tr("Say why it is changed, such as the decision or the paper that says so.")});
  if (reason.size() > kReasonBytes) wrong.push_back({"reason", tr("Shorten the reason to 2,000 characters.")});
}

// Of what was begun, whether it was.
Status outcome(const Result<Record>& begun) { return begun ? Status() : Status(pass_on(begun)); }

Saved saved_by(const Doing& doing, const std::string& reason) {
  return {doing.now, doing.actor().audit_name(), shown_name(doing.actor()), plain(reason)};
}

// What the audit row holds beside its sentence.
std::string detail_of(std::int64_t version, const std::string& reason) {
  return json_object({{"version", version}, {"reason", reason}});
}

std::string quoted(const PotRecord& pot) { return "“" + pot.title + "”, " + pot.financial_year; }
std::string quoted(const SchemeRecord& scheme) { return "“" + scheme.title + "”"; }

std::string money_of(const Pot& pot) {
  const auto totals = totals_of(pot);
  if (!totals) return "a pot that cannot be added up";
  const std::int64_t unknown = static_cast<std::int64_t>(totals->unknown.size());
  return totals->known.text() + " known" + (unknown == 0 ? "" : ", " + plural(unknown, "fund", "funds") + " not known");
}

// What is wrong with a scheme that may still be without steps.
Status check_unfinished(const Scheme& scheme) {
  const Status whole = check(scheme);
  if (whole || whole.error().kind != ProblemKind::invalid) return whole;
  std::vector<FieldProblem> left;
  for (const FieldProblem& one : whole.error().fields)
    if (one.field != "steps" && !(one.field == "areas" && scheme.areas.empty())) left.push_back(one);
  if (left.empty() && !whole.error().fields.empty()) return {};
  return refused(std::move(left));
}

// Evidence that is not there is, for who writes a scheme, something to be put right in it.
template <class T>
tl::unexpected<Problem> as_invalid(const Result<T>& result) {
  Problem said = result.error();
  if (said.kind == ProblemKind::unavailable || said.kind == ProblemKind::not_found) said.kind = ProblemKind::invalid;
  return tl::unexpected(std::move(said));
}

Status workable(const Doing& doing, const Scheme& scheme, const Scheme* former) {
  // Who takes a step out may have a second one to take out before it works again.
  if (former != nullptr && scheme.steps.size() < former->steps.size()) return {};
  if (scheme.steps.empty()) return check_unfinished(scheme);
  auto asked = resolved(scheme, doing.figures, {doing.today(), false}, figures::Detail::value);
  if (!asked) return as_invalid(asked);
  if (const Status fine = check(*asked); !fine) return fine;
  const auto answer = allocate(*asked);
  if (!answer) return as_invalid(answer);
  return {};
}

std::string step_count(const Scheme& scheme) {
  return plural(static_cast<std::int64_t>(scheme.steps.size()), "step", "steps");
}

// The tables go to `sources`; who was taken from one is led to it.
void keep_tables(Transaction& transaction, const Doing& doing, const std::vector<KeptTable>& tables, Scheme& scheme) {
  for (const KeptTable& table : tables) {
    sources::SourceFile file;
    file.kind = "funding-table";
    file.name = table.name;
    file.sha256 = sha256(table.bytes);
    file.bytes = static_cast<std::int64_t>(table.bytes.size());
    file.imported_at = doing.now.iso();
    file.imported_by = doing.actor().audit_name();
    file.publisher = table.publisher;
    file.licence = table.licence;
    file.rows_accepted = table.rows;
    file.notes = "{}";
    const auto id = sources::add(transaction, file, {});
    const auto lead = [&](Origin& origin) {
      if (origin.source.sha256 != file.sha256 || !origin.source.url.empty()) return;
      origin.source.url = sources::page_of(id.value);
    };
    if (scheme.last_year) lead(scheme.last_year->origin);
    for (Step& step : scheme.steps) {
      if (auto* weighted = std::get_if<WeightedIndicators>(&step.what))
        for (Indicator& indicator : weighted->indicators) lead(indicator.origin);
      if (auto* shares = std::get_if<DirectShares>(&step.what)) lead(shares->origin);
    }
  }
}

}  // namespace

bool is_financial_year(const std::string& text) {
  const auto year = FinancialYear::parse(text);
  return year && year->text() == text && year->start_year > 1900;
}

Result<Scheme> ready(const SchemeRecord& record, const PotRecord& pot, const figures::Registry& registry,
                     const figures::Viewer& viewer, figures::Detail detail) {
  auto scheme = scheme_of(record, pot);
  if (!scheme) return scheme;
  return resolved(std::move(*scheme), registry, viewer, detail);
}

Status check_pot(const Doing& doing, const PotChange& change) {
  std::vector<FieldProblem> wrong;
  check_title(plain(change.title), wrong);
  if (!is_financial_year(plain(change.financial_year)))
    wrong.push_back(
        {"financial_year",
         tr("Write the financial year as 2012/13: the year in which it begins and the last two digits of the next.")});
  for (const std::string& code : codes_of(change.area))
    if (!doing.reach.ground().has_area(code))
      wrong.push_back(
          {"area",
           tr("There is no area with the code {0}. Choose one of the list, or name areas of the register.", {code})});
  check_reason(plain(change.reason), static_cast<bool>(change.id), wrong);
  if (const Status fine = check(change.pot); !fine) {
    if (fine.error().fields.empty()) wrong.push_back({"pot.funds", fine.error().message});
    for (const FieldProblem& one : fine.error().fields) wrong.push_back(one);
  }
  return refused(std::move(wrong));
}

Result<PotRecord> save_pot(const Doing& doing, const PotChange& change) {
  const Whose whose = whose_of(change.area);
  if (const Status allowed = doing.reach.require(kEditFunding, whose); !allowed) return pass_on(allowed);
  if (const Status fine = check_pot(doing, change); !fine) return pass_on(fine);
  PotRecord record{.id = change.id,
                   .title = plain(change.title),
                   .financial_year = plain(change.financial_year),
                   .area = area_of({change.area}),
                   .pot = change.pot,
                   .delivered = change.delivered,
                   .saved = saved_by(doing, change.reason)};
  const auto say = [&](Note& note, const char* action, const std::string& what) {
    note.says(action, what + quoted(record) + ": " + money_of(record.pot) + ".",
              detail_of(record.version, record.saved.reason));
  };
  if (!change.id) {
    const auto begun = begin(doing, kEditFunding, whose, [&](Transaction& transaction, Note& note) -> Result<Record> {
      record.version = 1;
      record.id = store::insert_pot(transaction, record);
      say(note, "funding.pot.create", "Set up the pot ");
      return record_of(record.id);
    });
    if (!begun) return pass_on(begun);
    return record;
  }
  return commands::change(doing, kEditFunding, record_of(change.id), change.seen,
                          [&](Transaction& transaction, const Standing& standing, Note& note) -> Result<PotRecord> {
                            record.version = standing.version + 1;
                            record.delivered = store::pot(transaction, change.id)->delivered;
                            if (!store::insert_pot_version(transaction, record)) return overtaken(standing.name);
                            say(note, "funding.pot.change", "Changed the pot ");
                            return record;
                          });
}

Result<SchemeRecord> save_scheme(const Doing& doing, const SchemeChange& change) {
  if (const Status allowed = doing.actor().require(kEditFunding); !allowed) return pass_on(allowed);
  const auto [former, pot] = doing.database.read([&](db::Connection& connection) {
    std::optional<SchemeRecord> scheme = change.id ? store::scheme(connection, change.id) : std::nullopt;
    const PotId on = scheme ? scheme->pot : change.pot;
    return std::pair(std::move(scheme), on ? store::pot(connection, on) : std::nullopt);
  });
  if (change.id && !former) return not_found(tr("There is no such scheme."));
  if (!pot) return not_found(tr("There is no such pot."));
  const Whose whose = whose_of(pot->area);
  if (const Status allowed = doing.reach.require(kEditFunding, whose); !allowed) return pass_on(allowed);
  if (pot->withdrawn && !change.id)
    return invalid(tr("The pot “{0}” was withdrawn. Choose another.", {pot->title}),
                   {{"pot", tr("This pot was withdrawn.")}});
  if (former && former->version != change.seen) return overtaken(former->title);
  if (change.document.size() > kDocumentBytes)
    return invalid(tr("The scheme is too long."), {{"file", tr("A scheme has at most a million bytes.")}});

  auto scheme = read_scheme_on(pot->pot, change.document, NoFiles());
  if (!scheme) return pass_on(scheme);
  if (!plain(change.title).empty()) scheme->title = plain(change.title);
  scheme->financial_year = pot->financial_year;
  SchemeRecord record;
  record.id = change.id;
  record.pot = pot->id;
  record.pot_version = pot->version;
  record.title = scheme->title;
  record.copied_from = former ? former->copied_from : change.copied_from;
  record.copied_version = former ? former->copied_version : change.copied_version;
  record.delivered = former ? former->delivered : change.delivered;
  record.saved = saved_by(doing, change.reason);
  std::vector<FieldProblem> wrong;
  check_title(record.title, wrong);
  check_reason(record.saved.reason, false, wrong);
  if (const Status fine = refused(std::move(wrong)); !fine) return pass_on(fine);
  std::optional<Scheme> before;
  if (former)
    if (auto read = scheme_of(*former, *pot)) before = std::move(*read);
  if (const Status fine = workable(doing, *scheme, before ? &*before : nullptr); !fine) return pass_on(fine);
  for (const KeptTable& table : change.tables) {
    if (doing.originals.empty()) return unavailable(tr("Tables cannot be kept here."));
    if (const auto kept = sources::OriginalStore(doing.originals).keep_bytes(table.bytes); !kept) return pass_on(kept);
  }

  const auto keep = [&](Transaction& transaction, Note& note) -> Status {
    // It was worked out on this version of the pot.
    const auto now = store::pot(transaction, pot->id);
    if (!now || now->version != pot->version) return overtaken(pot->title);
    Scheme kept = *scheme;
    keep_tables(transaction, doing, change.tables, kept);
    record.document = write_scheme(kept, false);
    record.version = former ? former->version + 1 : 1;
    if (!former)
      record.id = store::insert_scheme(transaction, record);
    else if (!store::insert_scheme_version(transaction, record))
      return overtaken(former->title);
    std::string sentence = (former ? "Changed the scheme “" : "Set up the scheme “") + record.title + "” on the pot “" +
                           pot->title + "”, " + pot->financial_year + ": " + step_count(*scheme) + ".";
    if (record.copied_from && !former)
      sentence = "Copied version " + std::to_string(record.copied_version) + " of scheme " +
                 std::to_string(record.copied_from->value) + " as “" + record.title + "”.";
    note.says(former ? "funding.scheme.change" : "funding.scheme.create", sentence,
              detail_of(record.version, record.saved.reason));
    return {};
  };
  const Status written =
      former ? commands::change(doing, kEditFunding, record_of(former->id), change.seen,
                                [&](Transaction& transaction, const Standing&, Note& note) -> Status {
                                  return keep(transaction, note);
                                })
             : outcome(begin(doing, kEditFunding, whose, [&](Transaction& transaction, Note& note) -> Result<Record> {
                 if (const Status done = keep(transaction, note); !done) return pass_on(done);
                 return record_of(record.id);
               }));
  if (!written) return pass_on(written);
  return record;
}

Result<SchemeRecord> copy_scheme(const Doing& doing, SchemeId id, std::int64_t version, const std::string& title) {
  const std::optional<SchemeRecord> from =
      doing.database.read([&](db::Connection& connection) { return store::scheme(connection, id, version); });
  if (!from) return not_found(tr("There is no such version of a scheme."));
  if (plain(title).empty())
    return invalid(tr("Give the copy a title of its own."), {{"title", tr("Give the copy a title of its own.")}});
  SchemeChange change;
  change.pot = from->pot;
  change.title = title;
  change.document = from->document;
  change.copied_from = id;
  change.copied_version = from->version;
  return save_scheme(doing, change);
}

namespace {

// The next version of a record, that says that it no longer counts.
template <class Found, class Insert>
auto withdraw(const Doing& doing, const Record& of, std::int64_t seen, const std::string& reason, Found found,
              Insert insert) -> decltype(found(std::declval<Transaction&>())) {
  std::vector<FieldProblem> wrong;
  check_reason(plain(reason), true, wrong);
  if (const Status fine = refused(std::move(wrong)); !fine) return pass_on(fine);
  return commands::change(
      doing, kEditFunding, of, seen,
      [&](Transaction& transaction, const Standing& standing, Note& note) -> decltype(found(transaction)) {
        auto record = found(transaction);
        if (!record) return record;
        if (record->withdrawn) return conflict(tr("The {0} was withdrawn already.", {of.kind}));
        ++record->version;
        record->withdrawn = true;
        record->saved = saved_by(doing, reason);
        if (!insert(transaction, *record)) return overtaken(standing.name);
        note.says("funding." + of.kind + ".withdraw", "Withdrew the " + of.kind + " " + quoted(*record) + ".",
                  detail_of(record->version, record->saved.reason));
        return record;
      });
}

}  // namespace

Result<PotRecord> withdraw_pot(const Doing& doing, PotId id, std::int64_t seen, const std::string& reason) {
  return withdraw(
      doing, record_of(id), seen, reason,
      [&](Transaction& transaction) -> Result<PotRecord> {
        if (const auto left = store::schemes_of(transaction, id, false); !left.empty())
          return invalid(tr("The pot still has {0}. Withdraw those first.",
                            {plural(static_cast<std::int64_t>(left.size()), "scheme", "schemes")}));
        return *store::pot(transaction, id);
      },
      store::insert_pot_version);
}

Result<SchemeRecord> withdraw_scheme(const Doing& doing, SchemeId id, std::int64_t seen, const std::string& reason) {
  return withdraw(
      doing, record_of(id), seen, reason,
      [&](Transaction& transaction) -> Result<SchemeRecord> { return *store::scheme(transaction, id); },
      store::insert_scheme_version);
}

}  // namespace tithing::pots
