#include "pos/screens/cards/unresolved_screen.h"

#include <algorithm>

#include "core/base/text.h"
#include "pos/screens/cards/card_unknown.h"
#include "pos/screens/parts/order_words.h"
#include "pos/ui/format.h"

namespace pos {

namespace {

std::string title_of(const core::CardAttempt& attempt, const Words& words) {
  const char* english = attempt.kind == core::CardKind::sale       ? "Card payment of sale {}"
                        : attempt.kind == core::CardKind::reversal ? "Reversal for order {}"
                                                                   : "Refund to the card, order {}";
  return words.fill(english, {attempt.order_number});
}

UnresolvedRow row_of(const core::CardAttempt& attempt, const Scene& scene) {
  const Words& words = scene.words;
  UnresolvedRow row;
  row.attempt = attempt.id;
  row.title = title_of(attempt, words);
  row.amount = money_text(attempt.amount, words.language());
  row.second = words.fill("since {}", {short_time(attempt.started, scene)});
  if (!attempt.terminal.empty()) {
    if (attempt.asked > 0) row.second += " · " + words.fill("Terminal {}", {attempt.terminal});
  }
  if (attempt.asked > 0)
    row.second += " · " + words.fill("asked {} time", "asked {} times", attempt.asked);
  row.says = attempt.says.empty() ? std::string(words("The terminal's answer was lost."))
                                  : std::string(words(attempt.says));
  if (attempt.alike) row.says += " " + lookalike_line(scene, attempt);
  row.is_in_hand = scene.till.attempt && scene.till.attempt->id == attempt.id;
  return row;
}

Reaction ask_reason(core::AttemptId attempt, core::CardVerdict verdict, UnresolvedInput& input) {
  input.deciding = attempt;
  input.verdict = verdict;
  input.reason = {};
  return {};
}

}  // namespace

Questions wants(const Scene&, const UnresolvedInput&) {
  return {};
}

UnresolvedView present(const Scene& scene, const UnresolvedInput& input) {
  const Words& words = scene.words;
  UnresolvedView view;
  view.title = words("Unclear card payments");
  view.back = words("Back");
  view.explained = words(
      "The terminal's answer to these was lost: the card may have been charged. Until they are "
      "cleared up the terminal takes no other card; cash works. Nothing is charged twice.");
  view.ask = words("Ask the terminal");
  view.paid = words("Paid");
  view.not_paid = words("Not paid");
  view.later = words("Clear up later");
  view.open = words("Look closer");
  for (const core::CardAttempt* attempt : core::unresolved_attempts(scene.till)) {
    view.rows.push_back(row_of(*attempt, scene));
  }
  if (view.rows.empty()) {
    view.explained.clear();
    view.emptiness = {ui::icons::verified_user,
                      std::string(words("Every card payment is cleared up")),
                      std::string(words("Nothing has to be decided here."))};
  }
  for (const core::CardAttempt* attempt : core::unresolved_attempts(scene.till)) {
    if (!input.verdict || attempt->id != input.deciding) continue;
    view.reason = reason_sheet(scene, *attempt, *input.verdict, input.reason);
  }
  return view;
}

Reaction react(const UnresolvedTap& tap, const Scene& scene, UnresolvedInput& input) {
  if (tap.kind == UnresolvedTap::Kind::back) return show(Screen::sell);
  if (tap.kind == UnresolvedTap::Kind::dismiss_reason) input.verdict.reset();
  if (tap.kind == UnresolvedTap::Kind::confirm_reason && input.verdict) {
    const core::CardVerdict verdict = *input.verdict;
    input.verdict.reset();
    return say(
        core::ResolveCard{input.deciding, verdict, std::string(core::trim(input.reason.value))});
  }
  const auto all = core::unresolved_attempts(scene.till);
  if (tap.index >= all.size()) return {};
  const core::AttemptId attempt = all[tap.index]->id;
  const bool is_in_hand = scene.till.attempt && scene.till.attempt->id == attempt;
  switch (tap.kind) {
    case UnresolvedTap::Kind::ask:
      return say(core::AskTerminal{attempt});
    case UnresolvedTap::Kind::paid:
      return ask_reason(attempt, core::CardVerdict::paid, input);
    case UnresolvedTap::Kind::not_paid:
      return ask_reason(attempt, core::CardVerdict::not_paid, input);
    case UnresolvedTap::Kind::later:
      return say(core::PutOffCard{attempt});
    case UnresolvedTap::Kind::open: {
      Reaction reaction = show(Screen::tender);
      if (!is_in_hand) reaction.commands.emplace_back(core::TakeUpCard{attempt});
      return reaction;
    }
    default:
      return {};
  }
}

Reaction run(ui::Ui& ui, const Scene& scene, UnresolvedInput& input) {
  const UnresolvedTap tap = draw(ui, present(scene, input), input);
  return react(tap, scene, input);
}

}  // namespace pos
