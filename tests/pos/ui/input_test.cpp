#include "pos/ui/input.h"

#include <SDL.h>
#include <doctest/doctest.h>

using namespace pos::ui;

namespace {

SDL_Event mouse(std::uint32_t type, std::uint32_t which) {
  SDL_Event event{};
  event.type = type;
  event.button = {};
  event.button.type = type;
  event.button.which = which;
  event.button.button = SDL_BUTTON_LEFT;
  event.button.x = 10;
  event.button.y = 20;
  return event;
}

SDL_Event finger(std::uint32_t type, SDL_FingerID id) {
  SDL_Event event{};
  event.type = type;
  event.tfinger.fingerId = id;
  event.tfinger.x = .5F;
  event.tfinger.y = .25F;
  return event;
}

}  // namespace

TEST_CASE("input: a press and its release never share a frame") {
  Input input;
  input.take(mouse(SDL_MOUSEBUTTONDOWN, 0), 1, 800, 600);
  input.take(mouse(SDL_MOUSEBUTTONUP, 0), 1, 800, 600);
  CHECK(input.next().is_down);
  CHECK_FALSE(input.is_empty());
  CHECK_FALSE(input.next().is_down);
  CHECK(input.is_empty());
}

TEST_CASE("input: a touch is one press, and the mouse that SDL makes of it is left out") {
  Input input;
  CHECK(input.take(finger(SDL_FINGERDOWN, 3), 1, 800, 600));
  CHECK_FALSE(input.take(mouse(SDL_MOUSEBUTTONDOWN, SDL_TOUCH_MOUSEID), 1, 800, 600));
  CHECK_FALSE(input.take(finger(SDL_FINGERDOWN, 4), 1, 800, 600));
  const pos::ui::FrameInput frame = input.next();
  CHECK(frame.is_down);
  CHECK(frame.x == 400);
  CHECK(frame.y == 150);
  CHECK(input.is_empty());
  CHECK_FALSE(input.take(finger(SDL_FINGERUP, 4), 1, 800, 600));
  CHECK(input.take(finger(SDL_FINGERUP, 3), 1, 800, 600));
  CHECK_FALSE(input.next().is_down);
}

TEST_CASE("input: a mouse that only passes by is no event") {
  Input input;
  SDL_Event event{};
  event.type = SDL_MOUSEMOTION;
  CHECK_FALSE(input.take(event, 1, 800, 600));
  CHECK(input.is_empty());
}

TEST_CASE("input: letters and keys keep their order") {
  Input input;
  for (const char* letters : {"4", "0", "0"}) input.stroke({.text = letters});
  input.stroke({.key = Key::enter});
  const pos::ui::FrameInput frame = input.next();
  REQUIRE(frame.strokes.size() == 4);
  CHECK(frame.strokes[2].text == "0");
  CHECK(frame.strokes[3].key == Key::enter);
  CHECK(input.next().strokes.empty());
}

TEST_CASE("keys: names are read back") {
  CHECK(key_name(Key::f9) == "F9");
  CHECK(key_from_name("f9") == Key::f9);
  CHECK(key_from_name("Enter") == Key::enter);
  CHECK(key_from_name("escape") == Key::escape);
  CHECK(key_from_name("F13") == Key::none);
  CHECK(key_from_name("") == Key::none);
}
