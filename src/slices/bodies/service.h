// The slice's service: the newest register, shared by all requests, and what may be done to it.
#pragma once

#include <limits>
#include <mutex>

#include "slices/bodies/commands.h"
#include "slices/bodies/commands_proposals.h"
#include "slices/bodies/store.h"
#include "slices/register/register.h"

namespace tithing {
struct Wiring;
}

namespace tithing::bodies {

struct DeliveredFile;

// A proposal as it is tried on the register as it is now. Where it has been decided, the register itself: what was
// enacted is in it, and what was withdrawn is in none.
struct Under {
  Proposal proposal;
  std::shared_ptr<const Register> known;
  Applied applied;
};

class BodiesService : public Service {
 public:
  BodiesService(Wiring& wiring, register_::Service& areas) : wiring_(wiring), areas_(areas) {}

  std::vector<BodyLine> bodies_of(std::string_view area_code, Date as_at) override;
  Result<BodyLine> body(std::string_view code, Date as_at) override;
  std::vector<BodyLine> find_bodies(std::string_view text, Date as_at, int limit) override;
  std::string became(std::string_view code, Date as_at) override;

  void months_of_evidence_from(std::function<std::optional<Period>()> ask) override { months_ = std::move(ask); }
  std::optional<Period> months_of_evidence() const { return months_ ? months_() : std::nullopt; }

  // A change made by this process is seen at once, one by another within a second.
  std::shared_ptr<const Register> known();
  std::shared_ptr<const register_::Areas> areas() { return areas_.areas(); }
  // Codes of bodies that ever served the area or one within it on that day, sorted; empty code: all.
  std::vector<std::string> in_area(const Register& all, std::string_view area_code, Date as_at);

  // For the commands (commands.h, commands_proposals.h).
  Keeping keeping(const Actor& actor);
  Scope scope_of(const Actor& actor);  // whose records the actor may change, as at today
  Status may_change(const Actor& actor, const Fact& fact);
  Status may_undo(const Actor& actor, std::int64_t number);
  Result<Done> make_change(const Actor& actor, const std::vector<Edit>& edits, const std::string& reason);
  Result<ImportReport> import(const Actor& actor, const std::string& bytes, const std::string& file_name,
                              const std::vector<std::pair<std::string, std::string>>& mapping, bool dry_run,
                              const std::string& reason);
  Result<ImportReport> import(const Actor& actor, const FactRows& file, const std::string& file_name,
                              const std::vector<std::pair<std::string, std::string>>& mapping, bool dry_run,
                              const std::string& reason);
  Result<Done> undo(const Actor& actor, std::int64_t number, const std::string& reason);

  // Proposals are for people who are signed in. not_found, forbidden.
  Result<std::shared_ptr<const Under>> under(const Actor& actor, std::int64_t number);
  std::vector<Proposal> proposals(const std::string& state, int limit, int offset);
  std::int64_t count_proposals(const std::string& state);
  std::optional<std::int64_t> proposal_enacted_in(std::int64_t change);
  std::vector<path::Event> events_of_proposal(std::int64_t number);
  // forbidden where the actor's scope does not reach to all that is in it: then it can only be read.
  Status may_change(const Actor& actor, const Under& under);
  Result<Done> enact_proposal(const Actor& actor, std::int64_t number, std::int64_t seen_version,
                              std::int64_t seen_register, const std::string& reason, const Instrument& instrument);
  Status deliver_proposals();  // those of the demonstration; repeatable

  Status deliver_reference();   // kinds, functions, rules, bank holidays; repeatable
  Status deliver_workspaces();  // the demonstration; repeatable

  std::vector<Fact> history_of(const std::string& body, int limit);
  std::vector<Fact> versions_of(std::int64_t record);
  // Newest first, as far as they were made before `until`.
  std::vector<store::Change> changes(int limit, int offset, Instant until = kForever);
  std::int64_t count_changes(Instant until = kForever);
  std::optional<store::Change> change(std::int64_t number);
  std::optional<std::int64_t> undone_by(std::int64_t number);
  std::vector<Fact> added_in(std::int64_t change);
  std::vector<Fact> removed_in(std::int64_t change);

  static constexpr Instant kForever{std::numeric_limits<std::int64_t>::max()};

 private:
  // What a command has done is seen at once.
  template <class Answer>
  Answer seen_at_once(Answer answer) {
    const std::lock_guard lock(mutex_);
    checked_at_ = 0;
    return answer;
  }
  Status deliver(const DeliveredFile& file);
  Wiring& wiring_;
  register_::Service& areas_;
  std::function<std::optional<Period>()> months_;
  std::mutex mutex_;
  std::shared_ptr<const Register> known_;
  std::vector<std::shared_ptr<const Under>> under_;  // those that were asked for last
  std::int64_t checked_at_ = 0;                      // milliseconds of the steady clock
};

}  // namespace tithing::bodies
