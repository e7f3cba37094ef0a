#include "pos/screens/frame/approval_words.h"

#include "core/orders/pricing.h"
#include "core/orders/refund.h"
#include "pos/layout/day_layout.h"
#include "pos/screens/shift/shift_words.h"
#include "pos/ui/format.h"

namespace pos {

namespace {

using core::Money;

const core::LineItem* line_of(const Scene& scene, core::LineId id) {
  for (const core::LineItem& line : scene.till.order.lines)
    if (line.id == id) return &line;
  return nullptr;
}

const core::CardAttempt* attempt_of(const Scene& scene, core::AttemptId id) {
  if (scene.till.attempt && scene.till.attempt->id == id) return &*scene.till.attempt;
  for (const core::CardAttempt& put_off : scene.till.put_off)
    if (put_off.id == id) return &put_off;
  return nullptr;
}

// The order that is looked at, if it is this one.
const core::OrderDetail* detail_of(const Scene& scene, core::OrderId id) {
  const auto& detail = scene.found.order.detail;
  return detail && detail->order.id == id ? &*detail : nullptr;
}

std::string titles_of(const core::Order& order, const std::vector<core::RefundedLine>& lines) {
  std::string titles;
  for (const core::RefundedLine& refunded : lines) {
    for (const core::LineItem& line : order.lines) {
      if (line.id != refunded.line) continue;
      titles += (titles.empty() ? "" : ", ") + line.title;
    }
  }
  return titles;
}

// One for each command; what needs no approval has none.
struct InWords {
  const Scene& scene;

  std::string text(Money money) const { return money_text(money, scene.words.language()); }
  std::string number_of(core::OrderId id) const {
    const core::OrderDetail* detail = detail_of(scene, id);
    return detail ? detail->order.number : std::string(scene.words("the order"));
  }
  ApprovalWords about(std::string_view key, core::OrderId id, Money amount,
                      std::string reason) const {
    return {scene.words.fill(key, {number_of(id)}), amount.minor != 0 ? text(amount) : "",
            std::move(reason)};
  }
  std::string reduction(const core::Discount& discount, Money base) const {
    const bool is_percent = discount.kind == core::DiscountKind::percent;
    const std::string share =
        is_percent ? percent_text({discount.value}, scene.words.language()) + " · " : "";
    return share + text(base) + " → " + text(base - core::discount_of(base, discount));
  }

  ApprovalWords operator()(const core::DiscountLine& said) const {
    const core::LineItem* line = line_of(scene, said.line);
    if (!line || !said.discount) return {std::string(scene.words("Discount")), "", ""};
    const Money base = core::price_of(line->unit_price, line->quantity);
    return {scene.words.fill("Discount on {}", {line->title}), reduction(*said.discount, base),
            said.discount->reason};
  }
  ApprovalWords operator()(const core::DiscountOrder& said) const {
    std::string what(scene.words("Discount on the cart"));
    if (!said.discount) return {std::move(what), "", ""};
    const core::Totals& totals = scene.till.totals;
    return {std::move(what), reduction(*said.discount, totals.subtotal - totals.line_discounts),
            said.discount->reason};
  }
  ApprovalWords operator()(const core::OverridePrice& said) const {
    const core::LineItem* line = line_of(scene, said.line);
    if (!line) return {std::string(scene.words("New price")), text(said.price), said.reason};
    return {scene.words.fill("New price for {}", {line->title}),
            text(line->unit_price) + " → " + text(said.price), said.reason};
  }
  ApprovalWords operator()(const core::VoidLine& said) const {
    const core::LineItem* line = line_of(scene, said.line);
    return {std::string(scene.words("Void line")) + (line ? " · " + line->title : ""),
            line ? text(core::price_of(line->unit_price, line->quantity)) : "", said.reason};
  }
  ApprovalWords operator()(const core::VoidOrder& said) const {
    return {std::string(scene.words("Void cart")), text(scene.till.totals.total), said.reason};
  }
  ApprovalWords operator()(const core::OpenDrawerByHand& said) const {
    return {std::string(scene.words("Open the drawer")), "", said.reason};
  }
  ApprovalWords operator()(const core::ResolveCard& said) const {
    const core::CardAttempt* attempt = attempt_of(scene, said.attempt);
    return {std::string(scene.words(said.verdict == core::CardVerdict::paid
                                        ? "Unclear card payment: count it as paid"
                                        : "Unclear card payment: count it as not paid")),
            attempt ? text(attempt->amount) : "", said.reason};
  }
  ApprovalWords operator()(const core::CancelOrder& said) const {
    const core::OrderDetail* detail = detail_of(scene, said.order);
    return about("Cancel order {}", said.order, detail ? detail->totals.total : Money{},
                 said.reason);
  }
  ApprovalWords operator()(const core::VoidAuthorization& said) const {
    return about("Give up the authorisation of {}", said.order, {}, "");
  }
  ApprovalWords operator()(const core::RefundToCard& said) const {
    return about("Refund of {} to the card", said.order, said.amount, said.reason);
  }
  ApprovalWords operator()(const core::RefundOrder& said) const {
    ApprovalWords words = about("Refund of {}", said.order, said.amount, said.reason);
    const core::OrderDetail* detail = detail_of(scene, said.order);
    if (!detail) return words;
    const std::string titles = titles_of(detail->order, said.lines);
    if (!titles.empty()) words.what += " · " + titles;
    const auto plan = core::plan_refund(
        detail->foreseen, {said.lines, said.with_extras, said.amount,
                           core::coin_of(said.tender, scene.till.settings.money.cash_step)});
    if (plan) words.amount = text(plan->amount);
    return words;
  }
  ApprovalWords operator()(const core::TakeVoucher& said) const {
    return {scene.words.fill("Expired voucher {}", {core::masked_number(said.number)}),
            said.amount.minor != 0 ? text(said.amount) : "", ""};
  }
  ApprovalWords operator()(const core::TakeOther& said) const {
    return {scene.words.fill("Unknown voucher {}", {said.label}), text(said.amount), ""};
  }
  ApprovalWords operator()(const core::BlockVoucher& said) const {
    return {scene.words.fill("Block voucher {}", {core::masked_number(said.number)}), "",
            said.reason};
  }
  ApprovalWords operator()(const core::UnblockVoucher& said) const {
    return {scene.words.fill("Unblock voucher {}", {core::masked_number(said.number)}), "",
            said.reason};
  }
  ApprovalWords operator()(const core::PayOutVoucher& said) const {
    return {scene.words.fill("Pay out voucher {}", {core::masked_number(said.number)}), "",
            said.reason};
  }
  ApprovalWords operator()(const core::OpenShift& said) const {
    return {std::string(scene.words("Open the shift")), text(said.opening), ""};
  }
  ApprovalWords operator()(const core::MoveCash& said) const {
    return {std::string(name_of(said.kind, scene.words)), text(said.amount), said.reason};
  }
  ApprovalWords operator()(const core::CountDrawer& said) const {
    return {std::string(scene.words("Count the drawer")), said.counted ? text(*said.counted) : "",
            ""};
  }
  ApprovalWords operator()(const core::PrintInterimReport&) const {
    return {std::string(scene.words("X report")), "", ""};
  }
  ApprovalWords operator()(const core::CloseShift& said) const {
    ApprovalWords words{std::string(scene.words("Close the shift")), "", said.note};
    const auto expected = expected_of(scene);
    if (!expected || !scene.till.shift->counted) return words;
    const Money counted = *scene.till.shift->counted;
    const DifferenceView difference = difference_of(counted - *expected, scene);
    words.amount = difference.label + " " + difference.amount + " · " +
                   scene.words.fill("expected {}, counted {}", {text(*expected), text(counted)});
    return words;
  }
  ApprovalWords operator()(const core::MergeCustomers& said) const {
    return {scene.words.fill("Merge customer {} into {}",
                             {std::to_string(said.other), std::to_string(said.into)}),
            "", ""};
  }
  ApprovalWords operator()(const core::RemoveCustomer& said) const {
    return {scene.words.fill("Remove customer {}", {std::to_string(said.customer)}), "", ""};
  }
  ApprovalWords operator()(const core::StartTraining&) const {
    return {std::string(scene.words("Begin training")), "", ""};
  }
  ApprovalWords operator()(const core::EndTraining&) const {
    return {std::string(scene.words("End training")), "", ""};
  }
  template <class Other>
  ApprovalWords operator()(const Other&) const {
    return {};
  }
};

}  // namespace

ApprovalWords approval_words(const Scene& scene, const core::Command& command) {
  return command.visit(InWords{scene});
}

}  // namespace pos
