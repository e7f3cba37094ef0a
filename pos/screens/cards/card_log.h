// What the cashier saw happen during one card attempt, in order: kept by the
// screen for the hour of doubt, when a person has to find out what became of
// the payment. The books themselves are in the journal. Pure; UI thread.
#pragma once

#include <string>
#include <vector>

#include "pos/desk/scene.h"
#include "pos/ui/ui.h"

namespace pos {

struct CardEvent {
  enum class Kind : std::uint8_t { requested, progress, lost, asked, said };
  Kind kind = Kind::requested;
  core::Instant at;
  std::string words;  // an English key, or the terminal's own words
  friend bool operator==(const CardEvent&, const CardEvent&) = default;
};

struct CardLog {
  core::AttemptId attempt;
  core::CardPhase phase = core::CardPhase::requested;
  int asked = 0;
  std::string said;  // the terminal's words that were noted last
  std::vector<CardEvent> events;
};

// "15:45:52" in the shop's time zone.
std::string clock_text(const Scene& scene, core::Instant instant);

struct CardEventView {
  std::string time, words;
  ui::State state = ui::State::neutral;
  friend bool operator==(const CardEventView&, const CardEventView&) = default;
};
// Oldest first. Only where there is an attempt.
std::vector<CardEventView> shown(const Scene& scene, const CardLog& log);
// Scrolls, with the newest in view.
void draw(ui::Ui& ui, const ui::Rect& rect, const std::vector<CardEventView>& events);

// Notes what is new in this scene; another attempt begins a new log.
void follow(const Scene& scene, CardLog& log);

}  // namespace pos
