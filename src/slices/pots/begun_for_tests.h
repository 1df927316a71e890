// A pot of £100 and a scheme of two areas on it, for the tests of their pages.
#pragma once

#include "slices/pots/house_for_tests.h"

namespace tithing::pots {

struct Pages : Room {
  explicit Pages(db::Database& database) : Room(database, made_up()) { as(Role::commissioning_officer); }
  // A pot of £100 and a scheme of two areas with last year's money and one step.
  void begin() {
    REQUIRE(
        post("/funding/pots/new",
             {{"title", "Fund"}, {"financial-year", "2012/13"}, {"fund-0-name", "Grant"}, {"fund-0-amount", "100.00"}})
            .status == 303);
    const std::string file =
        R"({"title":"By last year","areas":[{"key":"a","name":"Ayton"},{"key":"b","name":"Beeford"}],"steps":[]})";
    REQUIRE(
        upload("/funding/schemes/new", {{"pot", "1"}, {"title", "By last year"}}, {{"file", "s.json", file}}).status ==
        303);
    REQUIRE(change("/funding/schemes/1/areas", {{"area-0-area", "Ayton"},
                                                {"area-0-people", "1,000"},
                                                {"area-0-authorities", "x\ny"},
                                                {"area-1-area", "beeford"}})
                .status == 303);
    REQUIRE(change("/funding/schemes/1/last-year", {{"year", "2011/12"},
                                                    {"money-0-area", "Ayton"},
                                                    {"money-0-amount", "60.00"},
                                                    {"money-1-area", "b"},
                                                    {"money-1-amount", "40.00"},
                                                    {"source", "Paper"}})
                .status == 303);
    REQUIRE(change("/funding/schemes/1/steps/new", {{"type", "direct_shares"}, {"by", "last_year"}}).status == 303);
  }
};

}  // namespace tithing::pots
