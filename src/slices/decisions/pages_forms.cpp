// The forms on the path of a decision: draft, steps, comments, answers. What was typed comes back with what is wrong.
#include "base/marked.h"
#include "base/text.h"
#include "drafts/drafts.h"
#include "govuk/components.h"
#include "slices/decisions/pages.h"

namespace tithing::decisions {
namespace {

using html::Content;
using html::Url;
using html::Writer;
using web::Answer;
using web::Context;

std::string field_error(const Problem& problem, const std::string& field) {
  for (const FieldProblem& one : problem.fields)
    if (one.field == field) return one.message;
  return {};
}

void hidden(Writer& writer, const std::string& name, const std::string& value) {
  writer.void_element("input", {{"type", "hidden"}, {"name", name}, {"value", value}});
}

void open_form(Writer& writer, const Context& context, const Url& action) {
  writer.open("form", {{"method", "post"}, {"action", action}});
  writer.put(web::csrf_field(context));
}

void line(Writer& writer, const Problem& problem, const std::string& name, Message label, Content hint,
          const std::string& value, const std::string& type = "text") {
  govuk::InputParams field{.id = name, .name = name};
  field.type = type;
  field.value = value;
  field.label = {.text = std::move(label)};
  field.hint = {.text = std::move(hint)};
  field.error_message = {.text = field_error(problem, name)};
  if (type == "date") field.classes = "govuk-input--width-10";
  render(writer, field);
}

void area(Writer& writer, const Problem& problem, const std::string& name, Content label, Content hint,
          const std::string& value, int rows = 5) {
  govuk::TextareaParams field{.id = name, .name = name};
  field.rows = rows;
  field.value = value;
  field.label = {.text = std::move(label)};
  field.hint = {.text = std::move(hint)};
  field.error_message = {.text = field_error(problem, name)};
  render(writer, field);
}

Answer answer(const Context& context, web::PageOptions options, const Problem& problem, Writer& writer,
              const html::Markup& notice = {}) {
  options.narrow = true;
  options.notice = error_summary(problem, context.language);
  options.notice += notice;
  options.has_error = !problem.message.empty();
  options.status = problem.message.empty() ? 200 : web::status_of(problem.kind);
  return web::page(context, options, writer.take());
}

std::int64_t seen_of(const Context& context) {
  const std::string text = context.form_value("version");
  if (text.empty() || text.size() > 15 || text.find_first_not_of("0123456789") != std::string::npos) return -1;
  return std::stoll(text);
}

web::PageOptions titled(const Context& context, const Decision* decision, Content title) {
  web::PageOptions options = decision_options(context, decision);
  if (decision != nullptr) {
    options.breadcrumbs.push_back({decision->title, decision_url(decision->id), false});
    options.caption = tr("{0}, {1}", {as_code(decision->reference()), as_name(decision->title)});
  } else {
    options.breadcrumbs.push_back({tr("Decisions on money"), Url("/funding/decisions"), false});
  }
  options.title = std::move(title);
  return options;
}

Answer no_decision(const Context& context) {
  return web::problem_page(context, {ProblemKind::not_found,
                                     "There is no such decision, or it is not published yet: if you take part in it, "
                                     "sign in first. The list is under Funding, Decisions.",
                                     {}});
}

// --- the draft -------------------------------------------------------------------------------------------------------

SchemeId scheme_in(const std::string& text) {
  const bool digits = !text.empty() && text.size() <= 15 && text.find_first_not_of("0123456789") == std::string::npos;
  return {digits ? std::stoll(text) : 0};
}

std::optional<DecisionId> replaced_in(const std::string& text) {
  const SchemeId number = scheme_in(text);
  return number.value > 0 ? std::optional(DecisionId{number.value}) : std::nullopt;
}

DecisionDraft draft_from(const Context& context) {
  return {context.form_value("title"),
          context.form_value("summary"),
          scheme_in(context.form_value("scheme")),
          {},
          replaced_in(context.form_value("replaces"))};
}

DecisionDraft draft_from(const drafts::Draft& kept) {
  return {kept.get("title"), kept.get("summary"), scheme_in(kept.get("scheme")), {}, replaced_in(kept.get("replaces"))};
}

// What was typed and not sent yet. A new one is named by the scheme for which it was opened, also when another one is
// chosen meanwhile.
drafts::Form kept_form(const Context& context, const Decision* decision) {
  if (decision != nullptr)
    return {"funding.decision/" + std::to_string(decision->id.value),
            tr("Change the draft").in(context.language).text + ": " + decision->title,
            decision_url(decision->id, "/edit").text(), std::to_string(decision->version)};
  if (drafts::Form posted = drafts::posted_form(context); posted.key.starts_with("funding.decision/new/"))
    return posted;
  const std::string scheme = context.query_value("scheme").substr(0, 15);
  return {
      "funding.decision/new/" + scheme, tr("Prepare a decision").in(context.language).text,
      scheme.empty() ? "/funding/decisions/new" : Url::path("/funding/decisions/new", {}, {{"scheme", scheme}}).text(),
      ""};
}

// `seen` is the version that is changed; `back` says that the draft stands in the form, because it was opened again.
Answer draft_form(DecisionService& service, Context& context, const Decision* decision, const DecisionDraft& draft,
                  const Problem& problem, std::int64_t seen = 0, bool back = false) {
  Writer writer(context.language);
  const auto schemes = service.schemes();
  if (schemes.empty()) {
    writer.element("p", {{"class", "govuk-body"}},
                   tr("There is no scheme that a decision could be about. Set up a pot and a scheme first."));
    return answer(context, titled(context, decision, tr("Prepare a decision")), problem, writer);
  }
  open_form(writer, context, decision != nullptr ? decision_url(decision->id, "/edit") : Url("/funding/decisions/new"));
  if (decision != nullptr) hidden(writer, "version", std::to_string(seen > 0 ? seen : decision->version));
  line(writer, problem, "title", tr("Title"),
       tr("As it will stand in the register, for example Community safety fund 2012/13."), draft.title);
  area(writer, problem, "summary", tr("What is proposed, and why"),
       tr("Everyone who may read the decision reads this. Name no private person."), draft.summary, 8);
  govuk::SelectParams select{.id = "scheme", .name = "scheme"};
  select.label = {.text = tr("Scheme")};
  select.hint = {.text = tr("The decision keeps the version of the scheme and of its pot that is the newest now.")};
  select.error_message = {.text = field_error(problem, "scheme")};
  for (const auto& [id, text] : schemes)
    select.items.push_back({.value = std::to_string(id.value), .text = text, .selected = id == draft.scheme});
  render(writer, select);
  if (const auto others = service.replaceable(context.actor); !others.empty()) {
    govuk::SelectParams place{.id = "replaces", .name = "replaces"};
    place.label = {.text = tr("Takes the place of")};
    place.hint = {.text =
                      tr("A frozen or published decision on the same pot, or for the same year and areas. It is "
                         "superseded when this one is published, so that money of one pot is not given out twice.")};
    place.error_message = {.text = field_error(problem, "replaces")};
    place.items.push_back({.value = "", .text = tr("No other decision"), .selected = !draft.replaces});
    for (const auto& [id, text] : others)
      if (decision == nullptr || id != decision->id)
        place.items.push_back({.value = std::to_string(id.value), .text = text, .selected = draft.replaces == id});
    render(writer, place);
  }
  const drafts::Form form = kept_form(context, decision);
  const auto kept = drafts::find(service.database(), context.actor, form.key);
  drafts::put_buttons(writer, context, form, kept, {.text = tr("Save the draft"), .prevent_double_click = true});
  writer.close("form");
  const html::Markup notice = back && kept ? drafts::notice(context, *kept) : html::Markup();
  return answer(context,
                titled(context, decision, decision != nullptr ? tr("Change the draft") : tr("Prepare a decision")),
                problem, writer, notice);
}

Answer new_form(DecisionService& service, Context& context) {
  if (const auto kept = drafts::find(service.database(), context.actor, kept_form(context, nullptr).key))
    return draft_form(service, context, nullptr, draft_from(*kept), {}, 0, true);
  return draft_form(service, context, nullptr, {{}, {}, scheme_in(context.query_value("scheme")), {}}, {});
}

Answer new_post(DecisionService& service, Context& context) {
  const DecisionDraft draft = draft_from(context);
  const drafts::Form form = kept_form(context, nullptr);
  drafts::keep_posted(service.database(), context, form);
  const auto made = service.prepare(context.actor, draft);
  if (made) drafts::end(service.database(), context.actor, form.key);
  if (made) return web::redirect(decision_url(made->id));
  if (made.error().kind != ProblemKind::invalid) return web::problem_page(context, made.error());
  return draft_form(service, context, nullptr, draft, made.error());
}

// What a decision was before is not kept, so that only the two sides can be shown.
Answer overtaken(const Context& context, const Decision& decision, const DecisionDraft& yours) {
  const auto fields = [](const std::string& title, const std::string& summary, SchemeId scheme,
                         const std::optional<DecisionId>& replaces) {
    return web::Fields{{"Title", title},
                       {"What is proposed, and why", summary},
                       {"Number of the scheme", std::to_string(scheme.value)},
                       {"Takes the place of", replaces ? reference_of(*replaces) : std::string()}};
  };
  return drafts::conflict_page(context, {kept_form(context, &decision),
                                         {},
                                         fields(yours.title, yours.summary, yours.scheme, yours.replaces),
                                         fields(decision.title, decision.summary, decision.scheme, decision.replaces),
                                         {}});
}

Answer edit_form(DecisionService& service, Context& context) {
  const auto id = decision_of(context);
  const auto decision = id ? service.find(context.actor, *id) : Result<Decision>(not_found(""));
  if (!decision) return no_decision(context);
  if (decision->state != DecisionState::draft)
    return web::problem_page(
        context, {ProblemKind::conflict, "Only a draft can be changed. Take it back to a draft first.", {}});
  if (const auto kept = drafts::find(service.database(), context.actor, kept_form(context, &*decision).key)) {
    if (kept->get("version") != std::to_string(decision->version) && context.query_value("draft") != "merged")
      return overtaken(context, *decision, draft_from(*kept));
    return draft_form(service, context, &*decision, draft_from(*kept), {}, decision->version, true);
  }
  return draft_form(service, context, &*decision,
                    {decision->title, decision->summary, decision->scheme, {}, decision->replaces}, {});
}

Answer edit_post(DecisionService& service, Context& context) {
  const auto id = decision_of(context);
  const auto decision = id ? service.find(context.actor, *id) : Result<Decision>(not_found(""));
  if (!decision) return no_decision(context);
  const DecisionDraft draft = draft_from(context);
  const drafts::Form form = kept_form(context, &*decision);
  drafts::keep_posted(service.database(), context, form);
  const auto made = service.revise(context.actor, *id, seen_of(context), draft);
  if (made) drafts::end(service.database(), context.actor, form.key);
  if (made) return web::redirect(decision_url(*id));
  if (made.error().kind == ProblemKind::conflict && decision->state == DecisionState::draft)
    return overtaken(context, *decision, draft);
  if (made.error().kind != ProblemKind::invalid) return web::problem_page(context, made.error());
  return draft_form(service, context, &*decision, draft, made.error());
}

// --- steps -----------------------------------------------------------------------------------------------------------

void explain_move(Writer& writer, const Decision& decision, Move move, const std::optional<Consulted>& asked) {
  const auto say = [&](Message text) { writer.element("p", {{"class", "govuk-body"}}, std::move(text)); };
  switch (move) {
    case Move::consult:
      return say(
          tr("Everyone who takes part reads the proposal and its table; the partnerships that the money is for, and "
             "whoever's role reaches to its area, may comment between these days. What is written cannot be changed or "
             "taken away afterwards."));
    case Move::take_back:
      return say(tr("The draft can then be changed. Comments and answers stay where they are."));
    case Move::agree:
      say(
          tr("This is the decision itself. It is written down with your name, the day and the authority, and with the "
             "table as it is worked out now."));
      if (decision.state == DecisionState::draft && asked)
        say(tr("{0} It is not put to comments again before it is agreed.", {in_words(*asked)}));
      else if (decision.state == DecisionState::draft)
        say(tr("Nobody has been consulted on this decision."));
      return;
    case Move::withdraw_agreement:
      return say(tr("The decision becomes a draft again. That it was agreed stays on its path."));
    case Move::freeze:
      return say(
          tr("Scheme, pot, numbers, amounts and workings are kept as values, with a checksum. None of it can be "
             "changed afterwards."));
    case Move::publish:
      return say(
          tr("Everybody can then read the decision, its table with every working, the comments with the names of the "
             "organisations, and the path. It cannot be taken back, only superseded."));
    case Move::supersede:
      return say(tr("The decision stays readable and says which one took its place, and why."));
  }
}

void move_fields(Writer& writer, const Context& context, const Decision& decision, Move move,
                 const MoveOutlook& outlook, const Problem& problem) {
  const auto typed = [&](const char* name) { return context.form_value(name); };
  switch (move) {
    case Move::consult:
      line(writer, problem, "from", tr("First day"), {}, typed("from").empty() ? context.today.iso() : typed("from"),
           "date");
      line(writer, problem, "to", tr("Last day"), tr("Comments are taken until the end of this day."), typed("to"),
           "date");
      break;
    case Move::agree:
      line(writer, problem, "on", tr("Day of the decision"), {},
           typed("on").empty() ? context.today.iso() : typed("on"), "date");
      line(writer, problem, "authority", tr("Authority"),
           tr("The office and the power that is used, or the minute of the meeting."), typed("authority"));
      area(writer, problem, "interests", tr("Declaration of interests"), tr("Write \"None\" when there are none."),
           typed("interests"), 2);
      break;
    case Move::freeze:
      if (!outlook.findings.empty()) {
        writer.element("h2", {{"class", "govuk-heading-m"}}, tr("What the table does not keep"));
        writer.element("p", {{"class", "govuk-body"}},
                       tr("Say of each why it is as it should be. Your words are published with the table. What is not "
                          "known stays not known."));
      }
      for (std::size_t i = 0; i < outlook.findings.size(); ++i) {
        const std::string number = std::to_string(i + 1);
        hidden(writer, "finding-" + number, outlook.findings[i]);
        area(writer, problem, "acknowledge-" + number, outlook.findings[i], {},
             typed(("acknowledge-" + number).c_str()), 2);
      }
      break;
    case Move::publish: {
      govuk::CheckboxesParams box;
      box.name = "nothing_private";
      box.id_prefix = "nothing_private";
      box.items = {{.text = tr("I have read the summary, the comments and the reasons: they name no private person"),
                    .value = "yes"}};
      box.error_message = {.text = field_error(problem, "nothing_private")};
      render(writer, box);
      break;
    }
    case Move::supersede:
      line(writer, problem, "successor", tr("Reference of the decision that takes its place"),
           tr("For example FD-0012. It has to be published."), typed("successor"));
      break;
    case Move::take_back:
    case Move::withdraw_agreement:
      break;
  }
  if (move == Move::publish && !outlook.newer.empty()) {
    Writer newer(writer.language());
    for (const std::string& sentence : outlook.newer) newer.put(dated(sentence)).text(" ");
    render(writer, govuk::InsetTextParams{.text = newer.take()});
    area(writer, problem, "note", tr("Why it is published as it was frozen"),
         tr("It stands on the path of the decision for everyone who may read it."), typed("note"), 3);
  }
  const bool why = move == Move::take_back || move == Move::withdraw_agreement || move == Move::supersede ||
                   (move == Move::agree && decision.state == DecisionState::draft);
  if (why)
    area(writer, problem, "note",
         move != Move::agree ? tr("Why")
         : outlook.commented || (outlook.consulted && outlook.consulted->any)
             ? tr("Why it is not put to comments again")
             : tr("Why nobody was consulted"),
         tr("It stands on the path of the decision for everyone who may read it."), typed("note"), 3);
}

Answer move_form(DecisionService& service, Context& context, const Decision& decision, Move move,
                 const Problem& problem) {
  Writer writer(context.language);
  const web::PageOptions options = titled(context, &decision, std::string(name_of(move)));
  const auto to = after(decision.state, move);
  if (!to)
    return web::problem_page(context, {ProblemKind::conflict,
                                       "This cannot be done with a decision in the state \"" +
                                           std::string(name_of(decision.state)) + "\". Look at where it stands now.",
                                       {}});
  const MoveOutlook outlook = service.outlook(context.actor, decision, move);
  explain_move(writer, decision, move, outlook.consulted);
  if (!outlook.obstacles.empty()) {
    writer.element("h2", {{"class", "govuk-heading-m"}}, tr("It cannot be done yet"));
    writer.open("ul", {{"class", "govuk-list govuk-list--bullet"}});
    for (const std::string& sentence : outlook.obstacles) writer.element("li", sentence);
    writer.close("ul");
    writer.open("p", {{"class", "govuk-body"}})
        .element("a", {{"class", "govuk-link"}, {"href", decision_url(decision.id)}}, tr("Back to the decision"))
        .close("p");
    return answer(context, options, problem, writer);
  }
  if (move == Move::freeze) {
    writer.element("h2", {{"class", "govuk-heading-m"}}, tr("Checked"));
    writer.open("ul", {{"class", "govuk-list govuk-list--bullet"}});
    writer.element("li", tr("The table can be worked out, and every number that it needs is there."));
    writer.element("li", tr("It is the table that was agreed on {0}, to the penny.", {decision.agreement->on}));
    writer.element("li", tr("Pot and scheme have no newer version, and with what other decisions give out of the pot "
                            "it is no more than the pot holds and is declared beyond it."));
    if (outlook.findings.empty())
      writer.element("li", tr("It comes to the pot, every fund is known, and no limit is broken."));
    writer.close("ul");
  }
  open_form(writer, context, decision_url(decision.id, ("/" + std::string(code_of(move))).c_str()));
  hidden(writer, "version", std::to_string(decision.version));
  move_fields(writer, context, decision, move, outlook, problem);
  const bool for_good = move == Move::freeze || move == Move::publish || move == Move::supersede;
  render(writer, govuk::ButtonParams{.text = std::string(name_of(move)),
                                     .classes = for_good ? "govuk-button--warning" : "",
                                     .prevent_double_click = true});
  writer.close("form");
  return answer(context, options, problem, writer);
}

Answer move_get(DecisionService& service, Context& context, Move move) {
  const auto id = decision_of(context);
  const auto decision = id ? service.find(context.actor, *id) : Result<Decision>(not_found(""));
  if (!decision) return no_decision(context);
  return move_form(service, context, *decision, move, {});
}

std::optional<Date> date_from(const Context& context, const char* name) {
  const auto day = Date::parse(context.form_value(name));
  return day ? std::optional(*day) : std::nullopt;
}

MoveRequest request_from(const Context& context) {
  MoveRequest request;
  request.note = context.form_value("note");
  request.from = date_from(context, "from");
  request.to = date_from(context, "to");
  request.on = date_from(context, "on");
  request.authority = context.form_value("authority");
  request.interests = context.form_value("interests");
  request.nothing_private = context.form_value("nothing_private") == "yes";
  for (int i = 1; i <= 1000; ++i) {
    const std::string finding = context.form_value("finding-" + std::to_string(i));
    if (finding.empty()) break;
    request.acknowledged.push_back({finding, context.form_value("acknowledge-" + std::to_string(i))});
  }
  std::string successor = lowered(context.form_value("successor"));
  if (successor.starts_with("fd-")) successor = successor.substr(3);
  if (!successor.empty() && successor.size() <= 15 && successor.find_first_not_of("0123456789") == std::string::npos)
    request.successor = DecisionId{std::stoll(successor)};
  return request;
}

Answer move_post(DecisionService& service, Context& context, Move move) {
  const auto id = decision_of(context);
  if (!id) return no_decision(context);
  const auto made = service.move(context.actor, *id, seen_of(context), move, request_from(context));
  if (made) return web::redirect(decision_url(*id));
  const auto decision = service.find(context.actor, *id);
  if (!decision || made.error().kind == ProblemKind::forbidden || made.error().kind == ProblemKind::not_found)
    return web::problem_page(context, made.error());
  if (made.error().kind == ProblemKind::conflict) {
    web::Fields mine;
    for (const auto& [name, value] : context.form)
      if (name != "version" && name.find("csrf") == std::string::npos && !name.starts_with("finding-"))
        mine.emplace_back(name, value);
    mine.emplace_back("Step", std::string(name_of(move)));
    return web::conflict_page(context, mine,
                              {{"State", std::string(name_of(decision->state))}, {"Title", decision->title}},
                              decision_url(*id));
  }
  return move_form(service, context, *decision, move, made.error());
}

// --- comments --------------------------------------------------------------------------------------------------------

// What is typed to others stands for good once it is sent; until then it is a draft, so that nothing is lost when the
// decision is taken back, agreed or answered by somebody else meanwhile.
drafts::Form comment_draft(DecisionId id, const std::string& title) {
  return {"funding.comment/" + std::to_string(id.value), "Comment on the proposal: " + title,
          decision_url(id, "/comment").text(), ""};
}
drafts::Form answer_draft(const Comment& comment) {
  const std::string id = std::to_string(comment.id);
  return {"funding.answer/" + id, "Answer to comment " + id,
          Url::path("/funding/decisions/{}/comments/{}", {std::to_string(comment.decision.value), id}).text(), ""};
}

// Why it could not be sent, and the text as it was typed, to be taken elsewhere.
Answer not_sent(const Context& context, const Decision* decision, const Problem& problem, const Content& title,
                const std::string& text) {
  Writer writer(context.language);
  writer.element("p", {{"class", "govuk-body"}}, problem.message);
  writer.element("p", {{"class", "govuk-body"}},
                 tr("Nothing was sent. This is what you wrote; it is kept under Your drafts as well:"));
  writer.open("div", {{"class", "govuk-inset-text"}, {"id", "not-sent"}});
  for (const std::string& line : split(text, '\n'))
    if (!trimmed(line).empty()) writer.element("p", {{"class", "govuk-body"}}, as_name(std::string(trimmed(line))));
  writer.close("div");
  writer.open("p", {{"class", "govuk-body"}})
      .element("a", {{"class", "govuk-link"}, {"href", Url("/funding/decisions")}}, tr("Decisions on money"))
      .close("p");
  web::PageOptions options = titled(context, decision, title);
  options.narrow = true;
  options.status = web::status_of(problem.kind);
  return web::page(context, options, writer.take());
}

Answer comment_form(DecisionService& service, Context& context, DecisionId id, const Problem& problem) {
  const auto view = service.view(context.actor, id);
  const auto begun = drafts::find(service.database(), context.actor, comment_draft(id, "").key);
  if (!view) {
    const auto told = service.taken_back(context.actor, id);
    if (told && begun)
      return not_sent(context, nullptr,
                      {ProblemKind::conflict, in_words(told->back).text() + " Comments are not taken on it now.", {}},
                      tr("Your comment was not sent"), begun->get("text"));
    return told ? web::redirect(decision_url(id)) : no_decision(context);
  }
  const Decision& decision = view->decision;
  if (!decision.open_to_comments(context.today)) {
    const bool later =
        decision.state == DecisionState::consultation && context.today < decision.consult_from.value_or(context.today);
    const std::string when = later ? "Comments are taken from " + decision.consult_from->text() + "."
                             : decision.state == DecisionState::consultation && decision.consult_to
                                 ? "Comments were taken until " + decision.consult_to->text() + "."
                                 : "Comments are not taken on this decision.";
    if (begun)
      return not_sent(context, &decision, {ProblemKind::conflict, when, {}}, tr("Your comment was not sent"),
                      begun->get("text"));
    return web::problem_page(context, {ProblemKind::conflict, when, {}});
  }
  if (!view->may_comment) return web::problem_page(context, {ProblemKind::forbidden, view->may_not_comment, {}});
  Writer writer(context.language);
  writer.element("p", {{"class", "govuk-body"}},
                 tr("Comments are taken until {0}. What you write cannot be changed or taken away afterwards.",
                    {*decision.consult_to}));
  open_form(writer, context, decision_url(id, "/comment"));
  govuk::SelectParams select{.id = "about", .name = "about"};
  select.label = {.text = tr("What do you speak of?")};
  select.error_message = {.text = field_error(problem, "about")};
  const std::string chosen =
      context.form_value("about").empty() && begun ? begun->get("about") : context.form_value("about");
  const auto item = [&](const std::string& value) {
    select.items.push_back(
        {.value = value, .text = about_text(value, view->table.scheme), .selected = value == chosen});
  };
  item("");
  if (view->table.scheme) {
    for (const Area& one : view->table.scheme->areas) item("area:" + one.key);
    for (std::size_t i = 1; i <= view->table.scheme->steps.size(); ++i) item("step:" + std::to_string(i));
  }
  render(writer, select);
  const bool back = begun && context.form_value("text").empty() && problem.message.empty();
  area(writer, problem, "text", tr("Your comment"), tr("Name no private person."),
       back ? begun->get("text") : context.form_value("text"), 8);
  writer.element("p", {{"class", "govuk-body"}},
                 tr("Everyone who may read the decision will see this, under the name of your organisation; once the "
                    "decision is published, that is everybody."));
  drafts::put_buttons(writer, context, comment_draft(id, decision.title), begun,
                      {.text = tr("Send the comment"), .prevent_double_click = true});
  writer.close("form");
  return answer(context, titled(context, &decision, tr("Comment on the proposal")), problem, writer,
                back ? drafts::notice(context, *begun) : html::Markup());
}

Answer comment_post(DecisionService& service, Context& context) {
  const auto id = decision_of(context);
  if (!id) return no_decision(context);
  const auto decision = service.find(context.actor, *id);
  const auto told = decision ? Result<TakenBack>(not_found("")) : service.taken_back(context.actor, *id);
  const drafts::Form form = comment_draft(*id, decision ? decision->title : told ? told->title : "");
  // Kept only where the writer may know that there is such a decision.
  if (decision || told) drafts::keep_posted(service.database(), context, form);
  const auto made = service.comment_on(context.actor, *id, context.form_value("about"), context.form_value("text"));
  if (made) drafts::end(service.database(), context.actor, form.key);
  if (made) return web::redirect(Url::parse(decision_url(*id).text() + "#comment-" + std::to_string(made->id)));
  if (told)
    return not_sent(context, nullptr,
                    {ProblemKind::conflict, in_words(told->back).text() + " Comments are not taken on it now.", {}},
                    tr("Your comment was not sent"), context.form_value("text"));
  if (made.error().kind != ProblemKind::invalid && decision)
    return not_sent(context, &*decision, made.error(), tr("Your comment was not sent"), context.form_value("text"));
  if (made.error().kind != ProblemKind::invalid) return web::problem_page(context, made.error());
  return comment_form(service, context, *id, made.error());
}

Result<Comment> asked_comment(DecisionService& service, const Context& context) {
  const std::string text = context.parameter("comment");
  if (text.empty() || text.size() > 15 || text.find_first_not_of("0123456789") != std::string::npos)
    return not_found("There is no such comment.");
  const auto id = decision_of(context);
  auto comment = service.comment(context.actor, std::stoll(text));
  if (comment && (!id || comment->decision != *id || comment->answers != 0))
    return not_found("There is no such comment.");
  return comment;
}

Answer answer_form(DecisionService& service, Context& context, const Comment& comment, const Problem& problem) {
  const auto decision = service.find(context.actor, comment.decision);
  if (!decision) return no_decision(context);
  Writer writer(context.language);
  writer.element("p", {{"class", "govuk-body"}},
                 tr("{0} wrote on {1}:",
                    {comment.organisation.empty() ? "A consultee" : comment.organisation, comment.at.date()}));
  render(writer, govuk::InsetTextParams{.text = as_name(comment.text)});
  const auto kept = drafts::find(service.database(), context.actor, answer_draft(comment).key);
  const bool back = kept && context.form_value("text").empty() && problem.message.empty();
  open_form(writer, context,
            Url::path("/funding/decisions/{}/comments/{}",
                      {std::to_string(comment.decision.value), std::to_string(comment.id)}));
  area(writer, problem, "text", tr("The answer"),
       tr("It stands below the comment for everyone who may read it, and cannot be changed afterwards."),
       back ? kept->get("text") : context.form_value("text"), 6);
  drafts::put_buttons(writer, context, answer_draft(comment), kept,
                      {.text = tr("Send the answer"), .prevent_double_click = true});
  writer.close("form");
  return answer(context, titled(context, &*decision, tr("Answer a comment")), problem, writer,
                back ? drafts::notice(context, *kept) : html::Markup());
}

Answer answer_get(DecisionService& service, Context& context) {
  const auto comment = asked_comment(service, context);
  if (!comment) return web::problem_page(context, comment.error());
  return answer_form(service, context, *comment, {});
}

Answer answer_post(DecisionService& service, Context& context) {
  const auto comment = asked_comment(service, context);
  if (!comment) return web::problem_page(context, comment.error());
  const drafts::Form form = answer_draft(*comment);
  drafts::keep_posted(service.database(), context, form);
  const auto made = service.answer(context.actor, comment->id, context.form_value("text"));
  if (made) drafts::end(service.database(), context.actor, form.key);
  if (!made && made.error().kind == ProblemKind::conflict) {
    const auto decision = service.find(context.actor, comment->decision);
    return not_sent(context, decision ? &*decision : nullptr, made.error(), tr("Your answer was not sent"),
                    context.form_value("text"));
  }
  if (made)
    return web::redirect(
        Url::parse(decision_url(comment->decision).text() + "#comment-" + std::to_string(comment->id)));
  if (made.error().kind != ProblemKind::invalid) return web::problem_page(context, made.error());
  return answer_form(service, context, *comment, made.error());
}

}  // namespace

void register_decision_forms(Wiring& wiring, DecisionService& service) {
  DecisionService* const s = &service;
  const auto prepare = web::Access::permission(kPrepareDecision);
  const auto comment = web::Access::permission(kComment);
  wiring.router.get("/funding/decisions/new", prepare, [=](Context& context) { return new_form(*s, context); });
  wiring.router.post("/funding/decisions/new", prepare, [=](Context& context) { return new_post(*s, context); });
  wiring.router.get("/funding/decisions/:id/edit", prepare, [=](Context& context) { return edit_form(*s, context); });
  wiring.router.post("/funding/decisions/:id/edit", prepare, [=](Context& context) { return edit_post(*s, context); });
  wiring.router.get("/funding/decisions/:id/comment", comment, [=](Context& context) {
    const auto id = decision_of(context);
    return id ? comment_form(*s, context, *id, {}) : no_decision(context);
  });
  wiring.router.post("/funding/decisions/:id/comment", comment,
                     [=](Context& context) { return comment_post(*s, context); });
  wiring.router.get("/funding/decisions/:id/comments/:comment", prepare,
                    [=](Context& context) { return answer_get(*s, context); });
  wiring.router.post("/funding/decisions/:id/comments/:comment", prepare,
                     [=](Context& context) { return answer_post(*s, context); });

  const auto agree = web::Access::permission(kAgree);
  wiring.router.get("/funding/decisions/:id/consult", prepare,
                    [=](Context& context) { return move_get(*s, context, Move::consult); });
  wiring.router.post("/funding/decisions/:id/consult", prepare,
                     [=](Context& context) { return move_post(*s, context, Move::consult); });
  wiring.router.get("/funding/decisions/:id/take-back", prepare,
                    [=](Context& context) { return move_get(*s, context, Move::take_back); });
  wiring.router.post("/funding/decisions/:id/take-back", prepare,
                     [=](Context& context) { return move_post(*s, context, Move::take_back); });
  wiring.router.get("/funding/decisions/:id/agree", agree,
                    [=](Context& context) { return move_get(*s, context, Move::agree); });
  wiring.router.post("/funding/decisions/:id/agree", agree,
                     [=](Context& context) { return move_post(*s, context, Move::agree); });
  wiring.router.get("/funding/decisions/:id/withdraw", agree,
                    [=](Context& context) { return move_get(*s, context, Move::withdraw_agreement); });
  wiring.router.post("/funding/decisions/:id/withdraw", agree,
                     [=](Context& context) { return move_post(*s, context, Move::withdraw_agreement); });
  wiring.router.get("/funding/decisions/:id/freeze", prepare,
                    [=](Context& context) { return move_get(*s, context, Move::freeze); });
  wiring.router.post("/funding/decisions/:id/freeze", prepare,
                     [=](Context& context) { return move_post(*s, context, Move::freeze); });
  wiring.router.get("/funding/decisions/:id/publish", agree,
                    [=](Context& context) { return move_get(*s, context, Move::publish); });
  wiring.router.post("/funding/decisions/:id/publish", agree,
                     [=](Context& context) { return move_post(*s, context, Move::publish); });
  wiring.router.get("/funding/decisions/:id/supersede", agree,
                    [=](Context& context) { return move_get(*s, context, Move::supersede); });
  wiring.router.post("/funding/decisions/:id/supersede", agree,
                     [=](Context& context) { return move_post(*s, context, Move::supersede); });
}

}  // namespace tithing::decisions
