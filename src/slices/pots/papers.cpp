#include "slices/pots/papers.h"

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <stdexcept>

#include "allocation/findings.h"
#include "allocation/measures.h"
#include "allocation/scenarios.h"
#include "allocation/scheme_words.h"
#include "base/text.h"
#include "base/translation.h"
#include "desks/figures/cells.h"
#include "slices/pots/pages_cells.h"
#include "slices/pots/papers_cells.h"

namespace tithing::pots {
namespace {

using exports::Cell;
using exports::ColumnKind;
using exports::Document;
using exports::Entries;
using exports::Entry;
using exports::Heading;
using exports::Listing;
using exports::Paragraph;
using exports::Row;
using exports::Run;
using exports::Runs;
using exports::Table;
using exports::TableBlock;
using exports::text_cell;
using exports::words;

Runs or_blank(const std::string& text) { return exports::runs_of(as_name(text)); }
Runs or_blank(const std::optional<Date>& date) { return date ? exports::runs_of(*date) : Runs{}; }

std::string name_of(PublicationStatus status) {
  switch (status) {
    case PublicationStatus::not_stated:
      return {};
    case PublicationStatus::not_confidential:
      return "Not confidential";
    case PublicationStatus::partly_confidential:
      return "Partly confidential";
    case PublicationStatus::confidential:
      return "Confidential";
  }
  return {};
}

// What somebody has written: each line that is not empty is a paragraph of its own.
void paragraphs(std::vector<exports::Block>& blocks, const std::string& text) {
  for (const std::string& line : split(text, '\n'))
    if (!trimmed(line).empty()) blocks.push_back(Paragraph{exports::runs_of(as_name(std::string(trimmed(line))))});
}

// The sections that both papers have, at one level of headings or another.
class Sections {
 public:
  Sections(const PaperInput& input, int level, std::vector<exports::Block>& blocks)
      : input_(input),
        scheme_(*input.scheme),
        allocation_(*input.allocation),
        decision_(input.decision),
        level_(level),
        blocks_(blocks) {}

  void background() {
    heading("Background");
    paragraphs(blocks_, decision_.summary);
    const PotTotals& pot = allocation_.pot;
    say(Words("The pot") + for_year() + " is made up of " + number("funds", std::to_string(scheme_.pot.funds.size())) +
        (scheme_.pot.funds.size() == 1 ? " fund:" : " funds:"));
    Listing funds;
    for (std::size_t i = 0; i < scheme_.pot.funds.size(); ++i)
      funds.items.push_back(exports::runs_of(text_of(scheme_.pot.funds[i], i)));
    blocks_.push_back(std::move(funds));
    Words sum = Words("The known funds come to ") + number("known", pot.known.text()) + ".";
    if (!pot.unknown.empty())
      sum += " Not known, which is not nought: " + joined(pot.unknown, ", ") +
             ". What is shared here is the known money alone.";
    say(sum);
    std::vector<std::string> assumed;
    for (const Assumption& assumption : scheme_.pot.assumptions) assumed.push_back(assumption.sentence());
    list("Assumptions:", assumed, true);
    if (scheme_.last_year) {
      const LastYear& last = *scheme_.last_year;
      say(Words("The prior amounts are those of ") + as_date(or_else(last.financial_year, "the year before")) + ". " +
          as_name(origin_text(last.origin)));
    } else {
      say("No amounts of the year before are recorded, so there is no comparison with them.");
    }
  }

  void formula() {
    heading("Formula and indicators");
    if (scheme_.steps.empty()) {
      say("The scheme has no steps.");
    } else {
      say(Words("The amounts are worked out in ") +
          listed(plural(static_cast<std::int64_t>(scheme_.steps.size()), "step", "steps"), "steps") +
          ", in this order:");
      Listing steps{{}, true, "steps"};
      for (std::size_t i = 0; i < scheme_.steps.size(); ++i) {
        const std::string& note = scheme_.steps[i].note;
        steps.items.push_back(exports::runs_of(step(i) + as_name(note.empty() ? "" : " " + note)));
      }
      blocks_.push_back(std::move(steps));
    }
    for (std::size_t i = 0; i < scheme_.steps.size(); ++i) {
      if (const auto* weighted = std::get_if<WeightedIndicators>(&scheme_.steps[i].what))
        blocks_.push_back(TableBlock{indicators(*weighted, i)});
      if (const auto* direct = std::get_if<DirectShares>(&scheme_.steps[i].what);
          direct != nullptr && direct->by != DirectShares::By::last_year)
        say(Words("The split of ") + as_name("step " + std::to_string(i + 1)) + ": " +
            as_name(origin_text(direct->origin)));
    }
    say(Words("Nothing is rounded before the end. ") + as_setting(in_words(scheme_.rounding)));
  }

  void allocations() {
    heading(decision_.agreed ? "Allocations" : "Proposed allocations");
    blocks_.push_back(TableBlock{paper_table(input_)});
    say(!allocation_.complete() ? Words("The amounts come to the known money; what is not known is left out.")
        : allocation_.unallocated.pence < 0
            ? marked_excess(excess_of(allocation_.over_programmed, Money{-allocation_.unallocated.pence}),
                            paper_address(input_), allocation_.over_programmed, Money{-allocation_.unallocated.pence})
        : allocation_.reconciles()
            ? Words("The amounts and what is retained come to the pot, to the penny.")
            : Words("The amounts and what is retained do not come to the pot: the difference is ") +
                  number("unallocated", allocation_.unallocated.text()) + ".");
    gains();
    std::vector<std::string> kept;
    for (const NotMet& item : allocation_.not_met) kept.push_back(item.sentence);
    list("Limits that the amounts do not keep:", kept);
    if (!allocation_.notes.empty()) {
      say("To be noted:");
      Listing noted;
      const auto amount = paper_address(input_);
      for (const std::string& note : allocation_.notes)
        noted.items.push_back(amount ? exports::runs_of(marked_note(note, *amount, allocation_)) : words(note));
      blocks_.push_back(std::move(noted));
    }
    if (!decision_.acknowledged.empty()) {
      say("What was accepted, and why:");
      Listing accepted;
      for (const auto& [finding, why] : decision_.acknowledged)
        accepted.items.push_back(
            {{.text = finding + " "}, {.text = or_else(why, "No reason is recorded."), .italic = true}});
      blocks_.push_back(std::move(accepted));
    }
  }

  void retained() {
    heading("Retained and central pot");
    if (allocation_.held_back.empty()) {
      say(allocation_.unallocated.pence > 0 ? "Nothing is retained for a purpose."
                                            : "Nothing is retained: all of the known money goes to the areas.");
    } else {
      Table table{.id = "retained",
                  .title = tr("{0}: retained", {paper_title(input_)}),
                  .caption = tr("Money that goes to no area")};
      table.columns = {{"purpose", tr("Purpose")}, {"taken", tr("Taken")}, {"amount", tr("Amount"), ColumnKind::money}};
      Money sum;
      std::size_t place = 0;
      for (const HeldBack& held : allocation_.held_back) {
        ++place;
        sum.pence += held.amount.pence;
        table.rows.push_back(
            {text_cell(or_else(held.purpose, "not stated")),
             text_cell(held.step ? Words(as_name("at step " + std::to_string(*held.step + 1)))
                                 : Words("from the pot, before the steps")),
             paper_cell(input_, exports::money_cell(held.amount.pence), "", "held-back-" + std::to_string(place))});
      }
      table.rows.push_back(
          {text_cell(tr("Total")), text_cell(""), paper_cell(input_, exports::money_cell(sum.pence), "", "retained")});
      blocks_.push_back(TableBlock{std::move(table)});
    }
    if (allocation_.over_programmed.pence != 0)
      say(number("over-programmed", allocation_.over_programmed.text()) +
          " is awarded beyond what there is; who answers for it is said in the formula.");
    if (allocation_.unallocated.pence > 0)
      say(number("unallocated", allocation_.unallocated.text()) + " goes to no area and to no purpose.");
  }

  void transition() {
    heading("Transition");
    bool any = false;
    for (std::size_t i = 0; i < scheme_.steps.size(); ++i) {
      if (!std::holds_alternative<PhaseIn>(scheme_.steps[i].what) &&
          !std::holds_alternative<Limit>(scheme_.steps[i].what))
        continue;
      say(as_setting("Step " + std::to_string(i + 1) + ". " + in_words(scheme_, i)));
      any = true;
    }
    if (input_.years.size() > 1) blocks_.push_back(TableBlock{years()});
    for (const std::string& sentence : successions_in_words(scheme_)) {
      say(as_setting(sentence));
      any = true;
    }
    if (!any)
      say("The scheme has no phasing in, no floor, no cap and no protection against loss, and no area succeeds "
          "another.");
    if (scheme_.tranches.empty()) {
      say("Payment in parts is not part of the scheme.");
    } else {
      Listing parts;
      for (const Tranche& tranche : scheme_.tranches)
        parts.items.push_back(exports::runs_of(
            Words(as_name(or_else(tranche.name, "Tranche"))) + ": " + as_setting(tranche.share.text() + "%") +
            ", due " + as_date(or_else(tranche.due, "on a day that is not stated")) +
            ", condition: " + as_name(or_else(tranche.condition, "none is stated")) + "."));
      say("It is paid in parts:");
      blocks_.push_back(std::move(parts));
      blocks_.push_back(TableBlock{tranches()});
    }
  }

  void consultation() {
    heading("Consultation");
    if (!decision_.consulted) return say("No consultation is recorded.");
    Words when = decision_.consulting ? "The proposal is put to comments" : "The proposal was open to comments";
    if (decision_.consulted_from) when += Words(" from ") + *decision_.consulted_from;
    if (decision_.consulted_to) when += Words(" to ") + *decision_.consulted_to;
    if (!decision_.consulted_note.empty())
      when = decision_.consulted_note;
    else
      when += ".";
    if (!decision_.consulted_before.empty()) when = decision_.consulted_before + " " + when;
    const auto comments = static_cast<std::int64_t>(decision_.comments.size());
    say(when + " " +
        (comments == 0 ? Words("No comment is recorded.")
                       : Words(listed(comments, "comments")) +
                             (comments == 1 ? " comment is recorded." : " comments are recorded.")));
    if (decision_.comments.empty()) return;
    Table table{
        .id = "comments", .title = tr("{0}: comments", {paper_title(input_)}), .caption = tr("Comments and answers")};
    table.columns = {{"from", tr("From")},
                     {"on", tr("Date"), ColumnKind::date},
                     {"about", tr("About")},
                     {"comment", tr("Comment")},
                     {"answer", tr("Answer")}};
    for (const PaperComment& comment : decision_.comments)
      table.rows.push_back({text_cell(or_else(comment.from, "not stated")),
                            comment.on ? exports::date_cell(*comment.on) : text_cell(tr("not stated")),
                            text_cell(as_name(or_else(comment.about, "the whole"))), text_cell(as_name(comment.text)),
                            text_cell(as_name(or_else(comment.answer, "no answer is recorded")))});
    blocks_.push_back(TableBlock{std::move(table)});
  }

  void sources() {
    exports::Sources out;
    for (const std::string& source : input_.sources)
      out.items.push_back(exports::runs_of(as_name("Source: " + source + (source.ends_with(".") ? "" : "."))));
    if (!input_.workings.empty())
      out.items.push_back(
          words("Each amount of an area leads to its working: every step, down to the values and the files they were "
                "taken from."));
    blocks_.push_back(std::move(out));
  }

  // "£275,000.00 for 2012/13 to four areas"
  // What is awarded beyond the known funds; empty where nothing is.
  Words beyond() const {
    const Money by_rounding{std::max<std::int64_t>(0, -allocation_.unallocated.pence)};
    const Money over = allocation_.over_programmed;
    if (over.pence == 0 && by_rounding.pence == 0) return {};
    Words out = number("excess", Money{over.pence + by_rounding.pence}.text()) +
                " of it is beyond the known funds of " + number("known", allocation_.pot.known.text()) + ": ";
    if (over.pence != 0) out += number("over-programmed", over.text()) + " as over-programming that is declared";
    if (over.pence != 0 && by_rounding.pence != 0) out += ", ";
    if (by_rounding.pence != 0) out += number("beyond", by_rounding.text()) + " because rounding may";
    return out + ".";
  }
  Words in_short() const {
    return number("total", allocation_.total.text()) + for_year() + " to " +
           number("areas", std::to_string(allocation_.areas.size())) +
           (allocation_.areas.size() == 1 ? " area" : " areas");
  }

 private:
  void heading(const char* text) { blocks_.push_back(Heading{text, level_}); }
  void say(const Words& text) { blocks_.push_back(Paragraph{exports::runs_of(text)}); }
  // A measure of the whole table.
  // A step as it was set; money that is held back by it is a figure of the table.
  Words step(std::size_t i) const {
    const std::string text = in_words(scheme_, i);
    const auto* held = std::get_if<HoldBack>(&scheme_.steps[i].what);
    if (held == nullptr || !held->size.amount || !text.starts_with(held->size.amount->text())) return as_setting(text);
    for (std::size_t k = 0; k < allocation_.held_back.size(); ++k)
      if (allocation_.held_back[k].purpose == held->purpose && allocation_.held_back[k].amount == *held->size.amount)
        return number("held-back-" + std::to_string(k + 1), held->size.amount->text()) +
               as_setting(text.substr(held->size.amount->text().size()));
    return as_setting(text);
  }
  Words number(const std::string& of, std::string shown_text) const {
    const auto address = paper_address(input_);
    return address ? Words(measured_number(*address, "", of, std::move(shown_text))) : Words(std::move(shown_text));
  }
  Words for_year() const {
    return scheme_.financial_year.empty() ? Words() : Words(" for ") + as_date(scheme_.financial_year);
  }
  // `quoted`: as somebody has written them.
  void list(std::string lead, const std::vector<std::string>& sentences, bool quoted = false) {
    if (sentences.empty()) return;
    say(std::move(lead));
    Listing out;
    for (const std::string& sentence : sentences)
      out.items.push_back(quoted ? exports::runs_of(as_name(sentence)) : words(sentence));
    blocks_.push_back(std::move(out));
  }

  Words text_of(const Fund& fund, std::size_t place) const {
    std::vector<std::string> details;
    if (!fund.partner.empty()) details.push_back("from " + fund.partner);
    if (!fund.financial_year.empty()) details.push_back(fund.financial_year);
    details.push_back(fund.kind == FundKind::capital ? "capital" : "revenue");
    if (fund.amount)
      details.push_back(fund.status == FundStatus::confirmed     ? "confirmed"
                        : fund.status == FundStatus::provisional ? "provisional"
                                                                 : "status not known");
    if (fund.carried_forward) details.push_back("carried forward");
    return Words(as_name(fund.name + " (" + joined(details, ", ") + ")")) + ": " +
           (fund.amount ? number("fund-" + std::to_string(place + 1), fund.amount->text()) : Words("not known")) +
           as_name(fund.note.empty() ? "." : ". " + fund.note);
  }

  static std::string origin_text(const Origin& origin) {
    std::string out = "Source: " + or_else(origin.source.name, "not stated");
    if (!origin.source.publisher.empty() && origin.source.publisher != origin.source.name)
      out += ", " + origin.source.publisher;
    if (!origin.reference_date.empty()) out += ", " + origin.reference_date;
    return out + "." + (origin.note.empty() ? "" : " " + origin.note);
  }

  Table indicators(const WeightedIndicators& weighted, std::size_t step) const {
    Table table{.id = "indicators-" + std::to_string(step + 1),
                .title = tr("{0}: indicators of step {1}", {paper_title(input_), std::to_string(step + 1)}),
                .caption = tr("Indicators of step {0}", {std::to_string(step + 1)})};
    table.columns = {{"indicator", tr("Indicator")},
                     {"weight", tr("Weight"), ColumnKind::per_cent},
                     {"as", tr("Counted as")},
                     {"of", tr("Date or period")},
                     {"source", tr("Source")}};
    for (const Indicator& indicator : weighted.indicators) {
      std::size_t periods = 0;
      bool of_evidence = !indicator.values.empty();
      for (const auto& [key, values] : indicator.values) {
        periods = std::max(periods, values.size());
        for (const Observation& one : values)
          of_evidence = of_evidence && (one.figure != nullptr || !one.address.empty());
      }
      const std::string source =
          !indicator.origin.source.name.empty()
              ? indicator.origin.source.name +
                    (indicator.origin.source.publisher.empty() ? "" : ", " + indicator.origin.source.publisher)
          : of_evidence ? "figures of this program; the working names their files"
                        : "not stated";
      const Cell weight =
          exports::per_cent_cell(paper_share(indicator.weight / Fraction(100)), decimals_of(indicator.weight))
              .as(Numeral::Kind::setting);
      table.rows.push_back({text_cell(indicator.name), weight, text_cell(as_setting(in_words(indicator, periods))),
                            text_cell(as_date(or_else(indicator.origin.reference_date, "not stated"))),
                            text_cell(as_name(source))});
      if (!indicator.origin.note.empty()) table.notes.push_back(as_name(indicator.name + ": " + indicator.origin.note));
    }
    return table;
  }

  // As many as the weight has, at most four.
  static int decimals_of(const Fraction& weight) {
    for (int decimals = 0; decimals < 4; ++decimals)
      if (const auto same = Fraction::parse(weight.decimal(decimals)); same && *same == weight) return decimals;
    return 4;
  }

  void gains() {
    const Scenario scenario = compare({{&scheme_, &allocation_}}).front();
    const GainsAndLosses found = gains_and_losses(scenario);
    if (found.unknown.size() == scenario.areas.size()) return;
    const auto of = [&](const std::vector<std::string>& names, const char* what) {
      return number(what, std::to_string(names.size())) + (names.size() == 1 ? " area" : " areas");
    };
    say(Words("Against the year before, ") + of(found.gain, "gain") +
        (decision_.agreed ? " get more, " : " would get more, ") + of(found.lose, "lose") + " less, and " +
        of(found.stay, "stay") + " the same" +
        (found.unknown.empty() ? Words(".")
                               : Words("; of ") + of(found.unknown, "unknown") + " the year before is not known."));
    largest(scenario, "The largest rise is that of ", 1);
    largest(scenario, "The largest fall is that of ", -1);
  }

  // "The largest rise is that of Bromsgrove: from £1.00 to £2.00."
  void largest(const Scenario& scenario, const char* lead, int sign) {
    std::optional<std::size_t> found;
    const auto change = [&](std::size_t i) {
      return scenario.areas[i].change ? scenario.areas[i].change->pence * sign : 0;
    };
    for (std::size_t i = 0; i < scenario.areas.size(); ++i)
      if (change(i) > (found ? change(*found) : 0)) found = i;
    if (!found) return;
    const Standing& area = scenario.areas[*found];
    Run amount{.text = area.amount.text()};
    if (!input_.workings.empty()) {
      const Cell cell = figures::cell_of(input_.workings[*found]);
      amount = exports::figure_run(cell.text, cell.url.text(), cell.explanation);
    }
    Run before{.text = area.last_year->text()};
    if (const auto address = paper_address(input_))
      before = exports::runs_of(measured_number(*address, area.key, "last-year", area.last_year->text())).front();
    blocks_.push_back(Paragraph{{{.text = lead},
                                 {.text = area.name, .declared = Numeral::Kind::name},
                                 {.text = ": from "},
                                 before,
                                 {.text = " to "},
                                 amount,
                                 {.text = "."}}});
  }

  Table years() const {
    Table table{.id = "years",
                .title = tr("{0}: year by year", {paper_title(input_)}),
                .caption = tr("Phased in, year by year")};
    table.columns = {{"area", tr("Area")}, {"prior", tr("Prior"), ColumnKind::money}};
    for (std::size_t year = 1; year <= input_.years.size(); ++year)
      table.columns.push_back(
          {"year-" + std::to_string(year), tr("Year {0}", {std::to_string(year)}), ColumnKind::money});
    for (std::size_t i = 0; i < scheme_.areas.size(); ++i) {
      Row row = {text_cell(scheme_.areas[i].name),
                 paper_cell(input_, paper_money(allocation_.areas[i].last_year, "No source here has the prior amount."),
                            scheme_.areas[i].key, "last-year")};
      for (std::size_t year = 0; year < input_.years.size(); ++year)
        row.push_back(
            of_year(exports::money_cell(input_.years[year].areas[i].amount.pence), scheme_.areas[i].key, year + 1));
      table.rows.push_back(std::move(row));
    }
    return table;
  }

  // What is frozen is one year's: the others of the phasing in have addresses only where they can be worked out again.
  Cell of_year(const Cell& cell, const std::string& area, std::size_t year) const {
    auto address = paper_address(input_);
    if (!address || address->kind == "frozen-allocation") return cell;
    address->parameters.values["year"] = std::to_string(year);
    return cell.explained(measured_number(*address, area, "", cell.text));
  }

  Table tranches() const {
    Table table{
        .id = "tranches", .title = tr("{0}: parts", {paper_title(input_)}), .caption = tr("What is paid in each part")};
    table.columns = {{"area", tr("Area")}};
    for (std::size_t i = 0; i < scheme_.tranches.size(); ++i)
      table.columns.push_back({"part-" + std::to_string(i + 1),
                               scheme_.tranches[i].name.empty() ? Label(tr("Part {0}", {std::to_string(i + 1)}))
                                                                : Label(as_name(scheme_.tranches[i].name)),
                               ColumnKind::money});
    for (const AreaAmount& area : allocation_.areas) {
      Row row = {text_cell(area.name)};
      for (std::size_t i = 0; i < area.tranches.size(); ++i)
        row.push_back(paper_cell(input_, exports::money_cell(area.tranches[i].pence), area.key,
                                 "tranche-" + std::to_string(i + 1)));
      table.rows.push_back(std::move(row));
    }
    return table;
  }

  const PaperInput& input_;
  const Scheme& scheme_;
  const Allocation& allocation_;
  const PaperDecision& decision_;
  const int level_;
  std::vector<exports::Block>& blocks_;
};

Document begun(const PaperInput& input, const char* kind) {
  Document out;
  out.title = std::string(kind) + ": " + paper_title(input);
  out.reference = input.decision.reference;
  out.date = input.date;
  out.classification = name_of(input.decision.publication);
  out.author = input.decision.body;
  for (const std::string& remark : input.remarks)
    out.blocks.push_back(exports::Note{exports::runs_of(as_name(remark))});
  return out;
}

std::string replaced_text(const PaperDecision& decision) {
  std::string out;
  if (!decision.supersedes.empty()) out += "It supersedes " + decision.supersedes + ". ";
  if (!decision.superseded_by.empty()) out += "It is superseded by " + decision.superseded_by + ".";
  return std::string(trimmed(out));
}

}  // namespace

Document allocation_paper(const PaperInput& input) {
  const PaperDecision& decision = input.decision;
  Document out = begun(input, "Allocation paper");
  if (!decision.state.empty()) out.blocks.push_back(Entries{{{"State", words(decision.state)}}});
  Sections sections(input, 1, out.blocks);
  sections.background();
  sections.formula();
  sections.allocations();
  sections.retained();
  sections.transition();
  sections.consultation();
  out.blocks.push_back(Heading{"Decision", 1});
  if (decision.agreed) {
    out.blocks.push_back(Paragraph{exports::runs_of(Words("It was agreed to allocate ") + sections.in_short() +
                                                    ", as the table of allocations says.")});
  } else {
    out.blocks.push_back(Paragraph{exports::runs_of(Words("It is proposed to allocate ") + sections.in_short() +
                                                    ", as the table of allocations says. Nothing has been decided.")});
  }
  if (const Words beyond = sections.beyond(); !beyond.empty())
    out.blocks.push_back(Paragraph{exports::runs_of(beyond)});
  if (const std::string text = replaced_text(decision); !text.empty())
    out.blocks.push_back(Paragraph{exports::runs_of(as_name(text))});
  out.blocks.push_back(Entries{{{"Decided by", or_blank(decision.agreed_by)},
                                {"On the authority of", or_blank(decision.post)},
                                {"Date of the decision", or_blank(decision.agreed_on)}}});
  sections.sources();
  return out;
}

Document decision_notice(const PaperInput& input) {
  const PaperDecision& decision = input.decision;
  Document out = begun(input, "Decision notice");
  out.head_shown = false;  // with blanks here
  std::string approval = decision.approved_by;
  if (!approval.empty() && decision.approved_on) approval += ", " + decision.approved_on->text();
  std::string publication = name_of(decision.publication);
  if (!publication.empty() && !decision.publication_reason.empty()) publication += ": " + decision.publication_reason;
  Entries top{{{"Reference", or_blank(decision.reference)},
               {"Lead officer", or_blank(decision.lead_officer)},
               {"Chief officer approval", or_blank(approval)},
               {"Date", or_blank(decision.agreed_on)},
               {"Publication status", or_blank(publication)}}};
  if (!decision.prepared_by.empty()) top.entries.push_back({"Prepared by", words(decision.prepared_by)});
  if (!decision.state.empty()) top.entries.push_back({"State", words(decision.state)});
  if (decision.published_on) top.entries.push_back({"Published", exports::runs_of(*decision.published_on)});
  out.blocks.push_back(std::move(top));

  std::vector<exports::Block> supporting;
  Sections sections(input, 2, supporting);
  out.blocks.push_back(Heading{"Decision summary", 1});
  out.blocks.push_back(Paragraph{
      exports::runs_of(Words(decision.agreed ? "To allocate " : "Not decided yet. Proposed: to allocate ") +
                       sections.in_short() + ", as the table of allocations under Supporting information says.")});
  if (const Words beyond = sections.beyond(); !beyond.empty())
    out.blocks.push_back(Paragraph{exports::runs_of(beyond)});
  if (const std::string text = replaced_text(decision); !text.empty())
    out.blocks.push_back(Paragraph{exports::runs_of(as_name(text))});
  out.blocks.push_back(Heading{"Declaration of interests", 1});
  if (decision.interests && !trimmed(*decision.interests).empty()) {
    paragraphs(out.blocks, *decision.interests);
  } else {
    out.blocks.push_back(Entries{{{"Interests declared", {}}}});
  }
  out.blocks.push_back(Heading{"Signature", 1});
  // What was written as the authority may be a minute or a power: it is no post.
  if (!decision.post.empty()) out.blocks.push_back(Entries{{{"On the authority of", or_blank(decision.post)}}});
  out.blocks.push_back(exports::Signature{.role = decision.body, .name = decision.agreed_by});

  supporting.push_back(Heading{"Supporting information", 1});
  sections.background();
  sections.formula();
  sections.allocations();
  sections.retained();
  sections.transition();
  sections.consultation();
  sections.sources();
  out.blocks.insert(out.blocks.end(), std::make_move_iterator(supporting.begin()),
                    std::make_move_iterator(supporting.end()));
  return out;
}

}  // namespace tithing::pots
