#include "trust/random_schemes.h"

#include <random>
#include <vector>

namespace second {
namespace {

std::string quoted(const std::string& text) { return "\"" + text + "\""; }
std::string money(std::int64_t pence) {
  const std::string rest = std::to_string(pence % 100);
  return quoted(std::to_string(pence / 100) + "." + (rest.size() < 2 ? "0" : "") + rest);
}

class Maker {
 public:
  explicit Maker(std::uint64_t seed) : random_(seed * 2654435761u + 17) {}

  std::string make() {
    const std::int64_t count = between(1, 9);
    for (std::int64_t i = 0; i < count; ++i)
      keys_.push_back(std::string(1, static_cast<char>('a' + (i * 5) % 26)) + std::to_string(between(0, 9)) +
                      std::to_string(i));
    unit_ = std::vector<std::int64_t>{1, 1, 100, 100, 1000, 7}[static_cast<std::size_t>(between(0, 5))];
    std::string out = R"({"title":"Made up by chance","financial_year":"2012/13","pot":{"funds":[)" + funds() + "]" +
                      top_slices() + "},";
    out +=
        R"("areas":[)" + areas() + "]," + last_year() + R"("steps":[)" + steps() + "]," + rounding() + tranches() + "}";
    return out;
  }

 private:
  std::int64_t between(std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(high - low + 1));
  }
  bool chance(int percent) { return between(1, 100) <= percent; }
  std::string percent(std::int64_t low, std::int64_t high) {
    const std::int64_t whole = between(low, high);
    return quoted(chance(25) && whole < high ? std::to_string(whole) + "." + std::to_string(between(1, 9))
                                             : std::to_string(whole));
  }

  std::string funds() {
    std::string out;
    const std::int64_t count = between(1, 3);
    for (std::int64_t i = 0; i < count; ++i) {
      const std::int64_t most[] = {5, 1'000, 1'000'000, 100'000'000, 900'000'000'000};
      const std::int64_t pence = between(0, most[between(0, 4)]);
      const bool unknown = i > 0 && chance(30);
      if (!unknown) pot_ += pence;
      out += (i == 0 ? "" : ",") + (R"({"name":"Fund )" + std::to_string(i)) + R"(","amount":)" +
             (unknown ? quoted("TBC") : money(pence)) + "}";
    }
    left_ = pot_;
    return out;
  }

  std::string top_slices() {
    if (!chance(25)) return "";
    holds_.push_back("Reviews");
    left_ -= left_ / 5;
    return R"(,"top_slices":[{"purpose":"Reviews",)" +
           (chance(50) ? "\"percent\":" + percent(0, 20) : "\"amount\":" + money(between(0, pot_ / 5))) + "}]";
  }

  std::string areas() {
    std::string out;
    for (const std::string& key : keys_) {
      std::string authorities;
      const std::int64_t count = between(1, 4);
      for (std::int64_t i = 0; i < count; ++i)
        authorities += (i == 0 ? "" : ",") + quoted(key + " council " + std::to_string(i));
      out += (out.empty() ? "" : ",") + (R"({"key":)" + quoted(key)) + R"(,"name":"Area )" + key +
             R"(","authorities":[)" + authorities + "]}";
    }
    return out;
  }

  // A merger, a split and an area that nobody preceded among them.
  std::string last_year() {
    const std::int64_t each = std::max<std::int64_t>(1, pot_ / static_cast<std::int64_t>(keys_.size()));
    const auto amount = [&] { return chance(7) ? money(0) : money(between(each / 3, each * 2)); };
    std::string amounts, succession;
    const auto add = [&](const std::string& key) {
      amounts += (amounts.empty() ? "" : ",") + quoted(key) + ":" + amount();
    };
    std::size_t from = 0;
    if (keys_.size() > 2 && chance(30)) {
      add("old town");
      const std::int64_t part = between(0, 100);
      succession = R"({"before":["old town"],"after":[{"area":)" + quoted(keys_[0]) + R"(,"percent":")" +
                   std::to_string(part) + R"("},{"area":)" + quoted(keys_[1]) + R"(,"percent":")" +
                   std::to_string(100 - part) + R"("}]})";
      from = 2;
    } else if (chance(30)) {
      add("east");
      add("west");
      succession = R"({"before":["east","west"],"after":[)" + quoted(keys_[0]) + "]}";
      from = 1;
    }
    for (std::size_t i = from; i < keys_.size(); ++i)
      if (!(chance(10) && chance(10))) add(keys_[i]);
    return R"("last_year":{"financial_year":"2011/12","amounts":{)" + amounts + "}}," +
           (succession.empty() ? "" : "\"succession\":[" + succession + "],");
  }

  std::string only() {
    if (!chance(35)) return "";
    std::string out;
    for (const std::string& key : keys_)
      if (chance(50)) out += (out.empty() ? "" : ",") + quoted(key);
    return out.empty() ? "" : ",\"areas\":[" + out + "]";
  }

  // Of what probably remains, so that most schemes can be worked out.
  std::string size(const std::string& share) {
    if (chance(35)) {
      left_ = 0;  // what comes behind finds nothing, and must not ask for an amount
      return "";
    }
    if (chance(50)) {
      const std::int64_t whole = between(0, 100);
      left_ -= left_ / 100 * whole + left_ % 100;
      left_ = std::max<std::int64_t>(left_, 0);
      return ",\"" + share + "\":" + quoted(std::to_string(whole));
    }
    const std::int64_t pence = between(0, left_ / 2);
    left_ -= pence;
    return ",\"amount\":" + money(pence);
  }

  std::string steps() {
    std::string out;
    bool phased = false;
    const std::int64_t count = between(1, 7);
    if (chance(80)) out = shares();
    for (std::int64_t i = 0; i < count; ++i) {
      std::string step;
      const std::int64_t kind = between(1, 100);
      if (kind <= 14)
        step = hold_back();
      else if (kind <= 22)
        step = fixed_amount();
      else if (kind <= 40)
        step = shares();
      else if (kind <= 80)
        step = limit();
      else if (kind <= 87)
        step = phase_in(phased);
      else if (kind <= 94)
        step = override_of();
      else
        step = over_programming();
      if (!step.empty()) out += (out.empty() ? "" : ",") + step;
    }
    if (out.empty()) out = shares();
    return out;
  }

  std::string hold_back() {
    const char* const of[] = {"", R"(,"of":"pot")", R"(,"of":"remaining")", R"(,"of":"allocations")"};
    const std::int64_t which = between(0, 3);
    const std::string purpose = chance(80) ? "Central" : "Retained";
    holds_.push_back(purpose);
    std::string much = "\"percent\":" + percent(0, 15);
    if (chance(40)) {
      const std::int64_t pence = between(0, left_ / 8);
      if (which != 3) left_ -= pence;
      much = "\"amount\":" + money(pence);
    }
    return R"({"type":"hold_back","purpose":)" + quoted(purpose) + "," + much + of[which] + "}";
  }

  std::string fixed_amount() {
    const std::int64_t each =
        between(0, std::max<std::int64_t>(0, left_ / static_cast<std::int64_t>(keys_.size()) / 12));
    left_ -= each * static_cast<std::int64_t>(keys_.size()) * 4;
    return R"({"type":"fixed_amount","amount":)" + money(each) + (chance(50) ? R"(,"per":"authority")" : "") + only() +
           "}";
  }

  std::string shares() {
    const std::int64_t kind = between(0, 4);
    if (kind >= 3) return R"({"type":"direct_shares","by":"last_year")" + size("percent") + "}";
    if (kind == 2) {
      std::string values;
      const bool amounts = chance(50);
      std::int64_t left = 100;
      for (std::size_t i = 0; i < keys_.size(); ++i) {
        const std::int64_t part = i + 1 == keys_.size() ? left : between(0, left);
        left -= part;
        values += (i == 0 ? "" : ",") + quoted(keys_[i]) + ":" +
                  (amounts ? money(between(i == 0 ? 1 : 0, 1'000'000)) : quoted(std::to_string(part)));
      }
      return std::string(R"({"type":"direct_shares","by":)") +
             (amounts ? R"("amounts","amounts":{)" : R"("percentages","percentages":{)") + values + "}" +
             (amounts ? "" : size("percent")) + "}";
    }
    std::string indicators;
    const std::int64_t count = between(1, 4);
    std::int64_t left = 1000;
    for (std::int64_t k = 0; k < count; ++k) {
      const std::int64_t weight = k + 1 == count ? left : between(0, left);
      left -= weight;
      indicators += (k == 0 ? "" : ",") + indicator("Indicator " + std::to_string(k), weight);
    }
    return R"({"type":"weighted_indicators","indicators":[)" + indicators + "]" + size("percent") + "}";
  }

  std::string indicator(const std::string& name, std::int64_t tenths) {
    const std::int64_t kind = between(0, 2);  // count, rate, share
    const bool periods = chance(25);
    const auto value = [&](bool more_than_nought) {
      const std::int64_t number = between(more_than_nought ? 1 : 0, kind == 2 ? 99 : 50'000);
      const std::string text =
          chance(20)   ? quoted(std::to_string(number) + "." + std::to_string(between(0, 99) + 100).substr(1))
          : chance(10) ? quoted(std::to_string(number) + "/3")
                       : std::to_string(number);
      return kind == 1 ? R"({"value":)" + text + R"(,"base":)" + std::to_string(between(1, 400'000)) + "}" : text;
    };
    std::string values;
    for (std::size_t i = 0; i < keys_.size(); ++i)
      values += (i == 0 ? "" : ",") + quoted(keys_[i]) + ":" +
                (periods ? R"({"2010":)" + value(i == 0) + R"(,"2011":)" + value(i == 0) + "}" : value(i == 0));
    const char* const transforms[] = {"", R"(,"transform":"rate","per":1000)", R"(,"transform":"share")"};
    // Two decimals, so that the rate of the first area is hardly ever rounded to nought.
    return R"({"name":)" + quoted(name) + R"(,"weight":")" + std::to_string(tenths / 10) + "." +
           std::to_string(tenths % 10) + "\"" + transforms[kind] +
           (chance(25) ? R"(,"decimals":)" + std::to_string(between(kind == 1 ? 4 : 0, 5)) : "") + R"(,"values":{)" +
           values + "}}";
  }

  std::string limit() {
    const std::int64_t each = std::max<std::int64_t>(1, pot_ / static_cast<std::int64_t>(keys_.size()));
    const std::string when = chance(70)   ? R"(,"when_short":"in_proportion")"
                             : chance(30) ? R"(,"when_short":"refuse")"
                                          : "";
    switch (between(0, 3)) {
      case 0:
        return R"({"type":"floor")" + bound(0, each * 2 / 3, 0, 60) + when + "}";
      case 1:
        return R"({"type":"cap")" + bound(each / 3, each * 2, 40, 160) + "}";
      case 2:
        return R"({"type":"hold_harmless",)" +
               (chance(50) ? "\"most_lost_percent\":" + percent(0, 100) : "\"most_lost\":" + money(between(0, each))) +
               only() + when + "}";
      default:
        return R"({"type":"gain_limit",)" +
               (chance(50) ? "\"most_gained_percent\":" + percent(0, 80)
                           : "\"most_gained\":" + money(between(0, each))) +
               only() + "}";
    }
  }

  std::string bound(std::int64_t low, std::int64_t high, std::int64_t low_percent, std::int64_t high_percent) {
    const std::int64_t kind = between(0, 2);
    if (kind == 0) return ",\"amount\":" + money(between(low, high)) + only();
    if (kind == 1) return ",\"percent_of_last_year\":" + percent(low_percent, high_percent) + only();
    std::string own;
    for (const std::string& key : keys_)
      if (chance(50) || own.empty()) own += (own.empty() ? "" : ",") + quoted(key) + ":" + money(between(low, high));
    return ",\"by_area\":{" + own + "}";
  }

  std::string phase_in(bool& phased) {
    if (phased) return "";
    phased = true;
    const std::int64_t years = between(1, 5), year = between(1, years);
    if (chance(50))
      return R"({"type":"phase_in","years":)" + std::to_string(years) + R"(,"year":)" + std::to_string(year) + "}";
    std::string path;
    std::int64_t at = 0;
    for (std::int64_t k = 0; k < years; ++k) {
      at = between(at, 100);
      path += (k == 0 ? "" : ",") + quoted(std::to_string(at));
    }
    return R"({"type":"phase_in","path":[)" + path + R"(],"year":)" + std::to_string(year) + "}";
  }

  std::string override_of() {
    const std::int64_t most = pot_ / static_cast<std::int64_t>(keys_.size());
    return R"({"type":"override","area":)" +
           quoted(keys_[static_cast<std::size_t>(between(0, static_cast<std::int64_t>(keys_.size()) - 1))]) +
           R"(,"value":)" + money(between(0, most) / unit_ * unit_) + R"(,"reason":"made up","approver":"Chance"})";
  }

  std::string over_programming() {
    return R"({"type":"over_programming",)" +
           (chance(50) ? "\"percent\":" + percent(0, 20) : "\"amount\":" + money(between(0, pot_ / 5))) +
           R"(,"underwritten_by":"Treasurer"})";
  }

  std::string rounding() {
    const char* const rules[] = {"nearest", "truncate", "largest_remainder", "rest_to"};
    const std::string rule = rules[between(0, 3)];
    std::string out = R"("rounding":{"unit":)" + money(unit_) + R"(,"rule":)" + quoted(rule);
    if (rule == "rest_to" || chance(30)) {
      const bool held = !holds_.empty() && chance(50);
      out += R"(,"rest_to":)" +
             quoted(held ? holds_[static_cast<std::size_t>(between(0, static_cast<std::int64_t>(holds_.size()) - 1))]
                         : keys_[static_cast<std::size_t>(between(0, static_cast<std::int64_t>(keys_.size()) - 1))]);
    }
    if (rule == "nearest" && chance(80)) out += R"(,"may_exceed":true)";
    return out + "}";
  }

  std::string tranches() {
    if (!chance(25)) return "";
    const std::int64_t first = between(0, 100), second = between(0, 100 - first);
    return R"(,"tranches":[{"name":"April","percent":")" + std::to_string(first) +
           R"("},{"name":"August","percent":")" + std::to_string(second) + R"("},{"name":"December","percent":")" +
           std::to_string(100 - first - second) + R"("}])";
  }

  std::mt19937_64 random_;
  std::vector<std::string> keys_, holds_;
  std::int64_t pot_ = 0, left_ = 0, unit_ = 1;
};

}  // namespace

std::string random_scheme(std::uint64_t seed) { return Maker(seed).make(); }

}  // namespace second
