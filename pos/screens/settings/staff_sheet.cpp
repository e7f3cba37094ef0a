#include "pos/screens/settings/staff_sheet.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "core/base/text.h"
#include "pos/screens/parts/keying.h"
#include "pos/screens/parts/page.h"
#include "pos/screens/parts/role_words.h"
#include "pos/screens/parts/room.h"
#include "pos/ui/buttons.h"
#include "pos/ui/format.h"
#include "pos/ui/notices.h"

namespace pos {

namespace {

constexpr std::array<std::int64_t, 3> text_sizes{100, 125, 150};

// The first cashier has to be one who may change things.
bool must_be_manager(const Scene& scene) {
  return scene.till.staff.empty();
}

core::Role role_of(const Scene& scene, const StaffSheetInput& input) {
  return must_be_manager(scene) ? core::Role::manager : input.role;
}

bool is_taken(const Scene& scene, const StaffSheetInput& input, std::string_view name) {
  return std::any_of(scene.till.staff.begin(), scene.till.staff.end(),
                     [&](const core::Cashier& cashier) {
                       return cashier.name == name && cashier.row != input.row;
                     });
}

bool is_signed_in(const Scene& scene, const StaffSheetInput& input) {
  return scene.till.cashier && scene.till.cashier->row == input.row;
}

core::ChangeCashier change(const Scene& scene, const StaffSheetInput& input) {
  return {{input.row, std::string(core::trim(input.name.value)), role_of(scene, input),
           input.language, input.appearance, input.text_percent, input.hand},
          input.pin};
}

TextSheetView name_sheet(const Scene& scene, const StaffSheetInput& input) {
  const Words& words = scene.words;
  const std::string_view name = core::trim(input.name.value);
  TextSheetView sheet;
  sheet.title = words(input.row ? "Rename" : "New cashier");
  sheet.explained = words("The name stands on the sign-in tile and on receipts.");
  sheet.placeholder = words("First and last name");
  sheet.confirm = words.with("button", "Next");
  sheet.close = words("Close");
  sheet.layout = layout_of(words);
  sheet.most_bytes = 60;
  sheet.can_confirm = !name.empty() && !is_taken(scene, input, name);
  sheet.why_not =
      words(name.empty() ? "Please give it a name." : "There is a cashier of this name already.");
  return sheet;
}

TextSheetView badge_sheet(const Scene& scene, const StaffSheetInput& input) {
  const Words& words = scene.words;
  const std::string_view code = core::trim(input.badge.value);
  TextSheetView sheet;
  sheet.title = words.fill("Badge of {}", {std::string(core::trim(input.name.value))});
  sheet.explained = words("Scan it now. Empty: no badge signs in any more.");
  sheet.placeholder = words("Scan or key in");
  sheet.confirm = words("Save");
  sheet.close = words("Close");
  sheet.layout = layout_of(words);
  sheet.most_bytes = 64;
  sheet.can_confirm = code.empty() || core::is_badge_code(code);
  sheet.why_not = words(
      "A badge has 8 to 64 characters, and is not taken for a PIN: digits alone are at "
      "least 13.");
  return sheet;
}

void add_choices(const Scene& scene, const StaffSheetInput& input, StaffSheetView& view) {
  const Words& words = scene.words;
  view.role_label = words("May do");
  view.language_label = words("Language");
  const core::Role role = role_of(scene, input);
  for (const core::StaffRole& each : scene.till.roles) {
    view.roles.push_back({role_name(each, words), each.role == role});
  }
  for (const Language language : languages) {
    const std::string code(code_of(language));
    const std::string& chosen =
        input.language.empty() ? scene.till.settings.till.language : input.language;
    view.languages.push_back({std::string(name_of(language)), chosen == code});
  }
  view.appearance_label = words("Appearance");
  const std::string& look =
      input.appearance.empty() ? scene.till.settings.till.appearance : input.appearance;
  view.appearances = {{std::string(words("Light")), look == "light"},
                      {std::string(words("Dark")), look == "dark"}};
  const core::TillSettings& till = scene.till.settings.till;
  view.text_label = words("Text size");
  const std::int64_t size = input.text_percent > 0 ? input.text_percent : till.text_percent;
  for (const std::int64_t percent : text_sizes)
    view.text_sizes.push_back({percent_text({percent * 100}, words.language()), percent == size});
  view.hand_label = words("Cart and keys");
  const std::string& hand = input.hand.empty() ? till.hand : input.hand;
  view.hands = {{std::string(words("At the left")), hand == "left"},
                {std::string(words("At the right")), hand != "left"}};
  if (input.row) {
    view.next = words("Save");
    view.rename = words("Rename");
    view.new_pin = words("New PIN");
    view.remove = words("Remove");
    view.badge = words("Badge");
  }
  if (input.is_removal) {
    view.explained = words("Remove for good? What was sold keeps the name.");
    return;
  }
  view.explained = words(must_be_manager(scene)
                             ? "The first cashier must be a manager."
                             : "A manager may change settings and approve what a cashier may not.");
}

}  // namespace

StaffSheetInput change_cashier(const core::Cashier& cashier) {
  StaffSheetInput input;
  input.step = StaffStep::role;
  input.row = cashier.row;
  input.name.value = cashier.name;
  input.role = cashier.role;
  input.language = cashier.language;
  input.appearance = cashier.appearance;
  input.text_percent = cashier.text_percent;
  input.hand = cashier.hand;
  return input;
}

StaffSheetView present(const Scene& scene, const StaffSheetInput& input) {
  const Words& words = scene.words;
  StaffSheetView view;
  view.step = input.step;
  view.close = words("Close");
  view.clear = words("Clear");
  if (input.step == StaffStep::name) {
    view.name = name_sheet(scene, input);
    return view;
  }
  if (input.step == StaffStep::badge) {
    view.name = badge_sheet(scene, input);
    return view;
  }
  view.title = core::trim(input.name.value);
  view.next = words.with("button", "Next");
  if (input.step == StaffStep::role) {
    add_choices(scene, input, view);
    return view;
  }
  const bool is_repeat = input.step == StaffStep::repeat;
  const std::string& pin = is_repeat ? input.repeated : input.pin;
  view.entered = static_cast<int>(pin.size());
  view.explained = words(is_repeat ? "The same PIN once more" : "Choose a PIN of 4 to 12 digits");
  view.can_go_on = pin.size() >= ui::shortest_pin;
  view.why_not = words("A PIN has 4 to 12 digits.");
  if (!is_repeat) return view;
  view.next = words(input.row ? "Save" : "Add cashier");
  view.is_different = pin.size() >= input.pin.size() && pin != input.pin;
  if (view.is_different) {
    view.explained = view.why_not = words("The two PINs are not the same.");
  }
  view.can_go_on = pin == input.pin;
  return view;
}

Reaction react(const StaffSheetTap& tap, const Scene& scene, StaffSheetInput& input) {
  std::string& pin = input.step == StaffStep::repeat ? input.repeated : input.pin;
  switch (tap.kind) {
    case StaffSheetTap::Kind::none:
    case StaffSheetTap::Kind::dismiss:
      return {};
    case StaffSheetTap::Kind::role:
      input.role = scene.till.roles.at(static_cast<std::size_t>(tap.index)).role;
      return {};
    case StaffSheetTap::Kind::language:
      input.language = code_of(languages[static_cast<std::size_t>(tap.index)]);
      return {};
    case StaffSheetTap::Kind::appearance:
      input.appearance = tap.index == 0 ? "light" : "dark";
      return {};
    case StaffSheetTap::Kind::text_size:
      input.text_percent = text_sizes.at(static_cast<std::size_t>(tap.index));
      return {};
    case StaffSheetTap::Kind::hand:
      input.hand = tap.index == 0 ? "left" : "right";
      return {};
    case StaffSheetTap::Kind::rename:
      input.step = StaffStep::name;
      return {};
    case StaffSheetTap::Kind::new_pin:
      input.step = StaffStep::pin;
      return {};
    case StaffSheetTap::Kind::badge:
      input.step = StaffStep::badge;
      return {};
    case StaffSheetTap::Kind::remove:
      if (!input.is_removal && !is_signed_in(scene, input)) {
        input.is_removal = true;
        return {};
      }
      return say(core::RemoveCashier{input.row});
    case StaffSheetTap::Kind::key:
      return key_in(tap.key, pin, scene.words);
    case StaffSheetTap::Kind::next:
      break;
  }
  if (input.step == StaffStep::badge) {
    return say(core::SetBadge{input.row, std::string(core::trim(input.badge.value))});
  }
  if (input.row && input.step == StaffStep::name) {
    input.step = StaffStep::role;
    return {};
  }
  if (input.row && input.step == StaffStep::role) return say(change(scene, input));
  if (input.step != StaffStep::repeat) {
    input.step = static_cast<StaffStep>(static_cast<int>(input.step) + 1);
    return {};
  }
  if (input.row) return say(change(scene, input));
  return say(core::AddCashier{std::string(core::trim(input.name.value)), role_of(scene, input),
                              input.pin, input.language});
}

namespace {

// A label and its choices, one below the other.
class ChoiceColumn {
 public:
  ChoiceColumn(ui::Ui& ui, const ui::Rect& room) : ui_(ui), room_(room) {}

  void add(const std::string& label, const std::vector<StaffSheetView::Choice>& all,
           StaffSheetTap::Kind kind, std::string_view id, StaffSheetTap& tap) {
    const int line = line_height(ui_, ui::Size::t1);
    ui::text(ui_, {room_.x, room_.y, room_.w, line}, label, {.colour = ui::Colour::text_2});
    room_.y += line + 8;
    std::vector<ui::Chip> chips;
    chips.reserve(all.size());
    for (const auto& choice : all) {
      chips.push_back({.label = choice.label, .is_selected = choice.is_selected});
    }
    const auto chosen = ui::chips(ui_, {room_.x, room_.y, room_.w, 56}, chips, id);
    if (chosen) tap = {.kind = kind, .index = *chosen};
    room_.y += 72;
  }
  const ui::Rect& rest() const { return room_; }

 private:
  ui::Ui& ui_;
  ui::Rect room_;
};

// Two by two; `row` is the upper one.
void draw_person_buttons(ui::Ui& ui, const ui::Rect& row, const StaffSheetView& view,
                         StaffSheetTap& tap) {
  const std::pair<const std::string*, StaffSheetTap::Kind> more[] = {
      {&view.rename, StaffSheetTap::Kind::rename},
      {&view.new_pin, StaffSheetTap::Kind::new_pin},
      {&view.badge, StaffSheetTap::Kind::badge},
      {&view.remove, StaffSheetTap::Kind::remove}};
  const auto places = side_by_side(row, 2);
  for (std::size_t i = 0; i < std::size(more); ++i) {
    const ui::Rect place = places[i % 2].moved(0, i < 2 ? 0 : row.h + 8);
    ui::Button button{.label = *more[i].first};
    fit(ui, button, place.w);
    if (ui::button(ui, place, button)) tap.kind = more[i].second;
  }
}

// What somebody may do at the left; how they like the screens at the right.
StaffSheetTap draw_role(ui::Ui& ui, const ui::Rect& inner, const StaffSheetView& view) {
  StaffSheetTap tap;
  const bool is_known = !view.rename.empty();
  const bool is_wide = is_known && inner.w >= 640;
  ui::Rect left = inner;
  if (is_wide) left.w = (inner.w - 24) / 2;
  ChoiceColumn first(ui, left);
  first.add(view.role_label, view.roles, StaffSheetTap::Kind::role, "staff-role", tap);
  first.add(view.language_label, view.languages, StaffSheetTap::Kind::language, "staff-language",
            tap);
  ui::Rect rest = first.rest();
  if (is_known) {
    ui::Rect right = is_wide ? ui::Rect{left.right() + 24, inner.y, left.w, inner.h} : rest;
    ChoiceColumn second(ui, right);
    second.add(view.appearance_label, view.appearances, StaffSheetTap::Kind::appearance,
               "staff-appearance", tap);
    second.add(view.text_label, view.text_sizes, StaffSheetTap::Kind::text_size, "staff-text", tap);
    second.add(view.hand_label, view.hands, StaffSheetTap::Kind::hand, "staff-hand", tap);
    const int y = is_wide ? rest.y : second.rest().y;
    draw_person_buttons(ui, {left.x, y, left.w, 56}, view, tap);
    rest = {inner.x, std::max(y + 2 * 56 + 8 + 16, second.rest().y), inner.w, 0};
  }
  const int explained = ui::paragraph_height(ui, rest.w, view.explained, {});
  if (rest.y + explained <= inner.bottom())
    ui::paragraph(ui, {rest.x, rest.y, rest.w, explained}, view.explained,
                  {.colour = ui::Colour::text_2});
  return tap;
}

StaffSheetTap draw_pin(ui::Ui& ui, const ui::Rect& inner, const StaffSheetView& view) {
  StaffSheetTap tap;
  const int line = line_height(ui, ui::Size::t1);
  ui::text(ui, {inner.x, inner.y, inner.w, line}, view.explained,
           {.weight = view.is_different ? ui::Weight::medium : ui::Weight::regular,
            .colour = view.is_different ? ui::Colour::bad : ui::Colour::text_2});
  int y = inner.y + line + 8;
  ui::pin_dots(ui, {inner.x, y, inner.w, 56}, view.entered, 4);
  y += 64;
  const ui::PadKey key =
      ui::keypad(ui, {inner.x, y, inner.w, inner.bottom() - y},
                 {.is_phone_order = true, .left = ui::PadKey::clear, .clear_word = view.clear});
  if (key != ui::PadKey::none) tap = {.kind = StaffSheetTap::Kind::key, .key = key};
  return tap;
}

}  // namespace

StaffSheetTap draw(ui::Ui& ui, const StaffSheetView& view, StaffSheetInput& input) {
  StaffSheetTap tap;
  if (view.step == StaffStep::name || view.step == StaffStep::badge) {
    const bool is_name = view.step == StaffStep::name;
    const TextSheetTap name = draw(ui, view.name, is_name ? input.name : input.badge);
    if (name == TextSheetTap::confirm) tap.kind = StaffSheetTap::Kind::next;
    if (name == TextSheetTap::dismiss) tap.kind = StaffSheetTap::Kind::dismiss;
    return tap;
  }
  const bool is_known = view.step == StaffStep::role && !view.rename.empty();
  const int column = 4 * (line_height(ui, ui::Size::t1) + 8) + 3 * 72;
  const ui::Rect at = sheet_of(ui, is_known ? 800 : 480, is_known ? 80 + column + 96 + 48 : 592);
  const ui::Sheet sheet(ui, at, {.title = view.title, .close_word = view.close});
  const ui::Rect inner{at.x + 24, at.y + 80, at.w - 48, at.h - 80 - 24 - 72};
  tap = view.step == StaffStep::role ? draw_role(ui, inner, view) : draw_pin(ui, inner, view);
  if (ui::button(ui, {inner.x, at.bottom() - 24 - 56, inner.w, 56},
                 {.label = view.next,
                  .kind = ui::ButtonKind::main,
                  .key = ui::Key::enter,
                  .enabled = view.can_go_on,
                  .why_not = view.why_not,
                  .size = ui::Size::t2})) {
    tap.kind = StaffSheetTap::Kind::next;
  }
  if (sheet.is_dismissed()) tap.kind = StaffSheetTap::Kind::dismiss;
  return tap;
}

}  // namespace pos
