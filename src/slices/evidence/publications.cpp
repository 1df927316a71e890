#include "slices/evidence/publications.h"

namespace tithing::evidence {

Decision decide(const std::vector<Publication>& of_this_force_month, bool is_extract, const std::string& sha256) {
  bool something_counts = false;
  for (const Publication& publication : of_this_force_month) {
    if (publication.sha256 == sha256) return Decision::known;
    something_counts = something_counts || publication.state == PublicationState::counts;
  }
  if (!something_counts) return Decision::takes;
  return is_extract ? Decision::set_aside : Decision::replaces;
}

}  // namespace tithing::evidence
