#include "pos/screens/shift/move_sheet.h"

#include "core/base/text.h"
#include "pos/layout/day_layout.h"
#include "pos/screens/parts/page.h"
#include "pos/screens/parts/room.h"
#include "pos/screens/shift/shift_words.h"
#include "pos/ui/format.h"

namespace pos {

namespace {

using core::CashMoveKind;
using ui::Rect;

std::vector<CashMoveKind> kinds_of(CashWay way) {
  using enum CashMoveKind;
  if (way == CashWay::in) return {paid_in, owner_in};
  if (way == CashWay::out) return {paid_out, expense, wages, owner_out};
  return {safe_drop, bank};
}

std::vector<std::string> reasons_of(CashWay way, const Words& words) {
  if (way == CashWay::in) return in_words(words, {"Change money", "Correction", "Lent back"});
  if (way == CashWay::out) {
    return in_words(words, {"Change money", "Stamps", "Cleaning", "Supplier", "Tip payout"});
  }
  return in_words(words, {"Into the safe", "To the bank"});
}

core::Money amount_of(const Scene& scene, const MoveInput& input) {
  return {input.keyed.value(), scene.till.settings.shop.currency};
}

SheetResult book(const Scene& scene, const MoveInput& input, std::string reason) {
  const Words& words = scene.words;
  // Tips are the staff's money and no expense: the Z report has them apart.
  const bool is_tip = input.way == CashWay::out && reason == words("Tip payout");
  const CashMoveKind kind = is_tip ? CashMoveKind::tip_payout : kinds_of(input.way).at(input.kind);
  const core::Money amount = amount_of(scene, input);
  SheetResult result = close_with(core::MoveCash{kind, amount, std::move(reason)});
  result.reaction.toast =
      std::string(name_of(kind, words)) + ": " + money_text(amount, words.language());
  return result;
}

// Buttons in rows of `columns`, each as high as a finger needs.
std::optional<std::size_t> draw_reasons(ui::Ui& ui, const Rect& rect, int columns,
                                        const MoveView& view, bool& is_other) {
  std::optional<std::size_t> tapped;
  std::vector<std::string> all = view.reasons;
  if (!view.other.empty()) all.push_back(view.other);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const int row = static_cast<int>(i) / columns, column = static_cast<int>(i) % columns;
    Rect at = side_by_side({rect.x, rect.y, rect.w, 56}, columns)[static_cast<std::size_t>(column)];
    at.y += row * 64;
    const bool is_last = !view.other.empty() && i + 1 == all.size();
    // Enter asks for a reason in words; of a drop it is the safe.
    const bool is_entered = is_last || (view.other.empty() && i == 0);
    const bool is_keyed = is_entered && ui.key(ui::Key::enter);
    if (is_keyed && !view.why_not.empty()) ui.refuse(view.why_not);
    const bool is_tapped =
        ui::button(ui, at,
                   {.label = all[i],
                    .kind = is_last                        ? ui::ButtonKind::line
                            : view.other.empty() && i == 0 ? ui::ButtonKind::main
                                                           : ui::ButtonKind::neutral,
                    .enabled = view.why_not.empty(),
                    .why_not = view.why_not,
                    .size = ui::Size::t1});
    if (!is_tapped && !(is_keyed && view.why_not.empty())) continue;
    if (is_last) {
      is_other = true;
    } else {
      tapped = i;
    }
  }
  return tapped;
}

}  // namespace

MoveView present(const Scene& scene, const MoveInput& input) {
  const Words& words = scene.words;
  MoveView view;
  view.title = words(input.way == CashWay::in    ? "Pay cash in"
                     : input.way == CashWay::out ? "Pay cash out"
                                                 : "Take cash to the safe or the bank");
  view.cancel = words("Cancel");
  view.amount = money_text(amount_of(scene, input), words.language());
  view.is_hint = input.keyed.is_empty();
  view.is_refused = input.keyed.is_refused();
  if (input.keyed.value() == 0) view.why_not = words("Key in the amount first.");
  view.reasons = reasons_of(input.way, words);
  view.reasons_label = words(input.way == CashWay::drop ? "Where to? One tap books it."
                                                        : "What for? One tap books it.");
  if (input.way == CashWay::drop) return view;
  view.kinds_label = words("Booked as");
  for (const CashMoveKind kind : kinds_of(input.way)) {
    view.kinds.emplace_back(name_of(kind, words));
  }
  view.kind = input.kind;
  view.other = words("Other reason …");
  if (input.other) {
    TextSheetView text;
    text.title = view.title + " · " + view.amount;
    text.placeholder = words("Reason");
    text.confirm = words.with("cash", "Book it");
    text.close = words("Cancel");
    text.layout = layout_of(words);
    text.most_bytes = 60;
    text.can_confirm = !core::trim(input.other->value).empty();
    text.why_not = words("Please give a reason.");
    view.text = std::move(text);
  }
  return view;
}

MoveTap draw(ui::Ui& ui, const MoveView& view, MoveInput& input) {
  MoveTap tap;
  if (view.text) {
    tap.text = draw(ui, *view.text, *input.other);
    return tap;
  }
  const PadPlaces at = pad_places(ui);
  const ui::Sheet sheet(ui, at.sheet, {.title = view.title, .close_word = view.cancel});
  tap.is_cancelled = sheet.is_dismissed();
  // There is no foot: what books it stands beside the amount.
  const int bottom = at.foot.bottom();
  const Rect left{at.left.x, at.left.y, at.left.w, bottom - at.left.y};
  const int line = line_height(ui, ui::Size::t1);
  const int high = is_low(ui) ? 56 : std::max(72, line_height(ui, ui::Size::t4) + 8);
  ui::amount_field(ui, {at.pad.x, at.pad.y, at.pad.w, high},
                   {.value = view.amount,
                    .label = "move-amount",
                    .is_hint = view.is_hint,
                    .has_error = view.is_refused});
  const int pad_top = at.pad.y + high + 8;
  tap.key = ui::keypad(ui, {at.pad.x, pad_top, at.pad.w, bottom - pad_top},
                       {.is_refused = view.is_refused});
  int y = left.y;
  const auto label = [&](const std::string& words) {
    ui::text(ui, {left.x, y, left.w, line}, words, {.colour = ui::Colour::text_2, .shrinks = true});
    y += line + 8;
  };
  if (!view.kinds.empty()) {
    label(view.kinds_label);
    const int rows = (static_cast<int>(view.kinds.size()) + 1) / 2;
    tap.kind = draw_choices(ui, {left.x, y, left.w, rows * 64}, 2, view.kinds, view.kind);
    y += rows * 64 + 8;
  }
  label(view.reasons_label);
  const int columns = view.other.empty() ? 1 : 2;
  tap.reason = draw_reasons(ui, {left.x, y, left.w, bottom - y}, columns, view, tap.is_other);
  return tap;
}

SheetResult react(const MoveTap& tap, const Scene& scene, MoveInput& input) {
  if (input.other) {
    if (tap.text == TextSheetTap::dismiss) input.other.reset();
    if (tap.text != TextSheetTap::confirm) return {};
    return book(scene, input, std::string(core::trim(input.other->value)));
  }
  const core::Currency currency = scene.till.settings.shop.currency;
  Reaction refused = key_in(tap.key, input.keyed, amount_keying(currency), scene.words);
  if (!refused.is_empty()) return {std::move(refused)};
  if (tap.is_cancelled) return close_sheet();
  if (tap.kind) input.kind = *tap.kind;
  if (input.keyed.value() == 0 || input.keyed.is_refused()) return {};
  if (tap.is_other) input.other.emplace();
  if (!tap.reason) return {};
  if (input.way == CashWay::drop) {
    input.kind = *tap.reason;
    return book(scene, input, "");
  }
  return book(scene, input, reasons_of(input.way, scene.words).at(*tap.reason));
}

SheetResult run(ui::Ui& ui, const Scene& scene, MoveInput& input) {
  return react(draw(ui, present(scene, input), input), scene, input);
}

}  // namespace pos
