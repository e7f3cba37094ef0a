// The look as plain data: every colour of the light and the dark theme, the
// text sizes and the measures of the components. All measures are in base
// pixels; the Ui multiplies them by its scale. Any thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace pos::ui {

// Straight (not premultiplied) alpha.
struct Rgba {
  std::uint8_t r = 0, g = 0, b = 0, a = 255;
  friend bool operator==(const Rgba&, const Rgba&) = default;
};
Rgba with_alpha(Rgba colour, float factor);  // factor 0..1

enum class Appearance { light, dark };

// Accent is for the one main action of a screen; ok, warn and bad are for
// state only, always with an icon and a word.
enum class Colour : std::uint8_t {
  none,  // nothing is drawn
  bg,
  surface,
  sunken,
  press,
  line,
  line_strong,
  text,
  text_2,
  text_off,
  accent,
  accent_press,
  on_accent,
  accent_tint,
  accent_text,
  ok,
  ok_tint,
  ok_dot,
  warn,
  warn_tint,
  warn_dot,
  bad,
  bad_tint,
  bad_dot,
  on_dot,
  bar_old,
  ch2,
  scrim,
  picture_tint,
  shadow,
  coin_gold,
  coin_copper,
  coin_silver,
  ring_gold,
  ring_silver,
  coin_ink,
  logo_plate,
  logo_letter,
  logo_dot,
  c1,
  c2,
  c3,
  c4,
  c5,
  c6,
  c7,
  c8,  // category fills
  c1i,
  c2i,
  c3i,
  c4i,
  c5i,
  c6i,
  c7i,
  c8i,  // inks on them
  count
};

struct Theme {
  std::array<Rgba, static_cast<std::size_t>(Colour::count)> colours{};
  float shadow_factor = 1;  // multiplies the alpha of every shadow layer

  Rgba operator[](Colour c) const { return colours[static_cast<std::size_t>(c)]; }
};
const Theme& theme(Appearance appearance);

// A category keeps its colour for ever: 1..8, larger numbers wrap around.
Colour category_fill(int category);
Colour category_ink(int category);
// The same for things without a category, such as people: from their name.
int category_of(const char* begin, std::size_t length);

// What a badge, dot or head says. `accent` is "new"; `neutral` is no state.
enum class State : std::uint8_t { neutral, accent, ok, warn, bad };
Colour state_ink(State state);   // word and icon
Colour state_tint(State state);  // fill of a badge or head
Colour state_dot(State state);

enum class Size : std::uint8_t { t1, t2, t3, t4 };               // 14, 18, 24, 40 px
enum class Weight : std::uint8_t { regular, medium, semibold };  // 400, 500, 600

int pixels_of(Size size);       // 14, 18, 24, 40
int line_height_of(Size size);  // 20, 24, 32, 48

// One layer of a shadow: a rounded rectangle moved down and grown.
struct ShadowLayer {
  int dy, spread;
  float alpha;
};
inline constexpr std::array<ShadowLayer, 3> shadow_1{{{1, 0, .05F}, {1, 1, .03F}, {2, 2, .015F}}};
inline constexpr std::array<ShadowLayer, 6> shadow_2{
    {{2, 1, .05F}, {3, 3, .035F}, {4, 6, .025F}, {6, 10, .018F}, {8, 15, .012F}, {10, 21, .008F}}};

namespace measure {
inline constexpr int gap = 8, margin = 16, padding = 24, group = 32;
inline constexpr int keyboard_height = 304;
inline constexpr int radius = 10, small_radius = 6;
inline constexpr int target = 56;  // least height and width of anything tappable
inline constexpr int icon = 24, icon_small = 20, icon_badge = 18, icon_large = 28, icon_head = 56;
inline constexpr int strip = 56, navigation = 104, nav_entry = 72;
inline constexpr int badge = 32, avatar = 40, cart_line = 56, cart_line_selected = 120, row = 72;
}  // namespace measure

}  // namespace pos::ui
