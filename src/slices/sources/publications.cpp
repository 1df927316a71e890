#include "slices/sources/publications.h"

#include <algorithm>
#include <set>

#include "base/date.h"
#include "base/hash.h"
#include "base/text.h"

namespace tithing::sources {

namespace {

constexpr std::int64_t kMuchOfAHundred = 20;
constexpr std::size_t kNamed = 4;

std::string plural_of(const std::string& word) {
  if (word.ends_with("y")) return word.substr(0, word.size() - 1) + "ies";
  return word + "s";
}

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  const std::size_t shown = names.size() > kNamed + 1 ? kNamed : names.size();
  for (std::size_t i = 0; i < shown; ++i)
    text += (i == 0 ? "" : i + 1 == shown && shown == names.size() ? " and " : ", ") + names[i];
  if (shown < names.size()) text += " and " + grouped(static_cast<std::int64_t>(names.size() - shown)) + " more";
  return text;
}

// The month by which data.police.uk names an archive; 0 for any other name.
std::int32_t edition_of(const std::string& archive) {
  const std::string_view name = std::string_view(archive).substr(archive.find_last_of("/\\") + 1);
  if (name.size() < 7 || (name.size() > 7 && name.substr(7) != ".zip")) return 0;
  const Result<Month> month = Month::parse(name.substr(0, 7));
  return month ? month->index() : 0;
}

std::string day_text(const std::string& at) {
  const Result<Date> day = Date::parse(at.substr(0, std::min<std::size_t>(at.size(), 10)));
  return day ? day->text() : at;
}

std::string words_of(const Choice& choice, const char* verb) {
  // A choice that is being made has no day yet.
  std::string text = std::string(verb) + (choice.at.empty() ? std::string() : " on " + day_text(choice.at));
  if (choice.reason.empty()) return text + ".";  // a trial has none yet
  text += ": " + choice.reason;
  return choice.reason.find_last_of(".!?") == choice.reason.size() - 1 ? text : text + ".";
}

}  // namespace

bool is_much(std::int64_t lost, std::int64_t of) { return lost > 0 && lost * 100 > of * kMuchOfAHundred; }

std::string part_text(std::int64_t lost, std::int64_t of, const std::string& unit) {
  const std::int64_t per_cent = of == 0 ? 0 : (lost * 200 + of) / (2 * of);
  return grouped(lost) + " of " + grouped(of) + " " + unit + " (" + std::to_string(per_cent) + "%)";
}

std::string loss(const Holding& former, const Holding& later) {
  std::vector<std::string> lost;
  if (const std::int64_t fewer = former.rows - later.rows; is_much(fewer, former.rows))
    lost.push_back(part_text(fewer, former.rows, former.unit));
  for (const auto& [kind, parts] : former.parts) {
    const auto there = later.parts.find(kind);
    std::vector<std::string> missed;
    for (const auto& [name, rows] : parts) {
      if (rows < kMissed) continue;
      if (there == later.parts.end() || there->second.count(name) == 0) missed.push_back(name);
    }
    if (!missed.empty()) lost.push_back("the " + (missed.size() == 1 ? kind : plural_of(kind)) + " " + listed(missed));
  }
  std::string text;
  for (std::size_t i = 0; i < lost.size(); ++i)
    text += (i == 0 ? "" : i + 1 == lost.size() ? ", and " : ", ") + lost[i];
  return text;
}

std::string_view code_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::counts:
      return "counts";
    case Verdict::set_aside:
      return "set-aside";
    case Verdict::standard:
      return "default";
  }
  return {};
}

std::optional<Verdict> verdict_from(std::string_view code) {
  for (const Verdict verdict : {Verdict::counts, Verdict::set_aside, Verdict::standard})
    if (code_of(verdict) == code) return verdict;
  return std::nullopt;
}

std::vector<Standing> standings(const std::vector<Publication>& publications, const std::vector<Choice>& choices,
                                Manner manner) {
  const Choice* chosen = nullptr;
  std::map<std::int64_t, const Choice*> aside;
  std::map<std::int64_t, const Choice*> counted;  // those that a person has said count, for Manner::all_count
  for (const Choice& choice : choices) {
    switch (choice.verdict) {
      case Verdict::counts:
        chosen = &choice;
        counted[choice.source_file] = &choice;
        aside.erase(choice.source_file);
        break;
      case Verdict::set_aside:
        aside[choice.source_file] = &choice;
        counted.erase(choice.source_file);
        if (chosen != nullptr && chosen->source_file == choice.source_file) chosen = nullptr;
        break;
      case Verdict::standard:
        chosen = nullptr;
        aside.clear();
        counted.clear();
        break;
    }
  }
  using State = Standing::State;
  using Cause = Standing::Cause;
  std::vector<Standing> out(publications.size());
  std::optional<std::size_t> now;
  for (std::size_t i = 0; i < publications.size(); ++i) {
    const Publication& publication = publications[i];
    Standing& standing = out[i];
    if (!publication.readable) {
      standing = {State::unreadable, false, Cause::unreadable, "It cannot be read."};
      continue;
    }
    if (const auto found = aside.find(publication.source_file); found != aside.end()) {
      standing = {State::beside, true, Cause::set_aside, words_of(*found->second, "Set aside")};
      continue;
    }
    if (manner == Manner::all_count) {
      const auto found = counted.find(publication.source_file);
      standing = {State::counts, found != counted.end(), found != counted.end() ? Cause::chosen : Cause::newest,
                  found != counted.end() ? words_of(*found->second, "Chosen") : "It counts beside the others."};
      continue;
    }
    if (!now) {
      now = i;
      standing = {State::counts, false, Cause::first, "The first that was given."};
      continue;
    }
    const Publication& former = publications[*now];
    const std::int32_t edition = edition_of(publication.archive);
    const std::int32_t former_edition = edition_of(former.archive);
    std::string against;
    Cause cause = Cause::newest;
    if (publication.extract) {
      cause = Cause::extract;
      against = "An extract takes no other file's place.";
    } else if (!former.extract && edition != 0 && former_edition != 0 && edition < former_edition) {
      cause = Cause::older_archive;
      against =
          "It is from an older archive than what counted: " + publication.archive + " before " + former.archive + ".";
    } else if (!former.extract) {
      const std::string lost = loss(former.holding, publication.holding);
      cause = Cause::much_smaller;
      if (!lost.empty()) against = "It is much smaller than what counted: without " + lost + ".";
    }
    if (!against.empty()) {
      standing = {State::beside, false, cause, against};
      continue;
    }
    out[*now] = {State::superseded, false, Cause::replaced, "A newer one was given."};
    standing = {State::counts, false, Cause::newest,
                former.extract ? "A file as published goes before an extract." : "The newest that was given."};
    now = i;
  }
  if (manner == Manner::all_count || chosen == nullptr) return out;
  for (std::size_t i = 0; i < publications.size(); ++i) {
    if (publications[i].source_file != chosen->source_file || !publications[i].readable) continue;
    if (now && *now != i)
      out[*now] = {State::superseded, true, Cause::held, words_of(*chosen, "Another one was chosen")};
    out[i] = {State::counts, true, Cause::chosen, words_of(*chosen, "Chosen")};
    break;
  }
  return out;
}

std::string fault_of(const Manners& manners) {
  const int answers = manners.accept_removals + manners.keep_aside + manners.choose;
  if (manners.keep_aside && answers > 1)
    return "Give one answer: either it counts (--accept-removals, --choose) or it is kept and not counted "
           "(--keep-aside).";
  if (answers > 0 && !manners.dry_run && trimmed(manners.reason).empty())
    return "Say why, with --reason \"why\": the choice is kept with its day and its reason.";
  if (manners.reason.size() > 2000) return "The reason is too long: 2,000 characters at most.";
  return {};
}

Change remark(const std::string& key, const std::string& about, const std::string& sentence) {
  Change change;
  change.kind = kRemark;
  change.key = key;
  change.about = about;
  change.outcome = sentence;
  return change;
}

std::string shown_file(const std::string& name, const std::string& imported_at, std::int64_t source_file) {
  return name + (imported_at.empty() ? std::string() : " of " + day_text(imported_at)) + " (file " +
         std::to_string(source_file) + ")";
}

std::string shown_given(const std::string& name) { return name + " (given now)"; }

std::string fingerprint(const std::vector<Change>& changes) {
  std::string all;
  for (const Change& change : changes) {
    if (change.kind == kRemark) continue;
    for (const std::string* text :
         {&change.kind, &change.key, &change.now, &change.then, &change.outcome, &change.asks})
      all += *text + "\x1f";
    all += "\n";
  }
  return sha256(all);
}

bool asks(const std::vector<Change>& changes) {
  return std::any_of(changes.begin(), changes.end(), [](const Change& change) { return !change.asks.empty(); });
}

namespace {

// What is asked, in sentences with a space behind each; empty: nothing.
std::string asked_text(const std::vector<Change>& changes) {
  std::vector<const Change*> asked;
  for (const Change& change : changes)
    if (!change.asks.empty()) asked.push_back(&change);
  std::string text;
  for (std::size_t i = 0; i < asked.size() && i < 3; ++i) text += asked[i]->asks + " ";
  if (asked.size() > 3)
    text += "So it is with " + plural(static_cast<std::int64_t>(asked.size() - 3), "further thing", "further things") +
            ". ";
  return text;
}

}  // namespace

std::string refusal(const std::vector<Change>& changes) {
  const std::string text = asked_text(changes);
  if (text.empty()) return {};
  return text +
         "Nothing was changed. If it is right, repeat with --accept-removals --reason \"why\". To keep it without "
         "counting it, repeat with --keep-aside --reason \"why\". With --dry-run all changes are shown.";
}

std::string_view code_of(Trial trial) {
  switch (trial) {
    case Trial::imports:
      return "would-import";
    case Trial::changes_nothing:
      return "would-change-nothing";
    case Trial::refused:
      return "would-be-refused";
  }
  return {};
}

bool answered(const Manners& manners) { return manners.accept_removals || manners.keep_aside || manners.choose; }

Trial trial_of(const std::vector<Change>& changes, const Manners& manners, bool anything) {
  if (asks(changes) && !answered(manners)) return Trial::refused;
  return anything ? Trial::imports : Trial::changes_nothing;
}

std::vector<Change> settled(std::vector<Change> changes, const Manners& manners) {
  if (!answered(manners)) return changes;
  for (Change& change : changes) {
    const bool asked = !change.asks.empty();
    const bool counts = (asked && (manners.accept_removals || manners.choose)) || (change.offered && manners.choose);
    if (counts) {
      change.then = change.given;
      change.rows_then = change.rows_given;
      change.outcome = change.given + " would count, by choice." + (asked ? " " + change.asks : std::string());
    } else if (asked && manners.keep_aside) {
      change.then = change.now;
      change.rows_then = change.rows_now;
      change.outcome = change.given + " would be kept and not counted, by choice. " + change.asks;
    } else {
      continue;
    }
    change.asks.clear();
    change.offered = false;
  }
  return changes;
}

std::string trial_refusal(const std::vector<Change>& changes) {
  return "It would be refused, because it asks first. " + asked_text(changes) +
         "If it is right, import it with --accept-removals --reason \"why\"; to keep it without counting it, with "
         "--keep-aside "
         "--reason \"why\".";
}

std::string choice_outcome(const std::string& then, std::size_t files, bool would) {
  if (then.empty()) return would ? "Nothing would count." : "Nothing counts from now on.";
  return then + (would ? " would count." : files == 1 ? " counts from now on." : " count from now on.");
}

}  // namespace tithing::sources
