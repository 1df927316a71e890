// Columns and members that are named once.
#include "db/fields.h"

#include <doctest/doctest.h>

#include "support/store_support.h"

using namespace tithing;
using namespace tithing::db;
using tithing::test::for_each_engine;

namespace {

struct Part {
  std::int64_t number = 0;
  std::string words;
  friend bool operator==(const Part&, const Part&) = default;
};
using ThingId = Id<struct ThingTag>;
struct Thing {
  ThingId id;
  std::string name, nickname;
  bool large = false;
  std::optional<Money> price;
  std::optional<Date> since;
  std::optional<ThingId> before;
  Instant at;
  std::optional<Part> part;
};

const std::vector<Migration> kThings = {
    {1, "things",
     "CREATE TABLE thing (id BIGINT PRIMARY KEY, name TEXT NOT NULL, nickname TEXT, large BIGINT NOT NULL, price "
     "BIGINT, since BIGINT, before BIGINT, at BIGINT NOT NULL, part_number BIGINT, part_words TEXT); CREATE TABLE "
     "thing_part (thing BIGINT NOT NULL, position BIGINT NOT NULL, number BIGINT NOT NULL, words TEXT NOT NULL)"}};

constexpr Field<Thing> kFields[] = {
    field<&Thing::id>("id"),         field<&Thing::name>("name"),   field_or_null<&Thing::nickname>("nickname"),
    field<&Thing::large>("large"),   field<&Thing::price>("price"), field<&Thing::since>("since"),
    field<&Thing::before>("before"), field<&Thing::at>("at")};
constexpr Field<Part> kPart[] = {field<&Part::number>("part_number"), field<&Part::words>("part_words")};
constexpr Field<Part> kParts[] = {field<&Part::number>("number"), field<&Part::words>("words")};
const Query kInsert{"test.insert",
                    "INSERT INTO thing (id, name, nickname, large, price, since, before, at, part_number, part_words) "
                    "VALUES (:id, :name, :nickname, :large, :price, :since, :before, :at, :part_number, :part_words)"};
const Query kSelect{"test.select", "SELECT * FROM thing ORDER BY id"};
const Query kNoNickname{"test.no_nickname", "SELECT COUNT(*) FROM thing WHERE nickname IS NULL"};
const Query kSelectParts{"test.parts", "SELECT number, words FROM thing_part WHERE thing = 7 ORDER BY position"};

}  // namespace

TEST_CASE("what is written by its fields is read by them, and what is missing is NULL") {
  for_each_engine(kThings, [](Database& database) {
    const Thing whole{{1}, "Whole",         "W", true, Money{-1}, Date::from_ymd(2012, 4, 1), ThingId{9},
                      {5}, Part{3, "three"}};
    const Thing bare{.id = {2}, .name = "Bare"};
    const Status written = database.write([&](Transaction& transaction) -> Status {
      for (const Thing& thing : {whole, bare}) {
        Parameters values = values_of(kFields, thing);
        add_values(values, kPart, thing.part);
        transaction.run(kInsert, values);
      }
      insert_rows(transaction, "test.insert_parts", "thing_part", {"thing", 7}, kParts,
                  std::vector<Part>{{1, "one"}, {2, "two"}});
      return {};
    });
    REQUIRE(written);
    database.read([&](Connection& connection) {
      const auto read = rows<Thing>(connection, kSelect, {}, [](const Row& row) {
        Thing out = from_row(kFields, row);
        out.part = maybe_from_row(kPart, row);
        return out;
      });
      REQUIRE(read.size() == 2);
      CHECK(read[0].id == whole.id);
      CHECK(read[0].name == "Whole");
      CHECK(read[0].nickname == "W");
      CHECK(read[0].large);
      CHECK(read[0].price == Money{-1});
      CHECK(read[0].since == Date::from_ymd(2012, 4, 1));
      CHECK(read[0].before == ThingId{9});
      CHECK(read[0].at == Instant{5});
      CHECK(read[0].part == Part{3, "three"});
      CHECK(read[1].nickname.empty());
      CHECK_FALSE(read[1].large);
      CHECK_FALSE(read[1].price);
      CHECK_FALSE(read[1].since);
      CHECK_FALSE(read[1].before);
      CHECK_FALSE(read[1].part);
      CHECK(connection.integer(kNoNickname) == 1);
      const auto parts = rows<Part>(connection, kSelectParts, {}, [](const Row& row) { return from_row(kParts, row); });
      CHECK(parts == std::vector<Part>{{1, "one"}, {2, "two"}});
      CHECK(first_of(parts) == Part{1, "one"});
      CHECK_FALSE(first_of(std::vector<Part>()));
    });
  });
}
