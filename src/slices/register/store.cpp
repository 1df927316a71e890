#include "slices/register/store.h"

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>

#include "base/text.h"
#include "db/columns.h"
#include "db/insert_each.h"
#include "slices/register/store_choices.h"
#include "slices/sources/sources.h"

namespace tithing::register_::store {
namespace {

using db::Connection;
using db::Query;
using db::Row;
using db::Transaction;

constexpr Query kVersion{"register.version", "SELECT version FROM register_version WHERE id = 1"};
constexpr Query kNextVersion{"register.next_version",
                             "UPDATE register_version SET version = version + 1 WHERE id = 1 RETURNING version"};
constexpr Query kAddLookUp{
    "register.add_look_up",
    "INSERT INTO look_up (day, source_file, version) VALUES (:day, :source_file, :version) RETURNING id"};
constexpr Query kLookUps{"register.look_ups",
                         "SELECT id, day, source_file FROM look_up WHERE version <= :version ORDER BY day, id"};
constexpr Query kLookUpRows{
    "register.look_up_rows",
    "SELECT district, district_name, partnership, partnership_name, force_area, force_name FROM look_up_row "
    "WHERE look_up = :look_up ORDER BY district, partnership"};
constexpr Query kAddExactFit{"register.add_exact_fit",
                             "INSERT INTO exact_fit (source_file, version, district_year, content) VALUES "
                             "(:source_file, :version, :district_year, :content)"};
constexpr Query kExactFitId{"register.exact_fit_id",
                            "SELECT id, source_file FROM exact_fit WHERE version <= :version ORDER BY id DESC"};
constexpr Query kExactFit{"register.exact_fit",
                          "SELECT district_year, content, source_file FROM exact_fit WHERE id = :id"};
constexpr Query kHistory{"register.code_history",
                         "SELECT code, name, successor, successor_name, source_file FROM code_history "
                         "ORDER BY source_file, position"};
constexpr Query kFacts{"register.succession_facts",
                       "SELECT kind, predecessor, predecessor_name, predecessor_districts, successor, day, not_before, "
                       "not_after, paper, paragraph, evidence, source_file "
                       "FROM succession_fact WHERE version <= :version ORDER BY source_file, position"};
constexpr Query kBoundaries{
    "register.boundaries",
    "SELECT kind, vintage, points, shape, source_file FROM area_boundary WHERE code = :code ORDER BY id"};
constexpr Query kSuccessions{
    "register.successions",
    "SELECT s.id, s.kind, s.area_kind, s.predecessors, s.successors, s.day, s.after_day, s.by_day, s.evidence, "
    "s.origin, r.review, r.day AS review_day "
    "FROM succession s LEFT JOIN succession_review r ON r.id = (SELECT MAX(q.id) FROM succession_review q "
    "WHERE q.succession = s.id AND q.version <= :version) "
    "WHERE s.version <= :version AND (s.withdrawn_version IS NULL OR s.withdrawn_version > :version) "
    "ORDER BY s.area_kind, s.by_day, s.finding"};
constexpr Query kFindings{"register.findings",
                          "SELECT s.id, s.finding, s.withdrawn_version, s.evidence, (SELECT COUNT(*) FROM "
                          "succession_review r WHERE r.succession = s.id) AS reviews FROM succession s"};
constexpr Query kAddFinding{"register.add_finding",
                            "INSERT INTO succession (finding, kind, area_kind, predecessors, successors, day, "
                            "after_day, by_day, evidence, origin, version) "
                            "VALUES (:finding, :kind, :area_kind, :predecessors, :successors, :day, :after_day, "
                            ":by_day, :evidence, :origin, :version)"};
constexpr Query kFoundAgain{
    "register.found_again",
    "UPDATE succession SET withdrawn_version = NULL, version = :version, evidence = :evidence WHERE id = :id"};
constexpr Query kNewEvidence{"register.new_evidence", "UPDATE succession SET evidence = :evidence WHERE id = :id"};
constexpr Query kWithdraw{"register.withdraw", "UPDATE succession SET withdrawn_version = :version WHERE id = :id"};
constexpr Query kAddReview{"register.add_review",
                           "INSERT INTO succession_review (succession, version, review, day) "
                           "VALUES (:succession, :version, :review, :day)"};
constexpr Query kReviews{"register.reviews",
                         "SELECT review, day FROM succession_review WHERE succession = :succession ORDER BY id"};

std::optional<std::string> iso(const std::optional<Date>& date) {
  return date ? std::optional(date->iso()) : std::nullopt;
}

std::optional<Date> day_of(const Row& row, std::string_view column) {
  const auto text = row.maybe_text(column);
  if (!text) return std::nullopt;
  const auto date = Date::parse(*text);
  if (!date) throw std::runtime_error("a day of the register is malformed: " + *text);
  return *date;
}

std::vector<std::string> codes(const std::string& text) {
  return text.empty() ? std::vector<std::string>() : split(text, ',');
}

// Six fields to a line, tab between: 2 MB that read in a few milliseconds, where 36,000 rows of a table take ten times
// that.
std::string encode(const ExactFit& fit) {
  std::string out;
  out.reserve(fit.rows.size() * 64);
  for (const FitRow& row : fit.rows) {
    for (const std::string* field : {&row.lsoa_2011, &row.name_2011, &row.lsoa_2021, &row.name_2021, &row.district}) {
      out += *field;
      out += '\t';
    }
    out += row.change;
    out += '\n';
  }
  return out;
}

void decode(const std::string& text, ExactFit& fit) {
  std::size_t at = 0;
  fit.rows.reserve(text.size() / 56);
  while (at < text.size()) {
    FitRow row;
    for (std::string* field : {&row.lsoa_2011, &row.name_2011, &row.lsoa_2021, &row.name_2021, &row.district}) {
      const std::size_t tab = text.find('\t', at);
      if (tab == std::string::npos) throw std::runtime_error("the stored exact fit is cut off");
      field->assign(text, at, tab - at);
      at = tab + 1;
    }
    if (at + 1 >= text.size() || text[at + 1] != '\n') throw std::runtime_error("the stored exact fit is cut off");
    row.change = text[at];
    at += 2;
    fit.rows.push_back(std::move(row));
  }
}

}  // namespace

std::string_view code_of(Succession::Review review) {
  switch (review) {
    case Succession::Review::proposed:
      return "proposed";
    case Succession::Review::accepted:
      return "accepted";
    case Succession::Review::rejected:
      return "rejected";
  }
  return {};
}
std::optional<Succession::Review> review_from(std::string_view code) {
  for (const auto review : {Succession::Review::proposed, Succession::Review::accepted, Succession::Review::rejected})
    if (code_of(review) == code) return review;
  return std::nullopt;
}

std::int64_t version(Connection& connection) { return connection.integer(kVersion).value_or(0); }
std::int64_t next_version(Transaction& transaction) { return transaction.integer(kNextVersion).value(); }

void add_look_up(Transaction& transaction, const LookUp& look_up, std::int64_t source_file, std::int64_t at_version) {
  const std::int64_t id =
      transaction
          .integer(kAddLookUp, {{"day", look_up.on.iso()}, {"source_file", source_file}, {"version", at_version}})
          .value();
  db::insert_each(
      transaction, "register.add_look_up_rows", "look_up_row",
      {"look_up", "district", "district_name", "partnership", "partnership_name", "force_area", "force_name"},
      look_up.rows, [&](const LookUpRow& row, std::int64_t) -> std::vector<db::Value> {
        return {id, row.district, row.district_name, row.partnership, row.partnership_name, row.force, row.force_name};
      });
}

void add_exact_fit(Transaction& transaction, const ExactFit& fit, std::int64_t source_file, std::int64_t at_version) {
  transaction.run(kAddExactFit, {{"source_file", source_file},
                                 {"version", at_version},
                                 {"district_year", fit.district_year},
                                 {"content", db::Value::blob(encode(fit))}});
}

void add_code_history(Transaction& transaction, const std::vector<CodeHistoryRow>& rows, std::int64_t source_file,
                      std::int64_t at_version) {
  db::insert_each(transaction, "register.add_code_history", "code_history",
                  {"source_file", "position", "version", "code", "name", "successor", "successor_name"}, rows,
                  [&](const CodeHistoryRow& row, std::int64_t position) -> std::vector<db::Value> {
                    return {source_file, position, at_version, row.code, row.name, row.successor, row.successor_name};
                  });
}

void add_facts(Transaction& transaction, const std::vector<SuccessionFactRow>& rows, std::int64_t source_file,
               std::int64_t at_version) {
  db::insert_each(
      transaction, "register.add_succession_facts", "succession_fact",
      {"source_file", "position", "version", "kind", "predecessor", "predecessor_name", "predecessor_districts",
       "successor", "day", "not_before", "not_after", "paper", "paragraph", "evidence"},
      rows, [&](const SuccessionFactRow& row, std::int64_t position) -> std::vector<db::Value> {
        return {source_file,
                position,
                at_version,
                register_::code_of(row.kind),
                row.predecessor,
                row.predecessor_name,
                joined(row.predecessor_districts, ","),
                row.successor,
                iso(row.on),
                iso(row.not_before),
                iso(row.not_after),
                row.source,
                row.paragraph,
                row.evidence};
      });
}

void add_boundaries(Transaction& transaction, const BoundaryFile& file, std::int64_t source_file,
                    std::int64_t at_version) {
  db::insert_each(transaction, "register.add_boundaries", "area_boundary",
                  {"code", "kind", "vintage", "points", "shape", "source_file", "version"}, file.boundaries,
                  [&](const FileBoundary& boundary, std::int64_t) -> std::vector<db::Value> {
                    return {boundary.code,
                            register_::code_of(file.kind),
                            file.vintage,
                            static_cast<std::int64_t>(point_count(boundary.shape)),
                            db::Value::blob(register_::encode(boundary.shape)),
                            source_file,
                            at_version};
                  });
}

std::vector<LookUp> look_ups(Connection& connection, std::int64_t at_version) {
  struct Head {
    std::int64_t id;
    LookUp look_up;
  };
  const std::set<std::int64_t> without = not_counted(connection, kLookUpKind, at_version);
  std::vector<Head> heads;
  connection.run(kLookUps, {{"version", at_version}}, [&](const Row& row) {
    Head head{row.integer("id"), {}};
    head.look_up.on = day_of(row, "day").value();
    head.look_up.source = sources::page_of(row.integer("source_file"));
    if (without.count(row.integer("source_file")) > 0) return;
    heads.push_back(std::move(head));
  });
  std::vector<LookUp> out;
  for (Head& head : heads) {
    db::Columns columns;
    connection.run(kLookUpRows, {{"look_up", head.id}}, [&](const Row& each) {
      const auto row = columns.in(each);
      head.look_up.rows.push_back({row.text("district"), row.text("district_name"), row.text("partnership"),
                                   row.text("partnership_name"), row.text("force_area"), row.text("force_name")});
    });
    out.push_back(std::move(head.look_up));
  }
  return out;
}

std::optional<std::int64_t> exact_fit_id(Connection& connection, std::int64_t at_version) {
  const std::set<std::int64_t> without = not_counted(connection, kExactFitKind, at_version);
  std::optional<std::int64_t> found;
  connection.run(kExactFitId, {{"version", at_version}}, [&](const Row& row) {
    if (!found && without.count(row.integer("source_file")) == 0) found = row.integer("id");
  });
  return found;
}

ExactFit exact_fit(Connection& connection, std::int64_t id) {
  ExactFit fit;
  connection.run(kExactFit, {{"id", id}}, [&](const Row& row) {
    fit.district_year = static_cast<int>(row.integer("district_year"));
    decode(row.blob("content"), fit);
    fit.source = sources::page_of(row.integer("source_file"));
  });
  return fit;
}

std::vector<CodeHistoryRow> code_history(Connection& connection) {
  const std::set<std::int64_t> without = not_counted(connection, kCodeHistoryKind);
  std::vector<CodeHistoryRow> out;
  db::Columns columns;
  connection.run(kHistory, {}, [&](const Row& each) {
    const auto row = columns.in(each);
    if (without.count(row.integer("source_file")) == 0)
      out.push_back({row.text("code"), row.text("name"), row.text("successor"), row.text("successor_name")});
  });
  return out;
}

std::vector<SuccessionFactRow> facts(Connection& connection, std::int64_t at_version) {
  const std::set<std::int64_t> without = not_counted(connection, kFactsKind, at_version);
  std::vector<SuccessionFactRow> out;
  connection.run(kFacts, {{"version", at_version}}, [&](const Row& row) {
    if (without.count(row.integer("source_file")) > 0) return;
    SuccessionFactRow fact;
    fact.kind = succession_kind_from(row.text("kind")).value();
    fact.predecessor = row.text("predecessor");
    fact.predecessor_name = row.text("predecessor_name");
    fact.predecessor_districts = codes(row.text("predecessor_districts"));
    fact.successor = row.text("successor");
    fact.on = day_of(row, "day");
    fact.not_before = day_of(row, "not_before");
    fact.not_after = day_of(row, "not_after");
    fact.source = row.text("paper");
    fact.paragraph = row.text("paragraph");
    fact.evidence = row.text("evidence");
    out.push_back(std::move(fact));
  });
  return out;
}

std::vector<StoredBoundary> boundaries(Connection& connection, std::string_view code,
                                       const std::set<std::int64_t>& without) {
  std::vector<StoredBoundary> out;
  connection.run(kBoundaries, {{"code", code}}, [&](const Row& row) {
    if (without.count(row.integer("source_file")) > 0) return;
    StoredBoundary boundary{row.text("kind"), row.text("vintage"), row.integer("points"), row.blob("shape")};
    const auto same = std::find_if(out.begin(), out.end(), [&](const StoredBoundary& b) {
      return b.kind == boundary.kind && b.vintage == boundary.vintage;
    });
    if (same != out.end()) {
      *same = std::move(boundary);
    } else {
      out.push_back(std::move(boundary));
    }
  });
  return out;
}

std::vector<ProposedSuccession> successions(Connection& connection, std::int64_t at_version) {
  std::vector<ProposedSuccession> out;
  connection.run(kSuccessions, {{"version", at_version}}, [&](const Row& row) {
    ProposedSuccession proposal;
    Succession& s = proposal.succession;
    s.id = row.integer("id");
    s.kind = succession_kind_from(row.text("kind")).value();
    s.area_kind = kind_from(row.text("area_kind")).value();
    s.predecessors = codes(row.text("predecessors"));
    s.successors = codes(row.text("successors"));
    s.on = day_of(row, "day");
    proposal.after = day_of(row, "after_day");
    proposal.by = day_of(row, "by_day");
    s.evidence = row.text("evidence");
    proposal.origin = row.text("origin");
    if (const auto review = row.maybe_text("review")) {
      s.review = review_from(*review).value();
      s.on = day_of(row, "review_day");
    }
    out.push_back(std::move(proposal));
  });
  return out;
}

int keep_findings(Transaction& transaction, const std::vector<ProposedSuccession>& found, std::int64_t at_version) {
  struct Known {
    std::int64_t id;
    bool withdrawn;
    std::string evidence;
    bool reviewed;
  };
  std::map<std::string, Known> known;
  transaction.run(kFindings, {}, [&](const Row& row) {
    known[row.text("finding")] = {row.integer("id"), !row.is_null("withdrawn_version"), row.text("evidence"),
                                  row.integer("reviews") > 0};
  });
  int added = 0;
  std::set<std::string> keys;
  for (const ProposedSuccession& proposal : found) {
    const std::string key = proposal.key();
    if (!keys.insert(key).second) continue;
    const Succession& s = proposal.succession;
    const auto it = known.find(key);
    if (it == known.end()) {
      transaction.run(kAddFinding, {{"finding", key},
                                    {"kind", register_::code_of(s.kind)},
                                    {"area_kind", register_::code_of(s.area_kind)},
                                    {"predecessors", joined(s.predecessors, ",")},
                                    {"successors", joined(s.successors, ",")},
                                    {"day", iso(s.on)},
                                    {"after_day", iso(proposal.after)},
                                    {"by_day", iso(proposal.by)},
                                    {"evidence", s.evidence},
                                    {"origin", proposal.origin},
                                    {"version", at_version}});
      ++added;
    } else if (it->second.withdrawn) {
      transaction.run(kFoundAgain, {{"version", at_version}, {"evidence", s.evidence}, {"id", it->second.id}});
      ++added;
    } else if (it->second.evidence != s.evidence) {
      transaction.run(kNewEvidence, {{"evidence", s.evidence}, {"id", it->second.id}});
    }
  }
  for (const auto& [key, finding] : known)
    if (!keys.count(key) && !finding.withdrawn && !finding.reviewed)
      transaction.run(kWithdraw, {{"version", at_version}, {"id", finding.id}});
  return added;
}

void add_review(Transaction& transaction, const Review& review, std::int64_t at_version) {
  transaction.run(kAddReview, {{"succession", review.succession},
                               {"version", at_version},
                               {"review", code_of(review.review)},
                               {"day", iso(review.on)}});
}

std::vector<Review> reviews(Connection& connection, std::int64_t succession) {
  std::vector<Review> out;
  connection.run(kReviews, {{"succession", succession}}, [&](const Row& row) {
    out.push_back({succession, review_from(row.text("review")).value(), day_of(row, "day")});
  });
  return out;
}

}  // namespace tithing::register_::store
