#include <algorithm>
#include <string>

#include "pos/ui/buttons.h"
#include "pos/ui/fields.h"
#include "pos/ui/lists.h"
#include "pos/ui/shapes.h"

namespace pos::ui {
namespace {

// The second line: a discount with its tag, else a note, else the unit price.
void draw_second(Ui& ui, const Rect& rect, const CartLine& line) {
  const bool is_discount = !line.discount.empty();
  if (!is_discount && line.note.empty())
    return text(ui, rect, line.second, {.colour = line.is_back ? Colour::warn : Colour::text_2});
  icon(ui, {rect.x, rect.y, 16, rect.h}, is_discount ? icons::local_offer : icons::edit_note,
       is_discount ? Colour::accent_text : Colour::text_2, 16);
  text(ui, {rect.x + 20, rect.y, rect.w - 20, rect.h}, is_discount ? line.discount : line.note,
       {.weight = is_discount ? Weight::medium : Weight::regular,
        .colour = is_discount ? Colour::accent_text : Colour::text_2});
}

void draw_amounts(Ui& ui, const Rect& rect, const CartLine& line) {
  const Colour ink = line.is_back ? Colour::warn : Colour::text;
  if (line.old_amount.empty()) return amount(ui, rect, line.amount, {.colour = ink});
  const TwoLines lines = two_lines(ui, rect, Size::t2, Size::t1);
  amount(ui, lines.first, line.amount);
  amount(
      ui, lines.second, line.old_amount,
      {.size = Size::t1, .weight = Weight::regular, .colour = Colour::text_2, .is_struck = true});
}

void draw_quantity(Ui& ui, const Rect& cell, const CartLine& line) {
  box(ui, cell, line.is_selected ? Colour::surface : Colour::sunken, measure::small_radius);
  const bool is_short = text_width(ui, line.quantity, Size::t2, Weight::semibold) <= cell.w - 4 &&
                        line.quantity.find_first_not_of("0123456789") == std::string_view::npos;
  amount(ui, cell.inset(2), line.quantity,
         {.size = is_short ? Size::t2 : Size::t1, .align = Align::centre});
}

std::string named(std::string_view word, std::string_view what, std::string_view line) {
  return std::string(word) + "##" + std::string(what) + "-" + std::string(line);
}

CartTap draw_void(Ui& ui, const Rect& rect, const CartLine& line) {
  const bool goes = button(ui, rect,
                           {.label = named(line.void_word, "void", line.id),
                            .icon = icons::delete_outline,
                            .ground = Ground::tint});
  return goes ? CartTap::remove : CartTap::none;
}

CartTap draw_tools(Ui& ui, const Rect& rect, const CartLine& line) {
  CartTap tap = CartTap::none;
  const std::string step = "quantity-" + std::string(line.id);
  const int stepper_width = std::min(152, rect.w - 3 * 64);
  if (line.is_back && !line.can_have_more) {
    // What it gives was worked out for this many: it can only go again.
    return draw_void(ui, {rect.right() - 176, rect.y, 176, 56}, line);
  }
  const StepperTap stepped = stepper(ui, {rect.x, rect.y, stepper_width, 56},
                                     {.value = line.quantity,
                                      .id = step,
                                      .less_word = line.less_word,
                                      .more_word = line.more_word,
                                      .can_have_less = line.can_have_less,
                                      .can_have_more = line.can_have_more,
                                      .is_on_tint = true});
  if (stepped == StepperTap::less) tap = CartTap::less;
  if (stepped == StepperTap::more) tap = CartTap::more;
  if (stepped == StepperTap::value) tap = CartTap::quantity;
  if (line.is_back) {
    const int beside = rect.x + stepper_width + 8;
    const CartTap gone = draw_void(ui, {beside, rect.y, rect.right() - beside, 56}, line);
    return gone == CartTap::none ? tap : gone;
  }
  const int void_x = rect.right() - 56, note_x = void_x - 64;
  const int discount_x = rect.x + stepper_width + 8, discount_width = note_x - 8 - discount_x;
  const bool has_room =
      text_width(ui, line.discount_word, Size::t1, Weight::semibold) <= discount_width - 12;
  if (button(ui, {discount_x, rect.y, discount_width, 56},
             {.label = named(line.discount_word, "discount", line.id),
              .icon = has_room ? icons::none : icons::local_offer,
              .enabled = line.discount_why_not.empty(),
              .why_not = line.discount_why_not,
              .ground = Ground::tint,
              .is_icon_only = !has_room}))
    tap = CartTap::discount;
  if (button(ui, {note_x, rect.y, 56, 56},
             {.label = named(line.note_word, "note", line.id),
              .icon = icons::edit_note,
              .ground = Ground::tint,
              .is_icon_only = true}))
    tap = CartTap::note;
  if (button(ui, {void_x, rect.y, 56, 56},
             {.label = named(line.void_word, "void", line.id),
              .icon = icons::delete_outline,
              .ground = Ground::tint,
              .is_icon_only = true}))
    tap = CartTap::remove;
  return tap;
}

}  // namespace

CartTap cart_line(Ui& ui, const Rect& rect, const CartLine& line) {
  const std::string name = std::string(line.name) + "##line-" + std::string(line.id);
  // The tools have their own place below the words, whatever the text size.
  const bool has_tools = line.is_selected && rect.h >= measure::cart_line_selected;
  const int tools = has_tools ? measure::cart_line_selected - measure::cart_line : 0;
  const Rect upper{rect.x, rect.y, rect.w, rect.h - tools};
  if (line.is_back) box(ui, rect, Colour::warn_tint, measure::radius);
  if (line.is_selected && !line.is_back) box(ui, rect, Colour::accent_tint, measure::radius);
  const Touch touch = ui.touch(upper, name, ItemKind::line, true, line.is_selected);
  if (touch.is_pressed)
    box(ui, upper, Colour::press, line.is_selected ? measure::radius : 0, Corners::top);
  draw_quantity(ui, {rect.x + 8, rect.y + (upper.h - 40) / 2, 40, 40}, line);
  const int amount_width = std::max({56, text_width(ui, line.amount, Size::t2, Weight::semibold),
                                     text_width(ui, line.old_amount)});
  const int right = rect.right() - 8;
  draw_amounts(ui, {right - amount_width, rect.y, amount_width, upper.h}, line);
  const Rect words{rect.x + 60, rect.y, right - amount_width - 8 - rect.x - 60, upper.h};
  const TwoLines lines = two_lines(ui, words, Size::t1, Size::t1);
  text(ui, lines.first, line.name, {.weight = Weight::medium});
  draw_second(ui, lines.second, line);
  CartTap tap = touch.is_tapped ? CartTap::select : CartTap::none;
  if (has_tools) {
    const CartTap tool = draw_tools(ui, {rect.x + 8, upper.bottom(), rect.w - 16, 56}, line);
    if (tool != CartTap::none) tap = tool;
  } else if (line.has_separator && !line.is_selected) {
    separator(ui, rect.x + 64, rect.bottom() - 1, rect.w - 72);
  }
  return tap;
}

}  // namespace pos::ui
