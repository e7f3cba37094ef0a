#include "pos/screens/shift/shift_screen.h"

namespace pos {

namespace {

// The till's shift has been opened or closed since the last frame.
void follow(const Scene& scene, ShiftInput& input) {
  const std::int64_t now = scene.till.shift ? scene.till.shift->row : 0;
  if (now != input.shift) {
    const bool was_closed = input.shift != 0 && input.page == ShiftPage::count;
    input = {.page = was_closed ? ShiftPage::closings : ShiftPage::overview, .shift = now};
    input.closings.is_fresh = was_closed;
  }
  settle(scene, input.count);
}

bool is_counted_now(const Scene& scene, const ShiftInput& input) {
  return input.page == ShiftPage::count && scene.till.shift;
}

core::Receipt head_of(const core::CashMoveRow& move, const Scene& scene) {
  core::Receipt receipt;
  receipt.row = move.receipt;
  receipt.code = move.code;
  receipt.kind = core::ReceiptKind::cash_movement;
  receipt.shop = scene.till.settings.shop;
  receipt.till = scene.till.settings.till.id;
  receipt.cashier = move.cashier;
  receipt.started = receipt.finished = move.at;
  receipt.amount = move.movement.amount;
  receipt.order.currency = move.movement.amount.currency;
  return receipt;
}

Reaction show_slip(core::Receipt receipt) {
  Reaction reaction;
  reaction.slip = SlipWish{std::move(receipt)};
  return reaction;
}

Reaction react_to(const OpeningTap& tap, const Scene& scene, ShiftInput& input) {
  if (tap.list.kind == ClosingsTap::Kind::choose) {
    input.page = ShiftPage::closings;
    input.closings.z_number = tap.list.z_number;
    return {};
  }
  if (tap.list.kind == ClosingsTap::Kind::more) input.closings.limit += 30;
  return react(tap, scene, input.opening);
}

Reaction react_to(const OverviewTap& tap, const Scene& scene, ShiftInput& input) {
  using Kind = OverviewTap::Kind;
  switch (tap.kind) {
    case Kind::none:
      break;
    case Kind::closings:
      input.page = ShiftPage::closings;
      input.closings = {};
      break;
    case Kind::in:
      input.sheet = MoveInput{CashWay::in};
      break;
    case Kind::out:
      input.sheet = MoveInput{CashWay::out};
      break;
    case Kind::drop:
      input.sheet = MoveInput{CashWay::drop};
      break;
    case Kind::drawer:
      input.sheet = NoSaleInput{};
      break;
    case Kind::x: {
      Reaction reaction = say(core::PrintInterimReport{});
      reaction.toast = scene.words("The X report is being printed.");
      return reaction;
    }
    case Kind::close:
      input.page = ShiftPage::count;
      break;
    case Kind::move: {
      const core::ShiftReport* report = report_of(scene);
      if (!report) break;
      for (const core::CashMoveRow& move : report->moves) {
        if (move.receipt == tap.receipt) return show_slip(head_of(move, scene));
      }
      break;
    }
  }
  return {};
}

Reaction react_to(const CountTap& tap, const Scene& scene, ShiftInput& input) {
  if (!scene.till.shift) return {};
  CountResult result = react(tap, scene, input.count);
  if (result.is_left) input.page = ShiftPage::overview;
  if (result.drop) input.sheet = *result.drop;
  return std::move(result.reaction);
}

Reaction react_to(const ClosingsTap& tap, const Scene& scene, ShiftInput& input) {
  using Kind = ClosingsTap::Kind;
  switch (tap.kind) {
    case Kind::none:
      break;
    case Kind::back:
    case Kind::next:
      input.page = ShiftPage::overview;
      input.closings = {};
      break;
    case Kind::choose:
      input.closings.z_number = tap.z_number;
      input.closings.is_fresh = false;
      break;
    case Kind::more:
      input.closings.limit += 30;
      break;
    case Kind::slip:
    case Kind::print: {
      const auto& found = scene.found.closings;
      if (!found || !found->chosen) break;
      if (tap.kind == Kind::slip) return show_slip(found->chosen->receipt);
      Reaction reaction = say(core::PrintDayReceiptAgain{found->chosen->receipt.row});
      reaction.toast = scene.words("A copy of the receipt is being printed.");
      return reaction;
    }
  }
  return {};
}

Reaction run_sheet(ui::Ui& ui, const Scene& scene, ShiftInput& input) {
  if (auto* drop = std::get_if<DropInput>(&input.sheet)) {
    DropResult result = run(ui, scene, *drop);
    if (result.dropped) input.count.dropped = *result.dropped;
    if (result.is_closed) input.sheet = {};
    return std::move(result.reaction);
  }
  SheetResult result;
  if (auto* move = std::get_if<MoveInput>(&input.sheet)) result = run(ui, scene, *move);
  if (auto* no_sale = std::get_if<NoSaleInput>(&input.sheet)) result = run(ui, scene, *no_sale);
  if (result.is_closed) input.sheet = {};
  return std::move(result.reaction);
}

}  // namespace

Questions wants(const Scene& scene, const ShiftInput& input) {
  Questions questions{core::AskShift{}};
  const bool has_list = input.page == ShiftPage::closings || !scene.till.shift;
  if (has_list)
    questions.emplace_back(core::AskClosings{input.closings.limit, input.closings.z_number});
  return questions;
}

ShiftView present(const Scene& scene, const ShiftInput& input) {
  if (input.page == ShiftPage::closings) return {present(scene, input.closings)};
  if (!scene.till.shift) return {present(scene, input.opening, input.closings)};
  if (is_counted_now(scene, input)) return {present(scene, input.count)};
  return {present_overview(scene)};
}

ShiftTap draw(ui::Ui& ui, const ShiftView& view, ShiftInput& input) {
  if (const auto* opening = std::get_if<OpeningView>(&view.page)) return draw(ui, *opening);
  if (const auto* count = std::get_if<CountView>(&view.page)) {
    return draw(ui, *count, input.count);
  }
  if (const auto* closings = std::get_if<ClosingsView>(&view.page)) return draw(ui, *closings);
  return draw(ui, std::get<OverviewView>(view.page), input.overview);
}

Reaction react(const ShiftTap& tap, const Scene& scene, ShiftInput& input) {
  return std::visit([&](const auto& one) { return react_to(one, scene, input); }, tap);
}

Reaction run(ui::Ui& ui, const Scene& scene, ShiftInput& input) {
  follow(scene, input);
  // A sheet is drawn from the frame after its tap on: the release of that tap lies
  // beside it and would close it again.
  const bool was_open = !std::holds_alternative<std::monostate>(input.sheet);
  if (is_counted_now(scene, input)) {
    if (Reaction closes = go_on(scene, input.count); !closes.is_empty()) return closes;
  }
  const ShiftTap tap = draw(ui, present(scene, input), input);
  if (!was_open) return react(tap, scene, input);
  return run_sheet(ui, scene, input);
}

bool takes_scan(const ShiftInput& input) {
  return std::holds_alternative<std::monostate>(input.sheet) && input.page != ShiftPage::count &&
         !input.opening.keyed && !input.opening.by_coin;
}

}  // namespace pos
