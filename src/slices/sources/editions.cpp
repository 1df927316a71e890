#include "slices/sources/editions.h"

#include "base/text.h"

namespace tithing::sources {

namespace {

std::string shown(const Edition& edition) { return shown_file(edition.name, edition.at, edition.source_file); }

Publication publication_of(const Edition& edition) {
  Publication publication;
  publication.source_file = edition.source_file;
  publication.holding = edition.holding;
  return publication;
}

}  // namespace

std::vector<Standing> standings_of(const std::vector<Edition>& there, const std::vector<Choice>& choices) {
  std::vector<Publication> publications;
  for (const Edition& edition : there) publications.push_back(publication_of(edition));
  return standings(publications, choices, Manner::one_counts);
}

EditionPlan plan_edition(const std::string& kind, const std::string& key, const std::string& about,
                         std::vector<Edition> there, std::vector<Choice> choices, const Edition& given,
                         const std::function<std::pair<std::int64_t, std::int64_t>(std::size_t)>& differing) {
  EditionPlan plan;
  plan.there = std::move(there);
  plan.choices = std::move(choices);
  Change& change = plan.change;
  change.kind = kind;
  change.key = key;
  change.about = about;
  std::optional<std::size_t> counting;
  const std::vector<Standing> before = standings_of(plan.there, plan.choices);
  for (std::size_t i = 0; i < plan.there.size(); ++i) {
    plan.publications.push_back(publication_of(plan.there[i]));
    if (plan.there[i].sha256 == given.sha256) plan.known = i;
    if (before[i].state == Standing::State::counts) counting = i;
  }
  if (counting) {
    change.now = shown(plan.there[*counting]);
    change.rows_now = plan.there[*counting].holding.rows;
  }
  change.then = change.now;
  change.rows_then = change.rows_now;
  change.given = plan.known ? shown(plan.there[*plan.known]) : shown_given(given.name);
  change.rows_given = given.holding.rows;
  if (plan.known) {
    change.offered = plan.known != counting;
    change.outcome = change.offered ? shown(plan.there[*plan.known]) +
                                          " was imported before and does not count: " + before[*plan.known].why +
                                          " Nothing changes, unless you choose it."
                                    : "This very file was imported before and counts. Nothing changes.";
    return plan;
  }
  Publication own = publication_of(given);
  own.source_file = -1;
  plan.publications.push_back(own);
  const Standing standing = standings(plan.publications, plan.choices, Manner::one_counts).back();
  if (standing.state == Standing::State::counts) {
    change.then = shown_given(given.name);
    change.rows_then = given.holding.rows;
    change.outcome = counting ? "Takes the place of what counts." : "Nothing counted before.";
    if (counting) {
      const auto [far, shared] = differing(*counting);
      if (is_much(far, shared))
        change.asks = shown_given(given.name) + " contradicts what counts: of " + about + " " +
                      part_text(far, shared, "values that both give") + " are other ones.";
    }
    return plan;
  }
  change.offered = true;
  change.outcome = "Kept and not counted: " + standing.why;
  if (standing.cause == Standing::Cause::much_smaller && counting)
    change.asks = shown_given(given.name) + " says much less of " + about + " than what counts, " + change.now +
                  ": it is without " + loss(plan.there[*counting].holding, given.holding) + ".";
  return plan;
}

std::optional<Choice> choice_of(const EditionPlan& plan, const Manners& manners) {
  const bool asked = !plan.change.asks.empty();
  Choice choice;
  choice.kind = plan.change.kind;
  choice.about = plan.change.key;
  choice.source_file = plan.known ? plan.there[*plan.known].source_file : -1;
  choice.reason = manners.reason;
  if ((asked && (manners.accept_removals || manners.choose)) || (plan.change.offered && manners.choose)) return choice;
  if (!asked || !manners.keep_aside) return std::nullopt;
  choice.verdict = Verdict::set_aside;
  return choice;
}

}  // namespace tithing::sources
