#include "pos/screens/order/card_refund_sheet.h"

#include "core/base/text.h"
#include "pos/screens/parts/page.h"
#include "pos/screens/parts/sheet.h"
#include "pos/ui/format.h"

namespace pos {
namespace {

using core::CardPhase;
using Verb = CardRefundVerb;

struct RefundFace {
  ui::State state;
  const char* title;
  const char* explained;
};

RefundFace face_of_refund(CardPhase phase) {
  switch (phase) {
    case CardPhase::declined:
      return {ui::State::bad, "The card refund was declined",
              "Nothing was given back. Try again, or give it back another way."};
    case CardPhase::not_started:
      return {ui::State::warn, "The card refund did not start",
              "The terminal did not take the request. Nothing was given back."};
    case CardPhase::unknown:
      return {ui::State::warn, "Card refund unclear",
              "Look at the terminal or its slip before you decide: nothing is given back twice."};
    case CardPhase::approved:
    case CardPhase::requested:
      break;
  }
  return {ui::State::accent, "Refund to the card",
          "The customer follows the terminal now. Its answer appears here by itself."};
}

std::string said_by_terminal(const Scene& scene, const core::CardAttempt& attempt) {
  if (attempt.phase == CardPhase::requested) {
    const std::string& progress = scene.devices.card_progress;
    return std::string(
        scene.words(progress.empty() ? "The amount is on its way to the terminal." : progress));
  }
  return attempt.says.empty() ? std::string(scene.words("The terminal gave no reason."))
                              : scene.words.fill("Terminal: {}", {scene.words(attempt.says)});
}

void add_choices(const Scene& scene, const CardRefundInput& input, CardRefundView& view) {
  const Words& words = scene.words;
  const core::CardAttempt& attempt = *scene.till.attempt;
  const auto add = [&](Verb verb, std::string_view label, std::string_view why_not = "") {
    view.choices.push_back({verb, std::string(words(label)), std::string(words(why_not))});
  };
  const core::CardActions actions = core::actions_in(attempt.phase);
  if (actions.abort && scene.devices.asks_for_answer) {
    add(Verb::approve, "Approve");
    add(Verb::decline, "Decline");
    add(Verb::silent_charged, "Give back and go silent");
    add(Verb::silent_uncharged, "Give nothing back and go silent");
  }
  if (actions.abort) {
    const bool is_asked = input.cancelled == attempt.id;
    add(Verb::cancel, is_asked ? "Cancelling was asked for …" : "Cancel at the terminal",
        is_asked ? "The terminal has been asked; its answer decides." : "");
  }
  if (actions.ask_terminal) add(Verb::ask, "Ask the terminal");
  if (actions.resolve_by_hand) {
    add(Verb::given, "It was given back");
    add(Verb::not_given, "It was not given back");
  }
  if (!core::holds_order(attempt.phase)) add(Verb::close, "Close");
}

TextSheetView reason_of(const Scene& scene) {
  TextSheetView view;
  view.title = scene.words("Why do you know?");
  view.explained = scene.words("What you saw is kept with the order.");
  view.confirm = scene.words("Save");
  view.close = scene.words("Cancel");
  view.ready = {std::string(scene.words("Slip of the terminal seen")),
                std::string(scene.words("Terminal shows it"))};
  view.layout = layout_of(scene.words);
  return view;
}

std::optional<Verb> draw_card_refund(ui::Ui& ui, const CardRefundView& view) {
  const int rows = static_cast<int>(view.choices.size());
  const int width = std::min(560, ui.width() - 16) - 48;
  const int line = line_height(ui, ui::Size::t2);
  const int explained = ui::paragraph_height(ui, width, view.explained, {}) + 16;
  const int says = ui::paragraph_height(ui, width, view.says, {}) + 8;
  const ui::Rect at =
      sheet_place(ui, 560, 80 + line + 12 + says + explained + rows * 64 + 16, false);
  const ui::Sheet sheet(ui, at, {.title = view.title, .close_word = ""});
  const int x = at.x + 24;
  int y = at.y + 80;
  ui::text(ui, {x, y, width, line}, view.amount,
           {.size = ui::Size::t2, .weight = ui::Weight::semibold});
  y += line + 12;
  ui::paragraph(ui, {x, y, width, says}, view.says);
  y += says;
  ui::paragraph(ui, {x, y, width, explained}, view.explained, {.colour = ui::Colour::text_2});
  y += explained;
  std::optional<Verb> tap;
  for (const CardRefundView::Choice& choice : view.choices) {
    if (ui::button(ui, {x, y, width, 56},
                   {.label = choice.label,
                    .kind = ui::ButtonKind::line,
                    .enabled = choice.why_not.empty(),
                    .why_not = choice.why_not})) {
      tap = choice.verb;
    }
    y += 64;
  }
  return tap;
}

}  // namespace

bool gives_back(const Scene& scene, core::OrderId order) {
  const auto& attempt = scene.till.attempt;
  return attempt && attempt->kind != core::CardKind::sale && attempt->order == order;
}

CardRefundView present(const Scene& scene, const CardRefundInput& input) {
  const core::CardAttempt& attempt = *scene.till.attempt;
  const RefundFace face = face_of_refund(attempt.phase);
  CardRefundView view;
  view.title = scene.words(face.title);
  view.state = face.state;
  view.explained = scene.words(face.explained);
  view.amount = money_text(attempt.amount, scene.words.language());
  view.says = said_by_terminal(scene, attempt);
  add_choices(scene, input, view);
  if (input.verdict) view.reason = reason_of(scene);
  return view;
}

Reaction react(CardRefundVerb verb, const Scene& scene, CardRefundInput& input) {
  const core::AttemptId attempt = scene.till.attempt->id;
  Reaction reaction;
  switch (verb) {
    case Verb::cancel:
      input.cancelled = attempt;
      return say(core::CancelCard{attempt});
    case Verb::close:
      return say(core::DismissCard{attempt});
    case Verb::ask:
      return say(core::AskTerminal{attempt});
    case Verb::given:
    case Verb::not_given:
      input.verdict = verb == Verb::given ? core::CardVerdict::paid : core::CardVerdict::not_paid;
      input.reason = {};
      break;
    case Verb::approve:
      reaction.terminal = drivers::SimulatedAnswer::approve;
      break;
    case Verb::decline:
      reaction.terminal = drivers::SimulatedAnswer::decline;
      break;
    case Verb::silent_charged:
      reaction.terminal = drivers::SimulatedAnswer::silent_charged;
      break;
    case Verb::silent_uncharged:
      reaction.terminal = drivers::SimulatedAnswer::silent_uncharged;
      break;
  }
  return reaction;
}

Reaction run(ui::Ui& ui, const Scene& scene, CardRefundInput& input) {
  const CardRefundView view = present(scene, input);
  if (view.reason) {
    const TextSheetTap tap = draw(ui, *view.reason, input.reason);
    if (tap == TextSheetTap::none) return {};
    const core::CardVerdict verdict = *input.verdict;
    input.verdict.reset();
    const std::string reason(core::trim(input.reason.value));
    if (tap == TextSheetTap::dismiss) return {};
    return say(core::ResolveCard{scene.till.attempt->id, verdict, reason});
  }
  const auto tap = draw_card_refund(ui, view);
  return tap ? react(*tap, scene, input) : Reaction{};
}

}  // namespace pos
