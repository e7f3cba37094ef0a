// How signing in looks: the shop and the people on the left, the PIN on the
// right; upright the PIN lies below.
#include <algorithm>

#include "pos/screens/help/help_button.h"
#include "pos/screens/parts/page.h"
#include "pos/screens/parts/room.h"
#include "pos/screens/sign_in/sign_in_screen.h"
#include "pos/ui/buttons.h"
#include "pos/ui/lists.h"
#include "pos/ui/panels.h"

namespace pos {

namespace {

// True: the help was asked for.
bool draw_strip(ui::Ui& ui, const SignInView& view) {
  const ui::Rect strip{0, 0, ui.width(), ui::measure::strip};
  ui::panel(ui, strip, ui::Edge::bottom);
  int right = strip.right() - 4;
  const bool asks_help = draw_help_button(ui, right, view.help_word);
  right -= ui::measure::target + 4;
  const auto word = [&](const std::string& words, ui::Weight weight, ui::Colour colour) {
    const int width = ui::text_width(ui, words, ui::Size::t1, weight);
    right -= width;
    ui::text(ui, {right, 0, width, strip.h}, words, {.weight = weight, .colour = colour});
    right -= 8;
  };
  word(view.time, ui::Weight::semibold, ui::Colour::text);
  const bool is_short = ui.width() < 1200 || has_large_text(ui);
  if (!is_short) word(view.date, ui::Weight::regular, ui::Colour::text_2);
  right -= 8;
  ui::vertical_separator(ui, right, 12, 32);
  right -= 8;
  const int shop = ui::text_width(ui, view.shop, ui::Size::t1, ui::Weight::semibold);
  int lamps = 0;
  for (const auto& device : view.devices) {
    lamps += 70 + ui::text_width(ui, device.words, ui::Size::t1, ui::Weight::medium);
  }
  // Where not all of their words have room, they keep icon and dot.
  const bool has_words = right - lamps >= 24 + shop;
  for (auto device = view.devices.rbegin(); device != view.devices.rend(); ++device) {
    if (device->words.empty()) continue;
    const std::string label = has_words ? device->words : "##" + device->words;
    right = ui::strip_entry(ui, right, 0,
                            {.label = label, .icon = device->icon, .state = device->state})
                .left;
  }
  ui::text(ui, {16, 0, std::min(shop, right - 24), strip.h}, view.shop,
           {.weight = ui::Weight::semibold});
  const int till = 16 + shop + 8;
  if (right - till > 72) {
    ui::text(ui, {till, 0, right - till - 8, strip.h}, view.strip_till,
             {.colour = ui::Colour::text_2});
  }
  return asks_help;
}

void draw_brand(ui::Ui& ui, const ui::Rect& rect, const SignInView& view) {
  ui::logo(ui, {rect.x, rect.y, 72, 72}, {.letter = view.logo.letter, .path = view.logo.path});
  const int title = line_height(ui, ui::Size::t3), second = line_height(ui, ui::Size::t2);
  const int y = rect.y + (72 - title - second) / 2, x = rect.x + 88;
  ui::text(ui, {x, y, rect.right() - x, title}, view.shop,
           {.size = ui::Size::t3, .weight = ui::Weight::semibold});
  ui::text(ui, {x, y + title, rect.right() - x, second}, view.till,
           {.size = ui::Size::t2, .colour = ui::Colour::text_2, .shrinks = true});
}

SignInTap draw_people(ui::Ui& ui, const ui::Rect& rect, const SignInView& view) {
  SignInTap tap;
  const int n = static_cast<int>(view.people.size());
  const int columns = rect.w >= 560 ? 3 : 2, rows = (n + columns - 1) / columns;
  const int least = has_large_text(ui) ? 168 : 144;
  const int height = std::clamp((rect.h + 8) / std::max(rows, 1) - 8, least, 192);
  const ui::ScrollArea area(ui, {rect.x - 4, rect.y - 4, rect.w + 8, rect.h + 8}, "sign-in-people",
                            rows * (height + 8));
  for (int i = 0; i < n; ++i) {
    const auto& person = view.people[static_cast<std::size_t>(i)];
    const int y = area.y(rect.y + i / columns * (height + 8));
    const auto places = side_by_side({rect.x, y, rect.w, height}, columns);
    if (ui::person_tile(ui, places[static_cast<std::size_t>(i % columns)],
                        {.name = person.name,
                         .second = person.second,
                         .initials = person.initials,
                         .category = person.category,
                         .is_selected = person.is_selected})) {
      tap = {.kind = SignInTap::Kind::person, .index = i};
    }
  }
  return tap;
}

SignInTap draw_languages(ui::Ui& ui, const ui::Rect& rect, const SignInView& view) {
  SignInTap tap;
  int x = rect.x;
  for (std::size_t i = 0; i < view.languages.size(); ++i) {
    const ui::Chip chip{
        .label = view.languages[i].label,
        .icon = view.languages[i].is_selected ? ui::icons::language : ui::icons::none,
        .is_selected = view.languages[i].is_selected};
    const int width = std::max(120, ui::chip_width(ui, chip));
    if (ui::chip(ui, {x, rect.y, width, 56}, chip)) {
      tap = {.kind = SignInTap::Kind::language, .index = static_cast<int>(i)};
    }
    x += width + 8;
  }
  return tap;
}

// Brand, question, tiles and languages, one under the other.
SignInTap draw_left(ui::Ui& ui, const ui::Rect& rect, const SignInView& view) {
  int y = rect.y;
  if (rect.h >= 480) {
    draw_brand(ui, {rect.x, y, rect.w, 72}, view);
    y += 72 + (rect.h >= 640 ? 40 : 16);
  }
  const int question = line_height(ui, ui::Size::t2);
  ui::text(ui, {rect.x, y, rect.w, question}, view.question,
           {.size = ui::Size::t2, .weight = ui::Weight::semibold});
  y += question + (rect.h >= 640 ? 12 : 8);
  const int languages = rect.bottom() - 56, gap = rect.h >= 640 ? 24 : 12;
  const SignInTap person = draw_people(ui, {rect.x, y, rect.w, languages - gap - y}, view);
  const SignInTap language = draw_languages(ui, {rect.x, languages, rect.w, 56}, view);
  return language.kind == SignInTap::Kind::none ? person : language;
}

// How the parts of the PIN card share its height.
struct PinHeights {
  int padding, head, dots, main, hint;
};

SignInTap draw_pin(ui::Ui& ui, const ui::Rect& rect, const SignInView& view) {
  SignInTap tap;
  ui::card(ui, rect);
  const bool is_tight = rect.h < 600;
  const int line = line_height(ui, ui::Size::t1);
  const bool has_hint = !is_tight && ui::text_width(ui, view.hint) <= rect.w - 48;
  const PinHeights heights{is_tight ? 12 : 24, std::max(is_tight ? 48 : 56, 2 * line + 8),
                           is_tight ? 48 : 72, is_tight ? 56 : 72,
                           has_hint && !view.hint.empty() ? line + 8 : 0};
  const ui::Rect inner{rect.x + heights.padding, rect.y + heights.padding - (is_tight ? 4 : 8),
                       rect.w - 2 * heights.padding,
                       rect.h - 2 * heights.padding + (is_tight ? 8 : 16)};
  int y = inner.y;
  ui::avatar(ui, {inner.x, y + (heights.head - 48) / 2, 48, 48}, view.chosen.initials,
             view.chosen.category);
  const ui::Rect words{inner.x + 60, y + (heights.head - 2 * line) / 2, inner.w - 60, line};
  ui::text(ui, words, view.chosen.name, {.weight = ui::Weight::semibold});
  ui::text(ui, words.moved(0, line), view.message,
           {.weight = view.is_wrong ? ui::Weight::medium : ui::Weight::regular,
            .colour = view.is_wrong ? ui::Colour::bad : ui::Colour::text_2,
            .shrinks = true});
  y += heights.head + 8;
  ui::pin_dots(ui, {inner.x, y, inner.w, heights.dots}, view.entered, 4);
  y += heights.dots + (is_tight ? 8 : 16);
  int bottom = inner.bottom();
  if (heights.hint > 0) {
    ui::text(ui, {inner.x, bottom - line, inner.w, line}, view.hint,
             {.colour = ui::Colour::text_2, .align = ui::Align::centre});
    bottom -= heights.hint;
  }
  bottom -= heights.main;
  const ui::Rect pad{inner.x, y, inner.w, bottom - (is_tight ? 8 : 16) - y};
  const ui::PadKey key = ui::keypad(ui, pad,
                                    {.is_phone_order = true,
                                     .left = ui::PadKey::clear,
                                     .clear_word = view.clear,
                                     .enabled = !view.is_locked,
                                     .why_not = view.message});
  if (key != ui::PadKey::none) tap = {.kind = SignInTap::Kind::key, .key = key};
  if (ui::button(ui, {inner.x, bottom, inner.w, heights.main},
                 {.label = view.sign_in,
                  .kind = ui::ButtonKind::main,
                  .icon = ui::icons::login,
                  .key = ui::Key::enter,
                  .enabled = view.can_sign_in,
                  .why_not = view.why_not,
                  .size = ui::Size::t2})) {
    tap.kind = SignInTap::Kind::sign_in;
  }
  return tap;
}

}  // namespace

SignInTap draw(ui::Ui& ui, const SignInView& view, SignInInput&) {
  const bool asks_help = draw_strip(ui, view);
  const int margin = ui.is_portrait() || ui.width() < 1200 ? 24 : 64;
  const int edge = is_low(ui) ? 16 : 32, top = ui::measure::strip + edge;
  const ui::Rect all{margin, top, ui.width() - 2 * margin, ui.height() - top - edge};
  ui::Rect left, right;
  if (ui.is_portrait()) {
    const int pin = std::min(all.w, 520), height = 600;
    left = {all.x, all.y, all.w, all.h - height - 24};
    right = {all.x + (all.w - pin) / 2, all.bottom() - height, pin, height};
  } else {
    const int pin = std::clamp(all.w * 2 / 5, 360, 448), gap = std::min(margin, 64);
    // On a wide window both parts stay together in the middle.
    const int spare = std::max(0, (all.w - 1280) / 2), height = std::min(all.h, 720);
    left = {all.x + spare, all.y, all.w - 2 * spare - pin - gap, height};
    right = {left.right() + gap, all.y, pin, height};
  }
  const SignInTap person = draw_left(ui, left, view);
  const SignInTap pin = draw_pin(ui, right, view);
  if (asks_help) return {.kind = SignInTap::Kind::help};
  return pin.kind == SignInTap::Kind::none ? person : pin;
}

}  // namespace pos
