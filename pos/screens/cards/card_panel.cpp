#include "pos/screens/cards/card_panel.h"

#include <algorithm>

#include "pos/screens/parts/page.h"
#include "pos/screens/parts/room.h"
#include "pos/ui/buttons.h"
#include "pos/ui/format.h"
#include "pos/ui/panels.h"

namespace pos {

namespace {

using core::CardPhase;

struct Face {
  ui::State state;
  ui::Icon icon;
  const char* title;
  const char* explained;
};

Face face_of(CardPhase phase) {
  switch (phase) {
    case CardPhase::declined:
      return {ui::State::bad, ui::icons::cancel, "Card declined",
              "Nothing was charged. Try again, or take another tender."};
    case CardPhase::not_started:
      return {ui::State::warn, ui::icons::error, "Card payment did not start",
              "The terminal did not take the request. Nothing was charged."};
    case CardPhase::unknown:
      return {ui::State::warn, ui::icons::help, "Card payment unclear",
              "The order waits until it is known what became of this payment."};
    case CardPhase::approved:
      return {ui::State::ok, ui::icons::check, "Card payment approved", ""};
    case CardPhase::requested:
      break;
  }
  return {ui::State::accent, ui::icons::contactless, "Card payment is running",
          "The customer follows the terminal now. Its answer appears here by itself."};
}

std::string said(const Scene& scene, const core::CardAttempt& attempt) {
  if (attempt.phase == CardPhase::requested) {
    const std::string& progress = scene.devices.card_progress;
    return std::string(
        scene.words(progress.empty() ? "The amount is on its way to the terminal." : progress));
  }
  if (!attempt.says.empty()) return scene.words.fill("Terminal: {}", {scene.words(attempt.says)});
  if (attempt.phase == CardPhase::unknown) {
    return std::string(scene.words("No answer from the terminal. Do not collect again."));
  }
  return std::string(scene.words("The terminal gave no reason."));
}

}  // namespace

CardPanelView present(const Scene& scene, const CardPanelInput& input) {
  const core::CardAttempt& attempt = *scene.till.attempt;
  const Words& words = scene.words;
  const core::CardActions actions = core::actions_in(attempt.phase);
  const Face face = face_of(attempt.phase);
  CardPanelView view;
  view.state = face.state;
  view.icon = face.icon;
  view.title = words(face.title);
  view.explained = words(face.explained);
  view.says = said(scene, attempt);
  view.amount = money_text(attempt.amount, words.language());
  view.has_cancel = actions.abort;
  view.can_cancel = input.cancelled != attempt.id;
  view.cancel = words(view.can_cancel ? "Cancel at the terminal" : "Cancelling was asked for …");
  view.cancel_why_not = words("The terminal has been asked; its answer decides.");
  view.has_retry = actions.retry && attempt.kind == core::CardKind::sale;
  view.retry = words.fill("Try card again {}", {view.amount});
  view.other_tender = words("Other tender");
  view.back = words("Back");
  if (actions.abort && scene.devices.asks_for_answer) {
    view.has_simulator = true;
    view.simulator = words("Simulated terminal");
    view.simulator_explained = words("No real card is charged. You are the card: how does it end?");
    view.approve = words("Approve");
    view.decline = words("Decline");
    view.charged = words("Charge and go silent");
    view.uncharged = words("Charge nothing and go silent");
  }
  return view;
}

namespace {

CardPanelTap draw_simulator(ui::Ui& ui, const ui::Rect& rect, const CardPanelView& view) {
  ui::card(ui, rect);
  const int line = line_height(ui, ui::Size::t1);
  const ui::Rect inner = rect.inset(16);
  ui::icon_plate(ui, {inner.x, inner.y, 48, 48}, ui::icons::devices);
  ui::text(ui, {inner.x + 60, inner.y, inner.w - 60, 24}, view.simulator,
           {.size = ui::Size::t2, .weight = ui::Weight::semibold});
  ui::text(ui, {inner.x + 60, inner.y + 26, inner.w - 60, line}, view.simulator_explained,
           {.colour = ui::Colour::text_2, .shrinks = true});
  CardPanelTap tap = CardPanelTap::none;
  const int height = 56, top = inner.bottom() - 2 * height - 8;
  const auto upper = side_by_side({inner.x, top, inner.w, height}, 2);
  const auto lower = side_by_side({inner.x, top + height + 8, inner.w, height}, 2);
  if (ui::button(ui, upper[0],
                 {.label = view.approve, .icon = ui::icons::check_circle, .ink = ui::Colour::ok})) {
    tap = CardPanelTap::approve;
  }
  if (ui::button(ui, upper[1],
                 {.label = view.decline, .icon = ui::icons::cancel, .ink = ui::Colour::bad})) {
    tap = CardPanelTap::decline;
  }
  if (ui::button(ui, lower[0], {.label = view.charged})) tap = CardPanelTap::silent_charged;
  if (ui::button(ui, lower[1], {.label = view.uncharged})) tap = CardPanelTap::silent_uncharged;
  return tap;
}

// The amount and under it what it means; in a low card beside it, or not at all:
// the head says the same in short. Returns the height used.
int draw_sum(ui::Ui& ui, const ui::Rect& rect, const CardPanelView& view) {
  const ui::Text style{.colour = ui::Colour::text_2};
  const int below = ui::paragraph_height(ui, rect.w, view.explained, style);
  const bool is_large = line_height(ui, ui::Size::t4) <= rect.h;
  const ui::Size size = is_large ? ui::Size::t4 : ui::Size::t3;
  const int amount = line_height(ui, size);
  ui::amount(ui, {rect.x, rect.y, rect.w, amount}, view.amount,
             {.size = size, .align = ui::Align::left});
  if (amount + 8 + below <= rect.h) {
    ui::paragraph(ui, {rect.x, rect.y + amount + 8, rect.w, below}, view.explained, style);
    return amount + 8 + below + 8;
  }
  const int x = ui::text_width(ui, view.amount, size, ui::Weight::semibold) + 24;
  const int beside = ui::paragraph_height(ui, rect.w - x, view.explained, style);
  if (beside <= amount) {
    ui::paragraph(ui, {rect.x + x, rect.y + (amount - beside) / 2, rect.w - x, beside},
                  view.explained, style);
  }
  return amount + 8;
}

constexpr int cancel_height = 64, retry_height = 80;

int actions_height(const CardPanelView& view) {
  return view.has_retry ? retry_height + 8 + 56 : view.has_cancel ? cancel_height : 0;
}

CardPanelTap draw_actions(ui::Ui& ui, const ui::Rect& rect, const CardPanelView& view) {
  CardPanelTap tap = CardPanelTap::none;
  const int top = rect.bottom() - retry_height;
  if (view.has_cancel &&
      ui::button(ui, {rect.x, rect.bottom() - cancel_height, rect.w, cancel_height},
                 {.label = view.cancel,
                  .kind = ui::ButtonKind::line,
                  .icon = ui::icons::close,
                  .key = ui::Key::escape,
                  .enabled = view.can_cancel,
                  .why_not = view.cancel_why_not})) {
    tap = CardPanelTap::cancel;
  }
  if (!view.has_retry) return tap;
  if (ui::button(ui, {rect.x, top, rect.w, retry_height},
                 {.label = view.retry,
                  .kind = ui::ButtonKind::main,
                  .icon = ui::icons::contactless,
                  .key = ui::Key::enter})) {
    tap = CardPanelTap::retry;
  }
  const auto halves = side_by_side({rect.x, top - 64, rect.w, 56}, 2);
  if (ui::button(ui, halves[0], {.label = view.other_tender, .icon = ui::icons::payments})) {
    tap = CardPanelTap::other_tender;
  }
  if (ui::button(ui, halves[1],
                 {.label = view.back, .icon = ui::icons::arrow_back, .key = ui::Key::escape})) {
    tap = CardPanelTap::back;
  }
  return tap;
}

}  // namespace

CardPanelTap draw(ui::Ui& ui, const ui::Rect& rect, const CardPanelView& view) {
  const bool is_small = is_low(ui);
  const int simulator = view.has_simulator ? 16 + 56 + 12 + 120 + 16 : 0;
  const int gap = view.has_simulator ? card_gap(ui) : 0;
  const ui::Rect main{rect.x, rect.y, rect.w, rect.h - simulator - gap};
  ui::card(ui, main);
  const int head = is_small ? 80 : 96;
  ui::head(ui, {main.x, main.y, main.w, head},
           {.state = view.state, .icon = view.icon, .title = view.title, .second = view.says});
  const ui::Rect inner{main.x + 24, main.y + head + 16, main.w - 48,
                       main.h - head - 16 - card_gap(ui) - (is_small ? 0 : 8)};
  const int room = inner.h - actions_height(view) - 8;
  const int used = draw_sum(ui, {inner.x, inner.y, inner.w, room}, view);
  const int two_events = 2 * (line_height(ui, ui::Size::t1) + 8);
  if (room - used >= two_events)
    draw(ui, {main.x, inner.y + used, main.w, room - used}, view.events);
  CardPanelTap tap = draw_actions(ui, inner, view);
  if (view.has_simulator) {
    const auto answer = draw_simulator(ui, {rect.x, main.bottom() + gap, rect.w, simulator}, view);
    if (answer != CardPanelTap::none) tap = answer;
  }
  return tap;
}

Reaction react(CardPanelTap tap, const Scene& scene, CardPanelInput& input) {
  if (!scene.till.attempt) return {};
  const core::CardAttempt& attempt = *scene.till.attempt;
  const auto answered = [](drivers::SimulatedAnswer answer) {
    Reaction reaction;
    reaction.terminal = answer;
    return reaction;
  };
  switch (tap) {
    case CardPanelTap::none:
      return {};
    case CardPanelTap::cancel:
      input.cancelled = attempt.id;
      return say(core::CancelCard{attempt.id});
    case CardPanelTap::retry: {
      Reaction reaction = say(core::DismissCard{attempt.id});
      reaction.commands.emplace_back(core::StartCard{attempt.amount});
      return reaction;
    }
    case CardPanelTap::other_tender:
    case CardPanelTap::back:
      return say(core::DismissCard{attempt.id});
    case CardPanelTap::approve:
      return answered(drivers::SimulatedAnswer::approve);
    case CardPanelTap::decline:
      return answered(drivers::SimulatedAnswer::decline);
    case CardPanelTap::silent_charged:
      return answered(drivers::SimulatedAnswer::silent_charged);
    case CardPanelTap::silent_uncharged:
      return answered(drivers::SimulatedAnswer::silent_uncharged);
  }
  return {};
}

}  // namespace pos
