#include "pos/screens/card_log.h"

#include <algorithm>

#include "pos/screens/page.h"
#include "pos/ui/format.h"
#include "pos/ui/lists.h"
#include "pos/ui/panels.h"

namespace pos {

void follow(const Scene& scene, CardLog& log) {
  if (!scene.till.attempt) return;
  const core::CardAttempt& attempt = *scene.till.attempt;
  if (log.attempt != attempt.id) {
    // A till that was restarted meets the attempt when it is unknown already.
    log = {};
    log.attempt = attempt.id;
    log.events.push_back({CardEvent::Kind::requested, attempt.started, ""});
  }
  const auto note = [&](CardEvent::Kind kind, const std::string& words) {
    log.events.push_back({kind, scene.instant, words});
  };
  const std::string& progress = scene.devices.card_progress;
  if (attempt.phase == core::CardPhase::requested && !progress.empty() && progress != log.said) {
    note(CardEvent::Kind::progress, progress);
    log.said = progress;
  }
  if (attempt.phase == core::CardPhase::unknown && log.phase != core::CardPhase::unknown) {
    note(CardEvent::Kind::lost, "");
  }
  if (attempt.asked > log.asked) note(CardEvent::Kind::asked, "");
  if (!attempt.says.empty() && attempt.says != log.said) {
    note(CardEvent::Kind::said, attempt.says);
    log.said = attempt.says;
  }
  log.phase = attempt.phase;
  log.asked = attempt.asked;
}

std::string clock_text(const Scene& scene, core::Instant instant) {
  return seconds_text(core::local_time(instant, scene.till.settings.shop.time_zone));
}

namespace {

CardEventView shown(const Scene& scene, const CardEvent& event) {
  const Words& words = scene.words;
  const std::string time = clock_text(scene, event.at);
  switch (event.kind) {
    case CardEvent::Kind::requested:
      return {
          time,
          words.fill("Amount {} sent", {money_text(scene.till.attempt->amount, words.language())}),
          ui::State::neutral};
    case CardEvent::Kind::lost:
      return {time, std::string(words("No answer: unclear")), ui::State::warn};
    case CardEvent::Kind::asked:
      return {time, std::string(words("Terminal asked again")), ui::State::accent};
    case CardEvent::Kind::progress:
    case CardEvent::Kind::said:
      break;
  }
  return {time, words.fill("“{}”", {words(event.words)}),
          event.kind == CardEvent::Kind::said ? ui::State::warn : ui::State::neutral};
}

}  // namespace

std::vector<CardEventView> shown(const Scene& scene, const CardLog& log) {
  std::vector<CardEventView> events;
  for (const CardEvent& event : log.events) events.push_back(shown(scene, event));
  return events;
}

void draw(ui::Ui& ui, const ui::Rect& rect, const std::vector<CardEventView>& events) {
  const int row = std::max(44, 2 * line_height(ui, ui::Size::t1));
  const int height = row * static_cast<int>(events.size());
  ui::ScrollArea area(ui, rect, "card-events", height);
  const int time = ui::text_width(ui, "00:00:00") + 8;
  int y = rect.y;
  for (const CardEventView& event : events) {
    const int top = area.y(y);
    ui::text(ui, {rect.x + 24, top, time, row}, event.time, {.colour = ui::Colour::text_2});
    const int x = rect.x + 24 + time + 16;
    ui::dot(ui, x, top + row / 2, ui::state_dot(event.state));
    const bool is_calm = event.state == ui::State::neutral;
    const ui::Text style{.weight = is_calm ? ui::Weight::regular : ui::Weight::medium,
                         .colour = is_calm ? ui::Colour::text : ui::state_ink(event.state)};
    // Never cut: these words decide what is believed. A row has room for two lines.
    const int width = rect.right() - 16 - x - 20;
    const int lines = ui::paragraph_height(ui, width, event.words, style);
    ui::paragraph(ui, {x + 20, top + std::max(0, row - lines) / 2, width, lines}, event.words,
                  style);
    y += row;
  }
  if (height > rect.h) area.reveal(rect.y + height - row, row);
}

}  // namespace pos
