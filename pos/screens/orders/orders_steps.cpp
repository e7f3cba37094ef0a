#include "pos/screens/orders/orders_steps.h"

#include <array>

#include "pos/screens/parts/order_words.h"
#include "pos/ui/format.h"

namespace pos {
namespace {

constexpr std::array<NextStep, 3> bulk_steps{NextStep::capture, NextStep::fulfil,
                                             NextStep::archive};

// What a rule that looks at the words of a row may say: nothing that the
// register would refuse for certain.
bool is_settled(const core::OrderRow& row) {
  return row.payment == "paid" || row.payment == "partially_refunded" || row.payment == "refunded";
}

bool is_fulfillable(const core::OrderRow& row) {
  return row.fulfilment == "unfulfilled" || row.fulfilment == "partially_fulfilled" ||
         row.fulfilment == "in_progress";
}

std::string bulk_words(NextStep step, std::int64_t count, const Words& words) {
  const std::string number = number_text(count, words.language());
  switch (step) {
    case NextStep::capture:
      return words.fill("Capture {}", {number});
    case NextStep::fulfil:
      return words.fill("Fulfil {}", {number});
    default:
      return words.fill("Archive {}", {number});
  }
}

std::string_view why_not(NextStep step) {
  switch (step) {
    case NextStep::capture:
      return "None of the chosen orders waits to be captured.";
    case NextStep::fulfil:
      return "None of the chosen orders waits to be fulfilled.";
    default:
      return "None of the chosen orders is paid and fulfilled.";
  }
}

}  // namespace

NextStep next_step(const core::OrderRow& row) {
  if (is_stuck(row.sync)) return NextStep::mend;
  if (row.stage != "open" || !row.attention.empty()) return NextStep::open;
  if (row.payment == "authorized") return NextStep::capture;
  const bool is_part = row.payment == "partially_paid" || row.payment == "pending";
  // Some was given back, and goods that were added since are owed: a platform's order costs
  // what its row says.
  const bool is_changed =
      row.channel != "till" && row.payment == "partially_refunded" && row.paid.minor > 0;
  if ((is_part || is_changed) && row.paid < row.total) {
    // What the platform still holds of it is not asked of the customer: its page knows how much.
    const bool is_held = row.expires != core::Instant{};
    return is_held ? NextStep::open : NextStep::collect;
  }
  if (!is_settled(row)) return NextStep::open;
  if (row.fulfilment == "fulfilled") return NextStep::archive;
  return is_fulfillable(row) && row.payment != "refunded" ? NextStep::fulfil : NextStep::open;
}

std::string step_words(NextStep step, const core::OrderRow& row, const Words& words) {
  const std::string left = amount_text(row.total - row.paid, words.language());
  switch (step) {
    case NextStep::collect:
      return words.fill("Collect {}", {left});
    case NextStep::capture:
      return words.fill("Capture {}", {left});
    case NextStep::fulfil:
      return std::string(words.with("button", "Fulfil"));
    case NextStep::archive:
      return std::string(words.with("button", "Archive"));
    case NextStep::mend:
      return std::string(words("Mend"));
    case NextStep::open:
      break;
  }
  return std::string(words.with("button", "Open"));
}

void add_choice(OrdersView& view, const OrdersInput& input, const Words& words) {
  view.choose = words("Choose orders");
  view.is_choosing = input.is_choosing;
  if (!input.is_choosing) return;
  const auto count = static_cast<std::int64_t>(input.chosen.size());
  view.chosen_words = words.fill("{} chosen", "{} chosen", count);
  view.choose_shown = words("All shown");
  view.end_choosing = words("Done");
  for (const NextStep step : bulk_steps) {
    std::int64_t fitting = 0;
    for (const auto& [order, facts] : input.chosen) fitting += facts.step == step ? 1 : 0;
    OrdersView::Bulk bulk{step, bulk_words(step, fitting, words), ""};
    if (count == 0) {
      bulk.why_not = words("Tap the orders first.");
    } else if (fitting == 0) {
      bulk.why_not = words(why_not(step));
    }
    view.bulk.push_back(std::move(bulk));
  }
}

Reaction do_step(NextStep step, core::OrderId order, core::Money amount, const Words& words,
                 std::string_view number) {
  switch (step) {
    case NextStep::open:
      return show_order(order);
    case NextStep::mend:
      return show(Screen::outbox);
    case NextStep::collect: {
      Reaction reaction = say(core::CollectPayment{order});
      reaction.go = Screen::tender;
      return reaction;
    }
    case NextStep::capture: {
      Reaction reaction = say(core::CapturePayment{order, amount});
      reaction.toast = words.fill("{} is being captured.", {number});
      return reaction;
    }
    case NextStep::fulfil: {
      core::FulfilOrder command{order};
      command.notify_customer = true;
      Reaction reaction = say(std::move(command));
      reaction.toast = words.fill("{} is being fulfilled.", {number});
      return reaction;
    }
    case NextStep::archive: {
      Reaction reaction = say(core::ArchiveOrder{order});
      reaction.toast = words.fill("{} is being archived.", {number});
      return reaction;
    }
  }
  return {};
}

Reaction do_bulk(NextStep step, OrdersInput& input) {
  core::BulkCommand command{core::BulkVerb::archive, {}};
  if (step == NextStep::capture) command.verb = core::BulkVerb::capture;
  if (step == NextStep::fulfil) command.verb = core::BulkVerb::fulfil;
  for (const auto& [order, facts] : input.chosen) {
    if (facts.step == step) command.orders.push_back(order);
  }
  input.chosen.clear();
  input.is_choosing = false;
  return say(std::move(command));
}

}  // namespace pos
