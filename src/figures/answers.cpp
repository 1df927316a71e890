#include "figures/answers.h"

#include "base/long_work.h"

namespace tithing::figures {

bool is_visitor(const Viewer& viewer) { return !viewer.reach.actor().signed_in() && !viewer.reach.actor().trusted(); }

std::string told_to(const Viewer& viewer) {
  const Actor& actor = viewer.reach.actor();
  std::string out = viewer.protect_small_numbers ? "protected" : "whole";
  // A visitor's answer is the same on every day until the register or the evidence changes: its figure says as at when.
  if (is_visitor(viewer)) return out + "|visitor";
  out += "|" + viewer.today.iso() + "|" + actor.audit_name();
  for (const Grant& grant : actor.grants())
    out += "|" + std::string(code_of(grant.role)) + "," + grant.organisation + "," + grant.area_code;
  return out;
}

std::size_t bytes_of(const Figure& figure) {
  std::size_t bytes = sizeof(Figure) + figure.working.title.size() + figure.working.in_words.size() +
                      figure.working.formula.size() + figure.coverage.present * sizeof(int);
  for (const auto* sentences : {&figure.working.caveats, &figure.coverage.missing, &figure.coverage.suspect,
                                &figure.coverage.notes, &figure.coverage.without})
    for (const std::string& sentence : *sentences) bytes += sizeof(std::string) + sentence.size();
  for (const Input& input : figure.working.inputs) {
    bytes += sizeof(Input) + input.label.size() + input.given.text().size();
    if (input.source) bytes += 400;
    if (input.figure != nullptr) bytes += bytes_of(*input.figure);
  }
  return bytes;
}

std::shared_ptr<const Figure> Answers::find(const std::string& whom, const Address& address, const std::string& known) {
  const std::lock_guard lock(mutex_);
  const auto found = by_key_.find(whom + "|" + address.path());
  if (found == by_key_.end() || found->second->known != known) return nullptr;
  kept_.splice(kept_.begin(), kept_, found->second);
  return found->second->figure;
}

void Answers::keep(const std::string& whom, const Address& address, const std::string& known, Figure figure) {
  const std::size_t bytes = bytes_of(figure);
  if (bytes > most_) return;
  auto value = std::make_shared<const Figure>(std::move(figure));
  const std::lock_guard lock(mutex_);
  const std::string key = whom + "|" + address.path();
  if (const auto found = by_key_.find(key); found != by_key_.end()) drop(found->second);
  kept_.push_front({key, known, address, std::move(value), bytes});
  by_key_.emplace(key, kept_.begin());
  bytes_ += bytes;
  while (bytes_ > most_ && !kept_.empty()) drop(std::prev(kept_.end()));
}

void Answers::forget_all_but(const std::string& known) {
  const std::lock_guard lock(mutex_);
  for (auto each = kept_.begin(); each != kept_.end();) {
    const auto here = each++;
    if (here->known != known) drop(here);
  }
}

std::size_t Answers::bytes() const {
  const std::lock_guard lock(mutex_);
  return bytes_;
}

std::optional<Address> Answers::like(const Address& address, const std::string& known) const {
  const std::lock_guard lock(mutex_);
  for (const Kept& one : kept_)
    if (one.known == known && one.address.kind == address.kind &&
        one.address.parameters.get("area") == address.parameters.get("area"))
      return one.address;
  return std::nullopt;
}

void Answers::drop(std::list<Kept>::iterator which) {
  bytes_ -= which->bytes;
  by_key_.erase(which->key);
  kept_.erase(which);
}

std::vector<Address> Registry::views_for_visitors(Date today) const {
  std::vector<Address> all;
  for (const Views& views : views_)
    for (const Address& view : views(today)) all.push_back(canonical(view));
  return all;
}

void Registry::forget_former() const {
  const std::string now = known();
  for_accounts_->forget_all_but(now);
  for_visitors_->forget_all_but(now);
}

std::size_t Registry::bytes_kept() const { return for_accounts_->bytes() + for_visitors_->bytes(); }

// Always with its working: what is kept is good for a table and for the page that explains it.
Result<Figure> Registry::heavy(const Kind& kind, const Address& whole, const Viewer& viewer) const {
  const bool visitor = is_visitor(viewer);
  const std::string known_now = known(), whom = told_to(viewer);
  Answers& answers = visitor ? *for_visitors_ : *for_accounts_;
  if (!known_now.empty())
    if (const auto kept = answers.find(whom, whole, known_now)) return *kept;
  const Place place = place_of_work();
  if (visitor && (place == Place::page || place == Place::queue)) {
    std::string sentence = kind.title +
                           " takes long to work out, so it is done for people with an account: sign in, and ask for it "
                           "again.";
    if (const auto there = answers.like(whole, known_now))
      sentence += " Without an account there is, of this area: " + there->path();
    return forbidden(std::move(sentence));
  }
  // What it rests on may be there already; where it is not, what works it out says that it is long work.
  auto figure = kind.compute(whole.parameters, viewer, Detail::working);
  check_stop();
  // What visitors may have is kept by the job alone: what somebody else's question made is not theirs.
  if (figure && !known_now.empty() && (!visitor || place == Place::keeping) && known_now == known())
    answers.keep(whom, whole, known_now, *figure);
  return figure;
}

}  // namespace tithing::figures
