#include "pos/screens/cards/card_log.h"

#include <algorithm>

#include "pos/screens/parts/page.h"
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

namespace {

ui::Text style_of(const CardEventView& event) {
  if (event.state == ui::State::neutral) return {};
  return {.weight = ui::Weight::medium, .colour = ui::state_ink(event.state)};
}

// Where the words begin, beside the time and the dot.
int words_left(ui::Ui& ui) {
  return 24 + ui::text_width(ui, "00:00:00") + 8 + 16 + 20;
}

}  // namespace

// Never cut: these words decide what is believed. A row is as high as its words
// need, and the rows move together before the last one is out of sight.
void draw(ui::Ui& ui, const ui::Rect& rect, const std::vector<CardEventView>& events) {
  const int left = words_left(ui), width = rect.w - 16 - left;
  const auto words_height = [&](const CardEventView& event) {
    return ui::paragraph_height(ui, width, event.words, style_of(event));
  };
  int wide = 0;
  for (const CardEventView& event : events) wide += std::max(44, words_height(event) + 8);
  const bool is_close = wide > rect.h;
  const auto row_height = [&](const CardEventView& event) {
    return is_close ? words_height(event) + 8 : std::max(44, words_height(event) + 8);
  };
  int height = 0, last = 0;
  for (const CardEventView& event : events) height += last = row_height(event);
  const ui::Part latest{rect.y + height - last, last};
  const ui::ScrollArea area(ui, rect, "card-events", height, latest);
  int y = rect.y;
  for (const CardEventView& event : events) {
    const int row = row_height(event), words = words_height(event), top = area.y(y);
    ui::text(ui, {rect.x + 24, top, left - 60, row}, event.time, {.colour = ui::Colour::text_2});
    ui::dot(ui, rect.x + left - 20, top + row / 2, ui::state_dot(event.state));
    ui::paragraph(ui, {rect.x + left, top + (row - words) / 2, width, words}, event.words,
                  style_of(event));
    y += row;
  }
}

}  // namespace pos
