#include "base/hash.h"
#include "base/text.h"
#include "base/translation.h"
#include "desks/figures/desk.h"
#include "desks/figures/permissions.h"

namespace tithing::figures {
namespace {

const db::Query kInsert{"figures.freeze",
                        "INSERT INTO frozen_figure (address, title, value_text, figure, sha256, evidence_version, "
                        "reason, frozen_by, frozen_at) "
                        "VALUES (:address, :title, :value_text, :figure, :sha256, :evidence_version, :reason, "
                        ":frozen_by, :frozen_at) RETURNING id"};
const db::Query kFind{"figures.find_frozen",
                      "SELECT id, address, title, value_text, sha256, evidence_version, reason, frozen_by, frozen_at, "
                      "figure FROM frozen_figure WHERE id = :id"};
const db::Query kOfAddress{
    "figures.freezings_of",
    "SELECT id, address, title, value_text, sha256, evidence_version, reason, frozen_by, frozen_at FROM frozen_figure "
    "WHERE address IN (:address, :former) ORDER BY id DESC"};
const db::Query kList{
    "figures.list_frozen",
    "SELECT id, address, title, value_text, sha256, evidence_version, reason, frozen_by, frozen_at FROM frozen_figure "
    "ORDER BY id DESC"};

FrozenFigure from_row(const db::Row& row) {
  FrozenFigure frozen;
  frozen.id = row.integer("id");
  if (auto address = Address::parse(row.text("address"))) frozen.address = std::move(*address);
  frozen.title = row.text("title");
  frozen.value_text = row.text("value_text");
  frozen.sha256 = row.text("sha256");
  frozen.evidence_version = row.text("evidence_version");
  frozen.reason = row.text("reason");
  frozen.frozen_by = row.text("frozen_by");
  frozen.frozen_at = row.text("frozen_at");
  return frozen;
}

}  // namespace

Result<std::int64_t> freeze(const commands::Doing& doing, const Figure& figure, const std::string& reason) {
  if (auto allowed = doing.actor().require(kFreeze); !allowed) return pass_on(allowed);
  const std::string why(trimmed(reason));
  if (why.empty())
    return invalid(tr("Say what the figure is frozen for."),
                   {{"reason", tr("Say what the figure is frozen for, for example the paper it goes into.")}});
  if (why.size() > 500)
    return invalid(tr("The reason is too long."), {{"reason", tr("Keep the reason under 500 characters.")}});
  const std::string json = to_json(figure);
  return commands::act(
      doing, kFreeze, Whose::shared(), [&](db::Transaction& transaction, commands::Note& note) -> Result<std::int64_t> {
        const std::int64_t id = *transaction.integer(kInsert, {{"address", figure.address.path()},
                                                               {"title", figure.working.title},
                                                               {"value_text", figure.quantity.text()},
                                                               {"figure", json},
                                                               {"sha256", sha256(json)},
                                                               {"evidence_version", figure.evidence_version},
                                                               {"reason", why},
                                                               {"frozen_by", doing.actor().audit_name()},
                                                               {"frozen_at", doing.now.iso()}});
        note.is_about(records::record_of("frozen_figure", id));
        note.says("figures.freeze", "Froze " + figure.working.title + " at " + figure.quantity.text() + ": " + why);
        return id;
      });
}

std::optional<FrozenFigure> find_frozen(db::Connection& connection, std::int64_t id) {
  std::optional<FrozenFigure> found;
  connection.run(kFind, {{"id", id}}, [&](const db::Row& row) {
    found = from_row(row);
    found->json = row.text("figure");
  });
  return found;
}

std::vector<FrozenFigure> freezings_of(db::Connection& connection, const Address& address, const Address& former) {
  std::vector<FrozenFigure> out;
  connection.run(kOfAddress, {{"address", address.path()}, {"former", former.path()}},
                 [&](const db::Row& row) { out.push_back(from_row(row)); });
  return out;
}

std::vector<FrozenFigure> list_frozen(db::Connection& connection) {
  std::vector<FrozenFigure> out;
  connection.run(kList, {}, [&](const db::Row& row) { out.push_back(from_row(row)); });
  return out;
}

}  // namespace tithing::figures
