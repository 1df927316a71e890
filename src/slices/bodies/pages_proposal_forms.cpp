// The forms of a proposal: making and wording it, taking edits out and putting them back, withdrawing and enacting it.
#include <algorithm>

#include "base/translation.h"
#include "slices/bodies/pages_proposals.h"
#include "slices/bodies/proposal_path.h"

namespace tithing::bodies {
namespace {

std::int64_t number_in(const Context& context) { return number_of(context.parameter("number")); }
std::int64_t version_in(const Context& context) { return number_of(context.form_value("version")); }

// The proposal of the address, which is open, and which the actor may change.
Result<std::shared_ptr<const Under>> open_one(const Work& work) {
  auto under = work.service.under(work.context.actor, number_in(work.context));
  if (!under) return under;
  if (Status allowed = work.service.may_change(work.context.actor, **under); !allowed) return pass_on(allowed);
  if ((*under)->proposal.state != Proposal::State::open)
    return conflict(tr("This proposal has been decided already. Nothing was changed."));
  return under;
}

// What went wrong with a button on the page of the proposal, or on the way to a form of it, is said there, above what
// is in it now.
Answer refused(const Work& work, const Problem& problem) {
  return problem.kind == ProblemKind::conflict || problem.kind == ProblemKind::invalid
             ? proposal_answer(work.service, work.context, problem)
             : web::problem_page(work.context, problem);
}

// A page of the open proposal of the address, with what was wrong with what it sent.
using Page = Answer (*)(const Work& work, const Under& under, const Problem& problem);
Answer with_open(const Work& work, Page page, const Problem& problem = {}) {
  const auto under = open_one(work);
  return under ? page(work, **under, problem) : refused(work, under.error());
}

Answer pressed(const Work& work, const Status& done) {
  return done ? web::redirect(proposal_page(number_in(work.context), "", work.context)) : refused(work, done.error());
}

const std::vector<forms::Field>& word_fields() {
  static const std::vector<forms::Field> fields = {
      {.name = "title", .label = tr("Title"), .hint = tr("By which people will know it.")},
      {.name = "reason",
       .label = tr("Reason"),
       .kind = forms::Kind::long_text,
       .hint = tr("What it is for, who proposes it, and in which paper."),
       .rows = 4}};
  return fields;
}

Message words_title(std::int64_t number) {
  return number == 0 ? tr("Make a proposal") : tr("Title and reason of proposal {0}", {std::to_string(number)});
}

drafts::Form words_draft(const Context& context, std::int64_t number, std::int64_t version) {
  const std::string id = std::to_string(number), title = words_title(number).in(context.language).text;
  if (number == 0) return {"bodies.proposal/new", title, "/bodies/proposals/new", ""};
  return {"bodies.proposal/" + id, title, Url::path("/bodies/proposals/{}/words", {id}).text(),
          std::to_string(version)};
}

// Title and reason, for a new one (number 0) and for one that is there.
Answer words_page(const Work& work, std::int64_t number, std::int64_t version, forms::Values values,
                  const Problem& problem = {}) {
  const Context& context = work.context;
  forms::Sheet sheet{
      .options = proposal_options(words_title(number), context),
      .action = number > 0 ? proposal_page(number, "/words", context) : web::carry(context, Url("/bodies/proposals")),
      .draft = words_draft(context, number, version),
      .fields = word_fields(),
      .save = number > 0 ? tr("Save") : tr("Make the proposal")};
  sheet.options.as_at_control = false;
  sheet.options.narrow = true;
  if (number > 0) {
    values["version"] = std::to_string(version);
  } else {
    Writer after(context.language);
    paragraph(after, tr("Its edits come after: on the pages of the register as they are under the proposal, by the "
                        "same forms as a change."));
    sheet.after = after.take();
  }
  return forms::sheet_page(work.database(), context, std::move(sheet), values, problem);
}

Answer words_overtaken(const Work& work, const forms::Values& typed, std::int64_t seen, const Proposal& now) {
  return forms::overtaken_page(work.context,
                               forms::overtaken(words_draft(work.context, now.number, seen), word_fields(), {}, typed,
                                                {{"title", now.title}, {"reason", now.reason}}, work.context.language));
}

Answer new_get(const Work& work) {
  const auto kept = drafts::find(work.database(), work.context.actor, words_draft(work.context, 0, 0).key);
  return words_page(work, 0, 0, kept ? forms::values_in(*kept) : forms::Values());
}

Answer words_again(const Work& work, const Under& under, const Problem&) {
  const Proposal& now = under.proposal;
  const auto kept = drafts::find(work.database(), work.context.actor, words_draft(work.context, now.number, 0).key);
  if (kept && number_of(kept->form.version) != now.version && work.context.query_value("draft") != "merged")
    return words_overtaken(work, forms::values_in(*kept), number_of(kept->form.version), now);
  return words_page(work, now.number, now.version,
                    kept ? forms::values_in(*kept) : forms::Values{{"title", now.title}, {"reason", now.reason}});
}

// Of a new one (without a number in the address) and of one that is there.
Answer words_post(const Work& work) {
  const std::int64_t number = number_in(work.context), version = version_in(work.context);
  const forms::Values values = forms::values_in(work.context);
  const drafts::Form draft = words_draft(work.context, number, version);
  drafts::keep_posted(work.database(), work.context, draft);
  const std::string title = forms::at(values, "title"), reason = forms::at(values, "reason");
  const Keeping keeping = work.service.keeping(work.context.actor);
  const Result<std::int64_t> saved = [&]() -> Result<std::int64_t> {
    if (number == 0) return make_proposal(keeping, title, reason);
    if (const Status done = reword_proposal(keeping, number, version, title, reason); !done) return pass_on(done);
    return number;
  }();
  if (saved) {
    drafts::end(work.database(), work.context.actor, draft.key);
    return web::redirect(proposal_page(*saved, "", work.context));
  }
  if (saved.error().kind == ProblemKind::conflict)
    if (const auto under = open_one(work)) return words_overtaken(work, values, version, (*under)->proposal);
  return saved.error().kind == ProblemKind::invalid ? words_page(work, number, version, values, saved.error())
                                                    : web::problem_page(work.context, saved.error());
}

// Where bodies merge, split, end or follow one another, somebody has decided it elsewhere.
bool asks_for_instrument(const Proposal& proposal) {
  return std::any_of(proposal.edits.begin(), proposal.edits.end(), [](const ProposedEdit& one) {
    return one.edit.fact.kind == FactKind::succession && one.edit.action != Edit::Action::remove &&
           one.edit.fact.state.empty();
  });
}

std::vector<forms::Field> decide_fields(bool instrument) {
  std::vector<forms::Field> fields = instrument ? instrument_fields() : std::vector<forms::Field>();
  if (instrument)
    fields.front().hint =
        tr("The register records what was decided elsewhere. Where nobody has decided it yet, it stays a proposal.");
  fields.push_back({.name = "reason",
                    .label = tr("Reason"),
                    .kind = forms::Kind::long_text,
                    .hint = tr("Such as the order or the minute by which it was decided. "
                               "Everyone who may read the audit will see it.")});
  return fields;
}

// A page between the proposal and what becomes of it: what is done, then the form.
Answer last_page(const Work& work, const Proposal& proposal, const Content& title, const char* further,
                 forms::Sheet sheet, const forms::Values& more, const Problem& problem) {
  sheet.options = proposal_options(title, work.context);
  sheet.options.breadcrumbs.push_back({proposal.title, proposal_page(proposal.number, "", work.context), false});
  sheet.options.as_at_control = false;
  sheet.action = proposal_page(proposal.number, further, work.context);
  forms::Values values = forms::values_in(work.context);
  values["version"] = std::to_string(proposal.version);
  for (const auto& [name, value] : more) values[name] = value;
  return forms::sheet_page(work.database(), work.context, std::move(sheet), values, problem);
}

// The last page before it is enacted shows all that comes and goes.
Answer enact_page(const Work& work, const Under& under, const Problem& problem) {
  const Proposal& proposal = under.proposal;
  Writer before(work.context.language);
  paragraph(before, tr("The register changes at once, by one change with all that follows. It can be undone as long "
                       "as nothing later rests on it."));
  put_facts(before, under, work.context);
  forms::Sheet sheet{.fields = decide_fields(asks_for_instrument(proposal)), .save = tr("Enact the proposal")};
  // Nobody fills in a form that cannot be sent; what was sent already is not taken away.
  if (problem.message.empty())
    for (const std::string& one :
         kProposalPath.obstacles_of(*kProposalPath.find("open", "enact"), {proposal, under.applied}))
      sheet.instead.emplace_back(one);
  sheet.before = before.take();
  return last_page(work, proposal, tr("Enact proposal {0}: {1}", {std::to_string(proposal.number), proposal.title}),
                   "/enact", std::move(sheet), {{"register", std::to_string(under.known->version)}}, problem);
}

Answer withdraw_page(const Work& work, const Under& under, const Problem& problem) {
  const Proposal& proposal = under.proposal;
  Writer before(work.context.language);
  paragraph(before, tr("It stays in the list as withdrawn, with your reason. The register does not change."));
  return last_page(work, proposal, tr("Withdraw proposal {0}: {1}", {std::to_string(proposal.number), proposal.title}),
                   "/withdraw",
                   {.fields = decide_fields(false),
                    .save = tr("Withdraw the proposal"),
                    .before = before.take(),
                    .classes = "govuk-button--warning"},
                   {}, problem);
}

// What was entered in one form goes out together, and can be put back.
Answer take_out_page(const Work& work, const Under& under, const Problem& problem) {
  const Proposal& proposal = under.proposal;
  const std::string step = work.context.query_value("edits");
  std::vector<Content> edits;
  for (const ProposedEdit& one : proposal.edits)
    if (std::to_string(one.step) == step) edits.emplace_back(words_of(under.applied.draft, one.edit));
  if (edits.empty()) return refused(work, {ProblemKind::conflict, "This edit is not in the proposal any more.", {}});
  Writer before(work.context.language);
  paragraph(before, tr("This goes out of the proposal. The register does not change. It can be put back from the page "
                       "of the proposal, as long as that is open."));
  web::bullets(before, edits);
  return last_page(work, proposal,
                   tr("Take out of proposal {0}: {1}", {std::to_string(proposal.number), proposal.title}), "/take-out",
                   {.save = tr("Take it out"), .before = before.take(), .classes = "govuk-button--warning"},
                   {{"edits", step}}, problem);
}

Answer enact_post(const Work& work) {
  const Context& context = work.context;
  const Instrument instrument{context.form_value("state"), context.form_value("value"),
                              forms::day_of(context.form_value("seen"))};
  const auto done =
      work.service.enact_proposal(context.actor, number_in(context), version_in(context),
                                  number_of(context.form_value("register")), context.form_value("reason"), instrument);
  if (done) return web::redirect(web::carry(context, change_url(done->change)));
  return done.error().kind == ProblemKind::invalid && !done.error().fields.empty()
             ? with_open(work, enact_page, done.error())
             : refused(work, done.error());
}

Answer withdraw_post(const Work& work) {
  const Status done = withdraw_proposal(work.service.keeping(work.context.actor), number_in(work.context),
                                        version_in(work.context), work.context.form_value("reason"));
  return !done && done.error().kind == ProblemKind::invalid ? with_open(work, withdraw_page, done.error())
                                                            : pressed(work, done);
}

}  // namespace

void register_proposal_forms(Wiring& wiring, BodiesService& service) {
  const web::Access editor = web::Access::permission(kEditBodies);
  const std::string one = "/bodies/proposals/:number";
  const auto with = [&](auto handler) { return with_work(wiring, service, handler); };
  const auto opens = [&](Page page) { return with([page](const Work& work) { return with_open(work, page); }); };
  wiring.router.get("/bodies/proposals/new", editor, with(new_get));
  wiring.router.post("/bodies/proposals", editor, with(words_post));
  wiring.router.get(one + "/words", editor, opens(words_again));
  wiring.router.post(one + "/words", editor, with(words_post));
  wiring.router.get(one + "/enact", editor, opens(enact_page));
  wiring.router.post(one + "/enact", editor, with(enact_post));
  wiring.router.get(one + "/withdraw", editor, opens(withdraw_page));
  wiring.router.post(one + "/withdraw", editor, with(withdraw_post));
  wiring.router.get(one + "/take-out", editor, opens(take_out_page));
  // Three buttons: each changes the proposal, on the version that was seen.
  const auto button = [&](const char* further, const char* field, auto command) {
    wiring.router.post(one + further, editor, with([field, command](const Work& work) {
                         return pressed(work,
                                        command(work.service.keeping(work.context.actor), number_in(work.context),
                                                version_in(work.context), number_of(work.context.form_value(field))));
                       }));
  };
  button("/take-out", "edits", take_out_of_proposal);
  button("/put-back", "edits", put_back_into_proposal);
  button("/put", "edit", put_on_what_is_now);
}

}  // namespace tithing::bodies
