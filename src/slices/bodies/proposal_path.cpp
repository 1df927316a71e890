#include "slices/bodies/proposal_path.h"

#include "slices/bodies/bodies.h"

namespace tithing::bodies {
namespace {

using path::Asks;

constexpr path::State kStates[] = {
    {"open", marked("Open"), marked("It is being put together, and tried on the register each time that it is shown.")},
    {"enacted", marked("Enacted"), marked("The register has changed as it says, by one change."), true},
    {"withdrawn", marked("Withdrawn"),
     marked("It was given up. It stays in the list, and the register did not change."), true},
};

path::Obstacles all_of_it_fits(const ProposalFacts& facts) {
  if (facts.proposal.edits.empty()) return {"There is nothing in this proposal yet."};
  path::Obstacles out;
  for (const ProposedEdit& one : facts.proposal.edits)
    if (const auto misfit = facts.applied.misfits.find(one.id); misfit != facts.applied.misfits.end())
      out.push_back("It cannot be enacted, because an edit does not fit: " + words_of(facts.applied.draft, one.edit) +
                    ". " + misfit->second.message);
  return out;
}

constexpr path::Move<ProposalFacts> kMoves[] = {
    {.from = "open",
     .to = "enacted",
     .code = "enact",
     .name = marked("Enact it"),
     .who = &kEditBodies,
     .needs = all_of_it_fits,
     .needs_words = marked("there is something in it, and every edit fits on the register as it is now"),
     .asks = Asks::own_form,
     .sentence = "Enacted {name}: {reason}"},
    {.from = "open",
     .to = "withdrawn",
     .code = "withdraw",
     .name = marked("Withdraw it"),
     .who = &kEditBodies,
     .asks = Asks::own_form,
     .sentence = "Withdrew {name}: {reason}",
     .warning = true},
};

}  // namespace

const path::Path<ProposalFacts> kProposalPath{"bodies.proposal", kStates, kMoves};

records::Standing standing_of(const Proposal& proposal) {
  return {.name = "proposal " + std::to_string(proposal.number) + ", " + proposal.title,
          .address = "/bodies/proposals/" + std::to_string(proposal.number),
          .whose = Whose::shared(),
          .version = proposal.version,
          .state = std::string(code_of(proposal.state))};
}

}  // namespace tithing::bodies
