#include "slices/identity/store_subjects.h"

namespace tithing::identity {
namespace {

using db::Query;

#define SUBJECT_COLUMNS "issuer, subject, account_id, linked_at"
constexpr Query kSubject{"identity.subject", "SELECT " SUBJECT_COLUMNS
                                             " FROM account_subject WHERE issuer = :issuer AND subject = :subject"};
constexpr Query kSubjects{"identity.subjects",
                          "SELECT " SUBJECT_COLUMNS
                          " FROM account_subject WHERE account_id = :account ORDER BY issuer, subject"};
constexpr Query kInsertSubject{"identity.insert_subject", "INSERT INTO account_subject (" SUBJECT_COLUMNS
                                                          ") VALUES (:issuer, :subject, :account, :at)"};
constexpr Query kDeleteSubject{
    "identity.delete_subject",
    "DELETE FROM account_subject WHERE account_id = :account AND issuer = :issuer AND subject = :subject"};

SubjectRow row_of(const db::Row& row) {
  return {row.text("issuer"), row.text("subject"), row.integer("account_id"), {row.integer("linked_at")}};
}

}  // namespace

std::optional<SubjectRow> find_subject(db::Connection& connection, const std::string& issuer,
                                       const std::string& subject) {
  std::optional<SubjectRow> found;
  connection.run(kSubject, {{"issuer", issuer}, {"subject", subject}},
                 [&](const db::Row& row) { found = row_of(row); });
  return found;
}

std::vector<SubjectRow> subjects_of_account(db::Connection& connection, std::int64_t account_id) {
  std::vector<SubjectRow> found;
  connection.run(kSubjects, {{"account", account_id}}, [&](const db::Row& row) { found.push_back(row_of(row)); });
  return found;
}

void insert_subject(db::Transaction& transaction, const SubjectRow& row) {
  transaction.run(kInsertSubject, {{"issuer", row.issuer},
                                   {"subject", row.subject},
                                   {"account", row.account_id},
                                   {"at", row.linked_at.milliseconds}});
}

std::int64_t delete_subject(db::Transaction& transaction, std::int64_t account_id, const std::string& issuer,
                            const std::string& subject) {
  return transaction.run(kDeleteSubject, {{"account", account_id}, {"issuer", issuer}, {"subject", subject}});
}

}  // namespace tithing::identity
