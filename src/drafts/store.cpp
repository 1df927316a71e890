#include "drafts/store.h"

#include "base/text.h"
#include "http/urlencoded.h"

namespace tithing::drafts::store {
namespace {

#define TITHING_DRAFT_COLUMNS "form, title, address, seen_version, fields, saved_at"

const db::Query kFind{"drafts.find",
                      "SELECT " TITHING_DRAFT_COLUMNS " FROM draft WHERE account = :account AND form = :form"};
const db::Query kList{
    "drafts.list", "SELECT " TITHING_DRAFT_COLUMNS " FROM draft WHERE account = :account ORDER BY saved_at DESC, form"};
const db::Query kCount{"drafts.count", "SELECT count(*) FROM draft WHERE account = :account"};
const db::Query kPut{
    "drafts.put",
    "INSERT INTO draft (account, form, title, address, seen_version, fields, saved_at) VALUES "
    "(:account, :form, :title, :address, :version, :fields, :at) ON CONFLICT (account, form) DO UPDATE SET "
    "title = excluded.title, address = excluded.address, seen_version = excluded.seen_version, "
    "fields = excluded.fields, saved_at = excluded.saved_at"};
const db::Query kRemove{"drafts.remove", "DELETE FROM draft WHERE account = :account AND form = :form"};
const db::Query kRemoveBefore{"drafts.remove_before", "DELETE FROM draft WHERE saved_at < :before"};

Draft draft_of(const db::Row& row) {
  Draft draft{{row.text("form"), row.text("title"), row.text("address"), row.text("seen_version")},
              {},
              {row.integer("saved_at")}};
  auto fields = http::parse_urlencoded(row.text("fields"));
  if (!fields)
    throw db::Error(db::Fault::type, "the draft of " + draft.form.key + " cannot be read: " + fields.error().message);
  draft.fields = std::move(*fields);
  return draft;
}

std::string written(const web::Fields& fields) {
  std::string out;
  for (const auto& [name, value] : fields)
    out += (out.empty() ? "" : "&") + url_encoded(name) + "=" + url_encoded(value);
  return out;
}

}  // namespace

std::optional<Draft> find(db::Connection& connection, std::int64_t account, const std::string& key) {
  std::optional<Draft> out;
  connection.run(kFind, {{"account", account}, {"form", key}}, [&](const db::Row& row) { out = draft_of(row); });
  return out;
}

std::vector<Draft> list(db::Connection& connection, std::int64_t account) {
  std::vector<Draft> out;
  connection.run(kList, {{"account", account}}, [&](const db::Row& row) { out.push_back(draft_of(row)); });
  return out;
}

std::int64_t count(db::Connection& connection, std::int64_t account) {
  return connection.integer(kCount, {{"account", account}}).value_or(0);
}

void put(db::Transaction& transaction, std::int64_t account, const Draft& draft) {
  transaction.run(kPut, {{"account", account},
                         {"form", draft.form.key},
                         {"title", draft.form.title},
                         {"address", draft.form.address},
                         {"version", draft.form.version},
                         {"fields", written(draft.fields)},
                         {"at", draft.saved_at.milliseconds}});
}

void remove(db::Transaction& transaction, std::int64_t account, const std::string& key) {
  transaction.run(kRemove, {{"account", account}, {"form", key}});
}

std::int64_t remove_before(db::Transaction& transaction, Instant before) {
  return transaction.run(kRemoveBefore, {{"before", before.milliseconds}});
}

}  // namespace tithing::drafts::store
